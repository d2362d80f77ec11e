#include "journal/story.h"
#include "journal/timeline.h"
#include "support/test_program.h"

using namespace orderlab;

namespace {

/// A journal, entry by entry; the time is told in milliseconds.
struct Book {
    Names names;
    std::vector<Entry> entries;
    const OrderId order{Uuid{0x0198000000007000ull, 0x8000000000000001ull}};

    Entry& write(double at_ms, EntryKind kind, std::string_view detail = {}, std::int32_t value = 0)
    {
        Entry entry;
        entry.time_us = 1'700'000'000'000'000 + std::int64_t(at_ms * 1'000);
        entry.kind = kind;
        entry.order = order;
        entry.detail = names.intern(detail);
        entry.value = value;
        entries.push_back(entry);
        return entries.back();
    }
    Entry& accept(double at_ms, std::string_view customer)
    {
        Entry& entry = write(at_ms, EntryKind::OrderAccepted, "EUR", 1'999);
        entry.actor = names.intern(customer);
        return entry;
    }
    Entry& event(double at_ms, EntryKind kind, std::string_view group = {}, std::int64_t offset = 7,
                 std::uint8_t attempt = 1)
    {
        Entry& entry = write(at_ms, kind);
        entry.event = Uuid{1, 2};
        entry.topic = names.intern("order-created");
        entry.partition = 1;
        entry.offset = offset;
        if (!group.empty()) {
            entry.group = names.intern("orderlab." + std::string(group));
            entry.actor = names.intern(std::string(group) + "-1");
            entry.attempt = attempt;
        }
        return entry;
    }
    /// About a partition, a process or the whole system rather than the order.
    Entry& besides(double at_ms, EntryKind kind, std::string_view detail = {}, std::string_view group = {},
                   std::int32_t value = 0)
    {
        Entry& entry = event(at_ms, kind, group);
        entry.order = {};
        entry.event = {};
        entry.detail = names.intern(detail);
        entry.value = value;
        return entry;
    }
    NameId intern(std::string_view name) { return names.intern(name); }
    std::string told() { return storyText(order, tellStory(collectStory(entries, names, order), names)); }
    /// The titles of the unusual steps, a line each.
    std::string unusual()
    {
        std::string lines;
        for (const StoryStep& step : tellStory(collectStory(entries, names, order), names).steps)
            lines += step.is_unusual ? step.title + '\n' : std::string();
        return lines;
    }
};

} // namespace

