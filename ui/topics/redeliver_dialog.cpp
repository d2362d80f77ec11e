#include "ui/topics/redeliver_dialog.h"

#include "ui/panels/labels.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QRadioButton>

namespace orderlab::ui {

RedeliverDialog::RedeliverDialog(const QString& what, const QStringList& groups, QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("redeliverDialog"));
    setWindowTitle(tr("Redeliver"));
    resize(500, 270);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 16);
    column->setSpacing(10);
    column->addWidget(titleLabel(what, this));
    auto* about = new QLabel(tr("It is published once more, addressed to one group: all others skip it."), this);
    about->setWordWrap(true);
    column->addWidget(about);
    m_group = new QComboBox(this);
    m_group->setObjectName(QStringLiteral("redeliverGroup"));
    m_group->addItems(groups);
    auto* form = new QFormLayout;
    form->addRow(tr("To the group"), m_group);
    column->addLayout(form);
    auto* same = new QRadioButton(tr("As the same event: where it was handled, the inbox skips it"), this);
    same->setObjectName(QStringLiteral("redeliverSame"));
    same->setChecked(true);
    m_as_new = new QRadioButton(tr("As a new event, with an id of its own: its effects happen again"), this);
    m_as_new->setObjectName(QStringLiteral("redeliverNew"));
    column->addWidget(same);
    column->addWidget(m_as_new);
    column->addStretch(1);
    auto* buttons = new QHBoxLayout;
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelRedeliver"));
    cancel->setAutoDefault(false);
    auto* go = new QPushButton(tr("Redeliver"), this);
    go->setObjectName(QStringLiteral("redeliverButton"));
    go->setDefault(true);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(go);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(go, &QPushButton::clicked, this, &QDialog::accept);
}

QString RedeliverDialog::group() const
{
    return m_group->currentText();
}

bool RedeliverDialog::isNewEvent() const
{
    return m_as_new->isChecked();
}

} // namespace orderlab::ui
