#include "ui/dialogs/brokers_dialog.h"

#include "ui/models/bus_text.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace orderlab::ui {

BrokersDialog::BrokersDialog(const QString& brokers, const QString& topic_prefix, QWidget* parent)
    : QDialog(parent), m_brokers(new QLineEdit(brokers, this)), m_note(new QLabel(this))
{
    setObjectName(QStringLiteral("brokersDialog"));
    setWindowTitle(tr("Kafka at another address"));
    setMinimumWidth(460);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 16);
    column->setSpacing(10);
    auto* title = new QLabel(tr("&Brokers of the cluster"), this);
    title->setFont(Theme::textFont(14, QFont::DemiBold));
    title->setBuddy(m_brokers);
    m_brokers->setObjectName(QStringLiteral("brokersEdit"));
    m_brokers->setAccessibleName(tr("Brokers of the cluster"));
    m_brokers->setPlaceholderText(QStringLiteral("localhost:9092"));
    m_brokers->setFont(Theme::monoFont(12));
    m_brokers->selectAll();
    m_note->setObjectName(QStringLiteral("brokersNote"));
    m_note->setProperty("role", QStringLiteral("error"));
    auto* about =
        new QLabel(tr("HOST:PORT, several with commas. Topics are named %1order-created and so on, and made where "
                      "they are missing. The store stays; orders under way go on there.")
                       .arg(topic_prefix),
                   this);
    about->setTextFormat(Qt::PlainText);
    about->setWordWrap(true);
    auto* stay = new QPushButton(tr("Cancel"), this);
    stay->setAutoDefault(false);
    m_use = new QPushButton(tr("Switch"), this);
    m_use->setObjectName(QStringLiteral("useBrokersButton"));
    m_use->setProperty("primary", true);
    m_use->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(stay);
    buttons->addWidget(m_use);
    for (QWidget* widget : std::initializer_list<QWidget*>{title, m_brokers, m_note, about})
        column->addWidget(widget);
    column->addLayout(buttons);
    connect(m_brokers, &QLineEdit::textChanged, this, &BrokersDialog::check);
    connect(stay, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_use, &QPushButton::clicked, this, &QDialog::accept);
    check();
    m_brokers->setFocus();
}

void BrokersDialog::check()
{
    const QString problem = brokersProblem(m_brokers->text());
    m_note->setText(problem);
    restyle(m_brokers, "invalid", problem.isEmpty() ? QStringLiteral("false") : QStringLiteral("true"));
    m_use->setEnabled(problem.isEmpty());
}

QString BrokersDialog::brokers() const
{
    return m_brokers->text().remove(QLatin1Char(' '));
}

} // namespace orderlab::ui
