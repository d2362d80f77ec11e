#pragma once
#include "domain/event.h"

namespace orderlab {

/// Which traces are recorded from their beginning: OpenTelemetry's samplers, by their names in OTEL_TRACES_SAMPLER. A
/// value.
///
/// The ratio is that of the trace's 56 random bits (W3C Trace Context, level 2), as OpenTelemetry's consistent
/// probability sampling has it: whoever samples a trace at the same ratio by the same rule decides alike.
struct TraceSampler {
    enum class Root : std::uint8_t { On, Off, Ratio } root = Root::On;
    double ratio = 1;            ///< Of Ratio: 0 to 1.
    bool is_parent_based = true; ///< A caller's decision wins over ours.

    /// "parentbased_traceidratio" and so on. Error: InvalidArgument, field "traces-sampler".
    static Result<TraceSampler> parse(std::string_view name, double ratio);
    std::string_view name() const;

    /// `caller`: what the request brought; nullptr: the trace begins here.
    bool isSampled(const Uuid& trace, const TraceContext* caller) const;
    /// Nothing at all is recorded, trouble or not.
    bool isOff() const { return root == Root::Off && !is_parent_based; }
};

} // namespace orderlab
