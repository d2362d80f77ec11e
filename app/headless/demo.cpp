#include "handlers/group_registry.h"
#include "headless/commands.h"
#include "headless/say.h"
#include "simulation/simulate.h"

#include "runtime/virtual_runtime.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace orderlab {

namespace {

/// Tells a run as it goes, a line an event that a person would want to hear of.
class Narrator {
public:
    void tell(std::span<const Entry> entries, const Names& names)
    {
        for (const Entry& entry : entries) {
            const std::string line = lineOf(entry, names);
            if (line.empty())
                continue;
            std::printf("%7.3f s  %s\n", double(entry.time_us - toMicros(VirtualRuntime::epoch())) / 1e6, line.c_str());
        }
    }

private:
    static std::string shortId(const Entry& entry) { return entry.order.toString().substr(24); }
    static std::string text(const Names& names, NameId id) { return std::string(names.text(id)); }

    std::string lineOf(const Entry& entry, const Names& names)
    {
        const std::string order = "order …" + shortId(entry);
        switch (entry.kind) {
        case EntryKind::OrderAccepted: {
            const Money total{entry.value, *Currency::parse(names.text(entry.detail))};
            return order + ": accepted from " + text(names, entry.actor) + ", " + total.amountText() + ' '
                   + text(names, entry.detail) + " (its row and its event in one transaction)";
        }
        case EntryKind::StatusChanged: return order + ": " + text(names, entry.detail);
        case EntryKind::AttemptFailed:
            return order + ": " + text(names, entry.actor) + " failed at attempt " + std::to_string(entry.attempt)
                   + ": " + text(names, entry.detail);
        case EntryKind::RetryScheduled:
            return order + ": tried again in " + std::to_string(entry.value)
                   + " ms; its partition waits, so that the order "
                     "of events is kept";
        case EntryKind::DeadLettered:
            return order + ": given up after " + std::to_string(entry.attempt)
                   + (entry.attempt == 1 ? " attempt" : " attempts") + ", kept in dead letters";
        case EntryKind::GatewayRefunded: return order + ": refunded";
        case EntryKind::MemberJoined: return text(names, entry.actor) + " joins group " + text(names, entry.group);
        default: return {};
        }
    }
};

int demo(std::uint64_t seed)
{
    std::printf(
        "Fifty orders through API, store, outbox, event bus and %zu groups of workers, all of it real code on a\n"
        "virtual clock (seed %llu). Some customers cause failures: user-declined, user-poison, user-slow, "
        "user-flaky.\n\n",
        groupKinds().size(), static_cast<unsigned long long>(seed));
    Narrator narrator;
    Scenario scenario;
    scenario.orders.mean_pause = std::chrono::milliseconds{120};
    scenario.orders.test_customer_share = 0.2;
    SimulationOptions options;
    options.on_entries = [&](std::span<const Entry> entries, const Names& names) { narrator.tell(entries, names); };
    const auto report = simulate(scenario, seed, options);
    if (!report) {
        complain(report.error());
        return exit_failed;
    }
    const Totals& totals = report->totals;
    std::printf("\n%lld accepted = %lld paid + %lld failed + %lld canceled + %lld in dead letters + %lld in flight\n",
                static_cast<long long>(totals.accepted), static_cast<long long>(totals.paid),
                static_cast<long long>(totals.failed), static_cast<long long>(totals.canceled),
                static_cast<long long>(totals.dead_lettered), static_cast<long long>(totals.in_flight));
    std::printf(
        "%lld events published, %lld deliveries, %lld retries, %lld duplicates skipped.\n"
        "The same again: orderlabd demo --seed %llu. Another story: --seed %llu. The system itself: orderlabd serve\n",
        static_cast<long long>(totals.published), static_cast<long long>(totals.deliveries),
        static_cast<long long>(totals.retries), static_cast<long long>(totals.duplicates_skipped),
        static_cast<unsigned long long>(seed), static_cast<unsigned long long>(seed + 1));
    return exit_ok;
}

} // namespace

void addDemo(CLI::App& app, Command& run)
{
    auto seed = std::make_shared<std::uint64_t>(7);
    CLI::App* command = app.add_subcommand("demo", "Tells the story of fifty orders, some of them with failures");
    command->add_option("--seed", *seed, "Decides everything that is left to chance")->capture_default_str();
    command->callback([&run, seed] { run = [seed] { return demo(*seed); }; });
}

} // namespace orderlab
