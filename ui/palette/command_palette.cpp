#include "ui/palette/command_palette.h"

#include "ui/main_window.h"
#include "ui/panels/delegates.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace orderlab::ui {

CommandPalette::CommandPalette(MainWindow& window) : QDialog(&window), m_window(window)
{
    setObjectName(QStringLiteral("commandPalette"));
    setWindowTitle(tr("Go to anything"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 10);
    m_text = new QLineEdit(this);
    m_text->setObjectName(QStringLiteral("paletteText"));
    m_text->setAccessibleName(tr("What to go to or do"));
    m_text->setPlaceholderText(tr("an action, a panel, an order, a customer, a group, a time such as 1.083"));
    m_text->installEventFilter(this);
    column->addWidget(m_text);
    m_list = new QTreeWidget(this);
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_list->setAccessibleName(tr("What fits"));
    m_list->setColumnCount(3);
    m_list->header()->hide();
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setItemDelegate(new RowDelegate(false, m_list));
    m_list->setColumnWidth(0, 330);
    m_list->setColumnWidth(1, 80);
    column->addWidget(m_list);
    resize(560, 420);
    move(window.frameGeometry().center().x() - width() / 2, window.frameGeometry().top() + 90);
    connect(m_text, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_text, &QLineEdit::returnPressed, this, &CommandPalette::run);
    connect(m_list, &QTreeWidget::itemClicked, this, &CommandPalette::run);
    fill();
}

void CommandPalette::fill()
{
    m_items = paletteItems(m_window, m_text->text());
    m_list->clear();
    for (const PaletteItem& item : m_items) {
        auto* row = new QTreeWidgetItem(m_list, {item.title, item.kind, item.hint});
        row->setForeground(1, colours().muted);
        row->setForeground(2, colours().muted);
        row->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
        row->setToolTip(0, item.title);
    }
    m_list->setCurrentItem(m_list->topLevelItem(0));
}

/// After it has gone: what is done may make the window anew.
void CommandPalette::run()
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    if (row < 0)
        return;
    QMetaObject::invokeMethod(&m_window, m_items[std::size_t(row)].run, Qt::QueuedConnection);
    accept();
}

bool CommandPalette::eventFilter(QObject* object, QEvent* event)
{
    if (object != m_text || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(object, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    int by = 0;
    switch (key) {
    case Qt::Key_Down: by = 1; break;
    case Qt::Key_Up: by = -1; break;
    case Qt::Key_PageDown: by = 8; break;
    case Qt::Key_PageUp: by = -8; break;
    default: return QDialog::eventFilter(object, event);
    }
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    const int last = m_list->topLevelItemCount() - 1;
    if (last >= 0)
        m_list->setCurrentItem(m_list->topLevelItem(std::clamp(row + by, 0, last)));
    return true;
}

} // namespace orderlab::ui
