#include "simulation/compare.h"

#include "simulation/compare_words.h"

#include <algorithm>
#include <set>

namespace orderlab {

namespace {

constexpr std::array<std::string_view, difference_kind_count> kind_names = {
    "not-accepted",  "final-status", "charges",     "event-missing",   "dead-lettered", "not-handled",
    "handled-again", "more-orders",  "event-order", "published-again", "redelivered",   "retried"};

/// The entry of the longer list that the shorter one has no counterpart for.
std::optional<std::size_t> surplus(const std::vector<std::size_t>& places, const std::vector<std::size_t>& others)
{
    return places.size() > others.size() ? std::optional(places[others.size()]) : std::nullopt;
}

std::optional<std::size_t> lastOf(const std::vector<std::size_t>& places)
{
    return places.empty() ? std::nullopt : std::optional(places.back());
}

/// Lays the orders of two runs beside each other.
class Comparer {
public:
    Comparer(const RunTrack& first, const RunTrack& second) : m_first(first), m_second(second) {}

    void compareAll()
    {
        for (std::size_t number = 0; number < std::max(m_first.purchases(), m_second.purchases()); ++number)
            comparePurchase(number);
    }

    std::vector<Finding> findings;
    std::uint64_t unordered_swaps = 0;

private:
    void comparePurchase(std::size_t number)
    {
        const auto& left = m_first.ordersOf(number);
        const auto& right = m_second.ordersOf(number);
        m_number = number + 1;
        for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
            m_left = i < left.size() ? &left[i] : nullptr;
            m_right = i < right.size() ? &right[i] : nullptr;
            if (m_left && m_right)
                compareOrder();
            else
                find(i == 0 ? DifferenceKind::NotAccepted : DifferenceKind::MoreOrders,
                     m_left ? std::optional(m_left->accepted) : std::nullopt,
                     m_right ? std::optional(m_right->accepted) : std::nullopt);
        }
    }

    void compareOrder()
    {
        m_same_status = m_first.statusOf(*m_left) == m_second.statusOf(*m_right);
        if (!m_same_status)
            find(DifferenceKind::Status, endOf(m_first, *m_left), endOf(m_second, *m_right));
        else if (m_left->charges.size() != m_right->charges.size() || m_left->refunds.size() != m_right->refunds.size())
            compareMoney();
        compareEvents();
        compareSequence({}, m_left->log, m_right->log);
        compareGroups();
    }

    void compareMoney()
    {
        const auto charge =
            std::pair{surplus(m_left->charges, m_right->charges), surplus(m_right->charges, m_left->charges)};
        if (charge.first || charge.second)
            find(DifferenceKind::Charges, charge.first, charge.second);
        else
            find(DifferenceKind::Charges, surplus(m_left->refunds, m_right->refunds),
                 surplus(m_right->refunds, m_left->refunds));
    }

    static std::optional<std::size_t> endOf(const RunTrack& run, const OrderTrack& order)
    {
        if (!order.statuses.empty() || run.statusOf(order) == RunTrack::under_way)
            return lastOf(order.statuses);
        std::optional<std::size_t> letter;
        for (const auto& [ref, event] : order.events) {
            for (const auto& [group, handling] : event.groups)
                letter = std::max(letter, lastOf(handling.dead));
        }
        return letter;
    }

    void compareEvents()
    {
        std::set<EventRef> all;
        for (const OrderTrack* order : {m_left, m_right}) {
            for (const auto& [ref, event] : order->events)
                all.insert(ref);
        }
        for (const EventRef& ref : all) {
            const auto left = m_left->events.find(ref), right = m_right->events.find(ref);
            m_event = ref;
            m_group = {};
            if (left != m_left->events.end() && right != m_right->events.end())
                compareEvent(left->second, right->second);
            else if (m_same_status) // Another end has other events.
                find(DifferenceKind::EventMissing, left == m_left->events.end() ? std::nullopt : placeOf(left->second),
                     right == m_right->events.end() ? std::nullopt : placeOf(right->second));
        }
    }
    static std::optional<std::size_t> placeOf(const EventTrack& event)
    {
        if (!event.published.empty())
            return event.published.front();
        return event.groups.empty() ? std::nullopt : std::optional(event.groups.begin()->second.last);
    }

