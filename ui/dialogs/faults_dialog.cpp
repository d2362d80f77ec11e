#include "ui/dialogs/faults_dialog.h"

#include "ui/dialogs/field_grid.h"
#include "ui/models/fault_texts.h"
#include "ui/models/format.h"
#include "ui/panels/allowed.h"
#include "ui/panels/delegates.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace orderlab::ui {

namespace {

constexpr int faults_every_ms = 250;
constexpr int id_role = Qt::UserRole;

/// `text` as one more part of a fault's text form, where it says anything.
void addPart(QString& fault, const char* key, const QString& text)
{
    if (!text.trimmed().isEmpty())
        fault += QStringLiteral(",%1=%2").arg(QLatin1String(key), text.trimmed());
}

/// "The probability must be above 0 and at most 1."
QString problemOf(const Error& error)
{
    const std::pair<const char*, QString> titles[] = {{"probability", FaultsDialog::tr("Probability")},
                                                      {"count", FaultsDialog::tr("At most, times")},
                                                      {"start", FaultsDialog::tr("Begins after")},
                                                      {"for", FaultsDialog::tr("Goes on for")},
                                                      {"delay", FaultsDialog::tr("Delay")},
                                                      {"rate", FaultsDialog::tr("Bytes a second")},
                                                      {"order", FaultsDialog::tr("Only the order")}};
    for (const auto& [field, title] : titles) {
        if (error.field == field)
            return QStringLiteral("%1: %2.").arg(title, toQt(error.message));
    }
    return toQt(error.field) + QLatin1Char(' ') + toQt(error.message) + QLatin1Char('.');
}

} // namespace

FaultsDialog::FaultsDialog(LabBridge& bridge, QWidget* parent) : QDialog(parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("faultsDialog"));
    setWindowTitle(tr("Inject failures"));
    resize(680, 620);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 16);
    column->setSpacing(10);
    column->addWidget(makeForm());
    column->addWidget(ruleLine(this));
    column->addWidget(makeList(), 1);
    m_clock = new QTimer(this);
    m_clock->setInterval(faults_every_ms);
    m_clock->start();
    connect(m_clock, &QTimer::timeout, this, &FaultsDialog::refresh);
    connect(&bridge.faults(), &FaultControl::faultsChanged, this, &FaultsDialog::refresh);
    m_seam->setCurrentIndex(int(Seam::GatewayCall));
    fillActions();
    refresh();
}

QWidget* FaultsDialog::makeForm()
{
    auto* form = new QWidget(this);
    auto* grid = new FieldGrid(form);
    int place = 0;
    const auto put = [&](const QString& title, QWidget* field, const char* object) {
        QLabel* label = grid->put(place / 2, place % 2, title, field, object);
        ++place;
        return label;
    };
    const auto edit = [&](const QString& hint) {
        auto* field = new QLineEdit(form);
        field->setPlaceholderText(hint);
        field->setMaxLength(80);
        connect(field, &QLineEdit::textEdited, this, &FaultsDialog::composeText);
        return field;
    };
    m_seam = new QComboBox(form);
    for (int s = 0; s < seam_count; ++s)
        m_seam->addItem(seamTitle(Seam(s)));
    m_action = new QComboBox(form);
    put(tr("Where"), m_seam, "faultSeam");
    put(tr("What happens"), m_action, "faultAction");
    m_about = mutedLabel({}, form);
    m_about->setWordWrap(true);
    m_about->setMinimumHeight(30);
    grid->addWidget(m_about, 1, 0, 1, 4);
    place = 4;
    put(tr("Probability"), m_probability = edit(QStringLiteral("1")), "faultProbability");
    put(tr("At most, times"), m_count = edit(tr("no end")), "faultCount");
    put(tr("Begins after"), m_start = edit(QStringLiteral("0s")), "faultStart");
    put(tr("Goes on for"), m_length = edit(tr("until it is stopped")), "faultLength");
    m_delay_title = put(tr("Delay"), m_delay = edit(QStringLiteral("1s")), "faultDelay");
    --place; // What is late by its size has a rate there instead.
    m_rate_title = put(tr("Bytes a second"), m_rate = edit(tr("65536, or such as 20KB")), "faultRate");
    m_event = new QComboBox(form);
    m_event->addItem(tr("any event"));
    for (const EventType type : all_event_types)
        m_event->addItem(toQt(topicName(type)));
    put(tr("Only events"), m_event, "faultEvent");
    m_group = new QComboBox(form);
    m_group->addItem(tr("any group"));
    for (const std::string& group : m_bridge.session().config().workers)
        m_group->addItem(toQt(group));
    put(tr("Only the group"), m_group, "faultGroup");
    put(tr("Only the worker"), m_worker = edit(tr("any, such as payment-1")), "faultWorker");
    put(tr("Only the customer"), m_customer = edit(tr("any")), "faultCustomer");
    put(tr("Only the order"), m_order = edit(tr("any; an order's id")), "faultOrder");

    const int row = place / 2 + 1;
    m_text = new QLineEdit(form);
    m_text->setObjectName(QStringLiteral("faultText"));
    m_text->setAccessibleName(tr("The failure as text"));
    m_text->setToolTip(tr("As the command line takes it after --fault. It can be edited here as well."));
    m_text->setFont(Theme::monoFont(12));
    auto* copy = new QPushButton(tr("Copy"), form);
    m_inject = new QPushButton(tr("Inject"), form);
    m_inject->setObjectName(QStringLiteral("injectButton"));
    m_inject->setProperty("primary", true);
    m_inject->setDefault(true);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_text, 1);
    line->addWidget(copy);
    line->addWidget(m_inject);
    grid->addLayout(line, row, 0, 1, 4);
    m_problem = new QLabel(form);
    m_problem->setObjectName(QStringLiteral("faultProblem"));
    m_problem->setProperty("role", QStringLiteral("error"));
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(16);
    grid->addWidget(m_problem, row + 1, 0, 1, 4);

    connect(m_seam, &QComboBox::currentIndexChanged, this, &FaultsDialog::fillActions);
    for (QComboBox* box : {m_action, m_event, m_group})
        connect(box, &QComboBox::currentIndexChanged, this, &FaultsDialog::composeText);
    connect(m_text, &QLineEdit::textEdited, this, &FaultsDialog::readText);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_text->text()); });
    connect(m_inject, &QPushButton::clicked, this, &FaultsDialog::inject);
    return form;
}

