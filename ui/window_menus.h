#pragma once
#include "ui/bridge/capabilities.h"

#include <QCoreApplication>
#include <QKeySequence>
#include <QList>

#include <functional>
#include <optional>

class QAction;
class QMenu;
class QMenuBar;

namespace orderlab::ui {

class MainWindow;

/// The window's menus and their shortcuts. What the system cannot be asked is disabled, with the reason. GUI thread.
class WindowMenus {
    Q_DECLARE_TR_FUNCTIONS(orderlab::ui::WindowMenus)

public:
    /// Puts the menus into `bar`. `window` has its panels already, and outlives this.
    WindowMenus(MainWindow& window, QMenuBar& bar);
    ~WindowMenus();
    WindowMenus(const WindowMenus&) = delete;
    WindowMenus& operator=(const WindowMenus&) = delete;

    /// All with a key of their own.
    const QList<QAction*>& shortcuts() const { return m_shortcuts; }

private:
    void makeFileMenu();
    void makeEditMenu();
    void makeRecording(QMenu* file);
    void makeOfRecording(QMenu* file);
    void makeViewMenu();
    void makeThemes(QMenu* view);
    void makeLayouts(QMenu* view);
    void makeZoom(QMenu* view);
    void makeMotion(QMenu* view);
    void makeRegions(QMenu* view);
    void makePlaces(QMenu* view);
    void makeFailuresMenu();
    void makeBusMenu();
    void makeWorkersMenu();
    void makeScenarios(QMenu* menu);
    void makeTimeMenu();
    void makeLearnMenu();
    void makeHelpMenu();
    /// `ask`: what it asks of the system.
    QAction* add(QMenu* menu, const QString& text, const QKeySequence& keys, std::function<void()> run,
                 std::optional<Ask> ask = {});
    void later(std::function<void()> run);
    void take(QMenu* menu, QAction* action);

    MainWindow& m_window;
    QMenuBar& m_bar;
    QList<QAction*> m_shortcuts; ///< For the dialog that lists them.
};

} // namespace orderlab::ui
