#pragma once
#include "ui/window_memory.h"

#include <QObject>

class QMenu;

namespace orderlab::ui {

class MainWindow;

/// Where the panels are: layouts with a name, the first one, and ways to move a panel without the mouse. GUI thread.
class WindowLayouts final : public QObject {
    Q_OBJECT
public:
    /// Both outlive it.
    WindowLayouts(MainWindow& window, const WindowMemory& memory);

    /// Another layout with each panel more: one of another version is not taken.
    static int version();
    /// As they are now, which is the one that reset() goes back to. When the panels are placed, before any is restored.
    void keepFirst();
    void reset();
    /// False: it is of another version of the program, or of none. The panels stay where they are then.
    bool take(const QByteArray& panels);
    /// True where it is kept. What is wrong is told in the window.
    bool save(const QString& name);
    void askToSave();
    /// Puts the line under tabs away where there are new tabs.
    void tidyTabs();

    void fillLayouts(QMenu* menu);
    /// For the panel with the focus, else the one that had it last, else the first one.
    void fillPlaces(QMenu* menu);

private:
    void choose(const QString& name);
    void forget(const QString& name);
    void moveTo(const QString& panel, Qt::DockWidgetArea area);
    QDockWidget* chosenPanel() const;

    MainWindow& m_window;
    const WindowMemory& m_memory;
    QByteArray m_first;
};

} // namespace orderlab::ui
