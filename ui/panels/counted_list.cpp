#include "ui/panels/counted_list.h"

#include "ui/panels/delegates.h"

#include <QHeaderView>
#include <QTreeWidget>

namespace orderlab::ui {

QTreeWidget* countedList(const QString& about, int width, QWidget* parent)
{
    auto* list = new QTreeWidget(parent);
    list->setAccessibleName(about);
    list->setColumnCount(2);
    list->setHeaderHidden(true);
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setAllColumnsShowFocus(true);
    list->setFixedWidth(width);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setItemDelegate(new RowDelegate(false, list));
    list->header()->setStretchLastSection(false);
    list->header()->setMinimumSectionSize(24);
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    return list;
}

} // namespace orderlab::ui
