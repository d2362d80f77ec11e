#include "ui/database/sql_highlighter.h"

#include "tables/select_text.h"
#include "ui/theme/theme.h"

#include <QTextDocument>

namespace orderlab::ui {

SqlHighlighter::SqlHighlighter(QTextDocument* document) : QSyntaxHighlighter(document)
{
    connect(&Theme::instance(), &Theme::changed, this, &QSyntaxHighlighter::rehighlight);
}

void SqlHighlighter::setProblem(int position)
{
    if (m_problem == position)
        return;
    m_problem = position;
    rehighlight();
}

/// The tokens of the whole text, which is short, of which those in this block get their colours.
void SqlHighlighter::highlightBlock(const QString& text)
{
    const QString all = document()->toPlainText();
    const QByteArray bytes = all.toUtf8();
    const int block = currentBlock().position();
    const auto place = [&](std::size_t byte) {
        return int(QString::fromUtf8(bytes.constData(), qsizetype(byte)).size());
    };
    const Palette& p = colours();
    bool is_open = false;
    for (const SqlToken& token : sqlTokens({bytes.constData(), std::size_t(bytes.size())})) {
        const int begin = place(token.begin), end = place(token.end);
        if (end <= block || begin > block + text.size())
            continue;
        is_open = is_open || end > block + text.size();
        QTextCharFormat format;
        switch (token.kind) {
        case SqlToken::Kind::Word:
            if (isSqlKeyword({bytes.constData() + token.begin, token.end - token.begin})) {
                format.setForeground(p.accent);
                format.setFontWeight(QFont::DemiBold);
            }
            break;
        case SqlToken::Kind::Text: format.setForeground(p.ok); break;
        case SqlToken::Kind::Number: format.setForeground(p.warning); break;
        case SqlToken::Kind::Comment: format.setForeground(p.faint); break;
        case SqlToken::Kind::Name:
        case SqlToken::Kind::Mark: break;
        }
        if (m_problem >= begin && m_problem < end) {
            format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
            format.setUnderlineColor(p.failure);
            format.setForeground(p.failure);
        }
        setFormat(std::max(0, begin - block), std::min(end - block, int(text.size())) - std::max(0, begin - block),
                  format);
    }
    setCurrentBlockState(is_open ? 1 : 0); // So that the next block is coloured again.
}

} // namespace orderlab::ui
