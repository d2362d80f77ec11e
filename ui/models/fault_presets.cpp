#include "ui/models/fault_presets.h"

#include "ui/models/format.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <cmath>

namespace orderlab::ui {

namespace {

struct FaultPresetsWords {
    Q_DECLARE_TR_FUNCTIONS(FaultPresetsWords)
};

using namespace std::chrono_literals;

/// "10 s", "1.5 s", "500 ms", "2 min"
QString spanText(Duration duration)
{
    const double us = double(duration.count());
    if (us >= 60e6 && std::fmod(us, 60e6) == 0)
        return QStringLiteral("%1 min").arg(us / 60e6);
    return us < 1e6 ? QStringLiteral("%1 ms").arg(us / 1e3) : QStringLiteral("%1 s").arg(us / 1e6);
}

QString timesText(std::uint32_t times)
{
    return times == 1 ? FaultPresetsWords::tr("once") : FaultPresetsWords::tr("%1 times").arg(times);
}

/// What is typed as it is shown in the language of the window, or as it is in English.
QRegularExpression typedAs(const QString& shown, const QString& english, const QString& number)
{
    const QString own = QRegularExpression::escape(shown.toLower()).replace(QStringLiteral("\\%1"), number);
    return QRegularExpression(QStringLiteral("^(?|%1|%2)$").arg(english, own));
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
    case Kind::Times: return timesText(times);
    case Kind::Time: return FaultPresetsWords::tr("for %1").arg(spanText(time));
    }
    return {};
}

Result<FaultAmount> FaultAmount::parse(const QString& text)
{
    static const QRegularExpression percent(QStringLiteral("^([0-9.]+)\\s*%$"));
    static const QRegularExpression count = typedAs(
        FaultPresetsWords::tr("%1 times"), QStringLiteral("([0-9]+)\\s*(?:times|x|×)"), QStringLiteral("([0-9]+)"));
    static const QRegularExpression span =
        typedAs(FaultPresetsWords::tr("for %1"), QStringLiteral("(?:for\\s*)?([0-9.]+)\\s*(ms|s|min)"),
                QStringLiteral("([0-9.]+)\\s*(ms|s|min)"));
    const QString typed = text.trimmed().toLower();
    const bool is_once = typed == QLatin1String("once") || typed == timesText(1).toLower();
    Fault fault;
    FaultAmount amount;
    if (const auto match = percent.match(typed); match.hasMatch()) {
        amount = {Kind::Share, match.captured(1).toDouble() / 100, 1, {}};
    } else if (is_once || count.match(typed).hasMatch()) {
        bool fits = true;
        const uint times = is_once ? 1 : count.match(typed).captured(1).toUInt(&fits);
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
    return {QStringLiteral("5 %"),
            QStringLiteral("10 %"),
            QStringLiteral("30 %"),
            QStringLiteral("100 %"),
            timesText(1),
            timesText(5),
            FaultPresetsWords::tr("for %1").arg(spanText(5s)),
            FaultPresetsWords::tr("for %1").arg(spanText(10s))};
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
        {"lose-answer", FaultPresetsWords::tr("Gateway loses answers"),
         FaultPresetsWords::tr(
             "The payment gateway takes the money, but its answer is lost. Whether it was taken is unknown: only "
             "the payment key makes a second try safe."),
         share(Seam::GatewayCall, FaultAction::LoseAnswer, 0.3)},
        {"gateway-timeout", FaultPresetsWords::tr("Gateway times out"),
         FaultPresetsWords::tr(
             "The payment gateway gives no answer, and nothing was done. The worker cannot tell this from a lost "
             "answer; it tries again after a pause."),
         share(Seam::GatewayCall, FaultAction::Timeout, 0.3)},
        {"handler-fails", FaultPresetsWords::tr("Handler fails"),
         FaultPresetsWords::tr(
             "A worker's handler fails as it begins with an event. Nothing is committed; it is tried again with a "
             "growing pause, at most five times."),
         share(Seam::HandlerEntry, FaultAction::Fail, 0.1)},
        {"deliver-twice", FaultPresetsWords::tr("Deliver twice"),
         FaultPresetsWords::tr(
             "The broker brings events once more. The inbox knows them, so their effects happen once."),
         share(Seam::Delivery, FaultAction::Duplicate, 0.1)},
        {"crash-before-ack", FaultPresetsWords::tr("Worker crashes before ack"),
         FaultPresetsWords::tr(
             "A worker is killed when its effects are durable and its offset is not: the event is delivered again. "
             "It is restarted after two seconds."),
         once(Seam::AfterCommit, FaultAction::Crash, 2s)},
        {"worker-hangs", FaultPresetsWords::tr("Worker hangs"),
         FaultPresetsWords::tr(
             "A worker stands still for five seconds while it begins with an event. Its partitions wait, or go to "
             "another member."),
         once(Seam::HandlerEntry, FaultAction::Hang, 5s)},
        {"relay-crashes", FaultPresetsWords::tr("Relay crashes after publish"),
         FaultPresetsWords::tr(
             "The relay is killed when the log has the events and the outbox does not know it yet: they are "
             "published once more."),
         once(Seam::Published, FaultAction::Crash, 2s)},
        {"reorder", FaultPresetsWords::tr("Deliveries out of order"),
         FaultPresetsWords::tr(
             "Events are late by a random time, so that those of other partitions overtake them. Within a "
             "partition the order stays."),
         share(Seam::Delivery, FaultAction::Reorder, 0.3)},
        {"broker-away", FaultPresetsWords::tr("Broker unreachable"),
         FaultPresetsWords::tr(
             "Nothing reaches the broker. Orders are accepted all the same: their events wait in the outbox."),
         lasting(Seam::Broker, FaultAction::Away, 10s)},
        {"database-away", FaultPresetsWords::tr("Database unreachable"),
         FaultPresetsWords::tr("Nothing reaches the database. Workers pause and burn no attempt; customers ask again."),
         lasting(Seam::Database, FaultAction::Away, 5s)},
        {"network-slow", FaultPresetsWords::tr("Network slow"),
         FaultPresetsWords::tr(
             "A call between processes takes 100 ms longer. Nothing is lost, but timeouts come closer."),
         share(Seam::Network, FaultAction::Delay, 0.3, 100ms)},
        {"network-narrow", FaultPresetsWords::tr("Network narrow"),
         FaultPresetsWords::tr(
             "The way carries 20 KB a second: the more a call carries, the later it is. Events wait in the "
             "outbox while "
             "the relay publishes those before them."),
         narrow(20'000, 10s)},
    };
    return presets;
}

} // namespace orderlab::ui
