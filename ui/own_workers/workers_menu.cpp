#include "ui/main_window.h"
#include "ui/own_workers/own_workers.h"
#include "ui/panels/allowed.h"
#include "ui/window_menus.h"

#include <QMenuBar>

namespace orderlab::ui {

void WindowMenus::makeWorkersMenu()
{
    QMenu* menu = m_bar.addMenu(MainWindow::tr("&Workers"));
    menu->setToolTipsVisible(true);
    OwnWorkers& own = m_window.ownWorkers();
    QAction* open = add(menu, MainWindow::tr("Your &own worker…"), QKeySequence(QStringLiteral("Ctrl+Shift+O")),
                        [this] { m_window.openOwnWorkers(); });
    open->setObjectName(QStringLiteral("ownWorkersAction"));
    QAction* restart = add(menu, MainWindow::tr("Start your worker &anew"),
                           QKeySequence(QStringLiteral("Ctrl+Shift+W")), [&own] { own.restart(); });
    QAction* stop = add(menu, MainWindow::tr("Back to the &built-in handler"), {}, [&own] {
        if (!own.running().empty())
            own.stop(QString::fromStdString(own.running().front().group));
    });
    const auto refresh = [&own, restart, stop] {
        const QString why_not = own.running().empty() ? MainWindow::tr("No worker of yours runs.")
                                : own.isBusy()        ? own.busyText()
                                                      : QString();
        allow(restart, why_not.isEmpty() ? own.whyNot() : why_not);
        allow(stop, why_not);
    };
    QObject::connect(&own, &OwnWorkers::changed, open, refresh);
    refresh();
}

} // namespace orderlab::ui
