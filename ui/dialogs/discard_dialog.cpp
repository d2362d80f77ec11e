#include "ui/dialogs/discard_dialog.h"

#include "ui/panels/labels.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace orderlab::ui {

namespace {

constexpr int reason_max = 300; ///< As DeadLetterDecision::reason.

} // namespace

DiscardDialog::DiscardDialog(const QString& what, QWidget* parent) : QDialog(parent), m_reason(new QLineEdit(this))
{
    setObjectName(QStringLiteral("discardDialog"));
    setWindowTitle(tr("Discard"));
    resize(460, 190);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 16);
    column->setSpacing(10);
    auto* title = titleLabel(what, this);
    auto* about = new QLabel(tr("Its group will never do this event. That cannot be undone; the row stays, with who "
                                "decided it and why."),
                             this);
    about->setWordWrap(true);
    m_reason->setObjectName(QStringLiteral("discardReason"));
    m_reason->setAccessibleName(tr("Why it is discarded"));
    m_reason->setPlaceholderText(tr("why (may stay empty)"));
    m_reason->setMaxLength(reason_max);
    auto* keep = new QPushButton(tr("Keep it"), this);
    keep->setObjectName(QStringLiteral("keepButton"));
    keep->setDefault(true);
    auto* discard = new QPushButton(tr("Discard"), this);
    discard->setObjectName(QStringLiteral("discardButton"));
    discard->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(keep);
    buttons->addWidget(discard);
    column->addWidget(title);
    column->addWidget(about);
    column->addWidget(m_reason);
    column->addStretch(1);
    column->addLayout(buttons);
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(discard, &QPushButton::clicked, this, &QDialog::accept);
}

QString DiscardDialog::reason() const
{
    return m_reason->text().trimmed();
}

} // namespace orderlab::ui
