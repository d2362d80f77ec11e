#include "simulation/shipped_scenarios.h"

#include "simulation/moment_line.h"
#include "simulation/swarm.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

namespace orderlab {

namespace {

constexpr std::string_view swarm_prefix = "swarm-";

struct FileCloser {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

Result<ScenarioSource> readFile(const std::string& path)
{
    const std::unique_ptr<std::FILE, FileCloser> file(std::fopen(path.c_str(), "rb"));
    if (!file)
        return Error{ErrorCode::Unavailable, Retry::Never, path + ": " + std::strerror(errno), {}};
    ScenarioSource source{path, std::string(scenario_bytes_max + 1, '\0')};
    errno = 0;
    source.text.resize(std::fread(source.text.data(), 1, source.text.size(), file.get()));
    if (std::ferror(file.get()))
        return Error{ErrorCode::Unavailable, Retry::Never, path + ": " + std::strerror(errno), {}};
    if (source.text.size() > scenario_bytes_max)
        return Error{ErrorCode::Exhausted, Retry::Never, path + ": is larger than 1 MiB, so it is no scenario", {}};
    return source;
}

} // namespace

const EmbeddedText* findShippedScenario(std::string_view name)
{
    const auto all = shippedScenarios();
    const auto found = std::find_if(all.begin(), all.end(), [&](const EmbeddedText& one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

std::string_view scenarioSchema()
{
    return embeddedSchemas().front().text;
}

Result<ScenarioSource> findScenario(const std::string& name)
{
    if (MomentLine::isLine(name)) {
        const auto line = MomentLine::parse(name);
        if (!line)
            return line.error();
        const auto scenario = line->scenario();
        if (!scenario)
            return scenario.error();
        return ScenarioSource{line->name, scenario->toJson()};
    }
    std::error_code ignored;
    if (std::filesystem::exists(name, ignored) && !std::filesystem::is_directory(name, ignored))
        return readFile(name);
    if (const EmbeddedText* shipped = findShippedScenario(name))
        return ScenarioSource{name, std::string(shipped->text)};
    if (name.starts_with(swarm_prefix)) {
        std::uint64_t seed = 0;
        const char* end = name.data() + name.size();
        const auto read = std::from_chars(name.data() + swarm_prefix.size(), end, seed);
        if (read.ec != std::errc{} || read.ptr != end)
            return Error{ErrorCode::NotFound, Retry::Never, name + " must be swarm-SEED, such as swarm-17", {}};
        return ScenarioSource{name, swarmScenario(seed).toJson()};
    }
    std::string all;
    for (const EmbeddedText& one : shippedScenarios())
        all.append(all.empty() ? "" : ", ").append(one.name);
    return Error{ErrorCode::NotFound,
                 Retry::Never,
                 name + " is neither a file nor a moment nor one of the shipped scenarios: " + all,
                 {}};
}

} // namespace orderlab
