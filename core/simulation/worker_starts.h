#pragma once
#include "base/result.h"
#include "simulation/shipped_scenarios.h"

#include <string>
#include <string_view>
#include <vector>

namespace orderlab {

/// A first version of a worker that works, with its library.
struct WorkerStart {
    struct File {
        std::string path;
        std::string_view text;
        bool is_library = false;
    };
    std::vector<File> files;
    std::string build;   ///< What is to be run first; empty: nothing.
    std::string command; ///< What runs it.
};

/// The files of examples/workers, by their paths there.
std::span<const EmbeddedText> workerExamples();
/// "python, …"
std::string workerLanguages();
/// The example for `group`, else the one of a further group. Error: InvalidArgument, with the languages there are.
Result<WorkerStart> findWorkerStart(std::string_view language, std::string_view group);

} // namespace orderlab
