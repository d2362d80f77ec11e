#include "ui/models/story.h"

#include "invariants/fault_words.h"
#include "ui/models/fault_texts.h"
#include "ui/models/format.h"

namespace orderlab::ui {

namespace {

constexpr Lifeline api{Lifeline::Kind::Api, 0};
constexpr Lifeline store{Lifeline::Kind::Store, 0};
constexpr Lifeline bus{Lifeline::Kind::Bus, 0};
constexpr Lifeline gateway{Lifeline::Kind::Gateway, 0};

/// Tells one entry after the other; what earlier entries said (amount, currency) helps to tell later ones.
class Teller {
public:
    explicit Teller(const JournalNames& names) : m_names(names) {}

    void tell(const Entry& entry)
    {
        m_entry = &entry;
        m_topic = m_names.text(entry.topic);
        m_group = m_names.groupLabel(entry.group);
        // Entries of effects name no group; who writes what is fixed by the handlers.
        if (m_group == QLatin1String("payment"))
            m_payment = group();
        else if (m_group == QLatin1String("order-status"))
            m_status_group = group();
        else if (m_group == QLatin1String("notification"))
            m_notifier = group();
        tellOrder() || tellDelivery() || tellGateway() || tellEffects() || tellTrouble();
    }

    Story story;

private:
    Lifeline group() const { return {Lifeline::Kind::Group, m_entry->group}; }
    /// The gateway is only asked by the payment group; its entries do not name it.
    Lifeline payer() const { return m_payment.group != 0 ? m_payment : store; }
    QString detail() const { return m_names.text(m_entry->detail); }
    QString money() const { return amountText(m_entry->value) + QLatin1Char(' ') + story.facts.currency; }
    QString member() const { return m_names.groupLabel(m_entry->actor); }
    QString attempt() const { return QString::number(m_entry->attempt); }
    QString place() const
    {
        return QStringLiteral("%1, partition %2, offset %3").arg(m_topic).arg(m_entry->partition).arg(m_entry->offset);
    }

    bool add(Lifeline from, Lifeline to, Tone tone, QString label, QString title, QString summary)
    {
        story.steps.push_back({*m_entry, from, to, tone, std::move(label), std::move(title), std::move(summary),
                               m_names.topic(m_entry->topic)});
        return true;
    }

    bool tellOrder()
    {
        switch (m_entry->kind) {
        case EntryKind::OrderAccepted:
            story.facts.customer = m_names.text(m_entry->actor);
            story.facts.currency = detail();
            story.facts.amount_minor = m_entry->value;
            return add(api, store, Tone::Plain, QStringLiteral("insert + outbox"), QStringLiteral("Order accepted"),
                       QStringLiteral("The order of %1 over %2 and its OrderCreated event became durable in one "
                                      "transaction. From here on nothing is lost.")
                           .arg(story.facts.customer, money()));
        case EntryKind::StatusChanged: {
            const QString status = detail();
            const Tone tone = status == QLatin1String("paid") ? Tone::Good
                              : status == QLatin1String("failed") ? Tone::Bad : Tone::Waiting;
            const Lifeline by = status == QLatin1String("canceled") ? api : m_status_group;
            return add(by, store, tone, QStringLiteral("status = ") + status, QStringLiteral("Status: ") + status,
                       QStringLiteral("The order's row now says %1; this is final.").arg(status));
        }
        case EntryKind::EventEmitted: {
            const bool at_api = m_topic == QLatin1String("order-created") || m_topic == QLatin1String("order-canceled");
            return add(at_api ? store : payer(), store, Tone::Plain, QStringLiteral("outbox ") + m_topic,
                       QStringLiteral("In the outbox: ") + m_topic,
                       QStringLiteral("The event was stored beside what it tells of, in the same transaction, and waits "
                                      "for the relay."));
        }
        case EntryKind::EventPublished:
            return add(store, bus, Tone::Plain, QStringLiteral("relay #%1").arg(m_entry->offset),
                       QStringLiteral("Published: ") + m_topic,
                       QStringLiteral("The relay took the event from the outbox and the log has it: %1.").arg(place()));
        default: return false;
        }
    }