QWidget* FaultsDialog::makeList()
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(headingLabel(tr("On now"), box));
    m_list = new QTreeWidget(box);
    m_list->setObjectName(QStringLiteral("faultList"));
    m_list->setAccessibleName(tr("Failures that are on"));
    m_list->setHeaderLabels({tr("Failure"), tr("Struck"), tr("Left")});
    m_list->setRootIsDecorated(false);
    m_list->setItemDelegate(new RowDelegate(false, m_list));
    m_list->setItemDelegateForColumn(0, new RowDelegate(true, m_list));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->resizeSection(1, 70);
    m_list->header()->resizeSection(2, 120);
    column->addWidget(m_list, 1);
    auto* buttons = new QHBoxLayout;
    m_stop = new QPushButton(tr("Stop"), box);
    m_stop->setObjectName(QStringLiteral("faultStop"));
    m_copy = new QPushButton(tr("Copy as text"), box);
    m_stop_all = new QPushButton(tr("Stop all"), box);
    auto* close = new QPushButton(tr("Close"), box);
    for (QPushButton* button : {m_stop, m_copy, m_stop_all, close})
        button->setAutoDefault(false);
    buttons->addWidget(m_stop);
    buttons->addWidget(m_copy);
    buttons->addWidget(m_stop_all);
    buttons->addStretch(1);
    buttons->addWidget(close);
    column->addLayout(buttons);
    connect(m_list, &QTreeWidget::itemSelectionChanged, this, &FaultsDialog::refresh);
    connect(m_stop, &QPushButton::clicked, this, &FaultsDialog::stopSelected);
    connect(m_copy, &QPushButton::clicked, this, &FaultsDialog::copySelected);
    connect(m_stop_all, &QPushButton::clicked, &m_bridge.faults(), &FaultControl::stopAll);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    return box;
}

void FaultsDialog::fillActions()
{
    const bool was_filling = std::exchange(m_filling, true);
    m_action->clear();
    for (const FaultAction action : actionsAt(Seam(m_seam->currentIndex())))
        m_action->addItem(actionTitle(action), int(action));
    m_filling = was_filling;
    composeText();
}

void FaultsDialog::showFieldsOf(FaultAction action)
{
    const bool has_rate = row(action).takes == FaultParameter::Rate;
    m_delay_title->setVisible(!has_rate);
    m_delay->setVisible(!has_rate);
    m_rate_title->setVisible(has_rate);
    m_rate->setVisible(has_rate);
    const auto may = [](QWidget* field, bool is_meant, const QString& why_not) {
        if (!is_meant) { // What cannot count must not look as if it did.
            if (auto* const line = qobject_cast<QLineEdit*>(field))
                line->clear();
            else if (auto* const box = qobject_cast<QComboBox*>(field))
                box->setCurrentIndex(0);
        }
        allow(field, is_meant ? QString() : why_not);
    };
    const bool was_filling = std::exchange(m_filling, true);
    may(m_delay, row(action).takes != FaultParameter::None, tr("What happens there takes no time of its own."));
    const SeamKnows known = knownAt(Seam(m_seam->currentIndex()));
    const QString nobody = tr("Not known at this place, so a failure there strikes all.");
    may(m_event, known.event, nobody);
    may(m_group, known.group, nobody);
    may(m_worker, known.worker, nobody);
    may(m_customer, known.customer, nobody);
    may(m_order, known.order, nobody);
    m_filling = was_filling;
}

