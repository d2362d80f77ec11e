#pragma once
#include "journal/timeline.h"
#include "tables/tables.h"
#include "ui/bridge/journal_names.h"

namespace orderlab::ui {

/// What wrote a row: an entry of the journal, and whose transaction it was.
struct RowWriter {
    std::uint64_t index = 0; ///< Of `entry`.
    Entry entry;
    std::optional<Entry> handled; ///< Of the group whose transaction it was; nothing: it was no group's.
};

/// Entries that are looked through, the latest first: some tenths of a second.
inline constexpr std::uint64_t writer_entries_max = 300'000;

/// The last entry before `end` that wrote this row, as far as the journal tells: not of minutes of analytics, which
/// many write, nor of what only the store knows. GUI thread.
std::optional<RowWriter> findRowWriter(const Timeline& timeline, std::uint64_t end, const JournalNames& names,
                                       const TableInfo& table, const CellRow& row);

/// "payment handled order-created/1 at offset 17, attempt 2", or what else it was, in words.
QString writerText(const RowWriter& writer, const JournalNames& names);

} // namespace orderlab::ui
