#include "invariants/evidence.h"

#include "fault_model/fault_words.h"

#include <algorithm>
#include <cstdio>

namespace orderlab {

namespace {

/// Whether an entry of this kind is out of the ordinary.
bool isNoteworthy(EntryKind kind)
{
    switch (kind) {
    case EntryKind::AttemptFailed:
    case EntryKind::GatewayFailed:
    case EntryKind::PublishFailed:
    case EntryKind::MemberLeft:
    case EntryKind::FaultInjected:
    case EntryKind::ProcessCrashed:
    case EntryKind::OffsetsReset: return true;
    default: return false;
    }
}

} // namespace

/// The best of what a search came across. A fault says more than a crash, a crash more than what followed from it.
struct Evidence::Found {
    enum class Weight : std::uint8_t {
        Nothing,
        PublishFailed,
        AttemptFailed,
        MemberLeft,
        OffsetsReset,
        Crash,
        CommonFault,
        Fault
    };
    Weight weight = Weight::Nothing;
    const Entry* entry = nullptr;
};

void Evidence::take(const Step& step)
{
    const Entry& entry = step.entry;
    if (entry.kind == EntryKind::GuaranteeSwitched) {
        const NameRoles::Role& role = m_roles(entry.detail, step.names);
        if (role.guarantee >= 0) {
            auto& switches = m_switches[std::size_t(role.guarantee)];
            switches.push_back({entry.time_us, role.guarantee_on});
            if (switches.size() > switches_max)
                switches.pop_front();
        }
        return;
    }
    if (!isNoteworthy(entry.kind))
        return;
    std::uint64_t& last = step.order != no_record ? m_facts.order(step.order).last_note : m_last_common;
    const std::size_t slot = std::size_t((m_next - 1) % notes_max);
    if (slot >= m_notes.size())
        m_notes.emplace_back();
    m_notes[slot] = {entry, last};
    last = m_next++;
}

std::string Evidence::when(std::int64_t time_us) const
{
    const double seconds = double(time_us - std::max<std::int64_t>(m_origin_us, 0)) / 1e6;
    char text[48];
    // As many decimals as tell neighbouring moments apart, and no more.
    std::snprintf(text, sizeof text, seconds < 100 ? "%.3f s" : "%.1f s", seconds);
    return text;
}

std::string Evidence::nameOf(const OrderId& order)
{
    const std::string id = order.toString();
    return "order …" + id.substr(id.size() - 8);
}

std::string Evidence::nameOf(const EventFacts& event) const
{
    const std::string topic = event.topic != 0 ? text(event.topic) : std::string("an event");
    return topic + " of "
           + (event.order != no_record ? nameOf(m_facts.order(event.order).id) : std::string("no order"));
}

bool Evidence::wasOff(Guarantee guarantee, std::int64_t from_us, std::int64_t to_us) const
{
    bool on = true;
    for (const Switch& change : m_switches[std::size_t(guarantee)]) {
        if (change.time_us > to_us)
            break;
        if (!on && change.time_us >= from_us)
            return true; // off until within the window
        on = change.on;
    }
    return !on;
}

const Evidence::Note* Evidence::note(std::uint64_t number) const
{
    if (number == 0 || number + notes_max < m_next)
        return nullptr;
    return &m_notes[std::size_t((number - 1) % notes_max)];
}

void Evidence::consider(Found& found, const Entry& entry, const CauseQuery& query) const
{
    using Weight = Found::Weight;
    if (entry.time_us > query.to_us || (query.group != 0 && entry.group != 0 && entry.group != query.group)
        || (query.actor != 0 && entry.actor != query.actor) || (!query.of_groups && entry.group != 0))
        return;
    Weight weight = Weight::Nothing;
    switch (entry.kind) {
    case EntryKind::FaultInjected: {
        const NameRoles::Role& role = m_roles(entry.detail, *m_names);
        const bool fits =
            role.seam >= 0 && ((query.seams >> unsigned(role.seam)) & 1u) != 0 && !isOnlyLate(FaultAction(role.action));
        if (fits)
            weight = entry.order.isNull() ? Weight::CommonFault : Weight::Fault;
        break;
    }
    case EntryKind::ProcessCrashed: weight = Weight::Crash; break;
    case EntryKind::OffsetsReset: weight = Weight::OffsetsReset; break;
    case EntryKind::MemberLeft: weight = Weight::MemberLeft; break;
    case EntryKind::AttemptFailed:
    case EntryKind::GatewayFailed: weight = Weight::AttemptFailed; break;
    case EntryKind::PublishFailed: weight = Weight::PublishFailed; break;
    default: break;
    }
    if (!query.of_groups && weight == Weight::AttemptFailed)
        return; // a payment's
    if (weight > found.weight)
        found = {weight, &entry};
}

std::string Evidence::cause(const CauseQuery& query) const
{
    Found found;
    const std::uint64_t starts[] = {query.order != no_record ? m_facts.order(query.order).last_note : 0, m_last_common};
    for (const std::uint64_t start : starts) {
        int steps = 0;
        for (const Note* at = note(start); at && at->entry.time_us >= query.from_us && steps < steps_max; ++steps) {
            consider(found, at->entry, query);
            at = note(at->previous);
        }
    }
    return clauseOf(found);
}

std::string Evidence::faultClause(const Entry& fault) const
{
    const NameRoles::Role& role = m_roles(fault.detail, *m_names);
    return faultWords(Seam(role.seam), FaultAction(role.action), text(fault.actor)) + " (" + text(fault.detail) + ", "
           + at(fault.time_us) + ")";
}

std::string Evidence::clauseOf(const Found& found) const
{
    using Weight = Found::Weight;
    if (!found.entry)
        return {};
    const Entry& entry = *found.entry;
    const std::string moment = ' ' + at(entry.time_us);
    switch (found.weight) {
    case Weight::Fault:
    case Weight::CommonFault: return faultClause(entry);
    case Weight::Crash: return text(entry.actor) + " was killed" + moment;
    case Weight::OffsetsReset: return "the group's offset was moved on request" + moment;
    case Weight::MemberLeft: return text(entry.actor) + " left the group" + moment;
    case Weight::AttemptFailed: return "the attempt" + moment + " failed (" + text(entry.detail) + ")";
    case Weight::PublishFailed: return "publishing failed" + moment + " (" + text(entry.detail) + ")";
    case Weight::Nothing: break;
    }
    return {};
}

std::string Evidence::because(const std::string& cause, Guarantee guarantee, bool off,
                              std::string_view consequence) const
{
    const std::string name{guaranteeWords(guarantee)};
    if (off)
        return ": " + cause + (cause.empty() ? "" : " and ") + name + " was off, " + std::string(consequence) + '.';
    if (cause.empty())
        return ", although " + name + " was on.";
    return ": " + cause + ", although " + name + " was on.";
}

} // namespace orderlab
