#pragma once
#include "ui/bridge/fault_control.h"

namespace orderlab::ui {

class Worlds;

/// Of the simulated engine: what the world's scenario says of the moment shown; each change is a change of the world at
/// that moment. GUI thread.
class SimulatedFaultControl final : public FaultControl {
    Q_OBJECT
public:
    SimulatedFaultControl(Worlds& worlds, const FramePump& frames, const Capabilities& capabilities, QObject* parent);

    Result<int> add(Fault fault) override;
    void remove(int id) override;
    Result<void> set(const std::vector<Fault>& faults) override;
    Guarantees guarantees() const override { return m_guarantees; }
    void setGuarantees(const Guarantees& guarantees) override;
    void follow() override;

private:
    void showSettings();
    void showInvariants();
    std::vector<std::uint64_t> strikesOf(const FaultDesk& desk) const;

    Worlds& m_worlds;
    const FramePump& m_frames;
    Guarantees m_guarantees;
    bool m_is_stale = true;
    QElapsedTimer m_since_look;
    std::uint64_t m_violations_shown = 0;
};

} // namespace orderlab::ui
