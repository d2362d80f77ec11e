#include "ui/worlds/simulated_fault_control.h"

#include "runtime/virtual_runtime.h"
#include "ui/worlds/worlds.h"

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr int settings_every_ms = 100;

/// As FaultInjected names it.
QString strikeName(const Fault& fault)
{
    return QString::fromStdString(std::string(name(fault.seam)) + ' ' + std::string(name(fault.action)));
}

} // namespace

SimulatedFaultControl::SimulatedFaultControl(Worlds& worlds, const FramePump& frames, const Capabilities& capabilities,
                                             QObject* parent)
    : FaultControl(capabilities, parent), m_worlds(worlds), m_frames(frames)
{
    m_guarantees = worlds.shown().scenario.guarantees;
    for (const std::string_view name : invariantNames())
        m_invariants.statuses.push_back({name, 0, {}});
    const auto stale = [this] { m_is_stale = true; };
    connect(&worlds, &Worlds::changed, this, stale);
    connect(&frames, &FramePump::momentChanged, this, stale);
    connect(&frames, &FramePump::grown, this, stale);
}

Result<int> SimulatedFaultControl::add(Fault fault)
{
    ORDERLAB_TRY(return, fault.validate());
    const QString text = QString::fromStdString(fault.toString());
    m_worlds.change(AddFault{std::move(fault)}, text);
    return 0; // Its id is known once the world is made.
}

void SimulatedFaultControl::remove(int id)
{
    if (const FaultDesk::Item* const item = m_desk.find(id))
        m_worlds.change(StopFault{item->fault}, tr("stop %1").arg(QString::fromStdString(item->fault.toString())));
}

Result<void> SimulatedFaultControl::set(const std::vector<Fault>& faults)
{
    for (const Fault& fault : faults)
        ORDERLAB_TRY(return, fault.validate());
    if (faults.empty() && m_desk.items().empty())
        return {};
    std::vector<Change::Setting> settings{StopFaults{}};
    for (const Fault& fault : faults)
        settings.emplace_back(AddFault{fault});
    m_worlds.change(std::move(settings), faults.empty() ? tr("stop all failures") : tr("other failures"));
    return {};
}

void SimulatedFaultControl::setGuarantees(const Guarantees& guarantees)
{
    std::vector<Change::Setting> settings;
    for (int i = 0; i < guarantee_count; ++i) {
        const Guarantee one = Guarantee(i);
        if (guarantees[one] != m_guarantees[one])
            settings.emplace_back(SwitchGuarantee{one, guarantees[one]});
    }
    if (settings.empty())
        return;
    const QString text = settings.size() == 1 ? settingText(settings.front()) : tr("guarantees");
    m_worlds.change(std::move(settings), text);
}

void SimulatedFaultControl::follow()
{
    if (!m_is_stale)
        return;
    m_is_stale = false;
    showSettings();
    showInvariants();
}

void SimulatedFaultControl::showSettings()
{
    const WorldSettings settings = m_worlds.settings();
    if (settings.guarantees != m_guarantees) {
        m_guarantees = settings.guarantees;
        Q_EMIT guaranteesChanged();
    }
    if (settings.faults.empty() && m_desk.items().empty())
        return;
    if (m_since_look.isValid() && !m_since_look.hasExpired(settings_every_ms)) {
        m_is_stale = true; // Until it is due.
        return;
    }
    m_since_look.start();
    FaultDesk desk;
    for (const WorldSettings::ActiveFault& active : settings.faults)
        (void)desk.add(active.fault, VirtualRuntime::epoch() + active.since); // It was checked as it was made.
    (void)desk.takeStrikes(strikesOf(desk));
    (void)desk.removeSpent(fromMicros(m_frames.nowUs()));
    const auto isShown = [](const FaultDesk::Item& shown, const FaultDesk::Item& item) {
        return shown.fault == item.fault && shown.since == item.since && shown.strikes == item.strikes;
    };
    const auto &shown = m_desk.items(), &items = desk.items();
    if (std::equal(shown.begin(), shown.end(), items.begin(), items.end(), isShown))
        return;
    m_desk = std::move(desk);
    Q_EMIT faultsChanged();
}

/// Up to the moment. Faults that do the same at the same seam share them.
std::vector<std::uint64_t> SimulatedFaultControl::strikesOf(const FaultDesk& desk) const
{
    std::vector<std::uint64_t> strikes(desk.items().size());
    std::vector<QString> names;
    for (const FaultDesk::Item& item : desk.items())
        names.push_back(strikeName(item.fault));
    for (const TimelineSummary::Mark& mark : m_frames.summary().marks()) {
        if (mark.index >= m_frames.index())
            break;
        if (mark.kind != MarkKind::Fault || mark.index < m_frames.timeline().firstIndex())
            continue;
        const QString& name = m_frames.names().text(m_frames.timeline().at(mark.index).detail);
        for (std::size_t i = 0; i < strikes.size(); ++i)
            strikes[i] += toMicros(desk.items()[i].since) <= mark.time_us && names[i] == name;
    }
    return strikes;
}

/// Those of the moment: what breaks later is still to come.
void SimulatedFaultControl::showInvariants()
{
    InvariantReport report;
    report.is_checking = true;
    for (const std::string_view name : invariantNames())
        report.statuses.push_back({name, 0, {}});
    const auto& outcome = m_worlds.shown().outcome;
    const std::int64_t now_us = m_frames.nowUs();
    if (outcome) {
        for (const Violation& violation : outcome->violations) {
            if (violation.time_us > now_us
                && !(m_frames.isWhole() && m_frames.index() == m_frames.timeline().endIndex()))
                continue;
            report.violations.push_back(violation);
            for (InvariantStatus& status : report.statuses) {
                if (status.name != violation.invariant)
                    continue;
                ++status.violations;
                if (!status.first)
                    status.first = violation;
            }
        }
    }
    const bool was_checking = m_invariants.is_checking;
    const std::uint64_t violations = report.violations.size();
    m_invariants = std::move(report);
    if (violations != std::exchange(m_violations_shown, violations) || !was_checking)
        Q_EMIT invariantsChanged();
}

} // namespace orderlab::ui
