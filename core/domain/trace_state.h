#pragma once
#include "domain/event.h"

namespace orderlab {

/// The header of events that carries W3C's `tracestate`: what vendors of tracing add to a trace. An extension, so that
/// outbox, log and dead letters keep it with the event.
inline constexpr std::string_view tracestate_header = "tracestate";
inline constexpr std::size_t tracestate_bytes_max = 512; ///< W3C: so much has to be passed on.
inline constexpr std::size_t tracestate_members_max = 32;

/// `text` as it is passed on: without empty members and blanks between them; of a longer one than
/// tracestate_bytes_max the first members that fit. Empty where it is not valid (W3C Trace Context, section 3.3): then
/// it is as if it were not there.
std::string passedTracestate(std::string_view text);

/// Empty: none.
std::string_view tracestateOf(const Event& event);
/// Empty takes it away.
void setTracestate(Event& event, std::string_view tracestate);

} // namespace orderlab
