#include "ui/models/fault_texts.h"

#include "ui/models/format.h"

namespace orderlab::ui {

QString seamSentence(Seam seam)
{
    switch (seam) {
    case Seam::ClientRequest:
        return QStringLiteral("On the way from the customer's program to the API: the request never arrives, or arrives twice.");
    case Seam::ClientAnswer:
        return QStringLiteral("On the way back to the customer: the order may be stored, and the customer does not know it.");
    case Seam::OrderStore:
        return QStringLiteral("The API asks the store to keep an order, and is refused: nothing is kept, the answer is 503.");
    case Seam::OrderCommitted:
        return QStringLiteral("The order is durable and nobody was told yet. Without an outbox its event exists in memory only.");
    case Seam::RelayClaim: return QStringLiteral("The relay takes rows of the outbox. They stay there whatever happens.");
    case Seam::BusAppend:
        return QStringLiteral("The broker takes events. An answer that is lost leaves open whether it has them.");
    case Seam::Published:
        return QStringLiteral("The log has the events and the outbox does not know it yet: they will be published once more.");
    case Seam::Delivery: return QStringLiteral("Events on their way to a worker come late, twice, or in another order.");
    case Seam::HandlerEntry: return QStringLiteral("A worker begins to handle an event. Nothing has happened yet.");
    case Seam::GatewayCall:
        return QStringLiteral("The payment gateway is asked. It is outside: what it did cannot be rolled back.");
    case Seam::BeforeCommit:
        return QStringLiteral("The handler is done and its effects are not durable: all of it rolls back, but not the gateway.");
    case Seam::AfterCommit:
        return QStringLiteral("The effects are durable and the offset is not: the event will be delivered again.");
    case Seam::Ack: return QStringLiteral("The offset on its way to the broker is lost, so that the event is delivered again.");
    case Seam::Worker:
        return QStringLiteral("A worker at any moment is killed, or hangs so long that the broker gives its partitions away.");
    case Seam::Database: return QStringLiteral("Every call of the database.");
    case Seam::Broker: return QStringLiteral("Every call of the broker.");
    case Seam::Network: return QStringLiteral("Every call between processes.");
    case Seam::Clock: return QStringLiteral("The system's clock jumps forward.");
    }
    return {};
}

QString actionSentence(FaultAction action)
{
    switch (action) {
    case FaultAction::None: return {};
    case FaultAction::Fail: return QStringLiteral("The step is refused, with an error that says “try again”.");
    case FaultAction::Delay: return QStringLiteral("The step takes the delay longer.");
    case FaultAction::Crash:
        return QStringLiteral("The process is killed: what it had in memory is gone. It is restarted after the delay.");
    case FaultAction::Hang: return QStringLiteral("The process stands still for the delay.");
    case FaultAction::Lose: return QStringLiteral("The message is lost: no answer, no error, until the sender's own timeout.");
    case FaultAction::Duplicate: return QStringLiteral("The message arrives twice.");
    case FaultAction::Reorder: return QStringLiteral("Neighbouring events change places, by up to the delay.");
    case FaultAction::LoseAnswer: return QStringLiteral("It is done, but the answer is lost.");
    case FaultAction::Decline: return QStringLiteral("The gateway declines the payment.");
    case FaultAction::Timeout: return QStringLiteral("No answer within the caller's patience; nothing was done.");
    case FaultAction::Away: return QStringLiteral("Nothing answers: unavailable at once.");
    case FaultAction::Jump: return QStringLiteral("The clock jumps forward by the delay.");
    case FaultAction::Throttle: return QStringLiteral("The way carries only so many bytes a second.");
    }
    return {};
}

QString wordsOf(std::string_view name) { return toQt(name).replace(QLatin1Char('-'), QLatin1Char(' ')); }

QString leftText(const FaultDesk::Item& item, TimePoint now)
{
    if (const Duration until = item.fault.start - (now - item.since); until.count() > 0)
        return QStringLiteral("begins in ") + durationText(until.count());
    QStringList parts;
    if (item.fault.count != Fault::count_unlimited)
        parts << QStringLiteral("%1 of %2 left").arg(FaultDesk::strikesLeft(item)).arg(item.fault.count);
    if (const Duration left = FaultDesk::timeLeft(item, now); left != Duration::max())
        parts << durationText(left.count()) + QStringLiteral(" left");
    return parts.join(QStringLiteral(", "));
}

const std::array<GuaranteeText, guarantee_count>& guaranteeTexts()
{
    static const std::array<GuaranteeText, guarantee_count> texts = {{
        {Guarantee::Outbox, QStringLiteral("Transactional outbox"), QStringLiteral("no dual write"),
         QStringLiteral("dual write"),
         QStringLiteral("An order and its event are stored in one transaction. Off: first the order is saved, then its event is "
                        "published; a crash in between loses the event.")},
        {Guarantee::Inbox, QStringLiteral("Inbox (deduplicate)"), QStringLiteral("effects once"),
         QStringLiteral("effects twice"),
         QStringLiteral("A worker remembers in the effect's own transaction which events it has handled. Off: an event that is "
                        "delivered twice has its effects twice.")},
        {Guarantee::AckAfterProcessing, QStringLiteral("Ack after processing"), QStringLiteral("at least once"),
         QStringLiteral("at most once"),
         QStringLiteral("The offset is committed when the effects are durable. Off: it is committed first, and a crash then "
                        "loses the event.")},
        {Guarantee::IdempotencyKey, QStringLiteral("Idempotency key"), QStringLiteral("client retries"),
         QStringLiteral("orders twice"),
         QStringLiteral("A customer who heard nothing asks again under the same key and gets the same order. Off: it orders "
                        "twice.")},
        {Guarantee::PaymentKey, QStringLiteral("Payment key"), QStringLiteral("gateway retries"),
         QStringLiteral("charges twice"),
         QStringLiteral("The gateway knows a charge again by its key. Off: a charge whose answer was lost is made again.")},
    }};
    return texts;
}

const std::array<InvariantText, 9>& invariantTexts()
{
    static const std::array<InvariantText, 9> texts = {{
        {"no-order-lost", QStringLiteral("No accepted order lost"),
         QStringLiteral("What a customer was told is accepted is stored, and what is stored gets published.")},
        {"charged-at-most-once", QStringLiteral("Charged at most once"),
         QStringLiteral("The gateway's own ledger has at most one charge, less refunds, for what a customer buys once.")},
        {"effects-happen-once", QStringLiteral("Effects happen once"),
         QStringLiteral("Each event changes the status, the statistics and the notifications once, however often it comes.")},
        {"every-event-handled-or-dead", QStringLiteral("Every event handled or dead"),
         QStringLiteral("No group's offset passes an event that it has neither handled nor put into dead letters.")},
        {"legal-status-transitions", QStringLiteral("Legal status transitions"),
         QStringLiteral("An order goes from created to paid, failed or canceled; what is final stays.")},
        {"offsets-only-advance", QStringLiteral("Offsets only advance"),
         QStringLiteral("A group's committed offset in a partition never goes back, but on request.")},
        {"per-order-sequence", QStringLiteral("Per-order sequence kept"),
         QStringLiteral("A group first handles the events of one order in the order in which they happened.")},
        {"retries-within-budget", QStringLiteral("Retries within budget"),
         QStringLiteral("An event is tried at most five times; then it is a dead letter.")},
        {"all-orders-finish", QStringLiteral("All orders finish"),
         QStringLiteral("Every order ends paid, failed, canceled or in dead letters. While the system runs, those in flight may "
                        "still do so: only the end of a run can show this one broken.")},
    }};
    return texts;
}

QString invariantTitle(std::string_view name)
{
    for (const InvariantText& text : invariantTexts()) {
        if (text.name == name)
            return text.title;
    }
    return toQt(name);
}

} // namespace orderlab::ui
