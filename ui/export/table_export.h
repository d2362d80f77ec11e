#pragma once
#include <QAbstractItemModel>
#include <QByteArray>

namespace orderlab::ui {

enum class TableFormat : std::uint8_t { Csv, Json };

/// What a table shows, all rows and columns, those of trees below each other. CSV (RFC 4180) has a line of titles; a
/// cell that a spreadsheet would take for a formula begins with an apostrophe. JSON is an array of objects by title.
QByteArray tableText(const QAbstractItemModel& model, TableFormat format);

/// Writes it whole, or leaves the file as it was. Empty, or what went wrong. GUI thread.
QString exportTable(const QAbstractItemModel& model, const QString& file);

} // namespace orderlab::ui
