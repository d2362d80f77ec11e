#include "ui/panels/create_orders_panel.h"

#include "ui/models/format.h"
#include "ui/panels/allowed.h"
#include "ui/panels/failures_section.h"
#include "ui/panels/guarantees_section.h"
#include "ui/panels/invariants_section.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QCompleter>
#include <QGridLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

namespace orderlab::ui {

namespace {

struct TestCustomer {
    const char* name;
    const char* hint;     ///< For the list.
    const char* sentence; ///< For the form.
};

constexpr TestCustomer test_customers[] = {
    {"user-declined", QT_TRANSLATE_NOOP("orderlab::ui::CreateOrdersPanel", "payment declined"),
     QT_TRANSLATE_NOOP("orderlab::ui::CreateOrdersPanel", "Declined by the gateway: the order fails.")},
    {"user-flaky", QT_TRANSLATE_NOOP("orderlab::ui::CreateOrdersPanel", "fails twice, then works"),
     QT_TRANSLATE_NOOP("orderlab::ui::CreateOrdersPanel", "Two attempts fail, the third is paid.")},
    {"user-slow", QT_TRANSLATE_NOOP("orderlab::ui::CreateOrdersPanel", "past the timeout"),
     QT_TRANSLATE_NOOP("orderlab::ui::CreateOrdersPanel", "Takes 10 s, longer than it may: is retried.")},
    {"user-poison", QT_TRANSLATE_NOOP("orderlab::ui::CreateOrdersPanel", "ends in dead letters"),
     QT_TRANSLATE_NOOP("orderlab::ui::CreateOrdersPanel", "Never works: its event becomes a dead letter.")},
};

constexpr int figures_refresh_ms = 200;
constexpr int section_gap = 3; ///< Besides the column's own spacing.

/// As much of it as there is room for; all of it in the tooltip.
void showLine(QLabel* label, const QString& text)
{
    const int room = label->parentWidget()->width() - 2 * metrics::margin;
    label->setText(label->fontMetrics().elidedText(text, Qt::ElideRight, room));
    label->setToolTip(text);
    label->show();
}

constexpr int flow_rates[] = {0, 1, 2, 5, 10, 20, 40, 60, 80, 120, 160, 200, 300, 400, 500};

} // namespace

CreateOrdersPanel::CreateOrdersPanel(LabBridge& bridge, QWidget* parent)
    : Panel(tr("Orders, failures and invariants"), parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("createOrdersDock"));
    setTitleBarWidget(new QWidget(this));
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* body = new QWidget(scroll);
    body->setObjectName(QStringLiteral("panel"));
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(metrics::margin, 12, metrics::margin - 2, 8);
    column->setSpacing(6);
    column->addWidget(headingLabel(tr("Create orders"), body));
    makeForm(body, column);
    makeFlow(body, column);
    const auto section = [&](QWidget* widget) {
        column->addSpacing(section_gap);
        column->addWidget(ruleLine(body));
        column->addSpacing(section_gap);
        column->addWidget(widget);
    };
    m_failures = new FailuresSection(bridge, body);
    section(m_failures);
    section(new GuaranteesSection(bridge, body));
    m_invariants = new InvariantsSection(bridge, body);
    section(m_invariants);
    column->addStretch(1);
    scroll->setWidget(body);
    setWidget(scroll);
    setMinimumWidth(248);
    connect(&bridge.session(), &Session::stateChanged, this, &CreateOrdersPanel::showState);
    // Whoever else sets the flow.
    connect(&bridge.commands(), &SystemCommands::asked, this, &CreateOrdersPanel::showRate, Qt::QueuedConnection);
    showState();
}

