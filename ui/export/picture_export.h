#pragma once
#include <QString>

class QWidget;

namespace orderlab::ui {

/// Draws a widget as it is into a file: PNG (twice as large), SVG or PDF, by the file's ending. Writes it whole, or
/// leaves the file as it was. Empty, or what went wrong. GUI thread.
QString exportPicture(QWidget& widget, const QString& file);

} // namespace orderlab::ui
