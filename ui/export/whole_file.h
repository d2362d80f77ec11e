#pragma once
#include <QByteArray>
#include <QString>

namespace orderlab::ui {

/// Why a file of this name cannot be written whole: it is there and is none (a pipe or a device would be replaced by a
/// file). Empty: it can, as far as one can tell.
QString whyNoFile(const QString& file);

/// Writes `bytes` whole, or leaves the file as it was. Empty, or what went wrong, without the file's name.
QString writeWhole(const QString& file, const QByteArray& bytes);

} // namespace orderlab::ui
