#include "ui/panels/arrow_group.h"

#include <QKeyEvent>

#include <algorithm>

namespace orderlab::ui {

void ArrowGroup::addRow(std::vector<QWidget*> controls)
{
    const bool is_first = m_rows.empty();
    for (QWidget* const control : controls) {
        control->installEventFilter(this);
        control->setFocusPolicy(Qt::ClickFocus);
    }
    m_rows.push_back(std::move(controls));
    if (is_first)
        m_rows.front().front()->setFocusPolicy(Qt::StrongFocus);
}

void ArrowGroup::makeStop(QWidget* stop)
{
    for (const auto& row : m_rows) {
        for (QWidget* const control : row)
            control->setFocusPolicy(control == stop ? Qt::StrongFocus : Qt::ClickFocus);
    }
}

bool ArrowGroup::move(QWidget* from, int key)
{
    for (std::size_t r = 0; r < m_rows.size(); ++r) {
        const auto found = std::find(m_rows[r].begin(), m_rows[r].end(), from);
        if (found == m_rows[r].end())
            continue;
        const auto column = int(found - m_rows[r].begin());
        const int last = int(m_rows.size()) - 1;
        int to_row = int(r), to_column = column;
        switch (key) {
        case Qt::Key_Up: --to_row; break;
        case Qt::Key_Down: ++to_row; break;
        case Qt::Key_Left: --to_column; break;
        case Qt::Key_Right: ++to_column; break;
        case Qt::Key_Home: to_row = to_column = 0; break;
        case Qt::Key_End: to_row = last; break;
        default: return false;
        }
        const auto& row = m_rows[std::size_t(std::clamp(to_row, 0, last))];
        row[std::size_t(std::clamp(to_column, 0, int(row.size()) - 1))]->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return false;
}

bool ArrowGroup::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::FocusIn)
        makeStop(static_cast<QWidget*>(object));
    if (event->type() == QEvent::KeyPress) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        if ((key->modifiers() & ~Qt::KeypadModifier) == 0 && move(static_cast<QWidget*>(object), key->key()))
            return true;
    }
    return QObject::eventFilter(object, event);
}

} // namespace orderlab::ui
