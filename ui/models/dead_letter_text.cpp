#include "ui/models/dead_letter_text.h"

#include "ui/theme/core_text.h"

#include "base/utf8.h"
#include "domain/event_codec.h"
#include "ui/models/format.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace orderlab::ui {

namespace {

struct DeadLetterTextWords {
    Q_DECLARE_TR_FUNCTIONS(DeadLetterTextWords)
};

QString safe(std::string_view text)
{
    return toQt(text).toHtmlEscaped();
}

QString heading(const QString& text)
{
    return QStringLiteral("<p style='margin:7px 0 2px 0; color:%1; font-weight:600'>%2</p>")
        .arg(colours().muted.name(), text);
}

QString row(const QString& name, const QString& value)
{
    return QStringLiteral("<tr><td style='color:%1; padding-right:10px; white-space:nowrap'>%2</td><td>%3</td></tr>")
        .arg(colours().muted.name(), name, value);
}

QString title(const QString& text)
{
    return QStringLiteral("<p style='margin:0 0 3px 0; color:%1; font-weight:600'>%2</p>")
        .arg(colours().dead.name(), text);
}

QString timeLink(TimePoint time)
{
    return QStringLiteral("<a href='%1:%2' style='color:%3; text-decoration:none'>%4</a>")
        .arg(moment_scheme)
        .arg(toMicros(time))
        .arg(colours().accent.name(), clockText(toMicros(time)));
}

QString mono(const QString& text)
{
    return QStringLiteral("<span style='font-family:monospace'>%1</span>").arg(text);
}

/// Bytes that may be text or not; long ones are cut.
QString bytesHtml(const std::string& bytes)
{
    constexpr std::size_t shown_max = 4'096;
    const QByteArray shown = QByteArray::fromStdString(bytes.substr(0, shown_max));
    const bool is_text = isUtf8(bytes.substr(0, shown_max)) && !shown.contains('\0');
    const QString text = is_text ? QString::fromUtf8(shown) : QString::fromLatin1(shown.toHex(' '));
    const QString cut = bytes.size() > shown_max
                            ? QLatin1Char(' ') + DeadLetterTextWords::tr("… (%1 bytes in all)").arg(bytes.size())
                            : QString();
    return QStringLiteral("<pre style='margin:0; white-space:pre-wrap'>%1</pre>").arg((text + cut).toHtmlEscaped());
}

/// A record that is none of our events.
QString recordHtml(const DeadLetter& letter)
{
    const UndecodableRecord& record = *letter.event.undecodable;
    QString html = heading(DeadLetterTextWords::tr("Not one of our events: it can be discarded, not replayed"));
    const auto orNone = [](const std::optional<std::string>& bytes) {
        return bytes ? bytesHtml(*bytes)
                     : QStringLiteral("<p style='margin:0'>%1</p>").arg(DeadLetterTextWords::tr("none (null)"));
    };
    html += heading(DeadLetterTextWords::tr("Key")) + orNone(record.key);
    html += heading(DeadLetterTextWords::tr("Value")) + orNone(record.value);
    html += heading(DeadLetterTextWords::tr("Headers")) + QStringLiteral("<table>");
    for (const auto& [name, value] : letter.event.extensions)
        html += row(safe(name), orNone(value));
    return html + QStringLiteral("</table>");
}

QString attemptsHtml(const DeadLetter& letter)
{
    QString rows;
    for (const FailedAttempt& attempt : letter.attempts_made)
        rows += row(QStringLiteral("%1 · %2").arg(attempt.number).arg(timeLink(attempt.at)), safe(attempt.error));
    return heading(counted(letter.attempts, QT_TRANSLATE_N_NOOP("counted", "%n attempts"))) + QStringLiteral("<table>")
           + rows + QStringLiteral("</table>");
}

QString auditHtml(const DeadLetter& letter)
{
    if (letter.audit.empty())
        return {};
    QString rows;
    for (const DeadLetterAct& act : letter.audit)
        rows += row(QStringLiteral("%1 · %2").arg(timeLink(act.at), coreText(name(act.kind)).toHtmlEscaped()),
                    safe(act.by) + (act.reason.empty() ? QString() : QStringLiteral(": ") + safe(act.reason)));
    return heading(DeadLetterTextWords::tr("Decided")) + QStringLiteral("<table>") + rows + QStringLiteral("</table>");
}

} // namespace

QString dataText(const EventData& data)
{
    const QJsonDocument json = QJsonDocument::fromJson(QByteArray::fromStdString(encodeData(data)));
    return QString::fromUtf8(json.toJson(QJsonDocument::Indented)).trimmed();
}

QString letterHtml(const DeadLetter& letter)
{
    QString html = title(safe(letter.error));
    html += QStringLiteral("<table>");
    html += row(DeadLetterTextWords::tr("from"), DeadLetterTextWords::tr("%1, partition %2, offset %3")
                                                     .arg(safe(topicName(letter.event.type)))
                                                     .arg(letter.partition)
                                                     .arg(letter.offset));
    html += row(DeadLetterTextWords::tr("group"), safe(letter.group));
    if (!letter.event.order.isNull())
        html += row(DeadLetterTextWords::tr("order"), mono(safe(letter.event.order.toString())));
    html += row(DeadLetterTextWords::tr("state"), coreText(name(letter.state)).toHtmlEscaped());
    html += QStringLiteral("</table>") + attemptsHtml(letter);
    if (letter.event.undecodable)
        return html + recordHtml(letter) + auditHtml(letter);
    html += heading(DeadLetterTextWords::tr("Payload"))
            + QStringLiteral("<pre style='margin:0'>%1</pre>").arg(dataText(letter.event.data).toHtmlEscaped());
    html += heading(DeadLetterTextWords::tr("Headers")) + QStringLiteral("<table>");
    for (const Header& header : encodeHeaders(letter.event))
        html += row(safe(header.first),
                    header.second ? mono(safe(*header.second)) : DeadLetterTextWords::tr("none (null)"));
    return html + QStringLiteral("</table>") + auditHtml(letter);
}

QString causeHtml(const DeadLetterCause& cause)
{
    const QString count = cause.count == 1 ? DeadLetterTextWords::tr("One event")
                                           : counted(cause.count, QT_TRANSLATE_N_NOOP("counted", "%n events"));
    return title(safe(cause.error))
           + QStringLiteral("<p style='margin:0'>%1</p><p style='margin:7px 0 0 0; color:%2'>%3</p>")
                 .arg(DeadLetterTextWords::tr("%1 of %2 that %3 gave up on for this reason, from %4 to %5.")
                          .arg(count, safe(topicName(cause.event_type)), safe(cause.group),
                               clockText(toMicros(cause.oldest)), clockText(toMicros(cause.newest))),
                      colours().muted.name(),
                      DeadLetterTextWords::tr(
                          "They are kept whole, and nothing happens to them by itself. Mend the cause first, "
                          "then replay them: they go to %1 and to no other group, and its inbox still keeps effects "
                          "from happening twice.")
                          .arg(safe(cause.group)));
}

} // namespace orderlab::ui
