#include "faults/fault_plan.h"
#include "simulation/compare_track.h"
#include "simulation/recorded_run.h"

#include <algorithm>

namespace orderlab {

namespace {

/// A strike waits for its call so much longer than it took in the recording: another run is a little slower or faster.
constexpr std::int64_t strike_margin_us = 2'000'000;
/// Of FaultPlan::faults_max that may wait at the same time; some are left for those who look at the scenario.
constexpr std::size_t strikes_at_once_max = 90;

/// A failure that struck one call, or the attempts of one event.
struct RecordedStrike {
    Fault fault;
    std::int64_t from_us = 0, until_us = 0;
    bool is_of_order = false;
};

std::string counted(std::uint64_t count, const char* what)
{
    return std::to_string(count) + (count == 1 ? " strike" : " strikes") + " of failures left out: " + what;
}

class StrikeReader {
public:
    explicit StrikeReader(const RecordedRun& run) : m_run(run) {}

    std::vector<RecordedStrike> read()
    {
        for (const Entry& entry : m_run.recording.entries) {
            if (entry.kind == EntryKind::FaultsChanged)
                endLasting(entry.time_us);
            if (entry.kind == EntryKind::FaultInjected)
                take(entry);
        }
        if (!m_run.recording.entries.empty())
            endLasting(m_run.recording.entries.back().time_us);
        std::stable_sort(m_strikes.begin(), m_strikes.end(),
                         [](const RecordedStrike& a, const RecordedStrike& b) { return a.from_us < b.from_us; });
        return std::move(m_strikes);
    }

    std::uint64_t unknown_orders = 0, rates = 0, unreadable = 0;

private:
    using Key = std::tuple<NameId, Uuid, NameId, NameId>;

    void take(const Entry& entry)
    {
        const std::string_view words = m_run.text(entry.detail);
        const std::size_t blank = std::min(words.find(' '), words.size());
        const auto seam = seamOf(words.substr(0, blank));
        const auto action = seam ? faultActionAt(*seam, words.substr(std::min(blank + 1, words.size())))
                                 : Result<FaultAction>(seam.error());
        if (!action)
            return void(++unreadable);
        if (row(*action).takes == FaultParameter::Rate)
            return void(++rates);
        const RecordedRun::Purchase* const of = m_run.purchaseOf(entry);
        if (!of && !entry.order.isNull())
            return void(++unknown_orders);
        RecordedStrike strike;
        Fault& fault = strike.fault;
        fault.seam = *seam;
        fault.action = *action;
        if (const auto type = eventTypeOf(m_run.text(entry.topic)))
            fault.event_type = *type;
        fault.group = shortGroup(m_run.text(entry.group));
        fault.count = 1;
        const Duration length = std::chrono::milliseconds{std::max(entry.value, 0)};
        if (row(*action).takes == FaultParameter::Delay || row(*action).takes == FaultParameter::DelayAtMost)
            fault.delay = std::min(length.count() > 0 ? length : fault.delay, Fault::delay_max);
        strike.from_us = entry.time_us;
        strike.until_us = entry.time_us + strike_margin_us;
        if (*action == FaultAction::Away) {
            takeAway(std::move(strike), length);
            return;
        }
        if (!of) {
            fault.worker = fault.seam == Seam::Worker ? m_run.text(entry.actor) : "";
            m_strikes.push_back(std::move(strike));
            return;
        }
        // Attempts of one event are one failure that strikes as often. It waits from the purchase on.
        const auto [known, is_new] =
            m_known.emplace(Key{entry.detail, of->name, entry.group, entry.topic}, m_strikes.size());
        if (!is_new) {
            RecordedStrike& before = m_strikes[known->second];
            ++before.fault.count;
            before.until_us = strike.until_us;
            return;
        }
        fault.customer = m_run.text(of->customer);
        strike.is_of_order = true;
        strike.from_us = std::min(of->at_us, entry.time_us);
        m_strikes.push_back(std::move(strike));
    }

    /// It is told once, and lasts.
    void takeAway(RecordedStrike strike, Duration length)
    {
        strike.fault.count = Fault::count_unlimited;
        strike.until_us = strike.from_us + length.count();
        if (length.count() == 0)
            m_lasting.push_back(m_strikes.size());
        m_strikes.push_back(std::move(strike));
    }
    void endLasting(std::int64_t time_us)
    {
        for (const std::size_t place : std::exchange(m_lasting, {}))
            m_strikes[place].until_us = std::max(time_us, m_strikes[place].from_us + 1'000);
    }

    const RecordedRun& m_run;
    std::vector<RecordedStrike> m_strikes;
    std::map<Key, std::size_t> m_known;
    std::vector<std::size_t> m_lasting;
};

/// Failures that wait while another order of their customer comes.
std::uint64_t ambiguousOf(const RecordedRun& run, const std::vector<RecordedStrike>& strikes)
{
    std::map<std::string_view, std::vector<std::int64_t>> arrivals;
    for (const RecordedRun::Purchase& purchase : run.purchases)
        arrivals[run.text(purchase.customer)].push_back(purchase.at_us);
    return std::uint64_t(std::count_if(strikes.begin(), strikes.end(), [&](const RecordedStrike& strike) {
        if (!strike.is_of_order)
            return false;
        const auto& times = arrivals[strike.fault.customer];
        const auto next = std::upper_bound(times.begin(), times.end(), strike.from_us);
        const bool has_earlier = next - times.begin() > 1 && strike.from_us - *(next - 2) < strike_margin_us;
        return has_earlier || (next != times.end() && *next < strike.until_us - strike_margin_us);
    }));
}

} // namespace

std::vector<Change> strikesOf(const RecordedRun& run, std::int64_t origin_us, std::size_t changes_max,
                              std::vector<std::string>& left_out)
{
    StrikeReader reader(run);
    const std::vector<RecordedStrike> strikes = reader.read();
    std::vector<Change> changes;
    std::vector<std::int64_t> waiting; // When the failures end that wait.
    std::uint64_t too_early = 0, too_many = 0;
    for (const RecordedStrike& strike : strikes) {
        if (strike.until_us <= origin_us) {
            ++too_early;
            continue;
        }
        const std::int64_t from_us = std::max(strike.from_us, origin_us);
        std::erase_if(waiting, [from_us](std::int64_t until_us) { return until_us < from_us; });
        if (changes.size() + 2 > changes_max || waiting.size() >= strikes_at_once_max) {
            ++too_many;
            continue;
        }
        waiting.push_back(strike.until_us);
        changes.push_back({Duration{from_us - origin_us}, AddFault{strike.fault}});
        changes.push_back({Duration{strike.until_us - origin_us}, StopFault{strike.fault}});
    }
    const auto tell = [&left_out](std::uint64_t count, const char* what) {
        if (count > 0)
            left_out.push_back(counted(count, what));
    };
    const std::uint64_t ambiguous = ambiguousOf(run, strikes);
    if (ambiguous > 0)
        left_out.push_back(
            std::to_string(ambiguous) + (ambiguous == 1 ? " failure" : " failures")
            + " may strike another order of the same customer: orders came close together, and a scenario "
              "cannot tell them apart.");
    tell(too_early, "they were before the first order");
    tell(too_many, "too many came at once for a scenario");
    tell(reader.unknown_orders, "their orders began before the recording, or after what the scenario holds");
    tell(reader.rates, "the journal does not tell how slow the way became");
    tell(reader.unreadable, "this version does not know them");
    return changes;
}

} // namespace orderlab
