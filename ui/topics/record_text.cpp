#include "ui/topics/record_text.h"

#include "base/utf8.h"
#include "ui/models/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace orderlab::ui {

namespace {

struct RecordTextWords {
    Q_DECLARE_TR_FUNCTIONS(RecordTextWords)
};

QString nullText()
{
    return RecordTextWords::tr("none (null)");
}

bool isPlainText(std::string_view bytes)
{
    return isUtf8(bytes) && bytes.find('\0') == std::string_view::npos;
}

QByteArray rawBytes(std::string_view bytes)
{
    return QByteArray::fromRawData(bytes.data(), qsizetype(bytes.size()));
}

/// Sixteen bytes a line, as hexdump shows them.
QString hexLines(std::string_view bytes)
{
    constexpr std::size_t line_bytes = 16;
    QString text;
    for (std::size_t at = 0; at < bytes.size(); at += line_bytes) {
        const std::string_view line = bytes.substr(at, line_bytes);
        QString letters;
        for (const char c : line)
            letters += c >= 0x20 && c < 0x7f ? QLatin1Char(c) : QLatin1Char('.');
        text += QStringLiteral("%1  %2  %3\n")
                    .arg(at, 6, 16, QLatin1Char('0'))
                    .arg(QString::fromLatin1(rawBytes(line).toHex(' ')), -int(line_bytes * 3 - 1))
                    .arg(letters);
    }
    return text;
}

} // namespace

PayloadForm formFor(const std::optional<std::string>& value)
{
    if (!value)
        return PayloadForm::Text;
    QJsonParseError error;
    QJsonDocument::fromJson(rawBytes(*value), &error);
    if (error.error == QJsonParseError::NoError)
        return PayloadForm::Json;
    return isPlainText(*value) ? PayloadForm::Text : PayloadForm::Hex;
}

QString payloadText(const std::optional<std::string>& value, PayloadForm form)
{
    if (!value)
        return nullText();
    if (value->empty())
        return RecordTextWords::tr("(empty)");
    const std::string_view shown = std::string_view(*value).substr(0, payload_shown_max);
    QString text;
    if (form == PayloadForm::Hex) {
        text = hexLines(shown);
    } else {
        const QJsonDocument json = form == PayloadForm::Json && shown.size() == value->size()
                                       ? QJsonDocument::fromJson(rawBytes(shown))
                                       : QJsonDocument();
        text = json.isNull() ? QString::fromUtf8(rawBytes(shown))
                             : QString::fromUtf8(json.toJson(QJsonDocument::Indented));
    }
    text = text.trimmed();
    if (shown.size() < value->size()) {
        text += QStringLiteral("\n")
                + RecordTextWords::tr("… the first %1 of %2 bytes")
                      .arg(grouped(std::int64_t(shown.size())), grouped(std::int64_t(value->size())));
    }
    return text;
}

QString headersText(const LogRecord& record)
{
    QStringList lines;
    for (const auto& [header, value] : record.headers)
        lines << bytesText(header, 4'096) + QStringLiteral(": ") + (value ? bytesText(value, 4'096) : nullText());
    return lines.isEmpty() ? RecordTextWords::tr("no headers") : lines.join(QLatin1Char('\n'));
}

QString bytesText(const std::optional<std::string>& bytes, std::size_t shown_max)
{
    if (!bytes)
        return QStringLiteral("–");
    const std::string_view shown = std::string_view(*bytes).substr(0, shown_max);
    QString text = isPlainText(*bytes) ? QString::fromUtf8(rawBytes(shown)).simplified()
                                       : QString::fromLatin1(rawBytes(shown).toHex(' '));
    if (shown.size() < bytes->size())
        text += QStringLiteral("…");
    return text;
}

QString recordSizeText(std::size_t bytes)
{
    if (bytes < 1'000)
        return QStringLiteral("%1 B").arg(bytes);
    if (bytes < 1'000'000)
        return QStringLiteral("%1 kB").arg(double(bytes) / 1e3, 0, 'f', 1);
    return QStringLiteral("%1 MB").arg(double(bytes) / 1e6, 0, 'f', 1);
}

QString recordJson(const QString& topic, const LogRecord& record)
{
    const auto put = [](QJsonObject& object, const QString& name, const std::optional<std::string>& bytes) {
        if (!bytes)
            object.insert(name, QJsonValue());
        else if (isPlainText(*bytes))
            object.insert(name, QString::fromUtf8(rawBytes(*bytes)));
        else
            object.insert(name + QStringLiteral("_base64"), QString::fromLatin1(rawBytes(*bytes).toBase64()));
    };
    QJsonObject headers;
    for (const auto& [header, value] : record.headers)
        put(headers, QString::fromUtf8(rawBytes(header)), value);
    QJsonObject object{{QStringLiteral("topic"), topic},
                       {QStringLiteral("partition"), int(record.partition)},
                       {QStringLiteral("offset"), qint64(record.offset)},
                       {QStringLiteral("time"), QString::fromStdString(toRfc3339(record.appended_at))},
                       {QStringLiteral("headers"), headers}};
    put(object, QStringLiteral("key"), record.key);
    const QJsonDocument value = record.value ? QJsonDocument::fromJson(rawBytes(*record.value)) : QJsonDocument();
    if (value.isObject())
        object.insert(QStringLiteral("value"), value.object());
    else
        put(object, QStringLiteral("value"), record.value);
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented));
}

Result<SeekTarget> seekTarget(const QString& typed, TimePoint started_at, TimePoint now)
{
    const QString text = typed.trimmed();
    SeekTarget target;
    static const QRegularExpression offset(QStringLiteral("^#?(\\d{1,18})$"));
    static const QRegularExpression since(QStringLiteral("^\\+?\\s*(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(us|µs|ms|s|min|h)$"));
    if (const auto match = offset.match(text); match.hasMatch()) {
        target.offset = match.captured(1).toLongLong();
        return target;
    }
    if (const auto match = since.match(text); match.hasMatch()) {
        const QString unit = match.captured(2);
        const double factor = unit == QLatin1String("ms")    ? 1e3
                              : unit == QLatin1String("s")   ? 1e6
                              : unit == QLatin1String("min") ? 60e6
                              : unit == QLatin1String("h")   ? 3600e6
                                                             : 1;
        target.time = started_at + Duration{std::int64_t(match.captured(1).toDouble() * factor)};
        return target;
    }
    const QDate today = QDateTime::fromMSecsSinceEpoch(toMicros(now) / 1'000).date();
    QDateTime time;
    for (const char* format : {"H:mm", "H:mm:ss", "H:mm:ss.zzz"}) {
        if (const QTime of_day = QTime::fromString(text, QLatin1String(format)); of_day.isValid() && !time.isValid())
            time = QDateTime(today, of_day);
    }
    if (!time.isValid() && text.contains(QLatin1Char('-')))
        time = QDateTime::fromString(QString(text).replace(QLatin1Char(' '), QLatin1Char('T')), Qt::ISODateWithMs);
    if (!time.isValid())
        return invalidArgument(
            "seek", RecordTextWords::tr("Type an offset (120), a time since the start (+1.5 s), a time of day "
                                        "(14:03:07) or a date with a time (2026-01-31 14:03).")
                        .toStdString());
    target.time = fromMicros(time.toMSecsSinceEpoch() * 1'000);
    return target;
}

} // namespace orderlab::ui
