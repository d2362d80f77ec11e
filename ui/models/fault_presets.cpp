#include "ui/models/fault_presets.h"

#include "ui/models/format.h"

#include <QRegularExpression>

#include <cmath>

namespace orderlab::ui {

namespace {

using namespace std::chrono_literals;

/// "10 s", "1.5 s", "500 ms", "2 min"
QString spanText(Duration duration)
{
    const double us = double(duration.count());
    if (us >= 60e6 && std::fmod(us, 60e6) == 0)
        return QStringLiteral("%1 min").arg(us / 60e6);
    return us < 1e6 ? QStringLiteral("%1 ms").arg(us / 1e3) : QStringLiteral("%1 s").arg(us / 1e6);
}

Fault share(Seam seam, FaultAction action, double probability, Duration delay = 1s)
{
    Fault fault;
    fault.seam = seam;
    fault.action = action;
    fault.probability = probability;
    fault.delay = delay;
    return fault;
}

Fault once(Seam seam, FaultAction action, Duration delay)
{
    Fault fault = share(seam, action, 1, delay);
    fault.count = 1;
    return fault;
}

Fault lasting(Seam seam, FaultAction action, Duration time)
{
    Fault fault = share(seam, action, 1);
    fault.length = time;
    return fault;
}

Fault narrow(std::uint64_t bytes_per_second, Duration time)
{
    Fault fault = lasting(Seam::Network, FaultAction::Throttle, time);
    fault.bytes_per_second = bytes_per_second;
    return fault;
}

} // namespace

QString FaultAmount::text() const
{
    switch (kind) {
    case Kind::Share: return QStringLiteral("%1 %").arg(share * 100, 0, 'g', 4);
    case Kind::Times: return times == 1 ? QStringLiteral("once") : QStringLiteral("%1 times").arg(times);
    case Kind::Time: return QStringLiteral("for ") + spanText(time);
    }
    return {};
}

Result<FaultAmount> FaultAmount::parse(const QString& text)
{
    static const QRegularExpression percent(QStringLiteral("^([0-9.]+)\\s*%$"));
    static const QRegularExpression count(QStringLiteral("^([0-9]+)\\s*(?:times|x|×)$"));
    static const QRegularExpression span(QStringLiteral("^(?:for\\s*)?([0-9.]+)\\s*(ms|s|min)$"));
    const QString typed = text.trimmed().toLower();
    Fault fault;
    FaultAmount amount;
    if (const auto match = percent.match(typed); match.hasMatch()) {
        amount = {Kind::Share, match.captured(1).toDouble() / 100, 1, {}};
    } else if (typed == QLatin1String("once") || count.match(typed).hasMatch()) {
        bool fits = true;
        const uint times = typed == QLatin1String("once") ? 1 : count.match(typed).captured(1).toUInt(&fits);
        if (!fits || times == Fault::count_unlimited)
            return invalidArgument("count", "is too large");
        amount = {Kind::Times, 1, times, {}};
    } else if (const auto time = span.match(typed); time.hasMatch()) {
        const auto duration = parseDuration((time.captured(1) + time.captured(2)).toStdString());
        if (!duration)
            return duration.error();
        amount = {Kind::Time, 1, 1, *duration};
    } else {
        return invalidArgument("amount", "must be like 30 %, once, 5 times or for 10 s");
    }
    amount.applyTo(fault);
    ORDERLAB_TRY(return, fault.validate());
    return amount;
}

FaultAmount FaultAmount::of(const Fault& fault)
{
    if (fault.count != Fault::count_unlimited)
        return {Kind::Times, 1, fault.count, {}};
    if (fault.length != Duration::max())
        return {Kind::Time, 1, 1, fault.length};
    return {Kind::Share, fault.probability, 1, {}};
}

void FaultAmount::applyTo(Fault& fault) const
{
    fault.probability = kind == Kind::Share ? share : 1;
    fault.count = kind == Kind::Times ? times : Fault::count_unlimited;
    fault.length = kind == Kind::Time ? time : Duration::max();
}

QStringList amountChoices()
{
    return {QStringLiteral("5 %"),  QStringLiteral("10 %"),    QStringLiteral("30 %"),    QStringLiteral("100 %"),
            QStringLiteral("once"), QStringLiteral("5 times"), QStringLiteral("for 5 s"), QStringLiteral("for 10 s")};
}

bool FaultPreset::matches(const Fault& other) const
{
    Fault same = other;
    FaultAmount::of(fault).applyTo(same);
    return same == fault;
}

const std::vector<FaultPreset>& faultPresets()
{
    static const std::vector<FaultPreset> presets = {
        {"lose-answer", QStringLiteral("Gateway loses answers"),
         QStringLiteral(
             "The payment gateway takes the money, but its answer is lost. Whether it was taken is unknown: only "
             "the payment key makes a second try safe."),
         share(Seam::GatewayCall, FaultAction::LoseAnswer, 0.3)},
        {"gateway-timeout", QStringLiteral("Gateway times out"),
         QStringLiteral(
             "The payment gateway gives no answer, and nothing was done. The worker cannot tell this from a lost "
             "answer; it tries again after a pause."),
         share(Seam::GatewayCall, FaultAction::Timeout, 0.3)},
        {"handler-fails", QStringLiteral("Handler fails"),
         QStringLiteral(
             "A worker's handler fails as it begins with an event. Nothing is committed; it is tried again with a "
             "growing pause, at most five times."),
         share(Seam::HandlerEntry, FaultAction::Fail, 0.1)},
        {"deliver-twice", QStringLiteral("Deliver twice"),
         QStringLiteral("The broker brings events once more. The inbox knows them, so their effects happen once."),
         share(Seam::Delivery, FaultAction::Duplicate, 0.1)},
        {"crash-before-ack", QStringLiteral("Worker crashes before ack"),
         QStringLiteral(
             "A worker is killed when its effects are durable and its offset is not: the event is delivered again. "
             "It is restarted after two seconds."),
         once(Seam::AfterCommit, FaultAction::Crash, 2s)},
        {"worker-hangs", QStringLiteral("Worker hangs"),
         QStringLiteral(
             "A worker stands still for five seconds while it begins with an event. Its partitions wait, or go to "
             "another member."),
         once(Seam::HandlerEntry, FaultAction::Hang, 5s)},
        {"relay-crashes", QStringLiteral("Relay crashes after publish"),
         QStringLiteral("The relay is killed when the log has the events and the outbox does not know it yet: they are "
                        "published once more."),
         once(Seam::Published, FaultAction::Crash, 2s)},
        {"reorder", QStringLiteral("Deliveries out of order"),
         QStringLiteral("Events are late by a random time, so that those of other partitions overtake them. Within a "
                        "partition the order stays."),
         share(Seam::Delivery, FaultAction::Reorder, 0.3)},
        {"broker-away", QStringLiteral("Broker unreachable"),
         QStringLiteral(
             "Nothing reaches the broker. Orders are accepted all the same: their events wait in the outbox."),
         lasting(Seam::Broker, FaultAction::Away, 10s)},
        {"database-away", QStringLiteral("Database unreachable"),
         QStringLiteral("Nothing reaches the database. Workers pause and burn no attempt; customers ask again."),
         lasting(Seam::Database, FaultAction::Away, 5s)},
        {"network-slow", QStringLiteral("Network slow"),
         QStringLiteral("A call between processes takes 100 ms longer. Nothing is lost, but timeouts come closer."),
         share(Seam::Network, FaultAction::Delay, 0.3, 100ms)},
        {"network-narrow", QStringLiteral("Network narrow"),
         QStringLiteral("The way carries 20 KB a second: the more a call carries, the later it is. Events wait in the "
                        "outbox while "
                        "the relay publishes those before them."),
         narrow(20'000, 10s)},
    };
    return presets;
}

} // namespace orderlab::ui
