#include "own_worker_options.h"

#include "handlers/group_registry.h"

#include <CLI/CLI.hpp>

namespace orderlab {

void addOwnWorkerOptions(CLI::App& command, OwnWorkerTexts& texts)
{
    command
        .add_option("--worker", texts.workers,
                    "A program that handles a group's events (docs/worker-protocol.md), such as payment='python3 "
                    "my_payment.py': in the place of "
                        + groupNamesText() + ", or as a further group with --topics; repeatable")
        ->type_name("GROUP=COMMAND")
        ->allow_extra_args(false);
    command
        .add_option("--topics", texts.topics,
                    "What further groups of --worker take: order-created,payment-succeeded for all of them, or "
                    "loyalty=order-created for one; repeatable")
        ->type_name("TOPICS")
        ->allow_extra_args(false);
}

Result<std::vector<OwnWorker>> chooseOwnWorkers(const OwnWorkerTexts& texts)
{
    auto workers = parseOwnWorkers(texts.workers, texts.topics);
    if (!workers)
        return workers;
    ORDERLAB_TRY(return, tryOwnWorkers(*workers));
    return workers;
}

} // namespace orderlab
