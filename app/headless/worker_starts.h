#pragma once
#include "base/result.h"

#include <string>
#include <string_view>

namespace orderlab {

/// A first version of a worker, that works.
struct WorkerStart {
    std::string ending;  ///< Of its file: ".py".
    std::string command; ///< What comes before the file: "python3 ".
    std::string_view text;
};

/// "python, …"
std::string workerLanguages();
/// For a group that charges, or any other. Error: InvalidArgument, with the languages there are.
Result<WorkerStart> findWorkerStart(std::string_view language, std::string_view group);

} // namespace orderlab
