#pragma once
#include <QSyntaxHighlighter>

namespace orderlab::ui {

/// Colours of SQL: keywords, texts, numbers and comments, also over several lines; and the place of a mistake. GUI
/// thread.
class SqlHighlighter final : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit SqlHighlighter(QTextDocument* document);
    /// Marks the word at this character of the text; -1: none.
    void setProblem(int position);

protected:
    void highlightBlock(const QString& text) override;

private:
    int m_problem = -1;
};

} // namespace orderlab::ui
