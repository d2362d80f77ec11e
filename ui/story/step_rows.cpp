#include "ui/story/step_rows.h"

#include "domain/group_name.h"
#include "domain/group_roles.h"
#include "tables/event_lookup.h"
#include "tables/table_kinds.h"
#include "ui/models/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace orderlab::ui {

namespace {

using Kind = EntryKind;

constexpr std::uint64_t entries_at_once_max = 4'096; ///< That have the same time; more than any batch.

struct StepRowsWords {
    Q_DECLARE_TR_FUNCTIONS(StepRowsWords)
};

/// Finds the rows of one step.
class Finder {
public:
    Finder(const Story& story, int step, const JournalNames& names)
        : m_story(story), m_step(step), m_entry(story.steps[std::size_t(step)].entry), m_names(names)
    {}

    StepRows find()
    {
        addOf(m_step);
        if (m_rows.written.empty()) {
            m_rows.why_none = whyNone();
            addEvent();
        }
        return std::move(m_rows);
    }

private:
    static RowsPlace at(std::string_view table, std::vector<RowsPlace::Key> keys)
    {
        return {std::string(table), std::move(keys)};
    }
    void add(std::string_view table, std::vector<RowsPlace::Key> keys)
    {
        RowsPlace place = at(table, std::move(keys));
        if (std::find(m_rows.written.begin(), m_rows.written.end(), place) == m_rows.written.end())
            m_rows.written.push_back(std::move(place));
    }
    static RowsPlace::Key key(const char* column, const Uuid& id) { return {column, id.toString()}; }
    RowsPlace::Key group(const Entry& entry) const
    {
        return {"consumer_group", storedGroupName(m_names.groupLabel(entry.group).toStdString(), {})};
    }
    bool isOf(const Entry& entry, std::string_view role) const { return m_names.groupLabel(entry.group) == toQt(role); }

    void addOf(int step)
    {
        const Entry& entry = m_story.steps[std::size_t(step)].entry;
        switch (entry.kind) {
        case Kind::OrderAccepted:
            add("orders", {key("id", entry.order)});
            add("outbox", {key("order_id", entry.order), {"type", "order-created"}});
            add("idempotency_keys", {key("order_id", entry.order)});
            break;
        case Kind::StatusChanged: add("orders", {key("id", entry.order)}); break;
        case Kind::EventEmitted:
        case Kind::EventRepublished: add("outbox", {key("event_id", entry.event)}); break;
        case Kind::PaymentRecorded:
            add("payments", {key("order_id", entry.order)});
            if (m_names.text(entry.detail) == QLatin1String("refunded"))
                add("refunds", {key("order_id", entry.order)});
            break;
        case Kind::NotificationWritten:
            add("notifications", {key("order_id", entry.order), key("event_id", entry.event)});
            break;
        case Kind::GatewayCharged: add("gateway_ledger", {key("order_id", entry.order), {"kind", "charge"}}); break;
        case Kind::GatewayRefunded: add("gateway_ledger", {key("order_id", entry.order), {"kind", "refund"}}); break;
        case Kind::EventParked: add("parked_events", {key("event_id", entry.event), group(entry)}); break;
        case Kind::DeadLetterReplayed: add("outbox", {key("event_id", entry.event)}); [[fallthrough]];
        case Kind::DeadLettered:
        case Kind::DeadLetterDiscarded: add("dead_letters", {key("event_id", entry.event), group(entry)}); break;
        case Kind::EventHandled:
            addEffects(step);
            add("processed_events", {key("event_id", entry.event), group(entry)});
            break;
        default: break;
        }
    }

