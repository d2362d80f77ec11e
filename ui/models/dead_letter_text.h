#pragma once
#include "store/records.h"

#include <QString>

namespace orderlab::ui {

/// Of links to a moment; their path is microseconds since 1970.
inline const QString moment_scheme = QStringLiteral("moment");

/// Everything that is kept of a letter, as rich text in the theme's colours: where it comes from, its attempts, its
/// headers and payload, and what people decided.
/// Each time in it is a link of moment_scheme.
QString letterHtml(const DeadLetter& letter);
/// A cause in a few sentences, and what can be done.
QString causeHtml(const DeadLetterCause& cause);
/// The event's data as JSON for people, a member a line.
QString dataText(const EventData& data);

} // namespace orderlab::ui
