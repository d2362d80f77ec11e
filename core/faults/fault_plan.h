#pragma once
#include "base/mutex.h"
#include "fault_model/guarantees.h"
#include "faults/fault.h"
#include "journal/journal.h"
#include "runtime/notifier.h"
#include "runtime/runtime.h"

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace orderlab {

/// What the plan wants to happen at a fault point.
struct Injection {
    FaultAction action = FaultAction::None;
    Duration delay{0};                  ///< Of a Throttle: what the bytes take; 0 from lasting().
    std::uint64_t bytes_per_second = 0; ///< Of a Throttle; else 0.
};

/// A failure that strikes one event once, whatever else the plan says: it is no fault of faults(), and stays when those
/// are replaced. A value.
struct SingleStrike {
    Seam seam = Seam::HandlerEntry;
    FaultAction action = FaultAction::Crash; ///< One of actionsAt(seam).
    Duration delay{0};                       ///< As Fault::delay.
    std::string group;                       ///< With or without prefix.
    EventId event;

    bool operator==(const SingleStrike&) const = default;
};

/// Which failures are injected, and which guarantees are on: in live runs and in simulation alike. Code asks it at each
/// seam. Any thread. While no fault is set for a seam, asking costs one atomic load.
///
/// Each fault draws from a random stream of its own, so that taking one away leaves the others as they were.
class FaultPlan {
public:
    static constexpr std::size_t faults_max = 100;
    static constexpr std::size_t single_strikes_max = 1'000; ///< That wait for their event.

    FaultPlan(Runtime& runtime, Journal& journal);
    ~FaultPlan();

    /// Replaces all faults; their time starts now. All or nothing. Error: InvalidArgument; `field` is
    /// "faults[2].count".
    Result<void> setFaults(std::vector<Fault> faults);
    /// One more; its time starts now, the others go on as they are. Error: InvalidArgument, with its member's name.
    Result<void> addFault(Fault fault);
    /// Takes away the first fault that equals `fault`; the others go on as they are. False: there is none.
    bool removeFault(const Fault& fault);
    std::vector<Fault> faults() const;
    /// How often each fault has struck, in the order of faults().
    std::vector<std::uint64_t> strikes() const;

    /// Takes effect with the next step that asks. The journal is told of each that changes.
    void setGuarantees(const Guarantees& guarantees);
    Guarantees guarantees() const;
    bool isOn(Guarantee guarantee) const
    {
        return (m_guarantees.load(std::memory_order_relaxed) >> unsigned(guarantee)) & 1u;
    }

    /// Whether any fault is set for `seam`: the cheap question before pass().
    bool isArmed(Seam seam) const { return (m_armed.load(std::memory_order_relaxed) >> unsigned(seam)) & 1u; }
    /// What happens here. The first fault that strikes decides; the journal is told.
    Injection ask(const FaultPoint& point);
    /// Strikes the next time that its event comes to its seam in its group. Error: Exhausted (Never) while
    /// single_strikes_max of them wait.
    Result<void> strikeOnce(SingleStrike strike);
    /// Those that have not struck yet.
    std::vector<SingleStrike> waitingStrikes() const;
    /// As ask(), but of strikeOnce() alone: for events that come to a seam together with others.
    Injection askOnce(const FaultPoint& point);
    /// Nothing strikes until it is called again with false: for who looks at the system from outside.
    void suspend(bool is_suspended);
    /// Every fault draws anew from here on, as `seed` says.
    void reseed(std::uint64_t seed);
    /// The same, and waits out what is only late: what is left is for the caller to do.
    Task<Injection> pass(FaultPoint point);
    /// What is only late (isOnlyLate()), waited out, is None; the others stay.
    Task<Injection> waitOut(Injection injection);
    /// The lasting fault (Fault::lasts()) of `which` whose time is now at `seam`, the first of several: for who puts it
    /// in force as a whole instead of asking each time. It counts as one strike, and the journal is told of it once.
    Injection lasting(Seam seam, LastingFaults which = LastingFaults::All);
    /// How often the plan was replaced.
    std::uint64_t version() const;
    /// Resumes once version() is another than `seen`.
    Task<void> changed(std::uint64_t seen);
    /// Called by setFaults() and addFault() before they return, for who puts lasting faults in force; it must not
    /// change the plan. Empty: nobody; returns when no call is running any more.
    void onChange(std::function<void()> put_in_force);

private:
    struct ArmedFault;
    void arm(std::vector<ArmedFault>& all, Fault fault) const ORDERLAB_REQUIRES(m_mutex);
    void index() ORDERLAB_REQUIRES(m_mutex);
    std::optional<Injection> takeSingle(const FaultPoint& point) ORDERLAB_REQUIRES(m_mutex);
    void tellOfChange(std::size_t count);
    void tellOfStrike(const FaultPoint& point, FaultAction action, TimePoint now, Duration length);

    Runtime& m_runtime;
    Journal& m_journal;
    std::uint64_t m_seed ORDERLAB_GUARDED_BY(m_mutex);
    std::atomic<std::uint32_t> m_armed{0};                                ///< A bit a seam.
    std::atomic<std::uint32_t> m_guarantees{(1u << guarantee_count) - 1}; ///< A bit a guarantee.
    mutable Mutex m_mutex;
    std::vector<ArmedFault> m_faults ORDERLAB_GUARDED_BY(m_mutex);
    /// Which of them are for a seam, in order.
    std::array<std::vector<std::uint8_t>, seam_count> m_at ORDERLAB_GUARDED_BY(m_mutex);
    std::vector<SingleStrike> m_single ORDERLAB_GUARDED_BY(m_mutex);
    bool m_is_suspended ORDERLAB_GUARDED_BY(m_mutex) = false;
    std::uint64_t m_version ORDERLAB_GUARDED_BY(m_mutex) = 0;
    Notifier m_changed;
    Mutex m_hook_mutex;
    std::function<void()> m_put_in_force ORDERLAB_GUARDED_BY(m_hook_mutex);
};

} // namespace orderlab
