#include "ui/panels/list_keys.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QShortcut>
#include <QTableView>
#include <QTreeView>

namespace orderlab::ui {

namespace {

const QHeaderView* headerOf(const QAbstractItemView* view)
{
    if (const auto* const tree = qobject_cast<const QTreeView*>(view))
        return tree->header();
    const auto* const table = qobject_cast<const QTableView*>(view);
    return table ? table->horizontalHeader() : nullptr;
}

void copyRow(const QAbstractItemView* view)
{
    const QModelIndex current = view->currentIndex();
    if (!current.isValid())
        return;
    QStringList cells;
    const QHeaderView* const header = headerOf(view);
    for (int place = 0; place < view->model()->columnCount(current.parent()); ++place) {
        const int column = header ? header->logicalIndex(place) : place;
        if (!header || !header->isSectionHidden(column))
            cells << current.siblingAtColumn(column).data().toString();
    }
    QGuiApplication::clipboard()->setText(cells.join(QLatin1Char('\t')));
}

} // namespace

void giveCopyKey(QAbstractItemView* view)
{
    new QShortcut(
        QKeySequence(QKeySequence::Copy), view, view, [view] { copyRow(view); }, Qt::WidgetShortcut);
}

void giveEscapeKey(QLineEdit* field)
{
    new QShortcut(
        QKeySequence(Qt::Key_Escape), field, field, [field] { field->clear(); }, Qt::WidgetShortcut);
}

} // namespace orderlab::ui
