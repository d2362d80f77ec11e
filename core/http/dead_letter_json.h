#pragma once
#include "base/json_tree.h"
#include "service/dead_letter_service.h"

#include <cstdint>

namespace orderlab {

/// {"id","group","state","event":{"id","type","order_id","time","traceparent","data","extensions"},"source":{"topic",
/// "partition","offset"},"attempts","error","code","given_up_at","attempts_made":[…],"audit":[…]}
/// Of what could not be decoded also "record":{"key","value"}, each {"text"|"base64","bytes","is_cut"}, and all of the
/// event but its id and extensions is null. `record_bytes_max`: what is shown of a key or value that could not be
/// decoded; what is cut says so.
JsonNode deadLetterJson(const DeadLetter& letter, std::size_t record_bytes_max = SIZE_MAX);
/// {"dead_letters":[…],"next_cursor"}; next_cursor is null on the last page.
JsonNode deadLetterPageJson(const DeadLetterPage& page);
/// {"causes":[{"group","event","code","error","count","oldest","newest"}]}
JsonNode deadLetterCausesJson(std::span<const DeadLetterCause> causes);
/// {"to_replay","duplicates","run_again","is_complete","sentence"}
JsonNode forecastJson(const DeadLetterForecast& forecast);
/// {"replayed","skipped","remaining"} and, where it ended early, "failure".
JsonNode replayReportJson(const ReplayReport& report);

} // namespace orderlab
