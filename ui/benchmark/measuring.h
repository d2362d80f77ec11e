#pragma once
#include "base/result.h"

#include <QJsonObject>
#include <QWidget>

#include <functional>
#include <vector>

namespace orderlab::ui {

/// What the parts of the window's benchmark share. All of it on the GUI thread, with the event loop running meanwhile.
namespace measuring {

/// Lets the window live for `ms`.
void runFor(int ms);
/// Lets it live until `condition` is so, which is asked after whatever has happened. Error: Timeout with `what`, after
/// two minutes.
Result<void> waitUntil(const std::function<bool()>& condition, const std::string& what);
/// The same for a state that comes and stays, in `ms` milliseconds of wall time.
Result<void> timeUntil(const std::function<bool()>& condition, const std::string& what, double& ms);

/// In milliseconds.
double wallNow();
/// Of this thread's processor time, in milliseconds: what others do on a busy machine is not in it.
double threadCpuNow();
/// Of all threads of this program.
double processCpuNow();

/// What this program has of the machine's memory, in MiB. First it gives back what it has freed.
double residentMib();

/// The smallest of `values` that at least `share` of them do not exceed; 0 where there are none.
double percentile(std::vector<double> values, double share);
/// NAME_p50, NAME_p99 and NAME_max.
void addTimes(QJsonObject& result, const QString& name, const std::vector<double>& values);

/// Tells when widgets have been painted.
class PaintWatch final : public QObject {
public:
    explicit PaintWatch(std::vector<QWidget*> widgets);
    void forget() { m_painted.assign(m_widgets.size(), false); }
    /// All of them, since forget().
    bool areAllPainted() const;

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    std::vector<QWidget*> m_widgets;
    std::vector<bool> m_painted;
};

} // namespace measuring
} // namespace orderlab::ui