    void compareEvent(const EventTrack& left, const EventTrack& right)
    {
        findSurplus(DifferenceKind::PublishedAgain, left.published, right.published);
        std::set<std::string_view> all;
        for (const EventTrack* event : {&left, &right}) {
            for (const auto& [group, handling] : event->groups)
                all.insert(group);
        }
        static const Handling nothing;
        for (const std::string_view group : all) {
            const auto l = left.groups.find(group), r = right.groups.find(group);
            m_group = group;
            compareHandling(l == left.groups.end() ? nothing : l->second,
                            r == right.groups.end() ? nothing : r->second);
        }
        m_group = {};
    }

    void compareHandling(const Handling& left, const Handling& right)
    {
        if (left.dead.empty() != right.dead.empty()) // Given up again after a redelivery, it is the same letter.
            findSurplus(DifferenceKind::DeadLettered, left.dead, right.dead);
        else
            findSurplus(left.handled.empty() || right.handled.empty() ? DifferenceKind::NotHandled
                                                                      : DifferenceKind::HandledAgain,
                        left.handled, right.handled);
        findSurplus(DifferenceKind::Redelivered, left.deliveries, right.deliveries);
        findSurplus(DifferenceKind::Retried, left.failures, right.failures);
    }

    void findSurplus(DifferenceKind kind, const std::vector<std::size_t>& left, const std::vector<std::size_t>& right)
    {
        if (kind == DifferenceKind::NotHandled && !m_same_status)
            return; // It is why the order ended otherwise, or follows from that.
        // That one was never published or delivered is told where its handling is missing.
        const bool is_first = std::min(left.size(), right.size()) == 0;
        if (left.size() == right.size()
            || (is_first && (kind == DifferenceKind::Redelivered) && std::max(left.size(), right.size()) == 1))
            return;
        find(kind, surplus(left, right), surplus(right, left));
    }

    void compareGroups()
    {
        bool has_swaps = false;
        for (const auto& [group, left] : m_left->settled) {
            const auto right = m_right->settled.find(group);
            if (right == m_right->settled.end())
                continue;
            has_swaps = has_swaps || firstSwap(left, right->second, false).has_value();
            if (const auto swap = firstSwap(left, right->second, true))
                findSwap(group, *swap);
        }
        unordered_swaps += has_swaps;
    }

    void compareSequence(std::string_view group, const std::vector<EventRef>& left, const std::vector<EventRef>& right)
    {
        if (const auto swap = firstSwap(left, right, false))
            findSwap(group, *swap);
    }

    /// The first two that both have, in another sequence; `same_topic`: only of one type.
    static std::optional<std::pair<EventRef, EventRef>> firstSwap(const std::vector<EventRef>& left,
                                                                  const std::vector<EventRef>& right, bool same_topic)
    {
        for (std::size_t i = 0; i < left.size(); ++i) {
            const auto here = std::find(right.begin(), right.end(), left[i]);
            for (std::size_t j = i + 1; j < left.size() && here != right.end(); ++j) {
                if ((!same_topic || left[i].type == left[j].type) && std::find(right.begin(), here, left[j]) != here)
                    return std::pair{left[i], left[j]};
            }
        }
        return std::nullopt;
    }

    void findSwap(std::string_view group, const std::pair<EventRef, EventRef>& swap)
    {
        m_event = swap.first;
        m_group = group;
        find(DifferenceKind::EventOrder, orderedPlace(*m_left), orderedPlace(*m_right));
        findings.back().other = swap.second;
        m_group = {};
    }
    /// Where the run published or settled m_event.
    std::optional<std::size_t> orderedPlace(const OrderTrack& order) const
    {
        const EventTrack& event = order.events.at(m_event);
        if (m_group.empty())
            return event.published.front();
        const Handling& handling = event.groups.at(m_group);
        return handling.handled.empty() ? handling.dead.front() : handling.handled.front();
    }

