#include "headless/worker_starts.h"

#include "handlers/group_registry.h"
#include "simulation/shipped_scenarios.h"

#include <algorithm>

namespace orderlab {

namespace {

struct Language {
    std::string_view name, ending, command, payment, other; ///< The last two: files of resources/workers.
};
constexpr Language languages[] = {{"python", ".py", "python3 ", "payment", "other"}};

} // namespace

std::string workerLanguages()
{
    std::string all;
    for (const Language& one : languages)
        all.append(all.empty() ? "" : ", ").append(one.name);
    return all;
}

Result<WorkerStart> findWorkerStart(std::string_view language, std::string_view group)
{
    const auto* known = std::find_if(std::begin(languages), std::end(languages),
                                     [&](const Language& one) { return one.name == language; });
    if (known == std::end(languages))
        return invalidArgument("", "LANGUAGE must be one of " + workerLanguages());
    const GroupKind* kind = findGroupKind(group);
    const std::string_view wanted = kind && kind->calls_gateway ? known->payment : known->other;
    for (const EmbeddedText& text : embeddedWorkerStarts()) {
        if (text.name == wanted)
            return WorkerStart{std::string(known->ending), std::string(known->command), text.text};
    }
    return internalError("a start of a worker is missing");
}

} // namespace orderlab
