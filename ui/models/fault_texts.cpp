#include "ui/models/fault_texts.h"

#include "ui/models/format.h"

#include <QCoreApplication>

namespace orderlab::ui {

QString seamSentence(Seam seam)
{
    return toQt(row(seam).sentence);
}

QString actionSentence(FaultAction action)
{
    return toQt(row(action).sentence);
}

QString seamTitle(Seam seam)
{
    const auto text = [](const char* words) { return QCoreApplication::translate("FaultTexts", words); };
    switch (seam) {
    case Seam::ClientRequest: return text("A request is on its way to the API");
    case Seam::ClientAnswer: return text("The answer is on its way to the customer");
    case Seam::OrderStore: return text("The API stores an order");
    case Seam::OrderCommitted: return text("An order is stored, and nobody knows yet");
    case Seam::RelayClaim: return text("The relay takes events from the outbox");
    case Seam::BusAppend: return text("The broker takes events");
    case Seam::Published: return text("Events are published, not yet marked so");
    case Seam::Delivery: return text("Events are on their way to a worker");
    case Seam::HandlerEntry: return text("A worker begins with an event");
    case Seam::GatewayCall: return text("The payment gateway is asked");
    case Seam::BeforeCommit: return text("A worker is done, and nothing is stored yet");
    case Seam::AfterCommit: return text("All is stored, and the offset is not");
    case Seam::Ack: return text("The offset is on its way to the broker");
    case Seam::Worker: return text("A worker, at any moment");
    case Seam::Database: return text("The database, at every call");
    case Seam::Broker: return text("The broker, at every call");
    case Seam::Network: return text("The network between all processes");
    case Seam::Clock: return text("The system's clock");
    }
    return {};
}

QString actionTitle(FaultAction action)
{
    const auto text = [](const char* words) { return QCoreApplication::translate("FaultTexts", words); };
    switch (action) {
    case FaultAction::None: return {};
    case FaultAction::Fail: return text("It fails");
    case FaultAction::Delay: return text("It takes longer");
    case FaultAction::Crash: return text("The process is killed");
    case FaultAction::Hang: return text("The process stands still");
    case FaultAction::Lose: return text("The message is lost");
    case FaultAction::Duplicate: return text("The message comes twice");
    case FaultAction::Reorder: return text("Neighbours change places");
    case FaultAction::LoseAnswer: return text("Done, but the answer is lost");
    case FaultAction::Decline: return text("The payment is declined");
    case FaultAction::Timeout: return text("No answer in time");
    case FaultAction::Away: return text("Nothing answers");
    case FaultAction::Jump: return text("The clock jumps forward");
    case FaultAction::Throttle: return text("Only so many bytes a second");
    }
    return {};
}

SeamKnows knownAt(Seam seam)
{
    switch (seam) {
    case Seam::ClientRequest: return {.event = true, .customer = true};
    case Seam::ClientAnswer:
    case Seam::OrderStore:
    case Seam::OrderCommitted:
    case Seam::BusAppend: return {.event = true, .customer = true, .order = true};
    case Seam::RelayClaim:
    case Seam::Published: return {.event = true, .worker = true, .customer = true, .order = true};
    case Seam::GatewayCall: return {.event = true, .group = true, .customer = true, .order = true};
    case Seam::Delivery:
    case Seam::HandlerEntry:
    case Seam::BeforeCommit:
    case Seam::AfterCommit:
    case Seam::Ack: return {true, true, true, true, true};
    case Seam::Worker: return {.group = true, .worker = true};
    case Seam::Database:
    case Seam::Broker:
    case Seam::Network:
    case Seam::Clock: return {};
    }
    return {};
}

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
         QStringLiteral(
             "An order and its event are stored in one transaction. Off: first the order is saved, then its event is "
             "published; a crash in between loses the event.")},
        {Guarantee::Inbox, QStringLiteral("Inbox (deduplicate)"), QStringLiteral("effects once"),
         QStringLiteral("effects twice"),
         QStringLiteral(
             "A worker remembers in the effect's own transaction which events it has handled. Off: an event that is "
             "delivered twice has its effects twice.")},
        {Guarantee::AckAfterProcessing, QStringLiteral("Ack after processing"), QStringLiteral("at least once"),
         QStringLiteral("at most once"),
         QStringLiteral(
             "The offset is committed when the effects are durable. Off: it is committed first, and a crash then "
             "loses the event.")},
        {Guarantee::IdempotencyKey, QStringLiteral("Idempotency key"), QStringLiteral("client retries"),
         QStringLiteral("orders twice"),
         QStringLiteral(
             "A customer who heard nothing asks again under the same key and gets the same order. Off: it orders "
             "twice.")},
        {Guarantee::PaymentKey, QStringLiteral("Payment key"), QStringLiteral("gateway retries"),
         QStringLiteral("charges twice"),
         QStringLiteral(
             "The gateway knows a charge again by its key. Off: a charge whose answer was lost is made again.")},
        {Guarantee::DurableInbox, QStringLiteral("Durable inbox"), QStringLiteral("not in Redis"),
         QStringLiteral("inbox in Redis"),
         QStringLiteral(
             "The inbox is in the database, which forgets nothing. Off: it is in Redis, marked before an event is "
             "handled. What Redis evicts is handled again, and what was marked before a crash is never handled.")},
    }};
    return texts;
}

const std::array<InvariantText, 9>& invariantTexts()
{
    static const std::array<InvariantText, 9> texts = {{
        {"no-order-lost", QStringLiteral("No accepted order lost"),
         QStringLiteral("What a customer was told is accepted is stored, and what is stored gets published.")},
        {"charged-at-most-once", QStringLiteral("Charged at most once"),
         QStringLiteral(
             "The gateway's own ledger has at most one charge, less refunds, for what a customer buys once.")},
        {"effects-happen-once", QStringLiteral("Effects happen once"),
         QStringLiteral(
             "Each event changes the status, the statistics and the notifications once, however often it comes.")},
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
         QStringLiteral(
             "Every order ends paid, failed, canceled or in dead letters. While the system runs, those in flight may "
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
