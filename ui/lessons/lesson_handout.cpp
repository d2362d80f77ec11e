#include "ui/lessons/lesson_handout.h"

#include "lessons/lesson_grade.h"
#include "lessons/lesson_text.h"
#include "ui/export/whole_file.h"
#include "ui/lessons/lesson_steps.h"
#include "ui/theme/theme.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPdfWriter>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextDocumentFragment>

namespace orderlab::ui {

namespace {

constexpr double text_points = 10.5, code_points = 7.5;
constexpr int picture_width = 640; ///< Of a page of 96 dots an inch.

QString inWords(const char* text)
{
    return QCoreApplication::translate("LessonHandout", text);
}

/// Black on white, whatever the window's colours are.
void addMarkdown(QTextCursor& cursor, const QString& markdown)
{
    QTextDocument part;
    part.setDefaultFont(QFont(Theme::textFont(13).families().value(0), int(text_points)));
    part.setMarkdown(markdown, QTextDocument::MarkdownNoHTML);
    for (QTextBlock block = part.begin(); block.isValid(); block = block.next()) {
        QTextCursor piece(block);
        piece.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        QTextBlockFormat format = block.blockFormat();
        const bool is_code = format.hasProperty(QTextFormat::BlockCodeFence) || format.nonBreakableLines();
        format.setNonBreakableLines(false);
        format.setTopMargin(is_code ? 0 : 4);
        format.setBottomMargin(is_code ? 0 : 4);
        piece.setBlockFormat(format);
        QTextCharFormat look;
        look.setForeground(Qt::black);
        if (is_code) {
            QFont mono = Theme::monoFont(10);
            mono.setPointSizeF(code_points);
            look.setFont(mono);
        }
        piece.mergeCharFormat(look);
    }
    cursor.insertFragment(QTextDocumentFragment(&part));
    cursor.insertBlock();
}

} // namespace

std::pair<QString, QString> handoutText(const Lesson& lesson, const PlayedWorld& world)
{
    QString first = QStringLiteral("# ") + fromCore(lesson.title) + QStringLiteral("\n\n*") + fromCore(lesson.goal)
                    + QStringLiteral("*\n\n");
    if (lesson.drill)
        first += QStringLiteral("**") + fromCore(lesson.drill->alert) + QStringLiteral("**\n\n");
    first += fromCore(lesson.told) + QStringLiteral("\n\n");
    QString second = QStringLiteral("## ") + inWords(QT_TRANSLATE_NOOP("LessonHandout", "What happened"))
                     + QStringLiteral("\n\n") + fromCore(filled(lesson.what_happened, lesson, world))
                     + QStringLiteral("\n\n## ") + inWords(QT_TRANSLATE_NOOP("LessonHandout", "Why"))
                     + QStringLiteral("\n\n") + fromCore(filled(lesson.why, lesson, world)) + QStringLiteral("\n\n## ")
                     + inWords(QT_TRANSLATE_NOOP("LessonHandout", "Answers")) + QStringLiteral("\n\n");
    for (const Prediction& prediction : lesson.predictions) {
        first += QStringLiteral("**") + fromCore(prediction.ask) + QStringLiteral("**\n\n");
        for (std::size_t i = 0; i < prediction.choices.size(); ++i)
            first += QStringLiteral("- ☐ %1  ").arg(QLatin1Char(letterOf(i))) + fromCore(prediction.choices[i].text)
                     + QLatin1Char('\n');
        first += QLatin1Char('\n');
        const std::size_t right = rightChoice(prediction, world).value_or(prediction.expected);
        second += QStringLiteral("- ") + fromCore(prediction.ask)
                  + QStringLiteral(" **%1**\n").arg(QLatin1Char(letterOf(right)));
    }
    if (lesson.puzzle) {
        first += QStringLiteral("**") + fromCore(lesson.puzzle->ask) + QStringLiteral("**\n\n");
        for (std::size_t i = 0; i < lesson.puzzle->cards.size(); ++i)
            first += QStringLiteral("- ___ %1  ").arg(QLatin1Char(letterOf(i))) + fromCore(lesson.puzzle->cards[i].text)
                     + QLatin1Char('\n');
        first += QLatin1Char('\n');
        if (const auto chain = causalChain(lesson, world)) {
            QStringList letters;
            for (const std::size_t card : *chain)
                letters << QString(QLatin1Char(letterOf(card)));
            second += QStringLiteral("- ") + fromCore(lesson.puzzle->ask) + QStringLiteral(" **")
                      + letters.join(QStringLiteral(" → ")) + QStringLiteral("**\n");
        }
    }
    if (lesson.modify) {
        first += QStringLiteral("**") + fromCore(lesson.modify->task) + QStringLiteral("**\n\n");
        QStringList changes;
        for (const Change& change : lesson.modify->solution)
            changes << QLatin1Char('`') + fromCore(toString(change.setting)) + QLatin1Char('`');
        second += QStringLiteral("- ") + fromCore(lesson.modify->task) + QLatin1Char(' ')
                  + changes.join(QStringLiteral(", ")) + QLatin1Char('\n');
    }
    if (lesson.make)
        first += QStringLiteral("**") + fromCore(lesson.make->task) + QStringLiteral("**\n\n");
    return {first, second};
}

QString writeHandout(const Lesson& lesson, const PlayedWorld& world, const std::vector<HandoutPicture>& pictures,
                     const QString& file)
{
    if (const QString why_not = whyNoFile(file); !why_not.isEmpty())
        return why_not;
    const auto [first, second] = handoutText(lesson, world);
    QTextDocument document;
    QTextCursor cursor(&document);
    addMarkdown(cursor, first);
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        const QString name = QStringLiteral("picture-%1").arg(i);
        document.addResource(QTextDocument::ImageResource, QUrl(name), pictures[i].image);
        QTextImageFormat format;
        format.setName(name);
        const QSizeF size = pictures[i].image.deviceIndependentSize();
        const double width = std::min<double>(picture_width, size.width());
        format.setWidth(width);
        format.setHeight(size.height() * width / std::max(1.0, size.width()));
        cursor.insertImage(format);
        cursor.insertBlock();
        addMarkdown(cursor, QLatin1Char('*') + pictures[i].caption + QLatin1Char('*'));
    }
    QTextBlockFormat page;
    page.setPageBreakPolicy(QTextFormat::PageBreak_AlwaysBefore); // Answers are not seen beside the questions.
    cursor.insertBlock(page);
    addMarkdown(cursor, second);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter pdf(&buffer);
        pdf.setPageSize(QPageSize(QPageSize::A4));
        pdf.setPageMargins(QMarginsF(18, 18, 18, 18), QPageLayout::Millimeter);
        pdf.setResolution(96);
        pdf.setTitle(fromCore(lesson.title));
        pdf.setCreator(QStringLiteral("Orderlab"));
        document.print(&pdf);
    }
    return writeWhole(file, bytes);
}

} // namespace orderlab::ui
