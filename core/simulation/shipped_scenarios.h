#pragma once
#include "base/embedded_text.h"
#include "simulation/scenario.h"

namespace orderlab {

/// resources/scenarios/*.json, from the simplest to "everything at once".
std::span<const EmbeddedText> shippedScenarios();
/// Null when there is none of this name.
const EmbeddedText* findShippedScenario(std::string_view name);
/// resources/scenarios/scenario.schema.json, and nothing else.
std::span<const EmbeddedText> embeddedSchemas();
std::string_view scenarioSchema();

inline constexpr std::size_t scenario_bytes_max = std::size_t{1} << 20; ///< A file with all the arrivals it may have.

/// A scenario file's text and what people call it.
struct ScenarioSource {
    std::string file; ///< As errors name it.
    std::string text;
};
/// `name`: a file, a shipped one, "swarm-17", which is swarmScenario(17), or a MomentLine, whose scenario it is.
/// Blocks. Errors: NotFound, which lists those there are; InvalidArgument for a wrong line; Unavailable when the file
/// cannot be read; Exhausted past scenario_bytes_max.
Result<ScenarioSource> findScenario(const std::string& name);

} // namespace orderlab
