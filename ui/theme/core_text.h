#pragma once
#include <QString>

#include <string_view>

namespace orderlab::ui {

/// A text of one of the core's fixed tables (titles of events, statuses, sentences about faults, purposes of groups…)
/// in the language of the window; as it is when there is no translation. The core itself speaks English only. GUI
/// thread. Those that have a translation are in core_texts.h.
QString coreText(std::string_view text);

} // namespace orderlab::ui
