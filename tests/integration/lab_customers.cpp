#include "lab_customers.h"

#include "base/sha256.h"

#include <QElapsedTimer>
#include <QThread>

namespace orderlab::test {

LabCustomers::LabCustomers(Lab& lab, Plan plan) : m_lab(lab), m_plan(plan), m_buying(lab.runtime())
{
    for (int i = 0; i < m_plan.customers; ++i)
        m_buying.spawn(buyMany());
}

LabCustomers::~LabCustomers()
{
    m_buying.cancel();
    finish();
}

Task<void> LabCustomers::buyMany()
{
    for (int number = m_begun++; number < m_plan.orders; number = m_begun++) {
        CreateOrder create;
        create.request.user_id = "customer-" + std::to_string(number);
        create.request.total.amount_minor = 1999;
        create.idempotency = IdempotencyKey{create.request.user_id, sha256Hex(create.request.user_id)};
        for (;;) {
            co_await m_lab.runtime().sleep(m_plan.pause);
            CreateOrder again = create;
            const auto created = co_await m_lab.orders().create(std::move(again));
            m_bought += created ? 1 : 0;
            const bool over = created || created.error().retry == Retry::Never;
            m_refused += over && !created;
            if (over)
                break;
        }
    }
}

void JournalTally::read()
{
    std::vector<Entry> entries;
    while (m_reader.read(entries, 8'192) > 0) {
        for (const Entry& entry : entries) {
            switch (entry.kind) {
            case EntryKind::EventHandled:
                ++handled;
                handled_twice += !m_done.emplace(entry.group, entry.event).second;
                break;
            case EntryKind::EventDelivered: ++delivered; break;
            case EntryKind::DuplicateSkipped: ++skipped; break;
            case EntryKind::AttemptFailed: ++failed; break;
            case EntryKind::DeadLettered: ++dead_lettered; break;
            case EntryKind::EventPublished: ++published; break;
            case EntryKind::PublishFailed:
                ++publish_failed;
                m_last_publish_problem = m_journal.names().text(entry.detail);
                break;
            case EntryKind::MemberJoined: ++joined; break;
            case EntryKind::PartitionAssigned: ++assigned; break;
            case EntryKind::WorkPaused: ++paused; break;
            default: break;
            }
        }
        entries.clear();
    }
}

QByteArray JournalTally::text() const
{
    const auto number = [](std::int64_t count) { return QByteArray::number(qlonglong(count)); };
    return number(published) + " published, " + number(publish_failed) + " failures to publish"
           + (publish_failed ? QByteArray(" (the last: ") + m_last_publish_problem.c_str() + ')' : QByteArray()) + ", "
           + number(handled) + " handled, " + number(delivered) + " deliveries, " + number(skipped)
           + " skipped as known, " + number(failed) + " attempts failed, " + number(paused) + " pauses, "
           + number(joined) + " members joined, " + number(assigned) + " partitions assigned, "
           + number(std::int64_t(m_reader.missed())) + " entries missed";
}

QByteArray JournalTally::complaint() const
{
    return handled_twice || failed || dead_lettered || m_reader.missed() ? text() : QByteArray();
}

namespace {

struct Books {
    StoreCounts counts;
    std::int64_t charges = 0;
    AnalyticsBucket analytics;

    bool operator==(const Books& other) const
    {
        return counts == other.counts && charges == other.charges && analytics.orders == other.analytics.orders
               && analytics.paid == other.analytics.paid && analytics.revenue_minor == other.analytics.revenue_minor;
    }
    QByteArray text() const
    {
        QByteArray all;
        for (const auto& [name, count] : {std::pair{"orders", counts.orders},
                                          {"open", counts.created},
                                          {"paid", counts.paid},
                                          {"payments", counts.payments},
                                          {"charges", charges},
                                          {"notifications", counts.notifications},
                                          {"unpublished", counts.outbox_unpublished},
                                          {"dead letters", counts.dead_letters},
                                          {"parked", counts.parked_events},
                                          {"events done by groups", counts.processed_events},
                                          {"analytics' orders", analytics.orders},
                                          {"analytics' paid", analytics.paid}})
            all += QByteArray(name) + ' ' + QByteArray::number(qlonglong(count)) + "; ";
        return all;
    }
};

Result<Books> booksOf(Lab& lab)
{
    Runtime& runtime = lab.runtime();
    const auto counts = runtime.run(lab.store().counts());
    if (!counts)
        return counts.error();
    const auto charges = runtime.run(lab.store().ledger().count(LedgerEntry::Kind::Charge));
    if (!charges)
        return charges.error();
    const auto buckets = runtime.run(lab.store().findAnalytics());
    if (!buckets)
        return buckets.error();
    Books books{*counts, *charges, {}};
    for (const AnalyticsBucket& bucket : *buckets) {
        books.analytics.orders += bucket.orders;
        books.analytics.paid += bucket.paid;
        books.analytics.revenue_minor += bucket.revenue_minor;
    }
    return books;
}

} // namespace

// A charge comes before its payment: as many charges as paid orders are one charge each.
QByteArray brokenPromise(Lab& lab, int orders, int seconds)
{
    Books owed;
    owed.counts.orders = owed.counts.paid = owed.counts.payments = owed.charges = orders;
    owed.analytics.orders = owed.analytics.paid = orders;
    owed.analytics.revenue_minor = std::int64_t(orders) * 1999;
    owed.counts.notifications = orders * 2;
    owed.counts.processed_events = orders * 6; // Payment one, order-status one, notification and analytics two each.
    QElapsedTimer clock;
    clock.start();
    for (;;) {
        const auto books = booksOf(lab);
        if (books && *books == owed)
            break;
        if (clock.elapsed() > seconds * 1'000)
            return "owed: " + owed.text()
                   + "\nis: " + (books ? books->text() : QByteArray::fromStdString(books.error().message));
        QThread::msleep(50);
    }
    for (const Violation& violation : lab.violations())
        return QByteArray::fromStdString(std::string(violation.invariant) + " is broken: " + violation.explanation);
    return {};
}

} // namespace orderlab::test
