#include "ui/panels/held_rows.h"

#include "ui/models/format.h"
#include "ui/panels/fitted_table.h"

#include <QEvent>
#include <QPointerEvent>
#include <QPushButton>
#include <QScrollBar>

namespace orderlab::ui {

HeldRows::HeldRows(FittedTable& table) : QObject(&table), m_table(table), m_button(new QPushButton(table.viewport()))
{
    m_button->setObjectName(QStringLiteral("newRows"));
    m_button->setFocusPolicy(Qt::NoFocus); // By keyboard: Page up.
    m_button->setCursor(Qt::ArrowCursor);
    m_button->setProperty("small", true);
    m_button->hide();
    connect(m_button, &QPushButton::clicked, this, &HeldRows::toTop);
    connect(table.verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value == m_table.verticalScrollBar()->minimum())
            forgetNews();
    });
    connect(table.verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] { m_is_held_by_mouse = false; });
    table.viewport()->installEventFilter(this);
}

void HeldRows::follow(QAbstractItemModel* model)
{
    if (m_model)
        m_model->disconnect(this);
    m_model = model;
    m_anchor = QPersistentModelIndex();
    forgetNews();
    if (!model)
        return;
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this, &HeldRows::before);
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this, &HeldRows::before);
    connect(model, &QAbstractItemModel::layoutAboutToBeChanged, this, &HeldRows::before);
    connect(model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex&, int first, int last) { rowsCame(first, last); });
    connect(model, &QAbstractItemModel::rowsRemoved, this, &HeldRows::after);
    connect(model, &QAbstractItemModel::layoutChanged, this, &HeldRows::after);
    connect(model, &QAbstractItemModel::modelReset, this, &HeldRows::forgetNews);
}

QModelIndex HeldRows::anchor(bool& is_of_pointer) const
{
    const QWidget* const viewport = m_table.viewport();
    is_of_pointer = false;
    if (m_pointer) {
        const QModelIndex below = m_table.indexAt(*m_pointer);
        is_of_pointer = below.isValid();
        if (below.isValid())
            return below;
    }
    const QModelIndex current = m_table.currentIndex();
    const bool is_chosen = current.isValid() && m_table.selectionModel()->isSelected(current);
    if (m_table.hasFocus() && is_chosen && viewport->rect().intersects(m_table.visualRect(current)))
        return current;
    if (m_table.verticalScrollBar()->value() == m_table.verticalScrollBar()->minimum())
        return {};
    return m_table.indexAt(QPoint(1, 1));
}

void HeldRows::before()
{
    if (m_is_planned || !m_table.isVisible())
        return;
    bool is_of_pointer = false;
    const QModelIndex held = anchor(is_of_pointer);
    if (!held.isValid())
        return;
    if (is_of_pointer && m_table.verticalScrollBar()->value() == m_table.verticalScrollBar()->minimum())
        m_is_held_by_mouse = true;
    m_anchor = held;
    m_anchor_y = m_table.visualRect(held).top();
    m_is_planned = true;
    // Once for all that changes now, and before the next paint.
    QMetaObject::invokeMethod(this, &HeldRows::restore, Qt::QueuedConnection);
}

void HeldRows::after()
{
    if (m_is_planned && !m_anchor.isValid())
        m_is_planned = false; // Its row is gone: what is below moves up.
}

void HeldRows::rowsCame(int first, int last)
{
    if (m_anchor.isValid() && m_is_planned && first < m_anchor.row())
        m_news += last - first + 1;
}

void HeldRows::restore()
{
    if (!std::exchange(m_is_planned, false) || !m_anchor.isValid())
        return;
    m_table.executeDelayedItemsLayout(); // Else the range of the scroll bar is that of the rows before.
    m_table.updateGeometries();
    QScrollBar* const bar = m_table.verticalScrollBar();
    bar->setValue(bar->value() + m_table.rowViewportPosition(m_anchor.row()) - m_anchor_y);
    showNews();
}

void HeldRows::forgetNews()
{
    m_news = 0;
    m_button->hide();
}

void HeldRows::toTop()
{
    m_is_held_by_mouse = false;
    m_table.scrollToTop();
    forgetNews();
}

void HeldRows::showNews()
{
    if (m_news == 0 || m_table.verticalScrollBar()->value() == m_table.verticalScrollBar()->minimum())
        return forgetNews();
    m_button->setText(tr("%1 new ▲").arg(grouped(m_news)));
    m_button->setToolTip(tr("Rows that have come above; to the top"));
    m_button->adjustSize();
    m_button->move((m_table.viewport()->width() - m_button->width()) / 2, 3);
    m_button->show();
    m_button->raise();
}

bool HeldRows::eventFilter(QObject* object, QEvent* event)
{
    switch (event->type()) {
    case QEvent::Enter:
    case QEvent::MouseMove:
    case QEvent::HoverEnter:
    case QEvent::HoverMove: m_pointer = static_cast<QSinglePointEvent*>(event)->position().toPoint(); break;
    case QEvent::Wheel:
    case QEvent::MouseButtonPress: m_is_held_by_mouse = false; break;
    case QEvent::Leave:
        m_pointer.reset();
        if (std::exchange(m_is_held_by_mouse, false))
            toTop();
        break;
    case QEvent::Resize:
        if (m_button->isVisible())
            showNews();
        break;
    default: break;
    }
    return QObject::eventFilter(object, event);
}

} // namespace orderlab::ui
