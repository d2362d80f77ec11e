#pragma once
#include <QPlainTextEdit>

namespace orderlab::ui {

class SqlHighlighter;

/// A field for a statement. Ctrl+Enter runs it; Tab leaves it. GUI thread.
class SqlEdit final : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit SqlEdit(QWidget* parent);
    /// Marks the place of a mistake, a byte of the text in UTF-8, and puts the cursor there; -1: none.
    void showProblem(int byte);
    /// The character that is marked; -1: none.
    int problem() const { return m_problem; }

Q_SIGNALS:
    void runWanted();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    SqlHighlighter* m_highlighter;
    int m_problem = -1;
};

} // namespace orderlab::ui
