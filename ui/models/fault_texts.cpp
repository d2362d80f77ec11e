#include "ui/models/fault_texts.h"

#include "ui/models/format.h"
#include "ui/theme/core_text.h"

#include <QCoreApplication>

namespace orderlab::ui {

namespace {

struct FaultTextsWords {
    Q_DECLARE_TR_FUNCTIONS(FaultTextsWords)
};

} // namespace

QString seamSentence(Seam seam)
{
    return coreText(row(seam).sentence);
}

QString actionSentence(FaultAction action)
{
    return coreText(row(action).sentence);
}

QString seamTitle(Seam seam)
{
    switch (seam) {
    case Seam::ClientRequest: return FaultTextsWords::tr("A request is on its way to the API");
    case Seam::ClientAnswer: return FaultTextsWords::tr("The answer is on its way to the customer");
    case Seam::OrderStore: return FaultTextsWords::tr("The API stores an order");
    case Seam::OrderCommitted: return FaultTextsWords::tr("An order is stored, and nobody knows yet");
    case Seam::RelayClaim: return FaultTextsWords::tr("The relay takes events from the outbox");
    case Seam::BusAppend: return FaultTextsWords::tr("The broker takes events");
    case Seam::Published: return FaultTextsWords::tr("Events are published, not yet marked so");
    case Seam::Delivery: return FaultTextsWords::tr("Events are on their way to a worker");
    case Seam::HandlerEntry: return FaultTextsWords::tr("A worker begins with an event");
    case Seam::GatewayCall: return FaultTextsWords::tr("The payment gateway is asked");
    case Seam::BeforeCommit: return FaultTextsWords::tr("A worker is done, and nothing is stored yet");
    case Seam::AfterCommit: return FaultTextsWords::tr("All is stored, and the offset is not");
    case Seam::Ack: return FaultTextsWords::tr("The offset is on its way to the broker");
    case Seam::Worker: return FaultTextsWords::tr("A worker, at any moment");
    case Seam::Database: return FaultTextsWords::tr("The database, at every call");
    case Seam::Broker: return FaultTextsWords::tr("The broker, at every call");
    case Seam::Network: return FaultTextsWords::tr("The network between all processes");
    case Seam::Clock: return FaultTextsWords::tr("The system's clock");
    }
    return {};
}

QString actionTitle(FaultAction action)
{
    switch (action) {
    case FaultAction::None: return {};
    case FaultAction::Fail: return FaultTextsWords::tr("It fails");
    case FaultAction::Delay: return FaultTextsWords::tr("It takes longer");
    case FaultAction::Crash: return FaultTextsWords::tr("The process is killed");
    case FaultAction::Hang: return FaultTextsWords::tr("The process stands still");
    case FaultAction::Lose: return FaultTextsWords::tr("The message is lost");
    case FaultAction::Duplicate: return FaultTextsWords::tr("The message comes twice");
    case FaultAction::Reorder: return FaultTextsWords::tr("Neighbours change places");
    case FaultAction::LoseAnswer: return FaultTextsWords::tr("Done, but the answer is lost");
    case FaultAction::Decline: return FaultTextsWords::tr("The payment is declined");
    case FaultAction::Timeout: return FaultTextsWords::tr("No answer in time");
    case FaultAction::Away: return FaultTextsWords::tr("Nothing answers");
    case FaultAction::Jump: return FaultTextsWords::tr("The clock jumps forward");
    case FaultAction::Throttle: return FaultTextsWords::tr("Only so many bytes a second");
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
        return FaultTextsWords::tr("begins in %1").arg(durationText(until.count()));
    QStringList parts;
    if (item.fault.count != Fault::count_unlimited)
        parts << FaultTextsWords::tr("%1 of %2 left").arg(FaultDesk::strikesLeft(item)).arg(item.fault.count);
    if (const Duration left = FaultDesk::timeLeft(item, now); left != Duration::max())
        parts << FaultTextsWords::tr("%1 left").arg(durationText(left.count()));
    return parts.join(QStringLiteral(", "));
}

const std::array<GuaranteeText, guarantee_count>& guaranteeTexts()
{
    static const std::array<GuaranteeText, guarantee_count> texts = {{
        {Guarantee::Outbox, FaultTextsWords::tr("Transactional outbox"), FaultTextsWords::tr("no dual write"),
         FaultTextsWords::tr("dual write"),
         FaultTextsWords::tr(
             "An order and its event are stored in one transaction. Off: first the order is saved, then its event is "
             "published; a crash in between loses the event.")},
        {Guarantee::Inbox, FaultTextsWords::tr("Inbox (deduplicate)"), FaultTextsWords::tr("effects once"),
         FaultTextsWords::tr("effects twice"),
         FaultTextsWords::tr(
             "A worker remembers in the effect's own transaction which events it has handled. Off: an event that is "
             "delivered twice has its effects twice.")},
        {Guarantee::AckAfterProcessing, FaultTextsWords::tr("Ack after processing"),
         FaultTextsWords::tr("at least once"), FaultTextsWords::tr("at most once"),
         FaultTextsWords::tr(
             "The offset is committed when the effects are durable. Off: it is committed first, and a crash then "
             "loses the event.")},
        {Guarantee::IdempotencyKey, FaultTextsWords::tr("Idempotency key"), FaultTextsWords::tr("client retries"),
         FaultTextsWords::tr("orders twice"),
         FaultTextsWords::tr(
             "A customer who heard nothing asks again under the same key and gets the same order. Off: it orders "
             "twice.")},
        {Guarantee::PaymentKey, FaultTextsWords::tr("Payment key"), FaultTextsWords::tr("gateway retries"),
         FaultTextsWords::tr("charges twice"),
         FaultTextsWords::tr(
             "The gateway knows a charge again by its key. Off: a charge whose answer was lost is made again.")},
        {Guarantee::DurableInbox, FaultTextsWords::tr("Durable inbox"), FaultTextsWords::tr("not in Redis"),
         FaultTextsWords::tr("inbox in Redis"),
         FaultTextsWords::tr(
             "The inbox is in the database, which forgets nothing. Off: it is in Redis, marked before an event is "
             "handled. What Redis evicts is handled again, and what was marked before a crash is never handled.")},
    }};
    return texts;
}

const std::array<InvariantText, 9>& invariantTexts()
{
    static const std::array<InvariantText, 9> texts = {{
        {"no-order-lost", FaultTextsWords::tr("No accepted order lost"),
         FaultTextsWords::tr("What a customer was told is accepted is stored, and what is stored gets published.")},
        {"charged-at-most-once", FaultTextsWords::tr("Charged at most once"),
         FaultTextsWords::tr(
             "The gateway's own ledger has at most one charge, less refunds, for what a customer buys once.")},
        {"effects-happen-once", FaultTextsWords::tr("Effects happen once"),
         FaultTextsWords::tr(
             "Each event changes the status, the statistics and the notifications once, however often it comes.")},
        {"every-event-handled-or-dead", FaultTextsWords::tr("Every event handled or dead"),
         FaultTextsWords::tr(
             "No group's offset passes an event that it has neither handled nor put into dead letters.")},
        {"legal-status-transitions", FaultTextsWords::tr("Legal status transitions"),
         FaultTextsWords::tr("An order goes from created to paid, failed or canceled; what is final stays.")},
        {"offsets-only-advance", FaultTextsWords::tr("Offsets only advance"),
         FaultTextsWords::tr("A group's committed offset in a partition never goes back, but on request.")},
        {"per-order-sequence", FaultTextsWords::tr("Per-order sequence kept"),
         FaultTextsWords::tr("A group first handles the events of one order in the order in which they happened.")},
        {"retries-within-budget", FaultTextsWords::tr("Retries within budget"),
         FaultTextsWords::tr("An event is tried at most five times; then it is a dead letter.")},
        {"all-orders-finish", FaultTextsWords::tr("All orders finish"),
         FaultTextsWords::tr(
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
