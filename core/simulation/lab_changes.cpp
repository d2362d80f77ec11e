#include "simulation/lab_changes.h"

#include "runtime/random_stream.h"
#include "simulation/customer_mix.h"
#include "simulation/policies_json.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::uint64_t together_max = 32; ///< Customers of a burst who wait for their answer at the same time.
constexpr Duration restart_after_drop{std::chrono::seconds{1}};
constexpr std::size_t letters_a_page = 500;
constexpr const char* decided_by = "scenario"; ///< In the audit of a dead letter.

Error noSuchGroup(const Lab& lab, const std::string& group)
{
    std::string known;
    for (const std::string& one : lab.groups())
        (known += known.empty() ? "" : ", ") += one;
    return Error{ErrorCode::NotFound, Retry::Never, "no group " + group + " runs here; there are " + known, "group"};
}

bool hasGroup(const Lab& lab, const std::string& group)
{
    const std::vector<std::string> groups = lab.groups();
    return std::find(groups.begin(), groups.end(), group) != groups.end();
}

/// The group's dead letter of `event`, in whatever state.
Task<Result<Uuid>> findLetter(Lab& lab, std::string group, Uuid event)
{
    DeadLetterQuery query;
    query.filter.group = group;
    query.limit = letters_a_page;
    do {
        auto page = co_await lab.deadLetters().list(query);
        if (!page)
            co_return page.error();
        for (const DeadLetter& letter : page->letters) {
            if (letter.event.id == event)
                co_return letter.id;
        }
        query.cursor = page->next_cursor;
    } while (!query.cursor.empty());
    co_return Error{ErrorCode::NotFound, Retry::Never,
                    "group " + group + " has no dead letter of event " + event.toString() + " at this time", "event"};
}

} // namespace

std::vector<Moment> momentsOf(const Scenario& scenario)
{
    std::vector<Moment> all;
    all.push_back({scenario.fault_time, nullptr});
    for (const Change& change : scenario.changes)
        all.push_back({change.at, &change});
    std::stable_sort(all.begin(), all.end(), [](const Moment& a, const Moment& b) { return a.at < b.at; });
    return all;
}

/// The customers of one PlaceOrders.
struct LabChanges::Burst {
    Burst(Change c, std::uint64_t seed)
        : change(std::move(c)), orders(std::get<PlaceOrders>(change.setting)), mix(seed), left(orders.count)
    {}
    const Change change;
    const PlaceOrders orders;
    Mutex mutex;
    CustomerMix mix ORDERLAB_GUARDED_BY(mutex);
    std::uint64_t left ORDERLAB_GUARDED_BY(mutex);
    std::atomic<bool> has_failed{false};

    /// Nothing: all have come.
    std::optional<OrderRequest> next()
    {
        const MutexLock guard(mutex);
        if (left == 0)
            return std::nullopt;
        --left;
        return mix.next();
    }
    Duration pause()
    {
        const MutexLock guard(mutex);
        return mix.pause(orders.mean_pause);
    }
};

struct LabChanges::Apply {
    LabChanges& self;
    const Change& change;

