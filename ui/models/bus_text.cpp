#include "ui/models/bus_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace orderlab::ui {

namespace {

struct BusTextWords {
    Q_DECLARE_TR_FUNCTIONS(BusTextWords)
};

constexpr qsizetype brokers_max = 1'000;

/// "host:9092" or "[::1]:9092".
bool isAddress(const QString& address)
{
    const qsizetype colon = address.lastIndexOf(QLatin1Char(':'));
    bool is_number = false;
    const int port = address.mid(colon + 1).toInt(&is_number);
    const QString host = address.left(colon);
    const bool is_bracketed = host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']'));
    const bool has_other = host.contains(QLatin1Char(' ')) || host.contains(QLatin1Char('/'))
                           || (!is_bracketed && host.contains(QLatin1Char(':')));
    return colon > 0 && is_number && port >= 1 && port <= 65'535 && !has_other;
}

} // namespace

QString busName(const BusChoice& choice)
{
    switch (choice.kind) {
    case BusKind::Memory: return BusTextWords::tr("the in-memory bus");
    case BusKind::EmbeddedKafka: return BusTextWords::tr("Kafka in this process");
    case BusKind::Kafka: break;
    }
    return BusTextWords::tr("Kafka at %1").arg(choice.brokers);
}

QString aboutBus(const BusChoice& choice)
{
    switch (choice.kind) {
    case BusKind::Memory:
        return BusTextWords::tr(
            "Events travel through a log in this process, with topics, partitions, consumer groups and offsets as "
            "Kafka has them. Gone at exit; what was not done is published again at the next start.");
    case BusKind::EmbeddedKafka:
        return BusTextWords::tr(
            "Kafka's protocol with three brokers in this process: nothing to install, gone at exit. A partition "
            "keeps at most 5 MiB or 100,000 messages; the relay waits rather than overrun it.");
    case BusKind::Kafka: break;
    }
    return BusTextWords::tr(
               "Events travel through the Kafka cluster at %1; workers in other processes may share the load.")
        .arg(choice.brokers);
}

QString busProblem(const BusChoice& choice, const Error& error)
{
    QString reason = QString::fromStdString(error.message);
    // The hint that follows names options of the command line; here there are others to choose.
    const qsizetype hint = reason.indexOf(QLatin1String(": start one, name another"));
    const bool is_away = choice.kind == BusKind::Kafka && hint >= 0;
    if (is_away)
        reason.truncate(hint);
    if (!reason.isEmpty())
        reason[0] = reason[0].toUpper();
    if (!reason.endsWith(QLatin1Char('.')))
        reason += QLatin1Char('.');
    if (is_away)
        reason += QLatin1Char(' ')
                  + BusTextWords::tr("Start one there, choose another address, or take Kafka in this process.");
    else if (error.retry == Retry::Later)
        reason += QLatin1Char(' ') + BusTextWords::tr("Try again in a moment.");
    return reason;
}

QString brokersProblem(const QString& brokers)
{
    const QString text = brokers.trimmed();
    if (text.isEmpty())
        return BusTextWords::tr("Name at least one broker, as in localhost:9092.");
    if (text.size() > brokers_max)
        return BusTextWords::tr("That is too long: one or two brokers are enough, they tell of the others.");
    const QStringList addresses = text.split(QLatin1Char(','));
    for (const QString& address : addresses) {
        if (!isAddress(address.trimmed()))
            return BusTextWords::tr("“%1” is no HOST:PORT, as in localhost:9092.").arg(address.trimmed().left(40));
    }
    return {};
}

} // namespace orderlab::ui
