#pragma once
#include "ui/canvas/flow_rates.h"
#include "ui/canvas/flow_scene.h"

namespace orderlab::ui {

/// What the journal tells of the event flow at one moment, live or looked back at.
struct FlowMoment {
    const WorldState& world;
    const JournalNames& names;
    FlowRates& rates;
    std::vector<GroupPlace> groups; ///< In the order of their cards, with the members that should run.
    int partitions = 3;             ///< Of a topic.
    std::int64_t now_us = 0;
};

/// Sets of `data` what `moment` tells: groups, topics, committed offsets, failures, rates. The rest stays. Pure but for
/// the rates, which forget what is old; sets no colours.
void gatherFlow(FlowMoment moment, SceneData& data);

} // namespace orderlab::ui
