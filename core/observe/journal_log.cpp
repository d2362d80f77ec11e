#include "observe/journal_log.h"

#include <algorithm>

namespace orderlab {

std::span<const JournalLogRow> journalLogRows()
{
    using enum LogLevel;
    using enum LogArea;
    static constexpr JournalLogRow log_rows[] = {
        {EntryKind::OrderAccepted, Debug, Orders, "order accepted"},
        {EntryKind::StatusChanged, Debug, Orders, "order is {detail}"},
        {EntryKind::EventEmitted, Debug, Outbox, "event {topic} is in the outbox"},
        {EntryKind::EventPublished, Debug, Bus, "event {topic} published: partition {partition}, offset {offset}"},
        {EntryKind::EventDelivered, Debug, Worker, "event {topic} delivered: partition {partition}, offset {offset}"},
        {EntryKind::EventHandled, Debug, Worker, "event {topic} handled in {value} us"},
        {EntryKind::DuplicateSkipped, Debug, Worker, "event {topic} skipped: it was handled before"},
        {EntryKind::AttemptFailed, Debug, Worker, "attempt at {topic} failed: {detail}"},
        {EntryKind::RetryScheduled, Debug, Worker, "event {topic} will be tried again in {value} ms"},
        {EntryKind::EventParked, Debug, Worker, "event {topic} waits in the retry topic for {value} ms"},
        {EntryKind::DeadLettered, Warning, Worker, "event {topic} is a dead letter: {detail}"},
        {EntryKind::DeadLetterReplayed, Info, Worker, "dead letter given back to its group"},
        {EntryKind::DeadLetterDiscarded, Info, Worker, "dead letter discarded: {detail}"},
        {EntryKind::OffsetCommitted, Debug, Bus, "offset {offset} of {topic}, partition {partition}, committed"},
        {EntryKind::OffsetsReset, Info, Bus, "offset of {topic}, partition {partition}, moved to {offset}"},
        {EntryKind::MemberJoined, Debug, Bus, "member joined"},
        {EntryKind::MemberLeft, Debug, Bus, "member left"},
        {EntryKind::PartitionAssigned, Debug, Bus, "partition {partition} of {topic} assigned"},
        {EntryKind::PartitionRevoked, Debug, Bus, "partition {partition} of {topic} revoked"},
        {EntryKind::LogReplaced, Debug, Bus, "partition {partition} of {topic} is another log"},
        {EntryKind::EventRepublished, Debug, Outbox, "event {topic} will be published again: {detail}"},
        {EntryKind::PublishFailed, Debug, Outbox, "the outbox could not be published: {detail}"},
        {EntryKind::WorkPaused, Debug, Worker, "partition {partition} of {topic} waits: {detail}"},
        {EntryKind::WorkResumed, Debug, Worker, "partition {partition} of {topic} goes on"},
        {EntryKind::WorkThrottled, Debug, Worker, "waits {value} ms for its rate limit"},
        {EntryKind::GatewayCharged, Debug, Gateway, "payment charged"},
        {EntryKind::GatewayDeclined, Debug, Gateway, "payment declined: {detail}"},
        {EntryKind::GatewayFailed, Debug, Gateway, "a call of the payment gateway failed: {detail}"},
        {EntryKind::GatewayRefunded, Debug, Gateway, "payment refunded"},
        {EntryKind::CircuitOpened, Warning, Gateway,
         "calls to the payment gateway are refused for {value} ms: {detail}"},
        {EntryKind::CircuitClosed, Info, Gateway, "the payment gateway answers again"},
        {EntryKind::BusSwitched, Info, Bus, "the bus is now {detail}"},
        {EntryKind::FaultsChanged, Info, Faults, "faults set: {value}"},
        {EntryKind::GuaranteeSwitched, Info, Faults, "guarantee switched: {detail}"},
        {EntryKind::FaultInjected, Debug, Faults, "fault injected: {detail}"},
        {EntryKind::ProcessCrashed, Info, Faults, "{actor} crashed; it runs again in {value} ms"},
        {EntryKind::ProcessRestarted, Info, Faults, "{actor} runs again"},
        {EntryKind::RedisAway, Warning, Server, "Redis gives no first looks, so the store is asked at once: {detail}"},
        {EntryKind::RedisBack, Info, Server, "Redis gives first looks again"},
        {EntryKind::RedisLooked, Debug, Server, "first looks into Redis: {value} {detail}"},
        {EntryKind::EntriesMissed, Warning, Server, "{value} entries of the journal are missing"},
    };
    return log_rows;
}

const JournalLogRow* journalLogRow(EntryKind kind)
{
    static const auto by_kind = [] {
        std::array<const JournalLogRow*, 256> rows{};
        for (const JournalLogRow& row : journalLogRows())
            rows[std::size_t(row.kind)] = &row;
        return rows;
    }();
    return by_kind[std::size_t(kind)];
}

std::string journalLogWords(const JournalLogRow& row, const Entry& entry, const Names& names)
{
    const std::pair<std::string_view, std::string> values[] = {
        {"{topic}", std::string(names.text(entry.topic))}, {"{partition}", std::to_string(entry.partition)},
        {"{offset}", std::to_string(entry.offset)},        {"{group}", std::string(names.text(entry.group))},
        {"{actor}", std::string(names.text(entry.actor))}, {"{detail}", std::string(names.text(entry.detail))},
        {"{value}", std::to_string(entry.value)}};
    std::string text;
    for (std::string_view rest = row.words; !rest.empty();) {
        const auto begin = rest.find('{');
        text += rest.substr(0, begin);
        if (begin == std::string_view::npos)
            break;
        const std::string_view name = rest.substr(begin, rest.find('}') - begin + 1);
        for (const auto& [known, value] : values) {
            if (known == name)
                text += value;
        }
        rest.remove_prefix(begin + name.size());
    }
    return text;
}

JournalLog::JournalLog(Runtime& runtime, const Names& names, Log& log, const EntryTrace* traces)
    : m_runtime(runtime), m_names(names), m_log(log), m_traces(traces), m_filled(runtime.now())
{}

/// A token bucket of one second.
bool JournalLog::hasRoom()
{
    if (m_room < 1) {
        const TimePoint now = m_runtime.now();
        const double filled = double((now - m_filled).count()) / 1e6 * lines_per_s_max;
        m_room = std::min<double>(lines_per_s_max, m_room + filled);
        m_filled = now;
    }
    if (m_room < 1)
        return false;
    m_room -= 1;
    return true;
}

void JournalLog::onEntries(std::span<const Entry> entries, std::uint64_t first)
{
    for (const Entry& entry : entries) {
        const JournalLogRow* row = journalLogRow(entry.kind);
        if (row && m_log.isOn(row->area, row->level)) {
            if (hasRoom())
                write(*row, entry, first);
            else
                ++m_untold;
        }
        ++first;
    }
}

void JournalLog::write(const JournalLogRow& row, const Entry& entry, std::uint64_t number)
{
    if (m_untold > 0) {
        m_log.write(LogArea::Server, LogLevel::Warning,
                    std::to_string(std::exchange(m_untold, 0))
                        + " entries of the journal have no line: too many at once");
    }
    const bool has_member = entry_kinds[std::size_t(entry.kind)].fields.actor == "member";
    LogFields fields{entry.order,
                     entry.event,
                     m_names.text(entry.group),
                     has_member ? m_names.text(entry.actor) : std::string_view(),
                     entry.attempt,
                     number};
    if (const auto trace = m_traces ? m_traces->of(entry) : std::nullopt) {
        fields.trace = trace->trace;
        fields.span = trace->span;
    }
    m_log.write(row.area, row.level, journalLogWords(row, entry, m_names), fields);
}

} // namespace orderlab