class TestStory : public QObject {
    Q_OBJECT

private slots:
    void aHappyDay_isToldWhole()
    {
        Book book;
        book.accept(0, "ada");
        book.event(0.1, EntryKind::EventEmitted);
        book.event(0.2, EntryKind::EventPublished);
        book.event(0.3, EntryKind::EventDelivered, "payment");
        book.write(2, EntryKind::GatewayCharged, "EUR", 1'999);
        book.event(2.5, EntryKind::EventHandled, "payment").value = 2'200;
        book.write(1'500, EntryKind::StatusChanged, "paid");
        QCOMPARE(book.told(),
                 std::string("Order 01980000-0000-7000-8000-000000000001 of ada, 19.99 EUR: paid.\n"
                             "         +0 µs  Order accepted. The order of ada over 19.99 EUR and its OrderCreated "
                             "event became durable in one "
                             "transaction. From here on nothing is lost.\n"
                             "       +100 µs  In the outbox: order-created. The event was stored beside what it tells "
                             "of, in the same "
                             "transaction, and waits for the relay.\n"
                             "       +200 µs  Published: order-created. The relay took the event from the outbox and "
                             "the log has it: "
                             "order-created, partition 1, offset 7.\n"
                             "       +300 µs  Delivered to payment. payment-1 took order-created (partition 1, offset "
                             "7), attempt 1.\n"
                             "       +2.0 ms  Charged. The payment gateway took 19.99 EUR. It is outside our "
                             "transactions: only the payment key "
                             "keeps a second attempt from charging again.\n"
                             "       +2.5 ms  Handled by payment. The effects of order-created and its inbox row were "
                             "committed together, "
                             "2.2 ms after delivery. Should the event come again, the inbox will know it.\n"
                             "        +1.5 s  Status: paid. The order's row now says paid; this is final.\n"
                             "Nothing unusual happened.\n"));
    }

    /// What the gateway refuses is an answer, also where a fault was to lose it, and it is said that nothing is
    /// retried.
    void poison_isAnAnswerAndNotRetried()
    {
        Book book;
        book.accept(0, "user-poison");
        book.event(0.3, EntryKind::EventDelivered, "payment");
        book.write(0.4, EntryKind::FaultInjected, "gateway-call lose-answer");
        book.write(0.5, EntryKind::GatewayFailed, "the gateway cannot process this customer");
        book.event(0.6, EntryKind::AttemptFailed, "payment").detail =
            book.intern("the gateway cannot process this customer");
        book.event(0.7, EntryKind::DeadLettered, "payment").detail =
            book.intern("the gateway cannot process this customer");
        const Story story = tellStory(book.entries, book.names);
        QCOMPARE(story.steps[2].label, std::string("fault: no effect"));
        QCOMPARE(story.steps[3].label, std::string("refused"));
        QVERIFY(story.steps[3].sentence.find("nothing is retried") != std::string::npos);
        QVERIFY(story.steps.back().sentence.ends_with("Trying again cannot help, so it was not retried."));
        // A lost answer is still one, in another attempt.
        Book lost;
        lost.accept(0, "ada");
        lost.event(0.3, EntryKind::EventDelivered, "payment");
        lost.write(0.4, EntryKind::FaultInjected, "gateway-call lose-answer");
        lost.write(0.5, EntryKind::GatewayFailed, "the gateway's answer was lost");
        const Story other = tellStory(lost.entries, lost.names);
        QCOMPARE(other.steps[2].label, std::string("fault: answer lost"));
        QCOMPARE(other.steps[3].label, std::string("no answer"));
        // An error is an answer, too.
        lost.write(0.6, EntryKind::GatewayFailed, "the gateway answered 503");
        QCOMPARE(tellStory(lost.entries, lost.names).steps.back().label, std::string("error 503"));
    }

    /// A service that came later: an event's entry names no group.
    void emittedEvents_comeFromTheGroupThatEmittedThem()
    {
        Book book;
        book.accept(0, "ada");
        book.event(0.3, EntryKind::EventDelivered, "payment");
        book.event(0.4, EntryKind::EventEmitted).topic = book.intern("payment-succeeded");
        book.event(0.5, EntryKind::EventHandled, "payment");
        book.event(0.6, EntryKind::EventDelivered, "loyalty");
        book.event(0.7, EntryKind::EventEmitted).topic = book.intern("points-granted");
        book.event(0.8, EntryKind::EventHandled, "loyalty");
        std::string emitters;
        for (const StoryStep& step : tellStory(book.entries, book.names).steps) {
            if (step.entry.kind == EntryKind::EventEmitted)
                emitters += std::string(book.names.text(step.from.group)) + ' ' + step.label + '\n';
        }
        QCOMPARE(emitters, std::string("orderlab.payment outbox payment-succeeded\n"
                                       "orderlab.loyalty outbox points-granted\n"));
    }

    void acceptance_isToldBeforeWhatItCaused_howeverLateItWasTold()
    {
        Book book;
        book.event(0.05, EntryKind::EventPublished);
        book.event(0.06, EntryKind::EventDelivered, "payment");
        book.accept(0.1, "ada");
        book.event(1, EntryKind::EventHandled, "payment");
        const Story story = tellStory(book.entries, book.names);
        QVERIFY(story.steps[0].entry.kind == EntryKind::OrderAccepted);
        QVERIFY(story.steps[1].entry.kind == EntryKind::EventPublished);
        QVERIFY(story.steps[2].entry.kind == EntryKind::EventDelivered);
        QCOMPARE(story.facts.accepted_us, book.entries[0].time_us); // so that no time is negative
    }

    void keysThatAreOff_areNotPraised_data()
    {
        QTest::addColumn<QByteArray>("guarantee");
        QTest::addColumn<QByteArray>("on");
        QTest::addColumn<QByteArray>("off");
        QTest::newRow("payment key, answer lost")
            << QByteArray("payment-key") << QByteArray("the same payment key makes a retry safe")
            << QByteArray("with the payment key off, a retry may charge again");
        QTest::newRow("payment key, charge")
            << QByteArray("payment-key") << QByteArray("only the payment key keeps a second attempt")
            << QByteArray("with the payment key off nothing keeps a second attempt");
        QTest::newRow("idempotency key") << QByteArray("idempotency-key")
                                         << QByteArray("under the same idempotency key")
                                         << QByteArray("with the idempotency key off this is one more order");
        QTest::newRow("inbox, published again")
            << QByteArray("inbox") << QByteArray("the inbox of each group keeps it from being done twice")
            << QByteArray("with the inbox off every group does it twice");
        QTest::newRow("inbox, handled") << QByteArray("inbox") << QByteArray("the inbox will know it")
                                        << QByteArray("With the inbox off nobody would notice");
    }
    void keysThatAreOff_areNotPraised()
    {
        QFETCH(QByteArray, guarantee);
        QFETCH(QByteArray, on);
        QFETCH(QByteArray, off);
        for (const bool is_on : {true, false}) {
            Book book;
            if (!is_on)
                book.besides(-10, EntryKind::GuaranteeSwitched, (guarantee + " off").toStdString());
            book.accept(0, "ada").event = Uuid{9, 9};
            Entry& asked = book.write(0.5, EntryKind::ClientAsked);
            asked.event = Uuid{9, 9};
            asked.attempt = 2;
            book.event(1, EntryKind::EventPublished);
            book.event(1.5, EntryKind::EventPublished, {}, 8);
            book.event(2, EntryKind::EventDelivered, "payment");
            book.write(3, EntryKind::GatewayCharged, "EUR", 1'999);
            book.write(4, EntryKind::GatewayFailed, "the gateway did not answer");
            book.event(5, EntryKind::EventHandled, "payment");
            const QByteArray told = QByteArray::fromStdString(book.told());
            QVERIFY2(told.contains(is_on ? on : off), told.constData());
            QVERIFY2(!told.contains(is_on ? off : on), told.constData());
        }
    }

    void faults_areToldInWords_data()
    {
        QTest::addColumn<QByteArray>("detail");
        QTest::addColumn<int>("ms");
        QTest::addColumn<QByteArray>("told");
        QTest::newRow("a worker is named") << QByteArray("after-commit crash") << 0
                                           << QByteArray("Fault: payment-1 was killed after the effects were durable "
                                                         "and before the offset was. The fault plan "
                                                         "struck here, on purpose (after-commit crash).");
        QTest::newRow("with its time") << QByteArray("gateway-call delay") << 1'500
                                       << QByteArray("Fault: the gateway was slow. The fault plan struck here, on "
                                                     "purpose (gateway-call delay, for 1.5 s).");
        QTest::newRow("of a newer program")
            << QByteArray("moon eclipse") << 0
            << QByteArray("Fault injected: moon eclipse. The fault plan struck here, on purpose.");
    }
    void faults_areToldInWords()
    {
        QFETCH(QByteArray, detail);
        QFETCH(int, ms);
        QFETCH(QByteArray, told);
        Book book;
        book.accept(0, "ada");
        Entry& fault = book.event(1, EntryKind::FaultInjected, "payment");
        fault.detail = book.intern(detail.toStdString());
        fault.value = ms;
        const QByteArray found = QByteArray::fromStdString(book.told());
        QVERIFY2(found.contains(told), found.constData());
    }

    void aLostAnswer_aCrashAndAnOutage_areToldWithWhatExplainsThem()
    {
        Book book;
        book.besides(-50, EntryKind::WorkPaused, "another outage, long over", "payment");
        book.accept(0, "ada");
        book.event(0.2, EntryKind::EventPublished);
        book.event(1, EntryKind::EventDelivered, "payment");
        book.write(2, EntryKind::GatewayCharged, "EUR", 1'999);
        book.event(3, EntryKind::FaultInjected, "payment").detail = book.intern("gateway-call lose-answer");
        book.write(4, EntryKind::GatewayFailed, "the gateway did not answer");
        book.event(5, EntryKind::AttemptFailed, "payment").detail = book.intern("the gateway did not answer");
        book.event(6, EntryKind::RetryScheduled, "payment").value = 150;
        book.event(160, EntryKind::EventDelivered, "payment", 7, 2);
        book.besides(170, EntryKind::WorkPaused, "the database is away", "payment");
        book.besides(175, EntryKind::WorkPaused, "not about us", "notification");
        book.besides(900, EntryKind::WorkResumed, {}, "payment");
        book.besides(910, EntryKind::ProcessCrashed, {}, "payment", 500);
        book.besides(1'410, EntryKind::ProcessRestarted, {}, "payment");
        book.event(1'420, EntryKind::EventDelivered, "payment");
        book.event(1'430, EntryKind::EventHandled, "payment").value = 10'000;
        book.event(1'440, EntryKind::EventPublished, {}, 8);
        book.event(1'450, EntryKind::EventDelivered, "payment", 8);
        book.event(1'460, EntryKind::DuplicateSkipped, "payment", 8);
        book.besides(1'470, EntryKind::ProcessCrashed, {}, "payment", 500); // has nothing of ours in hand
        QCOMPARE(book.told(),
                 std::string(
                     "Order 01980000-0000-7000-8000-000000000001 of ada, 19.99 EUR: created.\n"
                     "         +0 µs  Order accepted. The order of ada over 19.99 EUR and its OrderCreated event "
                     "became durable in one "
                     "transaction. From here on nothing is lost.\n"
                     "       +200 µs  Published: order-created. The relay took the event from the outbox and the log "
                     "has it: "
                     "order-created, partition 1, offset 7.\n"
                     "       +1.0 ms  Delivered to payment. payment-1 took order-created (partition 1, offset 7), "
                     "attempt 1.\n"
                     "       +2.0 ms  Charged. The payment gateway took 19.99 EUR. It is outside our transactions: "
                     "only the payment key "
                     "keeps a second attempt from charging again.\n"
                     "!      +3.0 ms  Fault: the answer to the charge was lost. The fault plan struck here, on purpose "
                     "(gateway-call "
                     "lose-answer).\n"
                     "!      +4.0 ms  No answer from the gateway. The money had been taken, but we were not told: the "
                     "same payment key "
                     "makes a retry safe. The gateway did not answer.\n"
                     "!      +5.0 ms  Attempt 1 of payment failed. Nothing was committed. The gateway did not answer.\n"
                     "!      +6.0 ms  Retry scheduled by payment. It is tried again in 0.1 s; until then the partition "
                     "waits, which "
                     "keeps the order of events.\n"
                     "!       +0.2 s  Delivered to payment. payment-1 took order-created (partition 1, offset 7), "
                     "attempt 2.\n"
                     "!       +0.2 s  Work of payment paused. A service is away; no attempt is burned. The database is "
                     "away.\n"
                     "!       +0.9 s  Work of payment resumed. The service is back, and the same attempt goes on.\n"
                     "!       +0.9 s  payment-1 crashed. What it had in memory is gone; what was not committed rolls "
                     "back. It is "
                     "restarted in 0.5 s.\n"
                     "!       +1.4 s  payment-1 restarted. It goes on from the last offset that was committed.\n"
                     "!       +1.4 s  Delivered again to payment. payment-1 took order-created (partition 1, offset "
                     "7), attempt 1. It "
                     "had been delivered before, but its offset was not committed since.\n"
                     "        +1.4 s  Handled by payment. The effects of order-created and its inbox row were "
                     "committed together, "
                     "10 ms after delivery. Should the event come again, the inbox will know it.\n"
                     "!       +1.4 s  Published again: order-created. The relay took the event from the outbox and the "
                     "log has it: "
                     "order-created, partition 1, offset 8. It had been published before, but the outbox was not told; "
                     "the inbox of "
                     "each group keeps it from being done twice.\n"
                     "        +1.4 s  Delivered to payment. payment-1 took order-created (partition 1, offset 8), "
                     "attempt 1.\n"
                     "!       +1.5 s  Duplicate skipped by payment. Order-created came a second time; the inbox knew "
                     "it, so nothing "
                     "was done.\n"
                     "12 of 18 steps were unusual (!).\n"));
    }

    void guaranteeThatWasOff_isToldWithItsAnomaly()
    {
        Book book;
        book.besides(-300, EntryKind::GuaranteeSwitched, "payment-key off");
        book.besides(-200, EntryKind::GuaranteeSwitched, "inbox off");
        book.besides(-100, EntryKind::GuaranteeSwitched, "payment-key on"); // over before the order came
        book.accept(0, "ada");
        book.event(1, EntryKind::EventDelivered, "payment");
        book.write(2, EntryKind::GatewayCharged, "EUR", 1'999);
        book.event(3, EntryKind::EventHandled, "payment").value = 100;
        book.event(4, EntryKind::EventDelivered, "payment");
        book.write(5, EntryKind::GatewayCharged, "EUR", 1'999);
        QCOMPARE(book.unusual(),
                 std::string("Guarantee switched inbox off\nHandled by payment\nDelivered again to payment\n"
                             "Charged again\n"));
    }

    void deadLetter_replayedAndPassedOverByOthers()
    {
        Book book;
        book.accept(0, "user-poison");
        book.event(1, EntryKind::EventPublished);
        book.event(2, EntryKind::EventDelivered, "payment");
        book.event(3, EntryKind::DeadLettered, "payment").detail = book.intern("poison");
        book.event(4, EntryKind::DeadLetterReplayed, "payment").detail = book.intern("edited");
        book.event(5, EntryKind::EventEmitted);
        book.event(6, EntryKind::EventPublished, {}, 8);
        book.event(7, EntryKind::EventDelivered, "payment", 8);
        book.event(8, EntryKind::DuplicateSkipped, "notification", 8).detail =
            book.intern("addressed to orderlab.payment");
        QCOMPARE(book.unusual(),
                 std::string("Dead-lettered by payment\nDead letter replayed\n"
                             "In the outbox again: order-created\nPublished for its replay: order-created\n"));
        QVERIFY(book.told().find("Somebody gave order-created, corrected, back to payment, and to no other group.")
                != std::string::npos);
        QVERIFY(
            book.told().find("Passed over by notification. This copy of order-created is addressed to orderlab.payment")
            != std::string::npos);
    }

    void everyKindOfEntry_hasWordsOrIsLeftOut()
    {
        int told = 0;
        for (int kind = 0; kind < entry_kind_count; ++kind) {
            Book book;
            book.event(1, EntryKind(kind), "payment").detail = book.intern("inbox off");
            for (const StoryStep& step : tellStory(book.entries, book.names).steps) {
                ++told;
                QVERIFY2(!step.label.empty() && !step.title.empty() && step.sentence.size() > 20
                             && step.sentence.ends_with('.'),
                         name(EntryKind(kind)).data());
            }
        }
        QVERIFY(told > 30);
    }

    void timeline_collectsTheSame()
    {
        Book book;
        book.besides(-1, EntryKind::GuaranteeSwitched, "inbox off");
        book.accept(0, "ada");
        book.event(1, EntryKind::EventDelivered, "payment");
        book.besides(2, EntryKind::WorkPaused, "the database is away", "payment");
        Timeline timeline(book.names, 1'000, 2);
        timeline.append(book.entries);
        QVERIFY(collectStory(timeline, book.names, book.order) == collectStory(book.entries, book.names, book.order));
        QCOMPARE(collectStory(timeline, book.names, book.order).size(), std::size_t(4));
        QCOMPARE(collectStory(timeline, book.names, book.order, 2).size(), std::size_t(2));
        QVERIFY(collectStory(timeline, book.names, OrderId{Uuid{9, 9}}).empty());
    }
};

ORDERLAB_TEST(tst_story, NoApplication, TestStory)
#include "tst_story.moc"