    bool tellDelivery()
    {
        const QString event = m_topic.isEmpty() ? QStringLiteral("the event") : m_topic;
        switch (m_entry->kind) {
        case EntryKind::EventDelivered:
            return add(bus, group(), m_entry->attempt > 1 ? Tone::Waiting : Tone::Plain,
                       m_entry->attempt > 1 ? QStringLiteral("attempt ") + attempt() : QStringLiteral("deliver"),
                       QStringLiteral("Delivered to ") + m_group,
                       QStringLiteral("%1 took %2 (%3), attempt %4.").arg(member(), event, place(), attempt()));
        case EntryKind::EventHandled:
            return add(group(), store, Tone::Good, QStringLiteral("inbox + effects"),
                       QStringLiteral("Handled by ") + m_group,
                       QStringLiteral("The effects of %1 and its inbox row were committed together, %2 after delivery. "
                                      "Should the event come again, the inbox will know it.")
                           .arg(event, durationText(m_entry->value)));
        case EntryKind::DuplicateSkipped:
            ++story.facts.duplicates;
            return add(bus, group(), Tone::Waiting, QStringLiteral("duplicate skipped"),
                       QStringLiteral("Duplicate skipped by ") + m_group,
                       QStringLiteral("%1 came a second time; the inbox knew it, so nothing was done.").arg(event));
        case EntryKind::AttemptFailed:
            ++story.facts.failed_attempts;
            return add(group(), group(), Tone::Bad, QStringLiteral("attempt %1 failed").arg(attempt()),
                       QStringLiteral("Attempt %1 of %2 failed").arg(attempt(), m_group),
                       QStringLiteral("Nothing was committed. %1").arg(detail()));
        case EntryKind::RetryScheduled:
            return add(group(), group(), Tone::Waiting,
                       QStringLiteral("backoff ") + durationText(std::int64_t(m_entry->value) * 1000),
                       QStringLiteral("Retry scheduled by ") + m_group,
                       QStringLiteral("It is tried again in %1; until then the partition waits, which keeps the order of "
                                      "events.")
                           .arg(durationText(std::int64_t(m_entry->value) * 1000)));
        case EntryKind::DeadLettered:
            ++story.facts.dead_letters;
            return add(group(), store, Tone::Dead, QStringLiteral("dead letter"),
                       QStringLiteral("Dead-lettered by ") + m_group,
                       QStringLiteral("%1 gave up on %2 and keeps it in dead letters, so that the events behind it can go "
                                      "on. %3")
                           .arg(m_group, event, detail()));
        default: return false;
        }
    }

    bool tellGateway()
    {
        switch (m_entry->kind) {
        case EntryKind::GatewayCharged:
            ++story.facts.charges;
            return add(payer(), gateway, Tone::Good, amountText(m_entry->value) + QStringLiteral(" ✓"),
                       QStringLiteral("Charged"),
                       QStringLiteral("The payment gateway took %1. It is outside our transactions: only the payment key "
                                      "keeps a second attempt from charging again.")
                           .arg(money()));
        case EntryKind::GatewayDeclined:
            return add(payer(), gateway, Tone::Bad, QStringLiteral("declined"), QStringLiteral("Declined"),
                       QStringLiteral("The payment gateway refused: %1. That is an answer, not an error: nothing is "
                                      "retried.")
                           .arg(detail()));
        case EntryKind::GatewayFailed:
            return add(payer(), gateway, Tone::Bad, QStringLiteral("no answer"),
                       QStringLiteral("No answer from the gateway"),
                       QStringLiteral("Whether the money was taken is unknown; the same payment key makes a retry safe. %1")
                           .arg(detail()));
        case EntryKind::GatewayRefunded:
            ++story.facts.refunds;
            return add(payer(), gateway, Tone::Waiting, QStringLiteral("refund ") + amountText(m_entry->value),
                       QStringLiteral("Refunded"), QStringLiteral("The payment gateway gave %1 back.").arg(money()));
        default: return false;
        }
    }

