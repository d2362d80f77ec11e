#include "journal/disturbances.h"

#include "fault_model/fault_words.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::size_t processes_max = 256;
constexpr std::size_t strikes_max = 64;
/// A call that passed before the outage may still be told of; one that is told of this much later was made since.
constexpr std::int64_t under_way_us = 500'000;

std::int64_t later(std::int64_t time_us, std::int32_t milliseconds)
{
    std::int64_t until_us = time_us;
    return __builtin_add_overflow(time_us, std::int64_t(std::max(milliseconds, 0)) * 1'000, &until_us) ? time_us
                                                                                                       : until_us;
}

} // namespace

StrikePlace placeOf(Seam seam)
{
    switch (seam) {
    case Seam::ClientRequest:
    case Seam::ClientAnswer:
    case Seam::OrderCommitted: return StrikePlace::Api;
    case Seam::OrderStore:
    case Seam::Database: return StrikePlace::Store;
    case Seam::RelayClaim:
    case Seam::Published: return StrikePlace::Relay;
    case Seam::BusAppend:
    case Seam::Broker: return StrikePlace::Bus;
    case Seam::Delivery:
    case Seam::HandlerEntry:
    case Seam::BeforeCommit:
    case Seam::AfterCommit:
    case Seam::Ack:
    case Seam::Worker: return StrikePlace::Group;
    case Seam::GatewayCall: return StrikePlace::Gateway;
    case Seam::Network:
    case Seam::Clock: break;
    }
    return StrikePlace::System;
}

const Disturbances::Meaning& Disturbances::meaningOf(NameId detail, const Names& names)
{
    if (m_meanings.size() <= detail)
        m_meanings.resize(std::size_t(detail) + 1);
    Meaning& meaning = m_meanings[detail];
    if (meaning.is_known)
        return meaning;
    meaning.is_known = true;
    if (const auto strike = strikeOf(names.text(detail))) {
        meaning.is_fault = true;
        meaning.seam = strike->seam;
        meaning.action = strike->action;
    }
    return meaning;
}

void Disturbances::apply(const Entry& entry, const Names& names)
{
    switch (entry.kind) {
    case EntryKind::FaultInjected: strike(entry, names); break;
    case EntryKind::FaultsChanged:
        // What goes on to be away is told again.
        m_database = m_broker = {};
        break;
    case EntryKind::ProcessCrashed: crash(entry, names); break;
    case EntryKind::ProcessRestarted:
        if (ProcessState* process = processAt(entry.group, entry.actor); process && entry.time_us >= process->since_us)
            process->condition = ProcessCondition::Runs;
        break;
    case EntryKind::PublishFailed:
        if (!entry.order.isNull() || entry.group != 0)
            break; // Not the relay of events, or nobody tries that again: nothing would tell of the end.
        if (!m_unpublished.is_away)
            m_unpublished.since_us = entry.time_us;
        m_unpublished.is_away = true;
        m_unpublished.error = entry.detail;
        break;
    case EntryKind::EventPublished:
        m_unpublished = {};
        proveBack(m_broker, entry.time_us);
        break;
    case EntryKind::EventHandled:
        proveBack(m_database, entry.time_us);
        goOn(entry);
        break;
    case EntryKind::AttemptFailed: goOn(entry); break;
    case EntryKind::CircuitOpened:
        m_circuit = {true, entry.time_us, later(entry.time_us, entry.value), entry.detail};
        break;
    case EntryKind::CircuitClosed: m_circuit = {}; break;
    default: break;
    }
}

