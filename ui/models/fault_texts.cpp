#include "ui/models/fault_texts.h"

#include "ui/models/format.h"

namespace orderlab::ui {

QString seamSentence(Seam seam)
{
    return toQt(row(seam).sentence);
}

QString actionSentence(FaultAction action)
{
    return toQt(row(action).sentence);
}

QString wordsOf(std::string_view name)
{
    return toQt(name).replace(QLatin1Char('-'), QLatin1Char(' '));
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
