#include "simulation/worker_starts.h"

#include <algorithm>

namespace orderlab {

namespace {

/// Where an example of examples/workers is, and what becomes of it. `*` stands for the group.
struct Language {
    std::string_view name;
    std::string_view libraries; ///< Below the language's folder, separated by blanks.
    std::string_view start;
    std::string_view build;
    std::string_view command;
};
constexpr Language languages[] = {
    {"python", "orderlab_worker.py", "*.py", "", "python3 *.py"},
    {"go", "go.mod orderlab/orderlab.go", "*/main.go", "go build -o *.bin ./*", "./*.bin"},
    {"javascript", "orderlab_worker.js", "*.js", "", "node *.js"},
    {"cpp", "orderlab_worker.hpp", "*.cpp", "g++ -std=c++17 *.cpp -o *", "./*"},
};
constexpr std::string_view further_group = "loyalty"; ///< Whose example serves any other group.

std::string with(std::string_view pattern, std::string_view group)
{
    std::string text;
    for (const char c : pattern)
        c == '*' ? text += group : text += c;
    return text;
}

const EmbeddedText* findExample(const std::string& path)
{
    const auto all = workerExamples();
    const auto found = std::find_if(all.begin(), all.end(), [&](const EmbeddedText& one) { return one.name == path; });
    return found == all.end() ? nullptr : &*found;
}

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
    const std::string folder = std::string(known->name) + '/';
    WorkerStart start{{}, with(known->build, group), with(known->command, group)};
    for (std::string_view left = known->libraries; !left.empty();) {
        const std::size_t end = std::min(left.find(' '), left.size());
        const std::string path(left.substr(0, end));
        if (const EmbeddedText* text = findExample(folder + path))
            start.files.push_back({path, text->text, true});
        left.remove_prefix(std::min(end + 1, left.size()));
    }
    const EmbeddedText* text = findExample(folder + with(known->start, group));
    if (!text)
        text = findExample(folder + with(known->start, further_group));
    if (!text)
        return internalError("a start of a worker is missing");
    start.files.push_back({with(known->start, group), text->text});
    return start;
}

} // namespace orderlab