    void operator()(const SwitchGuarantee& setting) const
    {
        Guarantees guarantees = self.m_lab.faults().guarantees();
        guarantees.set(setting.guarantee, setting.on);
        self.m_lab.faults().setGuarantees(guarantees);
    }
    void operator()(const AddFault& setting) const
    {
        self.refuseUnless(change, self.m_lab.faults().addFault(setting.fault));
    }
    void operator()(const StopFaults&) const { self.stopFaults(); }
    void operator()(const StopFault& setting) const
    {
        const std::vector<Fault> faults = self.m_lab.faults().faults();
        const auto found = std::find(faults.begin(), faults.end(), setting.fault);
        const std::vector<std::uint64_t> strikes = self.m_lab.faults().strikes();
        const auto at = std::size_t(found - faults.begin());
        if (found == faults.end() || !self.m_lab.faults().removeFault(setting.fault))
            return self.refuse(change, "no such fault is set at this time");
        self.m_struck.push_back({setting.fault.toString(), at < strikes.size() ? strikes[at] : 0});
    }
    void operator()(const SetMembers& setting) const
    {
        if (!setting.group.empty() && !hasGroup(self.m_lab, setting.group))
            return self.refuse(change, noSuchGroup(self.m_lab, setting.group).message);
        for (const std::string& group : self.m_lab.groups()) {
            if (setting.group.empty() || setting.group == group)
                self.m_changing.spawn(scale(self, change, group, setting.members));
        }
    }
    void operator()(const SetPolicy& setting) const
    {
        for (const std::string& group : self.m_lab.groups()) {
            auto policies = self.m_lab.policies(group);
            if (!policies || !setPolicy(*policies, setting.name, setting.value))
                continue;
            if (const auto set = self.m_lab.setPolicies(group, *policies); !set)
                return self.refuse(change, set.error().message);
        }
    }
    void operator()(const PlaceOrder& setting) const
    {
        OrderRequest request{setting.customer, {setting.amount_minor, {}}};
        const auto currency = Currency::parse(setting.currency);
        if (!currency)
            return self.refuse(change, currency.error().message);
        request.total.currency = *currency;
        self.m_ordering.spawn(buy(self, change, std::move(request)));
    }
    void operator()(const PlaceOrders& setting) const
    {
        auto burst = std::make_shared<Burst>(change, self.nextSeed());
        if (setting.mean_pause.count() > 0)
            return self.m_ordering.spawn(comeOneByOne(self, std::move(burst)));
        for (std::uint64_t i = 0; i < std::min(setting.count, together_max); ++i)
            self.m_ordering.spawn(comeTogether(self, burst));
    }
    void operator()(const CancelOrder& setting) const { self.m_changing.spawn(cancel(self, change, setting.order)); }
    void operator()(const CrashMember& setting) const
    {
        self.refuseUnless(change, self.m_lab.crash(setting.member, setting.restart_after));
    }
    void operator()(const ReplayDeadLetter& setting) const { spawnDecision(setting.group, setting.event); }
    void operator()(const DiscardDeadLetter& setting) const { spawnDecision(setting.group, setting.event); }
    void operator()(const DropDelivery& setting) const
    {
        strikeOnce({Seam::HandlerEntry, FaultAction::Crash, restart_after_drop, setting.group, EventId{setting.event}});
    }
    void operator()(const DelayDelivery& setting) const
    {
        strikeOnce({Seam::Delivery, FaultAction::Delay, setting.by, setting.group, EventId{setting.event}});
    }
    void operator()(const ResetOffsets& setting) const
    {
        if (!hasGroup(self.m_lab, setting.group))
            return self.refuse(change, noSuchGroup(self.m_lab, setting.group).message);
        GroupReset reset{setting.group, setting.target, setting.offset, {}, setting.topic, setting.partition};
        reset.time = self.m_lab.runtime().now() - change.at + setting.time;
        self.m_changing.spawn(resetGroup(self, change, std::move(reset)));
    }
    void operator()(const Reseed& setting) const
    {
        if (!self.m_reseed)
            return self.refuse(change, "chance cannot be drawn anew on a real clock");
        self.m_reseed(setting.seed);
        self.m_seed = setting.seed;
    }

private:
    void spawnDecision(const std::string& group, Uuid event) const
    {
        if (!hasGroup(self.m_lab, group))
            return self.refuse(change, noSuchGroup(self.m_lab, group).message);
        self.m_changing.spawn(decide(self, change, group, event));
    }
    void strikeOnce(SingleStrike strike) const
    {
        if (!hasGroup(self.m_lab, strike.group))
            return self.refuse(change, noSuchGroup(self.m_lab, strike.group).message);
        if (const auto set = self.m_lab.faults().strikeOnce(strike); !set)
            return self.refuse(change, set.error().message);
        self.m_strikes_once.emplace_back(change, std::move(strike));
    }
};

LabChanges::LabChanges(Lab& lab, std::uint64_t seed, std::function<void(std::uint64_t)> reseed)
    : m_lab(lab), m_seed(seed), m_reseed(std::move(reseed)), m_changing(lab.runtime()), m_ordering(lab.runtime())
{}

void LabChanges::apply(const Moment& moment)
{
    if (moment.change)
        std::visit(Apply{*this, *moment.change}, moment.change->setting);
    else
        stopFaults();
}

/// Of a stream for one purpose: nothing that was drawn before for others changes it.
std::uint64_t LabChanges::nextSeed()
{
    return RandomStream(m_seed ^ (++m_streams << 32)).next();
}

void LabChanges::refuse(const Change& change, std::string reason)
{
    const MutexLock guard(m_mutex);
    m_refused.push_back({change, std::move(reason)});
}

