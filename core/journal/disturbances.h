#pragma once
#include "fault_model/seam.h"
#include "journal/entry.h"
#include "journal/names.h"

#include <vector>

namespace orderlab {

/// Where a fault is seen to strike.
enum class StrikePlace : std::uint8_t {
    System, ///< Nowhere in particular: the network, the clock.
    Api,    ///< Where customers' programs ask.
    Store,
    Relay, ///< Between store and bus.
    Bus,
    Group, ///< A worker, or an event on its way to one.
    Gateway,
};
StrikePlace placeOf(Seam seam);

/// The latest fault at one place.
struct StrikeState {
    StrikePlace place = StrikePlace::System;
    NameId group = 0; ///< For Group.
    NameId actor = 0; ///< Who was struck, where known: a member, the relay.
    Seam seam = Seam::ClientRequest;
    FaultAction action = FaultAction::None;
    std::int64_t time_us = 0;
    std::int64_t until_us = 0; ///< As long as what is only late takes; else 0.
    std::uint64_t count = 0;   ///< All that have struck here.

    bool operator==(const StrikeState&) const = default;
};

enum class ProcessCondition : std::uint8_t {
    Runs,
    Hangs,   ///< Stands still: takes nothing, gives no sign.
    Crashed, ///< Killed, and not started again yet.
};

/// A process that has been killed or hung: a member of a group, the relay or the API.
struct ProcessState {
    NameId group = 0; ///< 0: relay or API.
    NameId name = 0;
    ProcessCondition condition = ProcessCondition::Runs;
    bool ends_silently = false; ///< No entry says that it runs again: at `until_us` it does.
    std::int64_t since_us = 0;  ///< Of its condition.
    std::int64_t until_us = 0;  ///< When it is to run again; it may be late.
    Uuid event;                 ///< A handler that hangs: over which event.
    std::uint32_t crashes = 0;

    ProcessCondition conditionAt(std::int64_t now_us) const
    {
        return ends_silently && now_us >= until_us ? ProcessCondition::Runs : condition;
    }
    bool operator==(const ProcessState&) const = default;
};

/// A service of our own, as those that call it find it.
struct ServiceState {
    bool is_away = false;
    std::int64_t since_us = 0;
    std::int64_t until_us = 0; ///< 0: nobody knows.
    NameId error = 0;          ///< What its callers heard; 0 where a fault tells of it.
    bool operator==(const ServiceState&) const = default;
};

/// The circuit breaker in front of the payment gateway.
struct CircuitState {
    bool is_open = false;
    std::int64_t since_us = 0;
    std::int64_t until_us = 0; ///< Then one call is let through, to see whether the gateway answers again.
    NameId error = 0;
    bool operator==(const CircuitState&) const = default;
};

/// What is broken, and where faults strike: a part of WorldState. A value, one thread at a time, nothing in it needs a
/// cause before its effect. Bounded: at most 256 processes and 64 places are told apart.
class Disturbances {
public:
    void apply(const Entry& entry, const Names& names);

    const std::vector<StrikeState>& strikes() const { return m_strikes; }
    const std::vector<ProcessState>& processes() const { return m_processes; }
    /// Null: it never had any trouble.
    const ProcessState* findProcess(NameId group, NameId name) const;
    /// As the fault plan tells of them, and for the broker also as the relay finds it.
    ServiceState database(std::int64_t now_us) const { return at(m_database, now_us); }
    ServiceState broker(std::int64_t now_us) const;
    const CircuitState& circuit() const { return m_circuit; }

    bool operator==(const Disturbances& other) const;

private:
    /// What an entry's detail means: a fault's name is read once.
    struct Meaning {
        bool is_known = false;
        bool is_fault = false;
        Seam seam = Seam::ClientRequest;
        FaultAction action = FaultAction::None;
    };
    const Meaning& meaningOf(NameId detail, const Names& names);
    void strike(const Entry& entry, const Names& names);
    ProcessState* processAt(NameId group, NameId name);
    void crash(const Entry& entry, const Names& names);
    void hang(const Entry& entry, Seam seam);
    void goOn(const Entry& entry);
    static void proveBack(ServiceState& service, std::int64_t time_us);
    static ServiceState at(const ServiceState& service, std::int64_t now_us);

    std::vector<StrikeState> m_strikes;
    std::vector<ProcessState> m_processes;
    ServiceState m_database, m_broker; ///< By the fault plan.
    ServiceState m_unpublished;        ///< The relay could not publish, and has not since.
    CircuitState m_circuit;
    std::vector<Meaning> m_meanings; ///< By NameId.
    std::uint32_t m_hanging_handlers = 0;
};

} // namespace orderlab