    bool tellEffects()
    {
        switch (m_entry->kind) {
        case EntryKind::PaymentRecorded:
            return add(payer(), store, Tone::Plain, QStringLiteral("payment ") + detail(),
                       QStringLiteral("Payment recorded: ") + detail(),
                       QStringLiteral("Our own record of the payment is durable."));
        case EntryKind::NotificationWritten:
            return add(m_notifier, store, Tone::Plain, QStringLiteral("notification"), QStringLiteral("Notification written"),
                       QStringLiteral("What would be sent to the customer about %1 is durable.").arg(m_topic));
        case EntryKind::WorkPaused:
            return add(group(), group(), Tone::Waiting, QStringLiteral("paused"), QStringLiteral("Work paused"),
                       QStringLiteral("A service is away; no attempt is burned. %1").arg(detail()));
        default: return false;
        }
    }

    bool tellTrouble()
    {
        const Lifeline at = m_entry->group != 0 ? group() : store;
        switch (m_entry->kind) {
        case EntryKind::FaultInjected: {
            const auto strike = strikeOf(detail());
            if (!strike)
                return false;
            QString what = toQt(faultWords(strike->seam, strike->action, member().toStdString()));
            what[0] = what[0].toUpper();
            const bool at_gateway = strike->seam == Seam::GatewayCall;
            return add(at_gateway ? gateway : at, at_gateway ? gateway : at, Tone::Bad, strikeWords(strike->action),
                       QStringLiteral("Injected: ") + detail(), what + QStringLiteral(". This failure was injected on purpose. ")
                                                                    + seamSentence(strike->seam));
        }
        case EntryKind::ProcessCrashed:
            return add(at, at, Tone::Bad, QStringLiteral("killed"), member() + QStringLiteral(" was killed"),
                       QStringLiteral("What it had in memory is gone. It is restarted after %1.")
                           .arg(durationText(std::int64_t(m_entry->value) * 1000)));
        case EntryKind::GuaranteeSwitched:
            return add(store, store, Tone::Waiting, QStringLiteral("guarantee ") + detail(), QStringLiteral("Guarantee switched: ") + detail(),
                       QStringLiteral("From here on the system runs with this guarantee switched."));
        case EntryKind::InvariantViolated:
            return add(store, store, Tone::Dead, QStringLiteral("✕ ") + detail(),
                       QStringLiteral("Broken: ") + invariantTitle(detail().toStdString()),
                       QStringLiteral("With what had happened up to here, this promise is broken for this order."));
        default: return false;
        }
    }

    const JournalNames& m_names;
    const Entry* m_entry = nullptr;
    QString m_topic, m_group;
    Lifeline m_payment = store;
    Lifeline m_status_group = store;
    Lifeline m_notifier = store;
};

} // namespace

Story tellStory(std::span<const Entry> entries, const JournalNames& names)
{
    Teller teller(names);
    for (const Entry& entry : entries)
        teller.tell(entry);
    return std::move(teller.story);
}

std::vector<std::pair<QString, QString>> detailsOf(const StoryStep& step, std::int64_t first_us,
                                                   const JournalNames& names)
{
    const Entry& entry = step.entry;
    std::vector<std::pair<QString, QString>> rows;
    const auto add = [&rows](const char* name, const QString& value) {
        if (!value.isEmpty())
            rows.emplace_back(QString::fromUtf8(name), value);
    };
    add("entry", toQt(name(entry.kind)));
    add("time", clockText(entry.time_us));
    add("after start", durationText(entry.time_us - first_us));
    if (!entry.event.isNull())
        add("ce-id", QString::fromStdString(entry.event.toString()));
    if (step.topic)
        add("ce-type", toQt(cloudEventType(*step.topic)));
    add("ce-subject", QString::fromStdString(entry.order.toString()));
    if (entry.offset >= 0)
        add("partition · offset", QStringLiteral("%1 · %2").arg(entry.partition).arg(entry.offset));
    add("group", names.groupLabel(entry.group));
    add("actor", names.groupLabel(entry.actor));
    if (entry.attempt > 0)
        add("attempt", QString::number(entry.attempt));
    if (entry.kind == EntryKind::EventHandled)
        add("took", durationText(entry.value));
    add("detail", names.text(entry.detail));
    return rows;
}

} // namespace orderlab::ui
