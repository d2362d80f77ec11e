#pragma once
#include "simulation/fate.h"
#include "ui/bridge/lab_bridge.h"
#include "ui/worlds/background.h"

namespace orderlab::ui {

/// Looks for the point of no return of a broken promise in the shown world, behind the window. GUI thread.
class FateFinder final : public QObject {
    Q_OBJECT
public:
    FateFinder(LabBridge& bridge, QObject* parent);

    /// Of the first promise that was broken for `order`; null: of all. False: none is broken.
    bool find(OrderId order);
    void cancel();
    bool isRunning() const { return m_work.isRunning(); }
    /// 0 to 1.
    double progress() const { return m_progress; }
    /// Of the shown world as it is; nothing while none is known.
    const std::optional<FateReport>& report() const { return m_report; }
    /// In a sentence or two; why it failed, or empty while none is known.
    QString sentence() const { return m_sentence; }

Q_SIGNALS:
    void changed();

private:
    void take(const Result<FateReport>& report);
    void forget();

    LabBridge& m_bridge;
    Background m_work;
    double m_progress = 0;
    std::optional<FateReport> m_report;
    QString m_sentence;
};

} // namespace orderlab::ui
