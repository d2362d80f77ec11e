#include "ui/layouts/window_layouts.h"

#include "ui/main_window.h"
#include "ui/panels/panel.h"
#include "ui/panels/panel_registry.h"

#include <QDockWidget>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QTabBar>

namespace orderlab::ui {

WindowLayouts::WindowLayouts(MainWindow& window, const WindowMemory& memory) : m_window(window), m_memory(memory) {}

int WindowLayouts::version()
{
    return int(panelKinds().size()) - 3;
}

void WindowLayouts::keepFirst()
{
    m_first = m_window.saveState(version());
}

void WindowLayouts::reset()
{
    m_window.restoreState(m_first, version());
    for (std::size_t i = 0; i < m_window.panels().size(); ++i) {
        m_window.panels()[i]->setFloating(false);
        m_window.panels()[i]->setVisible(panelKinds()[i].is_shown_at_first);
    }
    m_window.fitPanels();
    tidyTabs();
}

bool WindowLayouts::take(const QByteArray& panels)
{
    const bool is_taken = m_window.restoreState(panels, version());
    tidyTabs();
    return is_taken;
}

/// The style sheet's word comes before the dock's own tab bar is set up.
void WindowLayouts::tidyTabs()
{
    for (QTabBar* bar : m_window.findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly))
        bar->setDrawBase(false);
}

bool WindowLayouts::save(const QString& typed)
{
    const QString name = typed.simplified();
    QString problem;
    if (name.isEmpty() || name.size() > WindowMemory::layout_name_max)
        problem = tr("The layout is not kept: its name must have 1 to %1 letters.").arg(WindowMemory::layout_name_max);
    else if (!m_memory.remembers())
        problem = tr("The layout is not kept: this window remembers nothing.");
    else if (!m_memory.keepNamedLayout(name, m_window.saveState(version())))
        problem = tr("The layout is not kept: there are %1 layouts, which is the most. Delete one first.")
                      .arg(WindowMemory::named_layouts_max);
    m_window.say(problem.isEmpty() ? tr("The layout “%1” is kept: View, Layouts.").arg(name) : problem);
    return problem.isEmpty();
}

void WindowLayouts::askToSave()
{
    bool is_given = false;
    const QString name = QInputDialog::getText(&m_window, tr("Keep this layout"), tr("Name of the layout"),
                                               QLineEdit::Normal, {}, &is_given);
    if (!is_given)
        return;
    if (m_memory.namedLayouts().contains(name.simplified())) {
        QMessageBox box(QMessageBox::Question, tr("Keep this layout"),
                        tr("There is a layout “%1”. Replace it?").arg(name.simplified()), QMessageBox::NoButton,
                        &m_window);
        QPushButton* const yes = box.addButton(tr("Replace"), QMessageBox::AcceptRole);
        box.setDefaultButton(box.addButton(tr("Keep it"), QMessageBox::RejectRole));
        box.exec();
        if (box.clickedButton() != yes)
            return;
    }
    save(name);
}

void WindowLayouts::choose(const QString& name)
{
    const QByteArray before = m_window.saveState(version());
    const QByteArray wanted = m_memory.namedLayout(name);
    if (!take(wanted)) {
        m_window.say(tr("The layout “%1” is of another version of the program, and is not taken.").arg(name));
        return;
    }
    m_window.did(
        tr("layout “%1”").arg(name), [this, before] { take(before); }, [this, wanted] { take(wanted); });
}

void WindowLayouts::forget(const QString& name)
{
    const QByteArray layout = m_memory.namedLayout(name);
    m_memory.forgetNamedLayout(name);
    m_window.did(
        tr("delete the layout “%1”").arg(name), [this, name, layout] { (void)m_memory.keepNamedLayout(name, layout); },
        [this, name] { m_memory.forgetNamedLayout(name); });
    m_window.say(tr("The layout “%1” is deleted. Ctrl+Z brings it back.").arg(name));
}

void WindowLayouts::fillLayouts(QMenu* menu)
{
    menu->clear();
    const QStringList names = m_memory.namedLayouts();
    const auto shown = [](QString name) { return name.replace(QLatin1Char('&'), QLatin1String("&&")); };
    for (const QString& name : names)
        connect(menu->addAction(shown(name)), &QAction::triggered, this, [this, name] { choose(name); });
    if (names.isEmpty())
        menu->addAction(tr("None has a name yet"))->setEnabled(false);
    menu->addSeparator();
    connect(menu->addAction(tr("&Keep this layout…")), &QAction::triggered, this, &WindowLayouts::askToSave);
    QMenu* const away = menu->addMenu(tr("&Delete"));
    away->setEnabled(!names.isEmpty());
    for (const QString& name : names)
        connect(away->addAction(shown(name)), &QAction::triggered, this, [this, name] { forget(name); });
    connect(menu->addAction(tr("&Reset the layout")), &QAction::triggered, &m_window, &MainWindow::resetLayout);
}

QDockWidget* WindowLayouts::chosenPanel() const
{
    QDockWidget* in_front = nullptr;
    for (Panel* const panel : m_window.panels()) {
        if (panel->isAncestorOf(m_window.focusWidget()) || panel == m_window.focusWidget())
            return panel;
        if (!in_front && panel->isSeen())
            in_front = panel;
    }
    return in_front;
}

void WindowLayouts::fillPlaces(QMenu* menu)
{
    menu->clear();
    QDockWidget* const panel = chosenPanel();
    if (!panel) {
        menu->addAction(tr("No panel is shown"))->setEnabled(false);
        return;
    }
    menu->addAction(tr("%1:", "the panel that is moved").arg(panel->windowTitle()))->setEnabled(false);
    const std::pair<Qt::DockWidgetArea, QString> areas[] = {{Qt::LeftDockWidgetArea, tr("To the &left")},
                                                            {Qt::RightDockWidgetArea, tr("To the &right")},
                                                            {Qt::BottomDockWidgetArea, tr("To the &bottom")}};
    for (const auto& [area, text] : areas) {
        QAction* const action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(!panel->isFloating() && m_window.dockWidgetArea(panel) == area);
        connect(action, &QAction::triggered, this, [this, name = panel->objectName(), to = area] { moveTo(name, to); });
    }
    QAction* const alone = menu->addAction(tr("Into a &window of its own"));
    alone->setCheckable(true);
    alone->setChecked(panel->isFloating());
    connect(alone, &QAction::triggered, this,
            [this, name = panel->objectName()] { moveTo(name, Qt::NoDockWidgetArea); });
}

/// Beside those that are there already, as a tab.
void WindowLayouts::moveTo(const QString& name, Qt::DockWidgetArea area)
{
    auto* const panel = m_window.findChild<QDockWidget*>(name);
    if (!panel)
        return;
    const QByteArray before = m_window.saveState(version());
    const auto move = [this, name, area] {
        auto* const moved = m_window.findChild<QDockWidget*>(name);
        QDockWidget* beside = nullptr;
        for (Panel* const other : m_window.panels()) {
            if (other != moved && !other->isFloating() && m_window.dockWidgetArea(other) == area && !other->isHidden())
                beside = other;
        }
        moved->setFloating(area == Qt::NoDockWidgetArea);
        if (area != Qt::NoDockWidgetArea) {
            m_window.addDockWidget(area, moved);
            if (beside)
                m_window.tabifyDockWidget(beside, moved);
        }
        moved->show();
        moved->raise();
        tidyTabs();
    };
    move();
    m_window.did(
        tr("move %1").arg(panel->windowTitle()), [this, before] { take(before); }, move);
}

} // namespace orderlab::ui
