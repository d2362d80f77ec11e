#pragma once
#include "http/order_request_parser.h"
#include "service/dead_letter_service.h"

namespace orderlab {

/// Reads `group`, `error`, `event`, `order_id`, `state`, `sort` (newest, oldest), `limit` and `cursor`, each at most once
/// and not empty. 422 naming every one that is wrong.
Parsed<DeadLetterQuery> parseDeadLetterQuery(const std::vector<std::pair<std::string, std::string>>& query);

/// Reads `by` and `reason` of a query.
Parsed<DeadLetterDecision> parseDecision(const std::vector<std::pair<std::string, std::string>>& query);

/// The body of POST /dead-letters/{id}/replay: {"data":{…},"by","reason","dry_run"}, all optional; may be empty.
struct ReplayBody {
    std::string data; ///< JSON; empty: the event stays as it is.
    DeadLetterDecision decision;
    bool dry_run = false;
};
Parsed<ReplayBody> parseReplayBody(std::string_view body);

/// The body of POST /dead-letters/replay: {"group","error","event","order_id","given_up_before","limit","rate","by",
/// "reason","dry_run"}, all optional.
struct ReplayAllBody {
    DeadLetterFilter filter;
    ReplayLimits limits;
    DeadLetterDecision decision;
    bool dry_run = false;
};
Parsed<ReplayAllBody> parseReplayAllBody(std::string_view body);

} // namespace orderlab
