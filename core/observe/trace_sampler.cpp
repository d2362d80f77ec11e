#include "observe/trace_sampler.h"

namespace orderlab {

namespace {

struct SamplerName {
    std::string_view name;
    TraceSampler::Root root;
    bool is_parent_based;
};
constexpr SamplerName sampler_names[] = {
    {"always_on", TraceSampler::Root::On, false},
    {"always_off", TraceSampler::Root::Off, false},
    {"traceidratio", TraceSampler::Root::Ratio, false},
    {"parentbased_always_on", TraceSampler::Root::On, true},
    {"parentbased_always_off", TraceSampler::Root::Off, true},
    {"parentbased_traceidratio", TraceSampler::Root::Ratio, true},
};
constexpr std::uint64_t random_values = std::uint64_t{1} << 56;

} // namespace

Result<TraceSampler> TraceSampler::parse(std::string_view name, double ratio)
{
    std::string all;
    for (const SamplerName& known : sampler_names) {
        if (known.name == name)
            return TraceSampler{known.root, ratio, known.is_parent_based};
        (all += all.empty() ? "" : ", ") += known.name;
    }
    return invalidArgument("traces-sampler", "must be one of " + all);
}

std::string_view TraceSampler::name() const
{
    for (const SamplerName& known : sampler_names) {
        if (known.root == root && known.is_parent_based == is_parent_based)
            return known.name;
    }
    return {};
}

bool TraceSampler::isSampled(const Uuid& trace, const TraceContext* caller) const
{
    if (caller && is_parent_based)
        return caller->is_sampled;
    switch (root) {
    case Root::On: return true;
    case Root::Off: return false;
    case Root::Ratio: break;
    }
    const auto below = std::uint64_t((1 - ratio) * double(random_values));
    return (trace.low & (random_values - 1)) >= below;
}

} // namespace orderlab
