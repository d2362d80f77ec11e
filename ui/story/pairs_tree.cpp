#include "ui/story/pairs_tree.h"

#include "ui/panels/delegates.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>

namespace orderlab::ui {

namespace {

constexpr int pair_name_width = 112;

} // namespace

PairsTree::PairsTree(QWidget* parent) : QTreeWidget(parent)
{
    setColumnCount(2);
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setItemDelegate(new CellDelegate(true, this));
    setFocusPolicy(Qt::TabFocus);
    setUniformRowHeights(true);
    setTextElideMode(Qt::ElideMiddle);
    setIndentation(0);
    setFont(Theme::monoFont(11));
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&Theme::instance(), &Theme::changed, this, &PairsTree::showColours);
}

void PairsTree::setPairs(const std::vector<std::pair<QString, QString>>& pairs)
{
    clear();
    for (const auto& [name, value] : pairs) {
        auto* item = new QTreeWidgetItem(this, {name, value});
        item->setToolTip(1, value);
    }
    setColumnWidth(0, pair_name_width);
    showColours();
    fitHeight();
}

/// A text in the window's own colour follows a theme by itself.
void PairsTree::showColours()
{
    for (QTreeWidgetItemIterator it(this); *it; ++it)
        (*it)->setForeground(0, colours().muted);
}

void PairsTree::fitHeight()
{
    int height = 2;
    for (QModelIndex index = model()->index(0, 0); index.isValid(); index = indexBelow(index))
        height += sizeHintForIndex(index).height();
    setFixedHeight(height);
}

void PairsTree::keyPressEvent(QKeyEvent* event)
{
    if (const QTreeWidgetItem* item = currentItem(); item && event->matches(QKeySequence::Copy)) {
        QApplication::clipboard()->setText(item->text(0) + QStringLiteral(": ") + item->text(1));
        return;
    }
    QTreeWidget::keyPressEvent(event);
}

} // namespace orderlab::ui
