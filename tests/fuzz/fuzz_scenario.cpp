// Scenario files: what can be read is valid, and written so that the same is read again; what cannot is told with its
// place.
#include "fuzz/fuzz.h"
#include "simulation/scenario.h"

#include <algorithm>

namespace orderlab::fuzz {

const std::vector<std::string_view> dictionary = {"{\"name\":\"a\",",
                                                  "\"description\":",
                                                  "\"seed\":18446744073709551615",
                                                  "\"orders\":{\"count\":1}",
                                                  "\"mean_pause_ms\":0.001",
                                                  "\"customers\":[\"\"]",
                                                  "\"test_customers\":[]",
                                                  "\"test_customer_share\":0",
                                                  "\"cancel_share\":1",
                                                  "\"topology\":{\"members\":16}",
                                                  "\"partitions\":64",
                                                  "\"policies\":{\"retry_style\":\"topic\"}",
                                                  "\"throttle_per_s\":0.1",
                                                  "\"breaker\":{\"enabled\":false}",
                                                  "\"gateway_latency_ms\":",
                                                  "\"guarantees\":{\"inbox\":false}",
                                                  "\"faults\":[{\"seam\":\"gateway-call\"}]",
                                                  "\"action\":\"delay\"",
                                                  "\"probability\":5e-324",
                                                  "\"count\":4294967294",
                                                  "\"start_s\":86400",
                                                  "\"duration_s\":1e-6",
                                                  "\"delay_ms\":3600000",
                                                  "\"seam\":\"network\",\"action\":\"throttle\"",
                                                  "\"bytes_per_s\":1000",
                                                  "\"event\":\"order-created\"",
                                                  "\"worker\":\"",
                                                  "\"fault_seconds\":",
                                                  "\"changes\":[{\"at_s\":1,\"set\":\"inbox=on\"}]",
                                                  "\"liveness_seconds\":86400",
                                                  "\"expectation\":{\"violates\":[\"no-order-lost\"]}",
                                                  "\"holds\":\"all\"",
                                                  "fault=broker=away,",
                                                  "probability=",
                                                  "start=1e9s",
                                                  "for=1us",
                                                  "delay=60min",
                                                  "rate=1.5MB",
                                                  "group=a=b",
                                                  "customer=",
                                                  "throttle=",
                                                  "handler-timeout=",
                                                  "max-attempts=",
                                                  "nan",
                                                  "1e308",
                                                  "-0",
                                                  "\\u0000",
                                                  "\\ud83d\\ude00",
                                                  "[[[[[[[["};

namespace {

constexpr std::size_t message_bytes_max = 1'000;

/// A reader finds each problem in the text, from the top down, and is not told the text once more.
void tellProblems(std::string_view text, const std::vector<JsonProblem>& problems)
{
    require(!problems.empty(), "what is refused has a reason");
    std::size_t before = 0;
    for (const JsonProblem& problem : problems) {
        require(problem.offset >= before && problem.offset <= text.size(),
                "problems are in the text, and in its order");
        before = problem.offset;
        require(!problem.reason.empty(), "a problem says what is wrong");
        require(problem.field.size() + problem.reason.size() < message_bytes_max,
                "a problem does not repeat its input at length");
    }
    const auto parsed = parseScenario(text, "s.json");
    require(!parsed && parsed.error().message.starts_with("s.json:"), "the error is the first problem, with its place");
}

void writeAndReadAgain(const Scenario& scenario)
{
    for (const std::string& written : {scenario.toJson(), scenario.toJsonNode().toJson()}) {
        const auto again = parseScenario(written, "again");
        require(bool(again), "what was written can be read");
        require(*again == scenario, "and is the same scenario");
        require(again->toJsonNode().toJson() == scenario.toJsonNode().toJson(), "and writes the same");
    }
}

/// What the rest of the program relies on without looking again.
void checkRanges(const Scenario& scenario)
{
    require(bool(scenario.policies.validate()), "policies are valid");
    require(
        std::all_of(scenario.faults.begin(), scenario.faults.end(), [](const Fault& f) { return bool(f.validate()); }),
        "faults are valid");
    require(scenario.topology.members > 0 && scenario.topology.partitions > 0, "there is work to do");
    require(scenario.fault_time >= Duration{0} && scenario.liveness_time > Duration{0}, "phases have a length");
    for (const Change& change : scenario.changes) {
        const auto again = parseSetting(toString(change.setting));
        require(again && *again == change.setting, "a setting can be said as it is shown");
    }
}

} // namespace

} // namespace orderlab::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    using namespace orderlab;
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    std::vector<JsonProblem> problems;
    const auto scenario = readScenario(text, problems);
    if (!scenario) {
        fuzz::tellProblems(text, problems);
        return 0;
    }
    fuzz::checkRanges(*scenario);
    fuzz::writeAndReadAgain(*scenario);
    return 0;
}