    /// What a group's transaction wrote is told between the delivery and the step that says it is handled.
    void addEffects(int handled)
    {
        const Entry& done = m_story.steps[std::size_t(handled)].entry;
        for (int i = handled - 1; i >= 0; --i) {
            const Entry& entry = m_story.steps[std::size_t(i)].entry;
            if (entry.kind == Kind::EventDelivered && entry.group == done.group && entry.event == done.event)
                return;
            const auto type = m_names.topic(entry.topic);
            const bool is_payment = type == EventType::PaymentSucceeded || type == EventType::PaymentFailed
                                    || type == EventType::PaymentRefunded;
            const bool is_its_own = (entry.kind == Kind::PaymentRecorded && isOf(done, group_roles.pays))
                                    || (entry.kind == Kind::EventEmitted && is_payment && isOf(done, group_roles.pays))
                                    || (entry.kind == Kind::StatusChanged && isOf(done, group_roles.moves_orders))
                                    || (entry.kind == Kind::NotificationWritten && entry.event == done.event
                                        && isOf(done, group_roles.notifies));
            if (is_its_own)
                addOf(i);
        }
    }

    void addEvent()
    {
        if (m_entry.event.isNull() || m_entry.topic == 0)
            return;
        for (const char* table : {"outbox", "processed_events", "dead_letters", "parked_events", "notifications"})
            m_rows.of_event.push_back(at(table, {key("event_id", m_entry.event)}));
    }

    QString whyNone() const
    {
        switch (m_entry.kind) {
        case Kind::EventPublished:
            return StepRowsWords::tr(
                "It wrote no row: the log has the event now. The relay marks its outbox row afterwards.");
        case Kind::EventDelivered:
            return StepRowsWords::tr("It wrote no row: an attempt writes nothing before it is committed.");
        case Kind::AttemptFailed:
            return StepRowsWords::tr("It left no row: the attempt's transaction was rolled back.");
        case Kind::RetryScheduled:
            return StepRowsWords::tr("It wrote no row: the event waits in memory, and its offset is not committed.");
        case Kind::DuplicateSkipped:
            return StepRowsWords::tr("It wrote no row: the inbox had the event already, or it was not for this group.");
        case Kind::GatewayFailed:
        case Kind::GatewayDeclined:
            return StepRowsWords::tr("It wrote no row: the gateway has booked nothing with this answer.");
        case Kind::ClientAsked:
        case Kind::ClientAnswered:
            return StepRowsWords::tr("It wrote no row: it is what the customer's program sent or was told.");
        case Kind::GuaranteeSwitched:
        case Kind::FaultInjected: return StepRowsWords::tr("It wrote no row: it is part of the experiment.");
        default: return StepRowsWords::tr("It wrote no row of this order.");
        }
    }

    const Story& m_story;
    const int m_step;
    const Entry& m_entry;
    const JournalNames& m_names;
    StepRows m_rows;
};

std::string conditionOf(const RowsPlace& place)
{
    std::string text;
    for (const RowsPlace::Key& key : place.keys) {
        std::string value;
        for (const char c : key.value)
            value.append(c == '\'' ? 2 : 1, c);
        text += (text.empty() ? " WHERE " : " AND ") + key.column + " = '" + value + '\'';
    }
    return text;
}

Result<Selected> rowsAt(Tables& tables, const char* schema, const RowsPlace& place)
{
    auto selected = tables.select(std::string("SELECT * FROM ") + schema + '.' + place.table + conditionOf(place)
                                  + " LIMIT " + std::to_string(written_rows_max));
    if (selected && selected->problem)
        return Error{ErrorCode::Exhausted, Retry::Later, selected->problem->message, {}};
    return selected;
}

std::vector<Cell> keyOf(const std::string& table, const std::vector<std::string>& columns, const CellRow& row)
{
    std::vector<Cell> key;
    const TableKind* kind = findTableKind(table);
    for (const std::string& name : kind ? namesIn(kind->keys) : columns)
        key.push_back(SelectedRow{columns, row}.cell(name));
    return key;
}

} // namespace

