#pragma once
#include "http/request_fields.h"
#include "service/dead_letter_service.h"

namespace orderlab {

// What requests of the dead letters' API have to say. Each reader is constant: any thread.

/// GET /dead-letters: `group`, `error`, `event`, `order_id`, `given_up_before`, `state`, `sort` (newest, oldest),
/// `limit` and `cursor`.
RequestReader<DeadLetterQuery> deadLetterQueryReader();
/// GET /dead-letters/causes: the same, but what is about pages.
struct DeadLetterCauses {
    DeadLetterFilter filter;
};
RequestReader<DeadLetterCauses> deadLetterCausesReader();
/// The dead letter that a path names.
RequestReader<Uuid> deadLetterIdReader();

/// POST /dead-letters/{id}/replay: {"data":{…},"by","reason","dry_run"}, all optional; may be empty.
struct ReplayRequest {
    Uuid id;
    std::string data; ///< JSON; empty: the event stays as it is.
    DeadLetterDecision decision{"api", {}};
    bool dry_run = false;
};
RequestReader<ReplayRequest> replayReader();

/// POST /dead-letters/replay:
/// {"group","error","event","order_id","given_up_before","limit","rate","by","reason","dry_run"}, all optional; may be
/// empty.
struct ReplayAllRequest {
    DeadLetterFilter filter;
    ReplayLimits limits;
    DeadLetterDecision decision{"api", {}};
    bool dry_run = false;
};
RequestReader<ReplayAllRequest> replayAllReader();

/// DELETE /dead-letters/{id}: `by` and `reason` of the query.
struct DiscardRequest {
    Uuid id;
    DeadLetterDecision decision{"api", {}};
};
RequestReader<DiscardRequest> discardReader();

} // namespace orderlab
