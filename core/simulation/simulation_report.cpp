#include "simulation/simulate.h"

#include <boost/json.hpp>

#include <algorithm>

namespace orderlab {

namespace json = boost::json;

namespace {

json::object toJson(const InvariantOutcome& outcome)
{
    json::object object{
        {"name", outcome.name}, {"holds", outcome.holds}, {"violations", outcome.violations}, {"first", nullptr}};
    if (outcome.first) {
        json::object first{{"order", nullptr},
                           {"virtual_seconds", outcome.first->virtual_seconds},
                           {"explanation", outcome.first->explanation}};
        if (!outcome.first->order.isNull())
            first["order"] = outcome.first->order.toString();
        object["first"] = std::move(first);
    }
    return object;
}

json::object toJson(const QueryOutcome& outcome)
{
    json::object object{{"query", outcome.query}, {"hits", outcome.hits}, {"first_entry", nullptr}};
    if (outcome.hits > 0)
        object["first_entry"] = outcome.first;
    return object;
}

} // namespace

std::string SimulationReport::toJson(const std::string& moment) const
{
    const json::object orders{{"accepted", totals.accepted},
                              {"paid", totals.paid},
                              {"failed", totals.failed},
                              {"canceled", totals.canceled},
                              {"dead_lettered", totals.dead_lettered},
                              {"in_flight", totals.in_flight}};
    json::array struck;
    for (const Struck& one : faults)
        struck.push_back(json::object{{"fault", one.fault}, {"times", one.times}});
    json::object object{{"scenario", scenario},
                        {"seed", seed},
                        {"orders", orders},
                        {"published", totals.published},
                        {"deliveries", totals.deliveries},
                        {"retries", totals.retries},
                        {"duplicates_skipped", totals.duplicates_skipped},
                        {"dead_letters", totals.dead_letters},
                        {"faults_injected", faults_injected},
                        {"faults", std::move(struck)},
                        {"virtual_seconds", virtual_seconds},
                        {"journal_entries", journal_entries}};
    if (!journal_sha256.empty())
        object["journal_sha256"] = journal_sha256;
    json::array not_made;
    for (const RefusedChange& one : refused)
        not_made.push_back(json::object{{"at_s", std::chrono::duration<double>(one.change.at).count()},
                                        {"set", orderlab::toString(one.change.setting)},
                                        {"reason", one.reason}});
    object["refused"] = std::move(not_made);
    json::array outcomes;
    for (const InvariantOutcome& outcome : invariants)
        outcomes.push_back(orderlab::toJson(outcome));
    object["invariants"] = std::move(outcomes);
    if (!moment.empty())
        object["moment"] = moment;
    if (happens)
        object["happens"] = orderlab::toJson(*happens);
    if (never)
        object["never"] = orderlab::toJson(*never);
    return json::serialize(object);
}

const InvariantOutcome* SimulationReport::firstViolated() const
{
    const InvariantOutcome* first = nullptr;
    for (const InvariantOutcome& one : invariants) {
        if (!one.holds && (!first || one.first->virtual_seconds < first->first->virtual_seconds))
            first = &one;
    }
    return first;
}

bool SimulationReport::isViolated(std::string_view invariant) const
{
    return std::any_of(invariants.begin(), invariants.end(),
                       [&](const InvariantOutcome& one) { return one.name == invariant && !one.holds; });
}

} // namespace orderlab
