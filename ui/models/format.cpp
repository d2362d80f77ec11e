#include "ui/models/format.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace orderlab::ui {

QString grouped(std::int64_t number)
{
    QString digits = QString::number(std::llabs(number));
    for (qsizetype i = digits.size() - 3; i > 0; i -= 3)
        digits.insert(i, QChar(0x202f));
    return number < 0 ? QStringLiteral("−") + digits : digits;
}

QString counted(std::int64_t number, const char* text)
{
    const int form = int(std::clamp<std::int64_t>(number, 0, std::numeric_limits<int>::max()));
    QString translated = QCoreApplication::translate("counted", text, nullptr, form);
    const QString plain = QString::number(form);
    const qsizetype at = translated.indexOf(plain);
    return at < 0 ? translated : translated.replace(at, plain.size(), grouped(number));
}

QString amountText(std::int64_t minor)
{
    return grouped(minor / 100) + QStringLiteral(".%1").arg(std::llabs(minor % 100), 2, 10, QLatin1Char('0'));
}

QString shortId(const Uuid& id)
{
    return QString::fromStdString(id.toString()).right(short_id_digits);
}

QString clockText(std::int64_t time_us)
{
    return QDateTime::fromMSecsSinceEpoch(time_us / 1000).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString durationText(std::int64_t us)
{
    if (us < 1'000)
        return QStringLiteral("%1 µs").arg(us);
    if (us < 100'000)
        return QStringLiteral("%1 ms").arg(double(us) / 1e3, 0, 'f', us < 10'000 ? 1 : 0);
    if (us < 60'000'000)
        return QStringLiteral("%1 s").arg(double(us) / 1e6, 0, 'f', 1);
    const std::int64_t seconds = us / 1'000'000;
    return QStringLiteral("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

QString rateText(double per_second)
{
    if (per_second > 0 && per_second < 9.95)
        return QStringLiteral("%1/s").arg(per_second, 0, 'f', 1);
    return grouped(std::llround(per_second)) + QStringLiteral("/s");
}

QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace orderlab::ui
