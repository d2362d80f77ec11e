#pragma once
#include "ui/bridge/capabilities.h"
#include "ui/bridge/frame_pump.h"
#include "ui/bridge/system_core.h"
#include "ui/models/fault_desk.h"
#include "ui/models/invariant_report.h"

#include <QElapsedTimer>

namespace orderlab::ui {

/// Failures that are injected, guarantees that are switched off, and what both do to the invariants. This class is of a
/// system that is only watched: it refuses every change, and nothing is checked. GUI thread.
class FaultControl : public QObject {
    Q_OBJECT
public:
    FaultControl(const Capabilities& capabilities, QObject* parent) : QObject(parent), m_capabilities(capabilities) {}

    /// The failures that are injected, and how often each has struck. One that has used up its count or its time goes.
    const std::vector<FaultDesk::Item>& items() const { return m_desk.items(); }
    /// Those that have gone so, the last one last.
    const std::vector<FaultDesk::Item>& spent() const { return m_desk.spent(); }
    const FaultDesk::Item* find(int id) const { return m_desk.find(id); }
    /// Injects one more; its time starts now. Also before the start. Its id. Errors: InvalidArgument with the member's
    /// name; Conflict where it cannot be asked.
    virtual Result<int> add(Fault fault);
    virtual void remove(int id);
    /// Replaces all; all or nothing. Errors as add(); no error where there are none and none are asked for.
    virtual Result<void> set(const std::vector<Fault>& faults);
    void stopAll() { (void)set({}); }

    virtual Guarantees guarantees() const { return {}; }
    /// Also before the start. guaranteesChanged() tells what is in force.
    virtual void setGuarantees(const Guarantees& guarantees);

    /// As they stood at the last frame. No statuses where nothing checks them.
    const InvariantReport& invariants() const { return m_invariants; }

    /// Once a frame, before it is shown.
    virtual void note(std::span<const Entry>) {}
    /// Once a frame: takes strikes, lets go what is spent.
    virtual void follow() {}
    /// The system runs: from now on the invariants are checked.
    void beginChecking() { m_invariants.is_checking = true; }

Q_SIGNALS:
    /// Something was asked for that the next frame may show.
    void asked();
    /// Which failures are on, or how often one has struck.
    void faultsChanged();
    void guaranteesChanged();
    /// An invariant was broken.
    void invariantsChanged();
    /// A sentence for a person.
    void failed(const QString& problem);

protected:
    const Capabilities& m_capabilities;
    FaultDesk m_desk;
    InvariantReport m_invariants;
};

/// Of a Lab in this process. Its plan may be asked and set on any thread at any time, so these go straight to it.
class LabFaultControl final : public FaultControl {
    Q_OBJECT
public:
    LabFaultControl(LabCore& core, const Capabilities& capabilities, QObject* parent);

    Result<int> add(Fault fault) override;
    void remove(int id) override;
    Result<void> set(const std::vector<Fault>& faults) override;
    Guarantees guarantees() const override;
    void setGuarantees(const Guarantees& guarantees) override;
    void note(std::span<const Entry> fresh) override;
    void follow() override;

private:
    void apply();
    TimePoint now() const { return m_core.runtime.now(); }

    LabCore& m_core;
    QElapsedTimer m_since_strikes;
    QElapsedTimer m_since_invariants;
};

} // namespace orderlab::ui