namespace {

/// Also of one that was told after others of a later time.
std::optional<std::uint64_t> placeOf(const Entry& entry, const FramePump& frames)
{
    if (const auto index = frames.indexOf(entry))
        return index;
    const Timeline& timeline = frames.timeline();
    const std::uint64_t first = timeline.indexAfter(entry.time_us);
    for (std::uint64_t i = first; i < std::min(timeline.endIndex(), first + entries_at_once_max); ++i) {
        if (timeline.at(i) == entry)
            return i;
    }
    return std::nullopt;
}

/// When the group took the event that it has settled with this step; nothing: it is no such step.
std::optional<std::uint64_t> takenBefore(const Story& story, int step, const FramePump& frames)
{
    const Entry& entry = story.steps[std::size_t(step)].entry;
    if (entry.kind != Kind::EventHandled && entry.kind != Kind::DeadLettered && entry.kind != Kind::EventParked)
        return std::nullopt;
    for (int i = step - 1; i >= 0; --i) {
        const Entry& taken = story.steps[std::size_t(i)].entry;
        if (taken.kind == Kind::EventDelivered && taken.event == entry.event && taken.group == entry.group)
            return placeOf(taken, frames);
    }
    return std::nullopt;
}

} // namespace

StepRows rowsOfStep(const Story& story, int step, const FramePump& frames)
{
    StepRows rows = Finder(story, step, frames.names()).find();
    const auto index = placeOf(story.steps[std::size_t(step)].entry, frames);
    if (!index)
        return rows;
    if (const auto taken = takenBefore(story, step, frames)) {
        rows.moment = TableMoment{*index + 1, *taken};
        return rows;
    }
    // A commit is told in several entries of one time, so what was before it is what was before that time.
    const Timeline& timeline = frames.timeline();
    std::uint64_t begin = *index;
    const std::int64_t time_us = story.steps[std::size_t(step)].entry.time_us;
    while (begin > timeline.firstIndex() && *index - begin < entries_at_once_max
           && timeline.at(begin - 1).time_us == time_us)
        --begin;
    rows.moment = TableMoment{*index + 1, begin};
    return rows;
}

std::vector<RowsPlace> rowsOfOrder(OrderId order)
{
    std::vector<RowsPlace> places{{"orders", {{"id", order.toString()}}}};
    for (const char* table :
         {"payments", "refunds", "outbox", "notifications", "dead_letters", "parked_events", "gateway_ledger"})
        places.push_back({table, {{"order_id", order.toString()}}});
    return places;
}

Result<std::vector<WrittenRow>> findRows(Tables& tables, const std::vector<RowsPlace>& places)
{
    using Change = WrittenRow::Change;
    std::vector<WrittenRow> found;
    for (const RowsPlace& place : places) {
        auto now = rowsAt(tables, "orderlab", place);
        if (!now)
            return now.error();
        Selected then;
        if (tables.hasChanges()) {
            auto before = rowsAt(tables, "before", place);
            if (!before)
                return before.error();
            then = std::move(*before);
        }
        for (CellRow& row : now->rows) {
            WrittenRow one{tables.hasChanges() ? Change::Added : Change::Unknown, place.table, now->columns, {}, {}};
            const auto key = keyOf(place.table, now->columns, row);
            const auto was = std::find_if(then.rows.begin(), then.rows.end(), [&](const CellRow& other) {
                return keyOf(place.table, then.columns, other) == key;
            });
            if (was != then.rows.end()) {
                one.change = *was == row ? Change::Same : Change::Changed;
                one.before = std::move(*was);
                then.rows.erase(was);
            }
            one.row = std::move(row);
            found.push_back(std::move(one));
        }
        for (CellRow& gone : then.rows)
            found.push_back({Change::Gone, place.table, then.columns, std::move(gone), {}});
    }
    return found;
}

QString changeWords(WrittenRow::Change change)
{
    switch (change) {
    case WrittenRow::Change::Unknown: return StepRowsWords::tr("as it is now");
    case WrittenRow::Change::Added: return StepRowsWords::tr("+ added");
    case WrittenRow::Change::Changed: return StepRowsWords::tr("± changed");
    case WrittenRow::Change::Same: return StepRowsWords::tr("= unchanged");
    case WrittenRow::Change::Gone: return StepRowsWords::tr("− gone");
    }
    return {};
}

} // namespace orderlab::ui