void CreateOrdersPanel::makeForm(QWidget* parent, QVBoxLayout* column)
{
    auto* form = new QGridLayout;
    form->setHorizontalSpacing(6);
    form->setVerticalSpacing(6);
    form->setColumnMinimumWidth(0, 62);
    form->setColumnStretch(1, 1);
    m_customer = new QLineEdit(QStringLiteral("ada"), parent);
    m_customer->setObjectName(QStringLiteral("customerEdit"));
    m_customer->setAccessibleName(tr("Customer"));
    m_customer->setMaxLength(64);
    QStringList names = {QStringLiteral("ada"), QStringLiteral("grace"), QStringLiteral("alan")};
    for (const TestCustomer& customer : test_customers)
        names << QLatin1String(customer.name);
    auto* completer = new QCompleter(names, m_customer);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_customer->setCompleter(completer);
    m_amount = new QLineEdit(QStringLiteral("19.99"), parent);
    m_amount->setObjectName(QStringLiteral("amountEdit"));
    m_amount->setAccessibleName(tr("Amount"));
    m_amount->setFont(Theme::monoFont(12));
    m_amount->setMaxLength(12);
    m_currency = new QComboBox(parent);
    m_currency->setObjectName(QStringLiteral("currencyBox"));
    m_currency->setAccessibleName(tr("Currency"));
    m_currency->addItems({QStringLiteral("EUR"), QStringLiteral("USD"), QStringLiteral("GBP"), QStringLiteral("CHF"),
                          QStringLiteral("JPY"), QStringLiteral("SEK"), QStringLiteral("PLN")});
    m_currency->setFixedWidth(66);
    QLabel* customer_label = mutedLabel(tr("Customer"), parent);
    customer_label->setBuddy(m_customer);
    QLabel* amount_label = mutedLabel(tr("Amount"), parent);
    amount_label->setBuddy(m_amount);
    form->addWidget(customer_label, 0, 0);
    auto* who = new QHBoxLayout;
    who->setSpacing(4);
    who->addWidget(m_customer, 1);
    m_customers = makeCustomers(parent);
    who->addWidget(m_customers);
    form->addLayout(who, 0, 1, 1, 2);
    form->addWidget(amount_label, 1, 0);
    form->addWidget(m_amount, 1, 1);
    form->addWidget(m_currency, 1, 2);
    column->addLayout(form);

    m_note = new QLabel(parent);
    m_note->setObjectName(QStringLiteral("createNote"));
    m_note->setProperty("role", QStringLiteral("muted"));
    // A line of room that stays: what is below would move under the mouse.
    m_note->setWordWrap(false);
    QSizePolicy stays(QSizePolicy::Ignored, QSizePolicy::Fixed);
    stays.setRetainSizeWhenHidden(true);
    m_note->setSizePolicy(stays);
    m_note->hide();
    column->addWidget(m_note);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_create = new QPushButton(tr("Create order"), parent);
    m_create->setObjectName(QStringLiteral("createButton"));
    m_create->setProperty("primary", true);
    m_create->setToolTip(tr("Create this order (Ctrl+N, or Enter in a field)"));
    m_burst = new QPushButton(tr("Burst of 100"), parent);
    m_burst->setObjectName(QStringLiteral("burstButton"));
    m_burst->setToolTip(tr("100 orders of different customers at once (Ctrl+B). One in ten is declined, one in "
                           "twenty needs three attempts."));
    buttons->addWidget(m_create, 1);
    buttons->addWidget(m_burst, 1);
    column->addLayout(buttons);
    QWidget* const order[] = {m_customer, m_customers, m_amount, m_currency, m_create, m_burst};
    for (std::size_t i = 1; i < std::size(order); ++i)
        QWidget::setTabOrder(order[i - 1], order[i]);

    connect(m_create, &QPushButton::clicked, this, &CreateOrdersPanel::createOrder);
    connect(m_burst, &QPushButton::clicked, this, &CreateOrdersPanel::createBurst);
    connect(m_customer, &QLineEdit::returnPressed, this, &CreateOrdersPanel::createOrder);
    connect(m_amount, &QLineEdit::returnPressed, this, &CreateOrdersPanel::createOrder);
    connect(m_customer, &QLineEdit::textChanged, this, &CreateOrdersPanel::showHint);
    connect(m_amount, &QLineEdit::textChanged, this, &CreateOrdersPanel::showHint);
}

void CreateOrdersPanel::makeFlow(QWidget* parent, QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    QLabel* label = mutedLabel(tr("Steady flow"), parent);
    m_flow = new QSlider(Qt::Horizontal, parent);
    m_flow->setObjectName(QStringLiteral("flowSlider"));
    m_flow->setAccessibleName(tr("Steady flow, orders a second"));
    m_flow->setRange(0, int(std::size(flow_rates)) - 1);
    m_flow->setPageStep(1);
    label->setBuddy(m_flow);
    m_flow_rate = new QLabel(tr("off"), parent);
    m_flow_rate->setFont(Theme::monoFont(11, QFont::Medium));
    m_flow_rate->setFixedWidth(54);
    m_flow_rate->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(label);
    row->addWidget(m_flow, 1);
    row->addWidget(m_flow_rate);
    column->addSpacing(2);
    column->addLayout(row);
    m_import = new QPushButton(tr("Import orders…"), parent);
    m_import->setObjectName(QStringLiteral("importButton"));
    m_import->setToolTip(tr("Create the orders of a CSV file (Ctrl+I): user_id, amount, currency, created_at. "
                            "The same file again creates nothing twice."));
    column->addWidget(m_import);
    connect(m_import, &QPushButton::clicked, this, &CreateOrdersPanel::importWanted);
    connect(m_flow, &QSlider::valueChanged, this, [this](int step) {
        m_bridge.commands().setSteadyFlow(flow_rates[step]);
        showRate();
    });
}

