#include "ui/database/sql_edit.h"

#include "ui/database/sql_highlighter.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>

namespace orderlab::ui {

SqlEdit::SqlEdit(QWidget* parent) : QPlainTextEdit(parent), m_highlighter(new SqlHighlighter(document()))
{
    setFont(Theme::monoFont(12));
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    connect(this, &QPlainTextEdit::textChanged, this, [this] { // Colours change it, too: only letters count.
        if (m_problem >= 0 && document()->isModified()) {
            m_problem = -1;
            m_highlighter->setProblem(-1);
        }
    });
}

void SqlEdit::showProblem(int byte)
{
    const QByteArray bytes = toPlainText().toUtf8();
    m_problem = byte < 0 ? -1 : int(QString::fromUtf8(bytes.left(byte)).size());
    document()->setModified(false);
    m_highlighter->setProblem(m_problem);
    document()->setModified(false);
    if (m_problem < 0)
        return;
    QTextCursor cursor = textCursor();
    cursor.setPosition(std::min(m_problem, int(toPlainText().size())));
    setTextCursor(cursor);
}

void SqlEdit::keyPressEvent(QKeyEvent* event)
{
    const bool is_enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (is_enter && event->modifiers().testFlag(Qt::ControlModifier)) {
        Q_EMIT runWanted();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

} // namespace orderlab::ui
