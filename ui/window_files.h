#pragma once
#include "ui/window_memory.h"

#include <QObject>

#include <functional>

class QAction;
class QMenu;

namespace orderlab::ui {

class MainWindow;

/// What the window does with files: records to one, and opens those of the past. GUI thread.
class WindowFiles final : public QObject {
    Q_OBJECT
public:
    /// Both outlive it.
    WindowFiles(MainWindow& window, const WindowMemory& memory);

    /// The window has parts anew: listens to them.
    void listen();
    /// Asks for a file and records to it.
    void record();
    /// False: it could not begin, which is told.
    bool recordTo(const QString& file, int mib);
    void stopRecording();
    /// What became of a recording that ended together with its engine is told in the next one.
    void tellOfEnd();

    /// A journal is shown, a scenario simulated.
    void open(const QString& file);
    void openRecent(const QString& file);
    void keep(const QString& file) const { m_memory.keepRecentFile(file); }
    void fillRecent(QMenu* menu);

    /// The recording that is shown becomes a scenario: what that is worth is said before it is simulated.
    void turnIntoScenario();
    /// The moment that is shown as a line and a QR code.
    void showMoment();

private:
    QAction* addRecent(QMenu* menu, const QString& text, std::function<void()> run);

    MainWindow& m_window;
    const WindowMemory& m_memory;
    QString m_ended; ///< With its engine, and not told yet.
};

} // namespace orderlab::ui