QToolButton* CreateOrdersPanel::makeCustomers(QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setObjectName(QStringLiteral("testCustomers"));
    button->setAccessibleName(tr("Test customers"));
    button->setToolTip(tr("Customers whose payments go wrong in a way of their own"));
    button->setText(QStringLiteral("▾"));
    button->setFixedSize(24, 24);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(button);
    menu->setToolTipsVisible(true);
    for (const TestCustomer& customer : test_customers) {
        QAction* action =
            menu->addAction(QStringLiteral("%1\t%2").arg(QLatin1String(customer.name), tr(customer.hint)));
        action->setToolTip(tr(customer.sentence));
        connect(action, &QAction::triggered, this, [this, chosen = QString::fromLatin1(customer.name)] {
            m_customer->setText(chosen);
            m_create->setFocus();
        });
    }
    button->setMenu(menu);
    return button;
}

void CreateOrdersPanel::showFrame(const Frame&)
{
    if (!std::exchange(m_refresh_planned, true))
        QTimer::singleShot(figures_refresh_ms, this, &CreateOrdersPanel::refresh);
}

void CreateOrdersPanel::refresh()
{
    m_refresh_planned = false;
    m_invariants->refresh();
    showRate();
}

void CreateOrdersPanel::showRate()
{
    const double rate = m_bridge.commands().steadyFlow();
    m_flow_rate->setText(rate > 0 ? rateText(rate) : tr("off"));
    if (m_flow->isSliderDown())
        return;
    int nearest = 0;
    for (int i = 0; i < int(std::size(flow_rates)); ++i) {
        if (flow_rates[i] <= rate)
            nearest = i;
    }
    const QSignalBlocker blocker(m_flow);
    m_flow->setValue(nearest);
}

void CreateOrdersPanel::showState()
{
    const SystemCommands& commands = m_bridge.commands();
    for (QWidget* widget :
         {static_cast<QWidget*>(m_create), static_cast<QWidget*>(m_burst), static_cast<QWidget*>(m_flow)})
        allow(widget, commands.whyNot(Ask::CreateOrders));
    allow(m_import, commands.whyNot(Ask::ImportOrders));
    // What is typed may be typed before anything runs.
    for (QWidget* widget : {static_cast<QWidget*>(m_customer), static_cast<QWidget*>(m_customers),
                            static_cast<QWidget*>(m_amount), static_cast<QWidget*>(m_currency)})
        allow(widget, commands.capabilities().whyNot(Ask::CreateOrders));
    showRate();
}

void CreateOrdersPanel::showHint()
{
    restyle(m_customer, "invalid", false);
    restyle(m_amount, "invalid", false);
    restyle(m_note, "role", QStringLiteral("muted"));
    for (const TestCustomer& customer : test_customers) {
        if (m_customer->text().trimmed() == QLatin1String(customer.name)) {
            showLine(m_note, tr(customer.sentence));
            return;
        }
    }
    m_note->hide();
}

void CreateOrdersPanel::showProblem(const QString& field, const QString& text)
{
    restyle(m_customer, "invalid", field == QLatin1String("user_id"));
    restyle(m_amount, "invalid", field == QLatin1String("amount"));
    restyle(m_note, "role", QStringLiteral("error"));
    showLine(m_note, text);
    (field == QLatin1String("amount") ? m_amount : m_customer)->setFocus();
}

void CreateOrdersPanel::createOrder()
{
    const auto created =
        m_bridge.commands().createOrder(m_customer->text(), m_amount->text(), m_currency->currentText());
    if (!created)
        showProblem(toQt(created.error().field), toQt(created.error().message));
    else
        showHint();
}

void CreateOrdersPanel::createBurst()
{
    m_bridge.commands().burst(100);
}

void CreateOrdersPanel::focusCustomer()
{
    show();
    m_customer->setFocus();
    m_customer->selectAll();
}

} // namespace orderlab::ui