    void find(DifferenceKind kind, std::optional<std::size_t> left, std::optional<std::size_t> right)
    {
        findings.push_back(
            {kind, m_number, m_event, m_group, {}, {&m_first, m_left, left}, {&m_second, m_right, right}});
    }

    const RunTrack& m_first;
    const RunTrack& m_second;
    std::uint64_t m_number = 0;
    bool m_same_status = true;
    const OrderTrack* m_left = nullptr;
    const OrderTrack* m_right = nullptr;
    EventRef m_event;
    std::string_view m_group;
};

bool isGrave(DifferenceKind kind)
{
    return changesTheEnd(kind) || kind == DifferenceKind::EventOrder;
}

/// Where it shows first; at the end of a run where only an end is missing.
double secondsOf(const SideOfOrder& side)
{
    const EntryOfRun at = side.place   ? side.run->at(*side.place)
                          : side.order ? side.run->at(side.order->accepted)
                                       : EntryOfRun{};
    return at.entry ? double(at.entry->time_us - at.start_us) / 1e6 : 0;
}

double secondsOf(const Finding& finding)
{
    if (finding.first.place && finding.second.place)
        return std::min(secondsOf(finding.first), secondsOf(finding.second));
    return secondsOf(finding.first.place ? finding.first : finding.second);
}

EntryOfRun entryOf(const SideOfOrder& side)
{
    return side.place ? side.run->at(*side.place) : EntryOfRun{};
}

Difference differenceOf(const Finding& finding)
{
    Difference difference;
    difference.kind = finding.kind;
    difference.order = finding.number;
    difference.explanation = explain(finding);
    difference.at = divergenceOf(finding.first.place.value_or(finding.second.place.value_or(0)), entryOf(finding.first),
                                 entryOf(finding.second));
    difference.seconds = secondsOf(finding);
    return difference;
}

} // namespace

std::string_view name(DifferenceKind kind)
{
    return kind_names[std::size_t(kind)];
}

bool changesTheEnd(DifferenceKind kind)
{
    return kind < DifferenceKind::EventOrder;
}

bool Comparison::haveSameFinalStates() const
{
    return std::all_of(counts.begin(), counts.begin() + std::ptrdiff_t(DifferenceKind::EventOrder),
                       [](std::uint64_t n) { return n == 0; });
}

const Difference* Comparison::firstDifference() const
{
    const auto grave =
        std::find_if(differences.begin(), differences.end(), [](const Difference& one) { return isGrave(one.kind); });
    if (grave != differences.end())
        return &*grave;
    return differences.empty() ? nullptr : &differences.front();
}

Comparison compareRuns(const RunJournal& first, const RunJournal& second, std::size_t differences_max)
{
    const RunTrack left(first), right(second);
    Comparer comparer(left, right);
    comparer.compareAll();
    Comparison comparison;
    comparison.first = left.counts();
    comparison.second = right.counts();
    comparison.orders = std::max(left.purchases(), right.purchases());
    comparison.unordered_swaps = comparer.unordered_swaps;
    for (const Finding& finding : comparer.findings)
        ++comparison.counts[std::size_t(finding.kind)];
    auto& findings = comparer.findings;
    const auto sooner = [](const Finding& a, const Finding& b) { return secondsOf(a) < secondsOf(b); };
    std::stable_sort(findings.begin(), findings.end(), sooner);
    std::stable_partition(findings.begin(), findings.end(),
                          [](const Finding& finding) { return isGrave(finding.kind); });
    findings.resize(std::min(findings.size(), differences_max));
    std::stable_sort(findings.begin(), findings.end(), sooner);
    for (const Finding& finding : findings)
        comparison.differences.push_back(differenceOf(finding));
    return comparison;
}

} // namespace orderlab
