#pragma once
#include "http/router.h"
#include "observe/journal_feed.h"
#include "observe/metrics.h"

namespace orderlab {

/// What observers see of the process: there whether or not its services are. All outlive the server.
struct ObserveServices {
    Metrics* metrics = nullptr;
    JournalFeed* journal = nullptr;
    Log* log = nullptr;
};

/// GET /metrics, GET /journal, GET and PUT /log.
void addObserveApi(Router& router, ObserveServices services);

} // namespace orderlab
