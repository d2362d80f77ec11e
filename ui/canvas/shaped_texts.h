#pragma once
#include <QFont>
#include <QStaticText>

namespace orderlab::ui {

/// A text that is ready to be drawn.
struct ShapedText {
    QStaticText text;
    double width = 0;
    double height = 0;
};

/// `what` in one line; cut with "…" where it is wider than `room`. What was shaped lately is kept, because shaping a
/// text takes ten times as long as drawing it. Valid until the next call. GUI thread.
const ShapedText& shapedText(const QFont& font, const QString& what, double room);
/// How wide it is uncut.
double textWidth(const QFont& font, const QString& what);

} // namespace orderlab::ui
