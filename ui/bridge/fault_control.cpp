#include "ui/bridge/fault_control.h"

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr int strikes_every_ms = 100;
constexpr int invariants_every_ms = 500; ///< Of violations that are only counted, as there were many before.

} // namespace

// A system that is only watched ---------------------------------------------------------------------------------------

Result<int> FaultControl::add(Fault)
{
    return m_capabilities.refusal(Ask::InjectFailures);
}

void FaultControl::remove(int) {}

Result<void> FaultControl::set(const std::vector<Fault>& faults)
{
    if (faults.empty())
        return {};
    return m_capabilities.refusal(Ask::InjectFailures);
}

void FaultControl::setGuarantees(const Guarantees&)
{
    Q_EMIT guaranteesChanged(); // So that what was clicked shows what is.
}

// A Lab in this process -----------------------------------------------------------------------------------------------

LabFaultControl::LabFaultControl(LabCore& core, const Capabilities& capabilities, QObject* parent)
    : FaultControl(capabilities, parent), m_core(core)
{
    m_invariants.statuses = core.lab.invariants();
}

Result<int> LabFaultControl::add(Fault fault)
{
    m_desk.takeStrikes(m_core.lab.faults().strikes());
    auto id = m_desk.add(std::move(fault), now());
    if (id)
        apply();
    return id;
}

void LabFaultControl::remove(int id)
{
    m_desk.takeStrikes(m_core.lab.faults().strikes());
    if (m_desk.remove(id))
        apply();
}

Result<void> LabFaultControl::set(const std::vector<Fault>& faults)
{
    FaultDesk tried;
    for (const Fault& fault : faults) {
        if (auto added = tried.add(fault, now()); !added)
            return added.error();
    }
    m_desk.clear();
    for (const Fault& fault : faults)
        (void)m_desk.add(fault, now()); // The desk above has taken the same.
    apply();
    return {};
}

void LabFaultControl::apply()
{
    Q_EMIT asked();
    const auto set = m_core.lab.faults().setFaults(m_desk.plan(now()));
    if (!set)
        Q_EMIT failed(tr("The failures were not changed. %1").arg(sentence(set.error())));
    Q_EMIT faultsChanged();
}

Guarantees LabFaultControl::guarantees() const
{
    return m_core.lab.faults().guarantees();
}

void LabFaultControl::setGuarantees(const Guarantees& guarantees)
{
    Q_EMIT asked();
    m_core.lab.faults().setGuarantees(guarantees);
    Q_EMIT guaranteesChanged();
}

/// The watch journals what it has found after it has kept it, so it need not be asked before.
void LabFaultControl::note(std::span<const Entry> fresh)
{
    const bool is_told = std::any_of(fresh.begin(), fresh.end(),
                                     [](const Entry& entry) { return entry.kind == EntryKind::InvariantViolated; });
    const bool is_due = !m_invariants.violations.empty() && m_since_invariants.hasExpired(invariants_every_ms);
    if (!is_told && !is_due)
        return;
    m_since_invariants.start();
    m_invariants.statuses = m_core.lab.invariants();
    if (is_told)
        m_invariants.violations = m_core.lab.violations();
    Q_EMIT invariantsChanged();
}

void LabFaultControl::follow()
{
    const bool due = !m_since_strikes.isValid() || m_since_strikes.elapsed() >= strikes_every_ms;
    if (m_desk.items().empty() || !due)
        return;
    m_since_strikes.start();
    const bool struck = m_desk.takeStrikes(m_core.lab.faults().strikes());
    if (m_desk.removeSpent(now()))
        apply();
    else if (struck)
        Q_EMIT faultsChanged();
}

} // namespace orderlab::ui
