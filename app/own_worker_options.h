#pragma once
#include "own_worker/own_worker.h"

namespace CLI {
class App;
}

namespace orderlab {

/// --worker and --topics, as they were written.
struct OwnWorkerTexts {
    std::vector<std::string> workers; ///< "GROUP=COMMAND" each.
    std::vector<std::string> topics;  ///< "order-created,…" or "GROUP=order-created,…" each.
};

void addOwnWorkerOptions(CLI::App& command, OwnWorkerTexts& texts);
/// What they say, once each program has been started for a try. Blocks. Error: InvalidArgument, field "worker" or
/// "topics".
Result<std::vector<OwnWorker>> chooseOwnWorkers(const OwnWorkerTexts& texts);

} // namespace orderlab
