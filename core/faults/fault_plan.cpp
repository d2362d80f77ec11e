#include "faults/fault_plan.h"

#include "domain/group_name.h"
#include "runtime/random_stream.h"

#include <algorithm>

namespace orderlab {

namespace {

/// Of one call: at the lowest rate some twelve days, and no overflow.
constexpr std::uint64_t carried_bytes_max = 1'000'000'000;

} // namespace

struct FaultPlan::ArmedFault {
    Fault fault;
    RandomStream random;
    TimePoint since;
    std::uint64_t strikes = 0;
    bool is_told = false; ///< The journal knows of what lasts: that something is away, or slow as a whole.

    bool isTime(TimePoint now) const
    {
        const Duration age = now - since;
        return age >= fault.start && (fault.length == Duration::max() || age < fault.start + fault.length);
    }
    bool strikesNow(TimePoint now, const FaultPoint& point)
    {
        if (strikes >= fault.count || !isTime(now) || !fault.matches(point))
            return false;
        if (fault.isOneOf(point.elsewhere))
            return false;
        return fault.probability >= 1 || random.unit() < fault.probability;
    }
    /// What a strike is to something of `bytes`.
    Injection injection(std::uint64_t bytes) const
    {
        if (fault.action != FaultAction::Throttle)
            return {fault.action, fault.delay, 0};
        const std::uint64_t carried = std::min(bytes, carried_bytes_max);
        return {fault.action, Duration{std::int64_t(carried * 1'000'000 / fault.bytes_per_second)},
                fault.bytes_per_second};
    }
    /// What a strike takes, as far as it can be told beforehand.
    Duration lengthOfStrike(const Injection& injection, TimePoint now) const
    {
        if (fault.action == FaultAction::Away)
            return fault.length == Duration::max() ? Duration{0} : since + fault.start + fault.length - now;
        switch (row(fault.action).takes) {
        case FaultParameter::Rate: return injection.delay;
        case FaultParameter::Delay: return fault.delay;
        case FaultParameter::DelayAtMost:
        case FaultParameter::None: break;
        }
        return Duration{0};
    }
};

namespace {

/// FNV-1a.
std::uint64_t hashOf(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325ull;
    for (char c : text)
        hash = (hash ^ std::uint8_t(c)) * 0x100000001b3ull;
    return hash;
}

} // namespace

FaultPlan::FaultPlan(Runtime& runtime, Journal& journal)
    : m_runtime(runtime), m_journal(journal), m_seed(runtime.random())
{}

FaultPlan::~FaultPlan() = default;

Result<void> FaultPlan::setFaults(std::vector<Fault> faults)
{
    if (faults.size() > faults_max)
        return invalidArgument("faults", "can be at most " + std::to_string(faults_max));
    for (std::size_t i = 0; i < faults.size(); ++i) {
        if (auto valid = faults[i].validate(); !valid) {
            Error error = valid.error();
            error.field = "faults[" + std::to_string(i) + "]." + error.field;
            return error;
        }
    }
    const std::size_t count = faults.size();
    {
        const MutexLock guard(m_mutex);
        std::vector<ArmedFault> all;
        for (Fault& fault : faults)
            arm(all, std::move(fault));
        m_faults = std::move(all);
        index();
        ++m_version;
    }
    tellOfChange(count);
    return {};
}

Result<void> FaultPlan::addFault(Fault fault)
{
    ORDERLAB_TRY(return, fault.validate());
    std::size_t count = 0;
    {
        const MutexLock guard(m_mutex);
        if (m_faults.size() == faults_max)
            return invalidArgument("faults", "can be at most " + std::to_string(faults_max));
        arm(m_faults, std::move(fault));
        for (ArmedFault& armed : m_faults)
            armed.is_told = false; // A change of the plan ends what is told of; what goes on is told again.
        index();
        count = m_faults.size();
        ++m_version;
    }
    tellOfChange(count);
    return {};
}

bool FaultPlan::removeFault(const Fault& fault)
{
    std::size_t count = 0;
    {
        const MutexLock guard(m_mutex);
        const auto found = std::find_if(m_faults.begin(), m_faults.end(),
                                        [&](const ArmedFault& armed) { return armed.fault == fault; });
        if (found == m_faults.end())
            return false;
        m_faults.erase(found);
        for (ArmedFault& armed : m_faults)
            armed.is_told = false; // As in addFault().
        index();
        count = m_faults.size();
        ++m_version;
    }
    tellOfChange(count);
    return true;
}

Result<void> FaultPlan::strikeOnce(SingleStrike strike)
{
    const MutexLock guard(m_mutex);
    if (m_single.size() == single_strikes_max)
        return Error{ErrorCode::Exhausted,
                     Retry::Never,
                     "more than " + std::to_string(single_strikes_max) + " strikes wait for their events",
                     {}};
    m_single.push_back(std::move(strike));
    index();
    return {};
}

std::vector<SingleStrike> FaultPlan::waitingStrikes() const
{
    const MutexLock guard(m_mutex);
    return m_single;
}

void FaultPlan::suspend(bool is_suspended)
{
    const MutexLock guard(m_mutex);
    m_is_suspended = is_suspended;
    index();
}

void FaultPlan::reseed(std::uint64_t seed)
{
    const MutexLock guard(m_mutex);
    m_seed = seed;
    std::vector<ArmedFault> again;
    for (const ArmedFault& armed : m_faults) {
        arm(again, armed.fault);
        again.back().since = armed.since;
        again.back().strikes = armed.strikes;
        again.back().is_told = armed.is_told;
    }
    m_faults = std::move(again);
}

/// Equal faults get streams of their own, too.
void FaultPlan::arm(std::vector<ArmedFault>& all, Fault fault) const
{
    const std::uint64_t same = std::uint64_t(
        std::count_if(all.begin(), all.end(), [&](const ArmedFault& other) { return other.fault == fault; }));
    const std::uint64_t seed = m_seed ^ hashOf(fault.toString()) ^ (same << 32);
    all.push_back({std::move(fault), RandomStream(seed), m_runtime.now(), 0, false});
}

void FaultPlan::index()
{
    static_assert(faults_max <= 256);
    for (auto& at : m_at)
        at.clear();
    std::uint32_t armed = 0;
    for (std::size_t i = 0; i < m_faults.size(); ++i) {
        m_at[std::size_t(m_faults[i].fault.seam)].push_back(std::uint8_t(i));
        armed |= 1u << unsigned(m_faults[i].fault.seam);
    }
    for (const SingleStrike& strike : m_single)
        armed |= 1u << unsigned(strike.seam);
    m_armed = m_is_suspended ? 0 : armed;
}

void FaultPlan::tellOfChange(std::size_t count)
{
    Entry entry;
    entry.time_us = toMicros(m_runtime.now());
    entry.kind = EntryKind::FaultsChanged;
    entry.value = std::int32_t(count);
    m_journal.append(entry);
    {
        const MutexLock guard(m_hook_mutex);
        if (m_put_in_force)
            m_put_in_force();
    }
    m_changed.notifyAll();
}

std::vector<Fault> FaultPlan::faults() const
{
    const MutexLock guard(m_mutex);
    std::vector<Fault> faults;
    for (const ArmedFault& armed : m_faults)
        faults.push_back(armed.fault);
    return faults;
}

std::vector<std::uint64_t> FaultPlan::strikes() const
{
    const MutexLock guard(m_mutex);
    std::vector<std::uint64_t> strikes;
    for (const ArmedFault& armed : m_faults)
        strikes.push_back(armed.strikes);
    return strikes;
}

void FaultPlan::setGuarantees(const Guarantees& guarantees)
{
    const Guarantees before = this->guarantees();
    std::uint32_t bits = 0;
    for (int i = 0; i < guarantee_count; ++i)
        bits |= std::uint32_t(guarantees.on[std::size_t(i)]) << i;
    m_guarantees = bits;
    for (int i = 0; i < guarantee_count; ++i) {
        const Guarantee guarantee{std::uint8_t(i)};
        if (before[guarantee] == guarantees[guarantee])
            continue;
        Entry entry;
        entry.time_us = toMicros(m_runtime.now());
        entry.kind = EntryKind::GuaranteeSwitched;
        entry.detail =
            m_journal.names().intern(std::string(name(guarantee)) + (guarantees[guarantee] ? " on" : " off"));
        m_journal.append(entry);
    }
}

Guarantees FaultPlan::guarantees() const
{
    Guarantees guarantees;
    for (int i = 0; i < guarantee_count; ++i)
        guarantees.on[std::size_t(i)] = isOn(Guarantee(i));
    return guarantees;
}

Injection FaultPlan::ask(const FaultPoint& point)
{
    if (!isArmed(point.seam))
        return {};
    const TimePoint now = m_runtime.now();
    Injection injection;
    Duration length{0};
    bool told = false; // Of what is away the journal is told once, not at every call.
    {
        const MutexLock guard(m_mutex);
        const auto single = takeSingle(point);
        if (single) {
            injection = *single;
            length = injection.delay;
        }
        for (const std::size_t i : m_at[std::size_t(point.seam)]) {
            ArmedFault& armed = m_faults[i];
            if (single || !armed.strikesNow(now, point))
                continue;
            told = armed.fault.action == FaultAction::Away && std::exchange(armed.is_told, true);
            injection = armed.injection(point.bytes > 0 ? point.bytes : FaultPoint::bytes_unknown);
            length = armed.lengthOfStrike(injection, now);
            ++armed.strikes;
            break;
        }
    }
    if (injection.action != FaultAction::None && !told)
        tellOfStrike(point, injection.action, now, length);
    return injection;
}

Injection FaultPlan::askOnce(const FaultPoint& point)
{
    if (!isArmed(point.seam))
        return {};
    std::optional<Injection> single;
    {
        const MutexLock guard(m_mutex);
        single = takeSingle(point);
    }
    if (!single)
        return {};
    tellOfStrike(point, single->action, m_runtime.now(), single->delay);
    return *single;
}

std::optional<Injection> FaultPlan::takeSingle(const FaultPoint& point)
{
    const auto found = std::find_if(m_single.begin(), m_single.end(), [&](const SingleStrike& strike) {
        return strike.seam == point.seam && strike.event == point.event && isGroupNamed(point.group, strike.group);
    });
    if (found == m_single.end())
        return std::nullopt;
    const Injection injection{found->action, found->delay, 0};
    m_single.erase(found);
    index();
    return injection;
}

Injection FaultPlan::lasting(Seam seam, LastingFaults which)
{
    if (!isArmed(seam))
        return {};
    const TimePoint now = m_runtime.now();
    Injection injection;
    Duration length{0};
    {
        const MutexLock guard(m_mutex);
        for (const std::size_t i : m_at[std::size_t(seam)]) {
            ArmedFault& armed = m_faults[i];
            if (!armed.fault.isOneOf(which) || !armed.isTime(now))
                continue;
            injection = armed.injection(0);
            if (std::exchange(armed.is_told, true))
                return injection;
            length = armed.lengthOfStrike(injection, now);
            ++armed.strikes;
            break;
        }
    }
    FaultPoint point;
    point.seam = seam;
    if (injection.action != FaultAction::None)
        tellOfStrike(point, injection.action, now, length);
    return injection;
}

void FaultPlan::tellOfStrike(const FaultPoint& point, FaultAction action, TimePoint now, Duration length)
{
    Names& names = m_journal.names();
    Entry entry;
    entry.time_us = toMicros(now);
    entry.kind = EntryKind::FaultInjected;
    entry.order = point.order;
    entry.event = point.event;
    entry.topic = point.event_type ? names.intern(topicName(*point.event_type)) : NameId{0};
    entry.group = names.intern(point.group);
    entry.actor = names.intern(point.worker);
    entry.value = std::int32_t(std::clamp<std::int64_t>(length.count() / 1'000, 0, INT32_MAX));
    entry.detail = names.intern(std::string(name(point.seam)) + ' ' + std::string(name(action)));
    m_journal.append(entry);
}

/// Asks only once it runs: whoever is cancelled by then has not come so far.
Task<Injection> FaultPlan::pass(FaultPoint point)
{
    const Injection injection = ask(point);
    if (!isOnlyLate(injection.action))
        co_return injection;
    co_await m_runtime.sleep(injection.delay);
    co_return Injection{};
}

Task<Injection> FaultPlan::waitOut(Injection injection)
{
    if (!isOnlyLate(injection.action))
        co_return injection;
    co_await m_runtime.sleep(injection.delay);
    co_return Injection{};
}

std::uint64_t FaultPlan::version() const
{
    const MutexLock guard(m_mutex);
    return m_version;
}

void FaultPlan::onChange(std::function<void()> put_in_force)
{
    const MutexLock guard(m_hook_mutex);
    m_put_in_force = std::move(put_in_force);
}

Task<void> FaultPlan::changed(std::uint64_t seen)
{
    for (;;) {
        MutexLock lock(m_mutex);
        if (m_version != seen)
            co_return;
        co_await m_changed.wait(lock);
    }
}

} // namespace orderlab
