#pragma once
#include "domain/event.h"
#include "tables/tables.h"

namespace orderlab {

/// An event as the tables tell of it. A value.
struct StoredEvent {
    enum class Source : std::uint8_t {
        Outbox,     ///< As it was emitted.
        DeadLetter, ///< As its group gave it up, with a correction that a person has made since.
        Parked,     ///< As it waits to be tried again.
        OtherRows,  ///< No row has it any more: made again from the rows of its order and of the payment.
    };
    Event event;
    Source source = Source::Outbox;
    /// Its data as JSON; of a record that is no event, what it is.
    std::string payload;
    bool has_time = true;    ///< Whether `event.time` is known.
    bool is_complete = true; ///< False: it may have had members that no row tells.
};

/// Looks for the event in the tables, which keep it only for a while; `type` and `order` are those of its journal
/// entries. Nothing: no row knows of it or its order. Blocks as Tables does. Errors: those of Tables.
Result<std::optional<StoredEvent>> findStoredEvent(Tables& tables, EventId id, EventType type, OrderId order);

/// The same headers and JSON as the codec makes, where only the journal tells of the event: without time and
/// extensions.
Event eventFromEntry(EventId id, EventType type, OrderId order);

/// A row of a SELECT by the names of its columns; for tests of keys, too.
struct SelectedRow {
    const std::vector<std::string>& columns;
    const CellRow& row;
    /// NULL also where there is no such column.
    Cell cell(std::string_view column) const;
};

/// Microseconds since 1970 of a moment as PostgreSQL shows it in UTC: "2026-01-01 00:00:00.25+00".
std::optional<std::int64_t> microsOfMoment(const Cell& cell);

} // namespace orderlab
