#include "ui/export/export_actions.h"

#include "ui/export/picture_export.h"
#include "ui/export/table_export.h"
#include "ui/main_window.h"
#include "ui/panels/banner.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/panel.h"
#include "ui/worlds/compare_view.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCoreApplication>
#include <QFileDialog>
#include <QInputDialog>

namespace orderlab::ui {

namespace {

struct ExportActionsWords {
    Q_DECLARE_TR_FUNCTIONS(ExportActionsWords)
};

void tell(MainWindow& window, const QString& file, const QString& problem)
{
    window.say(problem.isEmpty() ? ExportActionsWords::tr("%1 is written.").arg(file) : problem);
}

} // namespace

QString exportFileName(const QString& title)
{
    QString name = title;
    return name.replace(QLatin1Char('/'), QLatin1Char('-')) + QStringLiteral(".csv");
}

QAbstractItemView* meantTable(const MainWindow& window)
{
    for (QWidget* widget = QApplication::focusWidget(); widget; widget = widget->parentWidget()) {
        if (auto* const view = qobject_cast<QAbstractItemView*>(widget); view && window.isAncestorOf(view))
            return view;
    }
    for (const Panel* const panel : window.panels()) {
        if (window.dockWidgetArea(const_cast<Panel*>(panel)) != Qt::BottomDockWidgetArea)
            continue;
        for (QAbstractItemView* const view : panel->findChildren<QAbstractItemView*>()) {
            if (!view->visibleRegion().isEmpty() && view->model())
                return view;
        }
    }
    return nullptr;
}

void askToExportTable(MainWindow& window)
{
    const QAbstractItemView* const view = meantTable(window);
    if (!view) {
        window.say(ExportActionsWords::tr("No table is shown. Open a tab with one, such as Orders."));
        return;
    }
    const QString name = view->accessibleName().isEmpty() ? ExportActionsWords::tr("Table") : view->accessibleName();
    const QString file = QFileDialog::getSaveFileName(
        &window, ExportActionsWords::tr("Export the table “%1”").arg(name), exportFileName(name),
        ExportActionsWords::tr("Comma-separated values (*.csv);;JSON (*.json)"));
    if (!file.isEmpty())
        tell(window, file, exportTable(*view->model(), file));
}

void askToExportPicture(MainWindow& window)
{
    QWidget* picture = &window.canvas().view();
    if (window.compareView())
        picture = window.compareView();
    const QString flow =
        window.compareView() ? ExportActionsWords::tr("both worlds") : ExportActionsWords::tr("event flow");
    const QString story = ExportActionsWords::tr("order story");
    auto* const sequence = window.findChild<QAbstractScrollArea*>(QStringLiteral("sequenceView"));
    if (sequence && sequence->isVisible()) {
        bool is_chosen = false;
        const QString what = QInputDialog::getItem(&window, ExportActionsWords::tr("Export a picture"),
                                                   ExportActionsWords::tr("Of"), {flow, story}, 0, false, &is_chosen);
        if (!is_chosen)
            return;
        if (what == story)
            picture = sequence->viewport();
    }
    const QString file = QFileDialog::getSaveFileName(&window, ExportActionsWords::tr("Export a picture"),
                                                      QStringLiteral("orderlab.svg"),
                                                      ExportActionsWords::tr("Pictures (*.svg *.pdf *.png)"));
    if (!file.isEmpty())
        tell(window, file, exportPicture(*picture, file));
}

} // namespace orderlab::ui