void LabChanges::refuseUnless(const Change& change, const Result<void>& done)
{
    if (!done)
        refuse(change, done.error().message);
}

std::vector<RefusedChange> LabChanges::refused() const
{
    const MutexLock guard(m_mutex);
    return m_refused;
}

Task<void> LabChanges::scale(LabChanges& self, Change change, std::string group, std::size_t members)
{
    const auto scaled = co_await self.m_lab.scale(std::move(group), members);
    self.refuseUnless(change, scaled);
}

Task<void> LabChanges::resetGroup(LabChanges& self, Change change, GroupReset reset)
{
    const auto moved = co_await self.m_lab.resetGroup(std::move(reset));
    if (!moved)
        self.refuse(change, moved.error().message);
}

Task<void> LabChanges::cancel(LabChanges& self, Change change, OrderId order)
{
    const auto canceled = co_await self.m_lab.orders().cancel(order);
    if (!canceled)
        self.refuse(change, canceled.error().message);
}

Task<void> LabChanges::decide(LabChanges& self, Change change, std::string group, Uuid event)
{
    const auto id = co_await findLetter(self.m_lab, std::move(group), event);
    if (!id)
        co_return self.refuse(change, id.error().message);
    DeadLetterDecision decision{decided_by, {}};
    Result<DeadLetter> decided = internalError("no decision");
    if (const auto* replay = std::get_if<ReplayDeadLetter>(&change.setting)) {
        decided = co_await self.m_lab.deadLetters().replay(*id, std::move(decision), replay->data);
    } else {
        decision.reason = std::get<DiscardDeadLetter>(change.setting).reason;
        decided = co_await self.m_lab.deadLetters().discard(*id, std::move(decision));
    }
    if (!decided)
        self.refuse(change,
                    (decided.error().field.empty() ? "" : decided.error().field + ": ") + decided.error().message);
}

Task<void> LabChanges::buy(LabChanges& self, Change change, OrderRequest request)
{
    const auto bought = co_await self.m_lab.client().buy(std::move(request));
    if (!bought)
        self.refuse(change, "the customer gave up: " + bought.error().message);
}

Task<void> LabChanges::buyOf(LabChanges& self, std::shared_ptr<Burst> burst, OrderRequest request)
{
    const auto bought = co_await self.m_lab.client().buy(std::move(request));
    if (!bought && !burst->has_failed.exchange(true))
        self.refuse(burst->change, "not all could order; a customer gave up: " + bought.error().message);
}

Task<void> LabChanges::comeOneByOne(LabChanges& self, std::shared_ptr<Burst> burst)
{
    while (auto request = burst->next()) {
        self.m_ordering.spawn(buyOf(self, burst, std::move(*request)));
        const Duration pause = burst->pause();
        co_await self.m_lab.runtime().sleep(pause);
    }
}

Task<void> LabChanges::comeTogether(LabChanges& self, std::shared_ptr<Burst> burst)
{
    while (auto request = burst->next()) {
        OrderRequest one = std::move(*request);
        co_await buyOf(self, burst, std::move(one));
    }
}

void LabChanges::appendStrikes(std::vector<Struck>& to) const
{
    const std::vector<Fault> faults = m_lab.faults().faults();
    const std::vector<std::uint64_t> strikes = m_lab.faults().strikes();
    for (std::size_t i = 0; i < std::min(faults.size(), strikes.size()); ++i)
        to.push_back({faults[i].toString(), strikes[i]});
}

void LabChanges::stopFaults()
{
    appendStrikes(m_struck);
    (void)m_lab.faults().setFaults({}); // none cannot be wrong
}

std::vector<Struck> LabChanges::struck() const
{
    std::vector<Struck> all = m_struck;
    appendStrikes(all);
    return all;
}

Task<void> LabChanges::stop()
{
    const std::vector<SingleStrike> waiting = m_lab.faults().waitingStrikes();
    for (auto& [change, strike] : std::exchange(m_strikes_once, {})) {
        if (std::find(waiting.begin(), waiting.end(), strike) != waiting.end())
            refuse(change, "the event was not delivered to group " + strike.group + " again");
    }
    m_ordering.cancel();
    m_changing.cancel();
    co_await m_ordering.join();
    co_await m_changing.join();
}

} // namespace orderlab
