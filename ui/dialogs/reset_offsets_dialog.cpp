#include "ui/dialogs/reset_offsets_dialog.h"

#include "ui/dialogs/field_grid.h"
#include "ui/models/format.h"
#include "ui/panels/content_or_empty.h"
#include "ui/panels/delegates.h"
#include "ui/panels/fitted_table.h"
#include "ui/panels/labels.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr int ask_after_ms = 150; ///< While somebody types an offset.

} // namespace

ResetOffsetsDialog::ResetOffsetsDialog(LabBridge& bridge, const Choice& choice, QWidget* parent)
    : QDialog(parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("resetOffsetsDialog"));
    setWindowTitle(tr("Reset offsets"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(640, 520);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 16);
    column->setSpacing(10);
    column->addWidget(titleLabel(tr("Let a consumer group go on from another place of the log"), this));
    column->addWidget(makeForm());
    auto* table = new FittedTable(this);
    table->setObjectName(QStringLiteral("resetPreview"));
    table->setAccessibleName(tr("What the reset does to each partition"));
    table->setModel(&m_model);
    table->setItemDelegate(new CellDelegate(true, table));
    table->setColumnWeights({170, 80, 100, 100, 140});
    m_preview = new ContentOrEmpty(this);
    m_preview->setContent(table);
    column->addWidget(m_preview, 1);
    m_sentence = new QLabel(this);
    m_sentence->setObjectName(QStringLiteral("resetSentence"));
    m_warning = new QLabel(this);
    m_warning->setObjectName(QStringLiteral("resetWarning"));
    m_warning->setProperty("role", QStringLiteral("error"));
    m_members = mutedLabel({}, this);
    m_members->setObjectName(QStringLiteral("resetMembers"));
    for (QLabel* label : {m_sentence, m_warning, m_members}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    column->addWidget(makeButtons());

    m_group->setCurrentIndex(std::max(0, m_group->findText(choice.group)));
    m_topic->setCurrentIndex(choice.topic.isEmpty() ? 0 : std::max(0, m_topic->findData(choice.topic)));
    m_partition->setCurrentIndex(std::max(0, m_partition->findData(choice.partition)));
    m_soon.setSingleShot(true);
    m_soon.setInterval(ask_after_ms);
    connect(&m_soon, &QTimer::timeout, this, &ResetOffsetsDialog::ask);
    for (QComboBox* box : {m_group, m_topic, m_partition, m_target})
        connect(box, &QComboBox::currentIndexChanged, this, &ResetOffsetsDialog::plan);
    connect(m_offset, &QLineEdit::textChanged, this, &ResetOffsetsDialog::plan);
    connect(m_time, &QDateTimeEdit::dateTimeChanged, this, &ResetOffsetsDialog::plan);
    connect(&bridge.commands(), &SystemCommands::resetForeseen, this, &ResetOffsetsDialog::showForecast);
    connect(&bridge.commands(), &SystemCommands::groupReset, this, &ResetOffsetsDialog::finish);
    connect(&bridge.commands(), &SystemCommands::groupsScaled, this, &ResetOffsetsDialog::plan);
    plan();
    m_target->setFocus();
}

QWidget* ResetOffsetsDialog::makeForm()
{
    auto* form = new QWidget(this);
    auto* grid = new FieldGrid(form);
    m_group = new QComboBox(form);
    for (const std::string& name : m_bridge.session().config().workers)
        m_group->addItem(toQt(name));
    m_target = new QComboBox(form);
    m_target->addItem(tr("The earliest event that is kept"), int(OffsetTarget::Earliest));
    m_target->addItem(tr("The end: only new events"), int(OffsetTarget::Latest));
    m_target->addItem(tr("An offset"), int(OffsetTarget::Offset));
    m_target->addItem(tr("A time"), int(OffsetTarget::Time));
    m_topic = new QComboBox(form);
    m_topic->addItem(tr("All that it reads"));
    for (const EventType type : all_event_types)
        m_topic->addItem(toQt(topicName(type)), toQt(topicName(type)));
    m_partition = new QComboBox(form);
    m_partition->addItem(tr("All"), -1);
    for (int i = 0; i < m_bridge.commands().partitions(); ++i)
        m_partition->addItem(QString::number(i), i);
    grid->put(0, 0, tr("Group"), m_group, "resetGroup");
    grid->put(0, 1, tr("Goes on at"), m_target, "resetTarget");
    grid->put(1, 0, tr("Topic"), m_topic, "resetTopic");
    grid->put(2, 0, tr("Partition"), m_partition, "resetPartition");
    m_offset = new QLineEdit(QStringLiteral("0"), form);
    m_offset->setMaxLength(16);
    m_offset->setToolTip(tr("A whole number; where the log does not reach so far, its nearest event"));
    m_value_title = grid->put(1, 1, tr("Offset"), m_offset, "resetOffset");
    m_time = new QDateTimeEdit(QDateTime::fromMSecsSinceEpoch(m_bridge.frames().nowUs() / 1'000), form);
    m_time->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
    m_time->setToolTip(tr("At the first event that was published then or later; at first the moment shown"));
    m_time->setObjectName(QStringLiteral("resetTime"));
    m_time->setAccessibleName(tr("Time"));
    grid->addWidget(m_time, 1, 3);
    return form;
}

QWidget* ResetOffsetsDialog::makeButtons()
{
    auto* box = new QWidget(this);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    m_close = new QPushButton(tr("Cancel"), box);
    m_close->setObjectName(QStringLiteral("resetClose"));
    m_close->setDefault(true); // Moving offsets cannot be undone: it is never what Enter does.
    m_reset = new QPushButton(box);
    m_reset->setObjectName(QStringLiteral("resetButton"));
    m_reset->setAutoDefault(false);
    row->addStretch(1);
    row->addWidget(m_close);
    row->addWidget(m_reset);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_reset, &QPushButton::clicked, this, &ResetOffsetsDialog::start);
    return box;
}

QString ResetOffsetsDialog::group() const
{
    return m_group->currentText();
}

OffsetTarget ResetOffsetsDialog::target() const
{
    return OffsetTarget(m_target->currentData().toInt());
}

std::optional<GroupReset> ResetOffsetsDialog::reset() const
{
    GroupReset reset;
    reset.group = group().toStdString();
    reset.target = target();
    bool is_number = true;
    if (reset.target == OffsetTarget::Offset)
        reset.offset = m_offset->text().trimmed().toLongLong(&is_number);
    if (!is_number || reset.offset < 0)
        return std::nullopt;
    reset.time = fromMicros(m_time->dateTime().toMSecsSinceEpoch() * 1'000);
    if (m_topic->currentIndex() > 0) {
        if (const auto topic = eventTypeOf(m_topic->currentText().toStdString()))
            reset.topic = *topic;
    }
    if (const int partition = m_partition->currentData().toInt(); partition >= 0)
        reset.partition = std::uint16_t(partition);
    return reset;
}

void ResetOffsetsDialog::showTarget()
{
    const bool has_time = target() == OffsetTarget::Time;
    m_time->setVisible(has_time);
    m_offset->setVisible(!has_time);
    m_offset->setEnabled(target() == OffsetTarget::Offset);
    m_value_title->setText(has_time ? tr("Time") : tr("Offset"));
    m_value_title->setEnabled(has_time || m_offset->isEnabled());
    restyle(m_offset, "invalid", !reset());
    const std::size_t members = m_bridge.commands().members(group());
    m_members->setText(members == 0
                           ? tr("The group has no members here.")
                           : tr("Its %n members finish what they have in hand, leave, and join again afterwards.",
                                nullptr, int(members)));
    m_reset->setText(members == 0 ? tr("Reset") : tr("Stop the members, reset, start them again"));
}

void ResetOffsetsDialog::plan()
{
    if (m_is_moving)
        return;
    showTarget();
    m_can_reset = false;
    m_reset->setEnabled(false);
    if (!reset()) {
        m_soon.stop();
        ++m_asked; // What was asked before is of no use any more.
        showSentence({{}, tr("The offset must be a whole number, 0 or more.")});
        return;
    }
    m_soon.start();
}

void ResetOffsetsDialog::ask()
{
    if (m_model.rowCount() == 0)
        m_preview->show(false, tr("Looking what that would do…"));
    m_asked = m_bridge.commands().foreseeReset(*reset());
}

void ResetOffsetsDialog::showForecast(quint64 number, const ResetForecast& forecast)
{
    if (number == m_asked && !m_is_moving && !m_soon.isActive())
        showSentence(forecast);
}

void ResetOffsetsDialog::showSentence(const ResetForecast& forecast)
{
    m_model.show(forecast.changes);
    m_preview->show(m_model.rowCount() > 0, forecast.problem);
    const std::int64_t again = forecast.seenAgain(), never = forecast.neverSeen();
    QStringList parts;
    if (again > 0)
        parts << counted(again, QT_TRANSLATE_N_NOOP("counted", "%n events come again."));
    if (again > 0 && m_bridge.faults().guarantees()[Guarantee::Inbox])
        parts << tr("Its inbox keeps those that it has handled from having their effects twice.");
    if (again == 0 && never == 0 && forecast.problem.isEmpty())
        parts << tr("Nothing would change: the group is there already.");
    m_sentence->setText(parts.join(QLatin1Char(' ')));
    QStringList warnings;
    if (again > 0 && !m_bridge.faults().guarantees()[Guarantee::Inbox])
        warnings << tr("The inbox is off: what comes again has its effects again.");
    if (never > 0)
        warnings << counted(
            never,
            QT_TRANSLATE_N_NOOP("counted", "The group never sees %n events. Orders that wait for them may never end."));
    m_warning->setText(warnings.join(QLatin1Char(' ')));
    m_warning->setVisible(!warnings.isEmpty());
    m_can_reset = forecast.problem.isEmpty() && (again > 0 || never > 0);
    m_reset->setEnabled(m_can_reset);
}

void ResetOffsetsDialog::start()
{
    const auto wanted = reset();
    if (!wanted || !m_can_reset)
        return;
    m_is_moving = true;
    m_reset->setEnabled(false);
    for (QWidget* field :
         {static_cast<QWidget*>(m_group), static_cast<QWidget*>(m_topic), static_cast<QWidget*>(m_partition),
          static_cast<QWidget*>(m_target), static_cast<QWidget*>(m_offset), static_cast<QWidget*>(m_time)})
        field->setEnabled(false);
    m_close->setText(tr("Close"));
    m_members->setText(tr("The members of %1 finish what they have in hand and leave…").arg(group()));
    m_bridge.commands().resetGroup(*wanted);
}

void ResetOffsetsDialog::finish(const QString& group, const ResetForecast& done)
{
    if (!m_is_moving || group != this->group())
        return;
    if (done.problem.isEmpty())
        return accept();
    m_is_moving = false;
    for (QWidget* field : {m_group, m_topic, m_partition, m_target})
        field->setEnabled(true);
    m_time->setEnabled(true);
    m_close->setText(tr("Cancel"));
    plan();
    m_soon.stop();
    showSentence(done);
}

} // namespace orderlab::ui