void Disturbances::strike(const Entry& entry, const Names& names)
{
    const Meaning& meaning = meaningOf(entry.detail, names);
    if (!meaning.is_fault)
        return;
    StrikeState news;
    news.place = placeOf(meaning.seam);
    news.group = news.place == StrikePlace::Group ? entry.group : NameId{0};
    auto place = std::find_if(m_strikes.begin(), m_strikes.end(), [&](const StrikeState& other) {
        return other.place == news.place && other.group == news.group;
    });
    if (place == m_strikes.end() && m_strikes.size() < strikes_max)
        place = m_strikes.insert(place, news);
    if (place != m_strikes.end()) {
        ++place->count;
        if (entry.time_us >= place->time_us) {
            place->actor = entry.actor;
            place->seam = meaning.seam;
            place->action = meaning.action;
            place->time_us = entry.time_us;
            place->until_us = isOnlyLate(meaning.action) ? later(entry.time_us, entry.value) : 0;
        }
    }
    if (meaning.action == FaultAction::Hang)
        hang(entry, meaning.seam);
    if (meaning.action == FaultAction::Away) {
        ServiceState& service = meaning.seam == Seam::Database ? m_database : m_broker;
        service = {true, entry.time_us, entry.value > 0 ? later(entry.time_us, entry.value) : 0, 0};
    }
}

ProcessState* Disturbances::processAt(NameId group, NameId name)
{
    if (name == 0)
        return nullptr;
    const auto found = std::find_if(m_processes.begin(), m_processes.end(), [&](const ProcessState& process) {
        return process.group == group && process.name == name;
    });
    if (found != m_processes.end())
        return &*found;
    if (m_processes.size() == processes_max)
        return nullptr;
    ProcessState process;
    process.group = group;
    process.name = name;
    return &m_processes.emplace_back(process);
}

void Disturbances::crash(const Entry& entry, const Names& names)
{
    ProcessState* process = processAt(entry.group, entry.actor);
    if (!process)
        return;
    ++process->crashes;
    process->condition = ProcessCondition::Crashed;
    process->since_us = entry.time_us;
    process->until_us = later(entry.time_us, entry.value);
    process->ends_silently = entry.group == 0 && names.text(entry.actor) == "api";
    m_hanging_handlers -= !process->event.isNull();
    process->event = {};
}

void Disturbances::hang(const Entry& entry, Seam seam)
{
    ProcessState* process = processAt(entry.group, entry.actor);
    if (!process || process->condition == ProcessCondition::Crashed)
        return;
    process->condition = ProcessCondition::Hangs;
    process->since_us = entry.time_us;
    process->until_us = later(entry.time_us, entry.value);
    process->ends_silently = true;
    m_hanging_handlers -= !process->event.isNull();
    // The process itself goes on when its time is over; a handler may be cancelled before.
    process->event = seam == Seam::HandlerEntry ? entry.event : Uuid{};
    m_hanging_handlers += !process->event.isNull();
}

/// The handler that hung over this event has ended.
void Disturbances::goOn(const Entry& entry)
{
    if (m_hanging_handlers == 0)
        return;
    for (ProcessState& process : m_processes) {
        if (process.event.isNull() || process.event != entry.event || process.name != entry.actor
            || process.group != entry.group)
            continue;
        process.event = {};
        --m_hanging_handlers;
        process.condition = ProcessCondition::Runs;
    }
}

void Disturbances::proveBack(ServiceState& service, std::int64_t time_us)
{
    if (service.is_away && time_us > service.since_us + under_way_us)
        service = {};
}

ServiceState Disturbances::at(const ServiceState& service, std::int64_t now_us)
{
    return service.until_us != 0 && now_us >= service.until_us ? ServiceState{} : service;
}

ServiceState Disturbances::broker(std::int64_t now_us) const
{
    const ServiceState told = at(m_broker, now_us);
    return told.is_away ? told : m_unpublished;
}

const ProcessState* Disturbances::findProcess(NameId group, NameId name) const
{
    const auto found = std::find_if(m_processes.begin(), m_processes.end(), [&](const ProcessState& process) {
        return process.group == group && process.name == name;
    });
    return found == m_processes.end() ? nullptr : &*found;
}

bool Disturbances::operator==(const Disturbances& other) const
{
    return m_strikes == other.m_strikes && m_processes == other.m_processes && m_database == other.m_database
           && m_broker == other.m_broker && m_unpublished == other.m_unpublished && m_circuit == other.m_circuit;
}

} // namespace orderlab
