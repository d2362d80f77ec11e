#include "ui/database/row_writer.h"

#include "ui/theme/core_text.h"

#include "domain/group_roles.h"
#include "ui/models/format.h"

#include <algorithm>

#include <QCoreApplication>

namespace orderlab::ui {

namespace {

struct RowWriterWords {
    Q_DECLARE_TR_FUNCTIONS(RowWriterWords)
};

using Kind = EntryKind;

/// What to look for: an entry of one of these kinds that is about the row's order or event.
struct Wanted {
    std::vector<Kind> kinds;
    Uuid order = {};            ///< Null: any.
    Uuid event = {};            ///< Null: any.
    QString group = {};         ///< As the row has it; empty: any.
    std::string_view role = {}; ///< The group whose transaction it is, where the entry does not name it.
    std::int64_t not_before_us = INT64_MIN;
    bool is_first = false; ///< Of those since not_before_us; else the last one.
};

Cell cellOf(const TableInfo& table, const CellRow& row, std::string_view column)
{
    for (std::size_t i = 0; i < table.columns.size() && i < row.size(); ++i) {
        if (table.columns[i].name == column)
            return row[i];
    }
    return {};
}

Uuid idIn(const TableInfo& table, const CellRow& row, std::string_view column)
{
    const Cell cell = cellOf(table, row, column);
    const auto id = Uuid::parse(cell.value_or(""));
    return id ? *id : Uuid();
}

/// "2026-01-01 00:00:00.25+00"
std::int64_t microsIn(const Cell& cell)
{
    std::string text = cell.value_or("");
    if (text.size() < 20)
        return INT64_MIN;
    text[10] = 'T';
    text.resize(text.rfind('+') == std::string::npos ? text.size() : text.rfind('+'));
    const auto time = parseRfc3339(text + "Z");
    return time ? toMicros(*time) : INT64_MIN;
}

std::optional<Wanted> wantedFor(const TableInfo& table, const CellRow& row)
{
    const auto id = [&](std::string_view column) { return idIn(table, row, column); };
    const auto group = [&] { return QString::fromStdString(cellOf(table, row, "consumer_group").value_or("")); };
    if (table.name == "orders")
        return Wanted{{Kind::StatusChanged, Kind::OrderAccepted}, id("id"), {}, {}, group_roles.moves_orders};
    if (table.name == "payments" || table.name == "refunds")
        return Wanted{{Kind::PaymentRecorded}, id("order_id"), {}, {}, group_roles.pays};
    if (table.name == "notifications")
        return Wanted{{Kind::NotificationWritten}, id("order_id"), id("event_id"), {}, group_roles.notifies};
    if (table.name == "outbox")
        return Wanted{{Kind::EventEmitted, Kind::DeadLetterReplayed}, {}, id("event_id")};
    if (table.name == "processed_events")
        return Wanted{{Kind::EventHandled}, {}, id("event_id"), group()};
    if (table.name == "dead_letters")
        return Wanted{
            {Kind::DeadLettered, Kind::DeadLetterReplayed, Kind::DeadLetterDiscarded}, {}, id("event_id"), group()};
    if (table.name == "parked_events")
        return Wanted{{Kind::EventParked}, {}, id("event_id"), group()};
    if (table.name == "idempotency_keys")
        return Wanted{{Kind::OrderAccepted}, id("order_id")};
    if (table.name == "gateway_ledger") {
        const bool is_charge = cellOf(table, row, "kind") == Cell("charge");
        Wanted wanted{{is_charge ? Kind::GatewayCharged : Kind::GatewayRefunded}, id("order_id")};
        wanted.not_before_us = microsIn(cellOf(table, row, "created_at"));
        wanted.is_first = true; // Of two charges of one order, the one that made this row.
        return wanted;
    }
    return std::nullopt;
}

bool isGroup(const JournalNames& names, NameId group, const QString& wanted)
{
    return names.text(group) == wanted || names.groupLabel(group) == wanted
           || wanted.endsWith(QLatin1Char('.') + names.groupLabel(group));
}

bool isWanted(const Wanted& wanted, const Entry& entry, const JournalNames& names)
{
    return std::find(wanted.kinds.begin(), wanted.kinds.end(), entry.kind) != wanted.kinds.end()
           && (wanted.order.isNull() || Uuid(entry.order) == wanted.order)
           && (wanted.event.isNull() || Uuid(entry.event) == wanted.event)
           && (wanted.group.isEmpty() || isGroup(names, entry.group, wanted.group))
           && entry.time_us >= wanted.not_before_us;
}

/// The entry of a commit is followed by that of the events which it handled.
std::optional<Entry> handledBy(const Timeline& timeline, std::uint64_t end, const JournalNames& names,
                               std::uint64_t index, const Entry& entry, std::string_view role)
{
    constexpr std::uint64_t follows_within = 2'048; // Larger than any batch.
    const QString group = toQt(role);
    for (std::uint64_t i = index + 1; i < std::min(end, index + follows_within); ++i) {
        const Entry next = timeline.at(i);
        if (next.kind == Kind::EventHandled && next.order == entry.order && names.groupLabel(next.group) == group
            && (entry.kind != Kind::NotificationWritten || next.event == entry.event))
            return next;
    }
    return std::nullopt;
}

} // namespace

std::optional<RowWriter> findRowWriter(const Timeline& timeline, std::uint64_t end, const JournalNames& names,
                                       const TableInfo& table, const CellRow& row)
{
    const auto wanted = wantedFor(table, row);
    if (!wanted || (wanted->order.isNull() && wanted->event.isNull()))
        return std::nullopt;
    end = std::min(end, timeline.endIndex());
    const std::uint64_t first =
        std::max(timeline.firstIndex(), end > writer_entries_max ? end - writer_entries_max : std::uint64_t{0});
    std::optional<RowWriter> found;
    for (std::uint64_t i = end; i > first; --i) {
        const Entry entry = timeline.at(i - 1);
        if (!isWanted(*wanted, entry, names)) {
            if (wanted->is_first && entry.time_us < wanted->not_before_us)
                break;
            continue;
        }
        found = RowWriter{i - 1, entry, std::nullopt};
        if (!wanted->is_first)
            break;
    }
    if (!found)
        return std::nullopt;
    if (found->entry.group != 0)
        found->handled = found->entry;
    else if (!wanted->role.empty() && found->entry.kind != Kind::OrderAccepted)
        found->handled = handledBy(timeline, end, names, found->index, found->entry, wanted->role);
    return found;
}

QString writerText(const RowWriter& writer, const JournalNames& names)
{
    const QString kind = coreText(entryKindRow(writer.entry.kind).name);
    if (!writer.handled)
        return kind;
    const Entry& handled = *writer.handled;
    QString text = names.groupLabel(handled.group);
    if (handled.attempt > 0)
        text = RowWriterWords::tr("%1, attempt %2").arg(text).arg(handled.attempt);
    if (handled.offset >= 0)
        text = RowWriterWords::tr("%1, on %2/%3 offset %4")
                   .arg(text, names.text(handled.topic))
                   .arg(handled.partition)
                   .arg(handled.offset);
    return QStringLiteral("%1 (%2)").arg(text, kind);
}

} // namespace orderlab::ui