/// The fields' text goes through the same parser as the command line's, so that the rules are core's own.
void FaultsDialog::composeText()
{
    const Seam seam = Seam(m_seam->currentIndex());
    const FaultAction action = FaultAction(m_action->currentData().toInt());
    m_about->setText(seamSentence(seam) + QLatin1Char(' ') + actionSentence(action));
    showFieldsOf(action);
    if (m_filling)
        return;
    QString text = toQt(name(seam)) + QLatin1Char('=') + toQt(name(action));
    addPart(text, "probability", m_probability->text());
    addPart(text, "count", m_count->text());
    addPart(text, "start", m_start->text());
    addPart(text, "for", m_length->text());
    if (row(action).takes == FaultParameter::Rate)
        addPart(text, "rate", m_rate->text());
    else
        addPart(text, "delay", m_delay->text());
    addPart(text, "event", m_event->currentIndex() > 0 ? m_event->currentText() : QString());
    addPart(text, "group", m_group->currentIndex() > 0 ? m_group->currentText() : QString());
    addPart(text, "worker", m_worker->text());
    addPart(text, "order", m_order->text());
    addPart(text, "customer", m_customer->text());
    m_text->setText(text);
    check();
}

/// While it is typed: the rules are those of who injects it.
void FaultsDialog::check()
{
    const auto fault = parseFault(m_text->text().toStdString());
    showProblem(fault ? QString() : problemOf(fault.error()));
    m_inject->setEnabled(fault.has_value());
}

void FaultsDialog::readText()
{
    check();
    const auto fault = parseFault(m_text->text().toStdString());
    if (!fault)
        return;
    m_filling = true;
    const QStringList parts = QString::fromStdString(fault->toString()).split(QLatin1Char(','));
    const auto value = [&parts](const char* key) {
        const QString begin = QLatin1String(key) + QLatin1Char('=');
        for (const QString& part : parts) {
            if (part.startsWith(begin))
                return part.mid(begin.size());
        }
        return QString();
    };
    m_seam->setCurrentIndex(int(fault->seam));
    m_action->setCurrentIndex(std::max(0, m_action->findData(int(fault->action))));
    m_probability->setText(value("probability"));
    m_count->setText(value("count"));
    m_start->setText(value("start"));
    m_length->setText(value("for"));
    m_delay->setText(value("delay"));
    m_rate->setText(value("rate"));
    m_event->setCurrentIndex(std::max(0, m_event->findText(value("event"))));
    m_group->setCurrentIndex(std::max(0, m_group->findText(value("group"))));
    m_worker->setText(value("worker"));
    m_order->setText(value("order"));
    m_customer->setText(value("customer"));
    m_filling = false;
}

void FaultsDialog::inject()
{
    const auto fault = parseFault(m_text->text().toStdString());
    if (!fault)
        return showProblem(problemOf(fault.error()));
    if (const auto added = m_bridge.faults().add(*fault); !added)
        return showProblem(problemOf(added.error()));
    showProblem({});
}

void FaultsDialog::showProblem(const QString& problem)
{
    m_problem->setText(problem);
    restyle(m_text, "invalid", !problem.isEmpty());
}

void FaultsDialog::refresh()
{
    const auto& faults = m_bridge.faults().items();
    // Rows stay with their failures, so that a selection stays too.
    for (int row = m_list->topLevelItemCount() - 1; row >= 0; --row) {
        if (!m_bridge.faults().find(m_list->topLevelItem(row)->data(0, id_role).toInt()))
            delete m_list->takeTopLevelItem(row);
    }
    for (std::size_t i = 0; i < faults.size(); ++i) {
        if (int(i) >= m_list->topLevelItemCount()) {
            auto* item = new QTreeWidgetItem(m_list, {QString::fromStdString(faults[i].fault.toString())});
            item->setData(0, id_role, faults[i].id);
            item->setToolTip(0, item->text(0));
        }
        QTreeWidgetItem* item = m_list->topLevelItem(int(i));
        item->setText(1, grouped(std::int64_t(faults[i].strikes)));
        item->setText(2, leftText(faults[i], fromMicros(m_bridge.frames().nowUs())));
    }
    const bool chosen = !m_list->selectedItems().isEmpty();
    m_stop->setEnabled(chosen);
    m_copy->setEnabled(chosen);
    m_stop_all->setEnabled(!faults.empty());
}

void FaultsDialog::stopSelected()
{
    std::vector<int> ids;
    for (const QTreeWidgetItem* item : m_list->selectedItems())
        ids.push_back(item->data(0, id_role).toInt());
    for (const int id : ids)
        m_bridge.faults().remove(id);
}

void FaultsDialog::copySelected()
{
    QStringList texts;
    for (const QTreeWidgetItem* item : m_list->selectedItems())
        texts << item->text(0);
    QGuiApplication::clipboard()->setText(texts.join(QLatin1Char('\n')));
}

} // namespace orderlab::ui
