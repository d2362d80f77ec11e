#include "headless/compare_text.h"

#include "headless/divergence_text.h"

#include <cmath>
#include <cstdio>

namespace orderlab {

namespace {

using Count = unsigned long long; ///< What printf() calls a 64-bit number.

struct CountName {
    const char* words;
    const char* json;
    std::uint64_t RunCounts::*count;
};
constexpr CountName count_names[] = {
    {"orders", "orders", &RunCounts::orders},
    {"  paid", "paid", &RunCounts::paid},
    {"  failed", "failed", &RunCounts::failed},
    {"  canceled", "canceled", &RunCounts::canceled},
    {"  dead-lettered", "dead_lettered", &RunCounts::dead_lettered},
    {"  in flight", "in_flight", &RunCounts::in_flight},
    {"events published", "published", &RunCounts::published},
    {"deliveries", "deliveries", &RunCounts::deliveries},
    {"redeliveries", "redeliveries", &RunCounts::redeliveries},
    {"duplicates skipped", "duplicates_skipped", &RunCounts::duplicates_skipped},
    {"retries", "retries", &RunCounts::retries},
    {"dead letters", "dead_letters", &RunCounts::dead_letters},
    {"charges", "charges", &RunCounts::charges},
    {"refunds", "refunds", &RunCounts::refunds},
};

void printUnfinished(const char* where, const LiveRun& run, const RunCounts& counts, Duration limit)
{
    if (run.is_quiet)
        return;
    if (run.stands_still) {
        std::printf("%s the run stands still (orders in flight: %llu): nothing has happened for %.0f s\n", where,
                    Count(counts.in_flight), run.silent_seconds);
        return;
    }
    const double seconds = std::chrono::duration<double>(limit).count();
    std::printf("%s the run was not over after %.0f s: %s (orders in flight: %llu). More time: --limit %.0fs\n", where,
                seconds, run.orders_done ? "the customers are done" : "customers are still there",
                Count(counts.in_flight), seconds * 2);
}

void printDifferences(const Comparison& comparison)
{
    const Difference* first = comparison.firstDifference();
    if (!first) {
        std::printf("no difference: every event was delivered, tried and handled alike\n");
        return;
    }
    std::printf("first difference, at %.3f s: %s\n", first->seconds, first->explanation.c_str());
    printDivergence(first->at, "in memory", "on Kafka");
    std::printf("all differences:");
    const char* separator = " ";
    for (std::size_t kind = 0; kind < difference_kind_count; ++kind) {
        if (comparison.counts[kind] == 0)
            continue;
        std::printf("%s%llu %s", separator, Count(comparison.counts[kind]),
                    std::string(name(DifferenceKind(kind))).c_str());
        separator = ", ";
    }
    std::printf("; each in words: --json\n");
}

JsonNode countsNode(const RunCounts& counts)
{
    JsonNode node = JsonNode::object();
    for (const CountName& name : count_names)
        node.add(name.json, JsonNode::number(counts.*name.count));
    return node;
}

JsonNode runNode(const LiveRun& run, const RunCounts& counts)
{
    JsonNode struck = JsonNode::array();
    for (const Struck& one : run.struck) {
        JsonNode node = JsonNode::object();
        node.add("fault", JsonNode::string(one.fault)).add("times", JsonNode::number(one.times));
        struck.items.push_back(std::move(node));
    }
    JsonNode node = JsonNode::object();
    node.add("bus", JsonNode::string(run.bus))
        .add("store", JsonNode::string(run.store))
        .add("seconds", JsonNode::number(run.seconds))
        .add("finished", JsonNode::boolean(run.is_quiet))
        .add("stands_still", JsonNode::boolean(run.stands_still))
        .add("counts", countsNode(counts))
        .add("faults", std::move(struck))
        .add("journal_entries", JsonNode::number(std::uint64_t(run.entries.size())));
    return node;
}

JsonNode differenceNode(const Difference& difference)
{
    JsonNode node = JsonNode::object();
    node.add("kind", JsonNode::string(name(difference.kind)))
        .add("order", JsonNode::number(difference.order))
        .add("seconds", JsonNode::number(difference.seconds))
        .add("explanation", JsonNode::string(difference.explanation))
        .add("memory", treeOf(difference.at.first))
        .add("kafka", treeOf(difference.at.second));
    return node;
}

} // namespace

void printComparison(const ComparedRuns& runs)
{
    const Comparison& comparison = runs.comparison;
    std::printf("scenario %s, seed %llu, on a real clock: memory and %s, store %s\n", runs.scenario.c_str(),
                Count(runs.seed), runs.kafka.bus.c_str(), runs.memory.store.c_str());
    for (const std::string& what : runs.left_out)
        std::printf("left out: %s\n", what.c_str());
    std::printf("%-20s %12s %12s\n%-20s %12.1f %12.1f\n", "", "in memory", "on Kafka", "seconds", runs.memory.seconds,
                runs.kafka.seconds);
    for (const CountName& name : count_names)
        std::printf("%-20s %12llu %12llu\n", name.words, Count(comparison.first.*name.count),
                    Count(comparison.second.*name.count));
    printUnfinished("in memory", runs.memory, comparison.first, runs.limit);
    printUnfinished("on Kafka", runs.kafka, comparison.second, runs.limit);
    std::printf("final states of the orders: %s\n", comparison.haveSameFinalStates() ? "equal" : "NOT equal");
    std::printf("order of each order's events: %s\n", comparison.haveSameOrder() ? "the same" : "NOT the same");
    if (comparison.unordered_swaps > 0)
        std::printf(
            "  (of %llu orders a group handled events of different topics in another sequence: no log orders these)\n",
            Count(comparison.unordered_swaps));
    printDifferences(comparison);
}

std::string toJson(const ComparedRuns& runs)
{
    const Comparison& comparison = runs.comparison;
    JsonNode left_out = JsonNode::array(), differences = JsonNode::array(), kinds = JsonNode::object(), first;
    for (const std::string& what : runs.left_out)
        left_out.items.push_back(JsonNode::string(what));
    for (std::size_t kind = 0; kind < difference_kind_count; ++kind)
        kinds.add(name(DifferenceKind(kind)), JsonNode::number(comparison.counts[kind]));
    for (const Difference& difference : comparison.differences)
        differences.items.push_back(differenceNode(difference));
    if (const Difference* difference = comparison.firstDifference())
        first = differenceNode(*difference);
    JsonNode node = JsonNode::object();
    node.add("scenario", JsonNode::string(runs.scenario))
        .add("seed", JsonNode::number(runs.seed))
        .add("orders", JsonNode::number(comparison.orders))
        .add("equal_final_states", JsonNode::boolean(comparison.haveSameFinalStates()))
        .add("same_order", JsonNode::boolean(comparison.haveSameOrder()))
        .add("orders_with_topics_swapped", JsonNode::number(comparison.unordered_swaps))
        .add("left_out", std::move(left_out))
        .add("memory", runNode(runs.memory, comparison.first))
        .add("kafka", runNode(runs.kafka, comparison.second))
        .add("difference_counts", std::move(kinds))
        .add("first_difference", std::move(first))
        .add("differences", std::move(differences));
    return node.toJson();
}

} // namespace orderlab
