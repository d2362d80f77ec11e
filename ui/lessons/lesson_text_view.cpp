#include "ui/lessons/lesson_text_view.h"

#include "ui/theme/theme.h"

#include <QRegularExpression>
#include <QTextBlock>
#include <QTextDocument>

namespace orderlab::ui {

QString withTimeLinks(const QString& markdown)
{
    static const QRegularExpression time(QStringLiteral("(?<![\\w.(])(\\d+\\.\\d{3}) s\\b"));
    QStringList parts = markdown.split(QStringLiteral("```"));
    for (qsizetype i = 0; i < parts.size(); i += 2) // Every second one is code.
        parts[i].replace(time, QStringLiteral("[\\1 s](orderlab-time:\\1)"));
    return parts.join(QStringLiteral("```"));
}

LessonTextView::LessonTextView(QWidget* parent) : QTextBrowser(parent)
{
    setObjectName(QStringLiteral("lessonText"));
    setAccessibleName(tr("Text of the lesson"));
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setTextInteractionFlags(Qt::TextBrowserInteraction);
    viewport()->setAutoFillBackground(false);
    document()->setDocumentMargin(0);
    connect(&Theme::instance(), &Theme::changed, this, &LessonTextView::show);
}

void LessonTextView::setText(const QString& markdown)
{
    m_text = withTimeLinks(markdown);
    show();
}

void LessonTextView::show()
{
    QTextDocument& text = *document();
    text.setDefaultFont(font());
    text.setMarkdown(m_text, QTextDocument::MarkdownNoHTML);
    const double small = font().pixelSize() > 0 ? font().pixelSize() * 0.84 : 11;
    for (QTextBlock block = text.begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        const bool is_code = format.hasProperty(QTextFormat::BlockCodeFence) || format.nonBreakableLines();
        format.setNonBreakableLines(false);
        format.setTopMargin(is_code ? 0 : 5);
        format.setBottomMargin(is_code ? 0 : 5);
        format.setLineHeight(is_code ? 118 : 132, QTextBlockFormat::ProportionalHeight);
        if (is_code)
            format.setBackground(colours().control);
        cursor.setBlockFormat(format);
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            QTextCharFormat look = part.fragment().charFormat();
            const bool is_mono = is_code || look.fontFixedPitch();
            if (!is_mono && !look.isAnchor())
                continue;
            QTextCursor piece(block);
            piece.setPosition(part.fragment().position());
            piece.setPosition(part.fragment().position() + part.fragment().length(), QTextCursor::KeepAnchor);
            QTextCharFormat more;
            if (is_mono)
                more.setFont(Theme::monoFont(small));
            if (look.isAnchor())
                more.setForeground(colours().accent);
            piece.mergeCharFormat(more);
        }
    }
    fit();
}

int LessonTextView::heightOf(int width) const
{
    document()->setTextWidth(width);
    return int(document()->size().height()) + 4;
}

void LessonTextView::fit()
{
    const int height = heightOf(std::max(40, viewport()->width()));
    if (height != minimumHeight() || height != maximumHeight())
        setFixedHeight(height);
}

void LessonTextView::resizeEvent(QResizeEvent* event)
{
    QTextBrowser::resizeEvent(event);
    fit();
}

void LessonTextView::changeEvent(QEvent* event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        show();
}

} // namespace orderlab::ui
