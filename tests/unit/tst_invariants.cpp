#include "invariants/invariant_suite.h"
#include "invariants/settled_offsets.h"
#include "journal_story.h"
#include "support/test_program.h"

#include <QElapsedTimer>

#include <map>
#include <random>
#include <set>

using namespace orderlab;
using samples::JournalStory;

namespace {

constexpr std::int64_t epoch_us = 1'767'225'600'000'000;

/// Tells `story` to all nine and gives what `invariant` has to say, a violation a line. "end" in the last line: the run
/// has ended.
std::string verdict(const std::string& invariant, std::string story, InvariantOptions options = {})
{
    Names names;
    options.origin_us = epoch_us;
    const bool ended = story.ends_with("end");
    if (ended)
        story.resize(story.size() - 3);
    InvariantSuite suite(options);
    suite.apply(JournalStory(names).read(story), names);
    if (ended)
        suite.finish();
    std::string text;
    for (const Violation& violation : suite.takeNew()) {
        if (violation.invariant == invariant)
            (text += text.empty() ? "" : "\n") += violation.explanation;
    }
    return text;
}

/// The way of one order, as the system writes it when nothing goes wrong.
const std::string happy = R"(
0 member-joined payment-1; 0 partition-assigned @order-created/0 payment-1
0 partition-assigned @payment-succeeded/0 order-status-1
1 client-asked p1 #1; 1.01 order-accepted o1 p1 ^ada =EUR; 1.01 event-emitted o1 e11 @order-created; 1.02 client-answered o1 p1
1.03 event-published o1 e11 @order-created/0:0 ^relay-1
1.04 event-delivered o1 e11 @order-created/0:0 payment-1 #1; 1.05 gateway-charged o1 $1999 #1 =EUR
1.06 payment-recorded o1 =succeeded; 1.06 event-emitted o1 e12 @payment-succeeded
1.06 event-handled o1 e11 @order-created/0:0 payment-1 #1; 1.07 offset-committed @order-created/0:1 payment-1
1.08 event-published o1 e12 @payment-succeeded/0:0 ^relay-1
1.09 event-delivered o1 e12 @payment-succeeded/0:0 order-status-1 #1; 1.1 status-changed o1 =paid
1.1 event-handled o1 e12 @payment-succeeded/0:0 order-status-1 #1; 1.11 offset-committed @payment-succeeded/0:1 order-status-1
)";

void addRow(const char* name, const char* invariant, const std::string& story, const char* explanation)
{
    QTest::newRow(name) << std::string(invariant) << story << std::string(explanation);
}

void addMoneyStories()
{
    const char* charged = "charged-at-most-once";
    addRow("an answer is lost, the payment key is on: one charge", charged,
           "14.2 gateway-charged o1 #1 =EUR; 14.2 fault-injected o1 payment-1 =gateway-call lose-answer", "");
    addRow(
        "an answer is lost and the payment key is off", charged,
        "0 guarantee-switched =payment-key off; 1 order-accepted o1; 14.2 gateway-charged o1 #1 =EUR\n"
        "14.2 fault-injected o1 payment-1 =gateway-call lose-answer; 14.9 gateway-charged o1 #2 =EUR",
        "The gateway charged order …00000001 twice, at 14.200 s and 14.900 s: the answer to the charge was lost "
        "(gateway-call lose-answer, at 14.200 s) and the payment key was off, so the next attempt was a new charge.");
    addRow("charged twice with every guarantee on", charged,
           "1 gateway-charged o1; 2 gateway-charged o1; 3 gateway-charged o1",
           "The gateway charged order …00000001 twice, at 1.000 s and 2.000 s, although the payment key was on.\n"
           "The gateway charged order …00000001 3 times, of late at 2.000 s and 3.000 s, although the payment key was "
           "on.");
    addRow("charged, refunded, charged: never more than one", charged,
           "1 gateway-charged o1; 2 gateway-refunded o1; 3 gateway-charged o1", "");
    addRow("two purchases of one customer", charged,
           "1 order-accepted o1 p1; 1 order-accepted o2 p2; 2 gateway-charged o1; 3 gateway-charged o2", "");
    addRow(
        "one purchase, two orders", charged,
        "0 guarantee-switched =idempotency-key off; 1 order-accepted o1 p1; 1.1 fault-injected o1 =client-answer lose\n"
        "3 order-accepted o2 p1; 4 gateway-charged o1; 5 gateway-charged o2",
        "One purchase became two orders, and the gateway charged both order …00000001 and order …00000002, the last at "
        "5.000 s: the answer to the customer was lost (client-answer lose, at 1.100 s) and the idempotency key was "
        "off, "
        "so asking again made a second order.");
    addRow("one purchase, two orders, the first was refunded", charged,
           "1 order-accepted o1 p1; 3 order-accepted o2 p1; 4 gateway-charged o1; 4 gateway-refunded o1; 5 "
           "gateway-charged o2",
           "");
}

void addLossStories()
{
    const char* lost = "no-order-lost";
    addRow("a happy day loses nothing", lost, happy + "end", "");
    addRow("the API is killed, the outbox has the event", lost,
           "1 order-accepted o1; 1 event-emitted o1 e11 @order-created; 1.1 process-crashed ^api $500\n"
           "2 event-published o1 e11 @order-created/0:0\nend",
           "");
    addRow(
        "the API is killed between saving and publishing", lost,
        "0 guarantee-switched =outbox off; 1 order-accepted o1; 1 order-accepted o2; 1.1 event-published o2 e21 "
        "@order-created/0:0\n"
        "1.2 fault-injected o1 @order-created ^api =order-committed crash; 1.2 process-crashed ^api $500\nend",
        "Order …00000001 was accepted at 1.000 s and its order-created is lost: the API was killed just after the "
        "order "
        "was committed (order-committed crash, at 1.200 s) and the outbox was off, so the event was in memory only.");
    addRow("the API is killed, another request was under way and goes on", lost,
           "0 guarantee-switched =outbox off; 1 order-accepted o1; 1.2 fault-injected o2 @order-created ^api "
           "=order-committed crash\n"
           "1.2 process-crashed ^api $500; 1.3 event-published o1 e11 @order-created/0:0\nend",
           "");
    addRow("never published although it is in the outbox", lost,
           "1 order-accepted o1; 1 event-emitted o1 e11 @order-created; 5 publish-failed ^relay-1 =the broker is "
           "away\nend",
           "Order …00000001 was accepted at 1.000 s and its order-created was never published, although the outbox has "
           "it: "
           "publishing failed at 5.000 s (the broker is away).");
    addRow("never published: not certain before the end", lost,
           "1 order-accepted o1; 1 event-emitted o1 e11 @order-created", "");
    addRow("the customer was told of an order that is not there", lost, "1 client-asked p1; 1.5 client-answered o1 p1",
           "The customer was told at 1.500 s that order …00000001 is accepted, but it was never stored.");
    addRow(
        "the sum", lost, "1 order-accepted o1; 1 event-published o1 e11 @order-created/0:0; 2 order-accepted o1\nend",
        "2 orders were accepted, but 1 orders are paid, failed, canceled, dead-lettered or in flight: one was accepted "
        "more than once.");

    const char* finish = "all-orders-finish";
    addRow("a happy day ends", finish, happy + "end", "");
    addRow("dead letters are an end that can be seen", finish,
           "1 order-accepted o1; 1 event-published o1 e11 @order-created/0:0\n"
           "2 dead-lettered o1 e11 @order-created/0:0 payment-1 =poison\nend",
           "");
    addRow("replayed from dead letters, then nothing", finish,
           "1 order-accepted o1; 1 event-published o1 e11 @order-created/0:0; 2 dead-lettered o1 e11 "
           "@order-created/0:0 payment-1\n"
           "3 dead-letter-replayed o1 e11 @order-created/0:0 payment-1\nend",
           "Order …00000001, accepted at 1.000 s, never finished: nothing followed from order-created, published at "
           "1.000 s "
           "at offset 0.");
    addRow("a worker was killed, ack came first", finish,
           "0 guarantee-switched =ack-after-processing off; 1 order-accepted o1; 1 event-published o1 e11 "
           "@order-created/0:0\n"
           "2 process-crashed payment-1 $100\nend",
           "Order …00000001, accepted at 1.000 s, never finished: nothing followed from order-created, published at "
           "1.000 s "
           "at offset 0; payment-1 was killed at 2.000 s and ack after processing was off.");
}

void addEffectStories()
{
    const char* once = "effects-happen-once";
    addRow("delivered twice, the inbox knew", once,
           "1 event-handled o1 e11 @order-created/0:0 notification-1 #1; 2 duplicate-skipped o1 e11 @order-created/0:0 "
           "notification-1 #1",
           "");
    addRow("each group handles it once", once,
           "1 event-handled o1 e11 @order-created/0:0 notification-1 #1; 2 event-handled o1 e11 @order-created/0:0 "
           "analytics-1 #1",
           "");
    addRow("delivered twice and the inbox was off", once,
           "0 guarantee-switched =inbox off; 1 notification-written o1 e11 @order-created\n"
           "1 event-handled o1 e11 @order-created/0:0 notification-1 #1\n"
           "1.1 fault-injected o1 e11 @order-created notification-1 =after-commit crash; 1.1 process-crashed "
           "notification-1\n"
           "2 notification-written o1 e11 @order-created; 2 event-handled o1 e11 @order-created/0:0 notification-2 #1",
           "Two notifications about order-created of order …00000001 were written, at 1.000 s and 2.000 s: "
           "notification-1 was "
           "killed after the effects were durable and before the offset was (after-commit crash, at 1.100 s) and the "
           "inbox "
           "was off, so nothing knew that it was done.\n"
           "orderlab.notification handled order-created of order …00000001 twice, at 1.000 s and 2.000 s: "
           "notification-1 was "
           "killed after the effects were durable and before the offset was (after-commit crash, at 1.100 s) and the "
           "inbox "
           "was off, so nothing knew that it was done.");
    addRow("published twice and the inbox was off", once,
           "0 guarantee-switched =inbox off; 1 event-published o1 e11 @order-created/0:3\n"
           "1.1 fault-injected ^relay-1 =published crash; 1.2 event-handled o1 e11 @order-created/0:3 analytics-1 #1\n"
           "1.5 event-published o1 e11 @order-created/0:9; 2 event-handled o1 e11 @order-created/0:9 analytics-1 #1",
           "orderlab.analytics handled order-created of order …00000001 twice, at 1.200 s and 2.000 s: the log has the "
           "event "
           "twice, at offsets 3 and 9, because the relay was killed after it had published and before it had marked "
           "the rows "
           "(published crash, at 1.100 s), and the inbox was off, so nothing knew that it was done.");
    addRow("paid twice", once, "1 status-changed o1 =paid; 2 status-changed o1 =paid",
           "Order …00000001 became paid once more, at 1.000 s and 2.000 s, although the inbox was on.");
    addRow("payment recorded, then refunded", once, "1 payment-recorded o1 =succeeded; 2 payment-recorded o1 =refunded",
           "");
    addRow("payment recorded twice", once, "1 payment-recorded o1 =succeeded; 2 payment-recorded o1 =succeeded",
           "The payment of order …00000001 was recorded as succeeded twice, at 1.000 s and 2.000 s, although the inbox "
           "was on.");

    const char* legal = "legal-status-transitions";
    addRow("created, paid", legal, "1 order-accepted o1; 2 status-changed o1 =paid", "");
    addRow("created, canceled", legal, "1 order-accepted o1; 2 status-changed o1 =canceled", "");
    addRow("paid, canceled", legal, "1 order-accepted o1; 2 status-changed o1 =paid; 3 status-changed o1 =canceled",
           "Order …00000001 went from paid (since 2.000 s) to canceled at 3.000 s, although paid is final.");
    addRow("created, created", legal, "1 order-accepted o1; 2 status-changed o1 =created",
           "Order …00000001 went from created to created at 2.000 s, which is no step an order may take.");
    addRow("shipped", legal, "1 order-accepted o1; 2 status-changed o1 =shipped",
           "Order …00000001 became \"shipped\" at 2.000 s, which is no status.");
}

void addHandlingStories()
{
    const char* handled = "every-event-handled-or-dead";
    const std::string two = "1 event-published o1 e11 @order-created/0:0; 1 event-published o2 e21 @order-created/0:1\n"
                            "1 partition-assigned @order-created/0 payment-1\n";
    addRow("a happy day handles all", handled, happy + "end", "");
    addRow("handled, parked and dead are done", handled,
           two
               + "2 event-parked o1 e11 @order-created/0:0 payment-1 #1; 2 dead-lettered o2 e21 @order-created/0:1 "
                 "payment-1 #5\n"
                 "3 offset-committed @order-created/0:2 payment-1; 4 event-handled o1 e11 @order-created/0:0 payment-1 "
                 "#2\nend",
           "");
    addRow("parked for ever", handled,
           "1 event-published o1 e11 @order-created/0:0; 2 event-parked o1 e11 @order-created/0:0 payment-1 #1\n"
           "3 offset-committed @order-created/0:1 payment-1\nend",
           "order-created of order …00000001 was parked in the retry topic and never handled since.");
    addRow("an offset is passed over", handled,
           two
               + "2 process-crashed payment-1; 3 event-handled o2 e21 @order-created/0:1 payment-1 #1\n"
                 "3.1 offset-committed @order-created/0:2 payment-1",
           "orderlab.payment committed at 3.100 s that it is done with offset 0 of order-created/0 (order …00000001), "
           "but had "
           "neither handled the event nor given it up; before that, payment-1 was killed at 2.000 s.");
    addRow("acknowledged first, then handled", handled,
           "0 guarantee-switched =ack-after-processing off\n" + two
               + "2 offset-committed @order-created/0:2 payment-1; 3 event-handled o1 e11 @order-created/0:0 payment-1 "
                 "#1\n"
                 "3 event-handled o2 e21 @order-created/0:1 payment-1 #1; 4 process-crashed payment-1\nend",
           "");
    addRow("acknowledged first, then killed", handled,
           "0 guarantee-switched =ack-after-processing off\n" + two
               + "2 offset-committed @order-created/0:2 payment-1; 3 event-handled o1 e11 @order-created/0:0 payment-1 "
                 "#1\n"
                 "3.5 process-crashed payment-2; 4 process-crashed payment-1; 5 offset-committed @order-created/0:2 "
                 "payment-1\nend",
           "orderlab.payment never handled offset 1 of order-created/0 (order …00000002), and will not see it again: "
           "ack after "
           "processing was off, so the offset was committed at 2.000 s before the event was handled; then payment-1 "
           "was killed "
           "at 4.000 s.");
    addRow("nobody came to it", handled,
           two
               + "2 event-handled o1 e11 @order-created/0:0 payment-1 #1; 3 offset-committed @order-created/0:1 "
                 "payment-1\nend",
           "orderlab.payment has neither handled offset 1 of order-created/0 (order …00000002) nor given it up by the "
           "end of "
           "the run, at 3.000 s.");
    addRow(
        "the same event lies at two offsets", handled,
        "1 event-published o1 e11 @order-created/0:0; 2 event-published o1 e11 @order-created/0:1\n"
        "3 event-handled o1 e11 @order-created/0:1 payment-1 #1; 4 offset-committed @order-created/0:2 payment-1\nend",
        "");
    addRow("a copy for another group says nothing about the event", handled,
           two
               + "2 duplicate-skipped o1 e11 @order-created/0:7 payment-1 =addressed to orderlab.analytics\n"
                 "3 event-handled o2 e21 @order-created/0:1 payment-1 #1; 3.1 offset-committed @order-created/0:2 "
                 "payment-1",
           "orderlab.payment committed at 3.100 s that it is done with offset 0 of order-created/0 (order …00000001), "
           "but had "
           "neither handled the event nor given it up, although ack after processing was on.");
    addRow("an offset is passed over on request", handled,
           two
               + "2 offsets-reset @order-created/0:2 payment-1; 3 event-handled o3 e31 @order-created/0:2 payment-1 "
                 "#1\nend",
           "");

    const char* advance = "offsets-only-advance";
    addRow("offsets advance", advance,
           "1 offset-committed @order-created/0:3 payment-1; 2 offset-committed @order-created/0:3 payment-1; "
           "2 offset-committed @order-created/1:1 payment-1; 2 offset-committed @order-created/0:1 analytics-1",
           "");
    addRow(
        "an offset goes back", advance,
        "1 offset-committed @order-created/0:9 payment-1; 1.5 member-left payment-1; "
        "2 offset-committed @order-created/0:7 payment-2",
        "The offset of orderlab.payment in order-created/0 went back from 9 to 7 at 2.000 s, and nobody had it reset: "
        "payment-1 left the group at 1.500 s.");
    addRow("an offset goes back on request", advance,
           "1 offset-committed @order-created/0:9 payment-1; 2 offsets-reset "
           "@order-created/0:0 payment-1; 3 offset-committed @order-created/0:1 payment-1",
           "");
}

void addOrderOfEventsStories()
{
    const char* sequence = "per-order-sequence";
    addRow("one after the other", sequence,
           "1 event-handled o1 e11 @order-created/0:3 payment-1; 2 event-handled o1 e12 @order-created/0:5 payment-1",
           "");
    addRow("the later one first", sequence,
           "1 event-published o1 e11 @order-created/0:3; 1 event-published o1 e12 @order-created/0:5\n"
           "1.5 fault-injected o1 payment-1 =delivery reorder; 2 event-handled o1 e12 @order-created/0:5 payment-1\n"
           "3 event-handled o1 e11 @order-created/0:3 payment-1",
           "orderlab.payment handled offset 3 of order-created/0 at 3.000 s, after offset 5 of the same order "
           "…00000001 at "
           "2.000 s: neighbouring events changed places on their way (delivery reorder, at 1.500 s).");
    addRow(
        "another group, another order", sequence,
        "1 event-handled o1 e12 @order-created/0:5 payment-1; 2 event-handled o1 e11 @order-created/0:3 analytics-1\n"
        "3 event-handled o2 e21 @order-created/0:4 payment-1",
        "");
    addRow("the earlier one was parked", sequence,
           "1 event-parked o1 e11 @order-created/0:3 payment-1; 2 event-handled o1 e12 @order-created/0:5 payment-1\n"
           "3 event-handled o1 e11 @order-created/0:3 payment-1",
           "");
    addRow("the earlier one comes a second time", sequence,
           "1 event-handled o1 e11 @order-created/0:3 payment-1; 2 event-handled o1 e12 @order-created/0:5 payment-1\n"
           "3 event-handled o1 e11 @order-created/0:3 payment-1",
           "");

    const char* budget = "retries-within-budget";
    const std::string dead =
        "1 event-published o1 e11 @order-created/0:0; 2 event-delivered o1 e11 @order-created/0:0 payment-1 #1\n"
        "2.5 event-delivered o1 e11 @order-created/0:0 payment-1 #5\n"
        "3 dead-lettered o1 e11 @order-created/0:0 payment-1 #5 =poison\n";
    addRow("five attempts", budget, dead, "");
    addRow(
        "six attempts", budget, "2 event-delivered o1 e11 @order-created/0:0 payment-1 #6",
        "orderlab.payment tried order-created of order …00000001 for the 6th time at 2.000 s; 5 attempts are allowed.");
    addRow("killed between dead letter and ack", budget,
           dead
               + "4 event-delivered o1 e11 @order-created/0:0 payment-1 #1; 5 event-delivered o1 e11 "
                 "@order-created/0:0 payment-1 #2",
           "");
    addRow("delivered twice at once, one of them was given up", budget,
           "0 event-delivered o1 e11 @order-created/0:0 payment-1 #1\n" + dead
               + "4 event-delivered o1 e11 @order-created/0:0 payment-1 #2; 5 event-handled o1 e11 @order-created/0:0 "
                 "payment-1 #2",
           "");
    addRow("tried on after it was given up", budget, dead + "4 event-delivered o1 e11 @order-created/0:0 payment-1 #2",
           "orderlab.payment tried order-created of order …00000001 again at 4.000 s (attempt 2), although it had "
           "given the "
           "event up and nobody had it replayed.");
    addRow("given up, and comes from somewhere else", budget,
           dead + "4 event-delivered o1 e11 @order-created/0:8 payment-1 #1",
           "orderlab.payment tried order-created of order …00000001 again at 4.000 s (attempt 1), although it had "
           "given the "
           "event up and nobody had it replayed.");
    addRow(
        "published twice, given up once", budget,
        dead + "4 event-published o1 e11 @order-created/0:8; 5 event-delivered o1 e11 @order-created/0:8 payment-1 #1",
        "");
    addRow("replayed on request", budget,
           dead
               + "4 dead-letter-replayed o1 e11 @order-created/0:0 payment-1; 5 event-delivered o1 e11 "
                 "@order-created/0:8 payment-1 #1",
           "");
}

/// What the system writes for `orders` orders when nothing goes wrong, `overlap` of them under way at a time.
std::vector<Entry> manyOrders(Names& names, std::size_t orders, std::size_t overlap = 32)
{
    std::vector<Entry> out;
    std::map<std::tuple<NameId, NameId, int>, std::int64_t> offsets;
    const NameId created = names.intern("order-created"), paid = names.intern("payment-succeeded");
    const NameId groups[] = {names.intern("orderlab.payment"), names.intern("orderlab.notification"),
                             names.intern("orderlab.analytics"), names.intern("orderlab.order-status")};
    const NameId member = names.intern("member-1"), succeeded = names.intern("succeeded"),
                 is_paid = names.intern("paid");
    std::mt19937_64 random(1);
    const auto add = [&](EntryKind kind, Uuid order, Uuid event, NameId topic, int partition, NameId group,
                         NameId detail) {
        Entry entry;
        entry.time_us = epoch_us + std::int64_t(out.size()) * 10;
        entry.kind = kind;
        entry.order = order;
        entry.event = event;
        entry.topic = topic;
        entry.partition = std::uint16_t(partition);
        entry.group = group;
        entry.actor = group ? member : NameId{0};
        entry.detail = detail;
        entry.attempt = 1;
        std::int64_t& next = offsets[{group, topic, partition}];
        if (kind == EntryKind::EventPublished || kind == EntryKind::EventHandled)
            entry.offset = next++;
        else if (kind == EntryKind::EventDelivered || kind == EntryKind::OffsetCommitted)
            entry.offset = next;
        out.push_back(entry);
    };
    const auto handle = [&](Uuid order, Uuid event, NameId topic, int partition, NameId group) {
        add(EntryKind::EventDelivered, order, event, topic, partition, group, 0);
        add(EntryKind::EventHandled, order, event, topic, partition, group, 0);
        add(EntryKind::OffsetCommitted, {}, {}, topic, partition, group, 0);
    };
    for (std::size_t first = 0; first < orders; first += overlap) {
        std::vector<std::array<Uuid, 3>> ids(std::min(overlap, orders - first));
        for (auto& id : ids)
            id = {Uuid{random(), random()}, Uuid{random(), random()}, Uuid{random(), random()}};
        for (const auto& id : ids) {
            add(EntryKind::OrderAccepted, id[0], Uuid{random(), random()}, 0, 0, 0, 0);
            add(EntryKind::EventEmitted, id[0], id[1], created, 0, 0, 0);
        }
        for (const auto& id : ids)
            add(EntryKind::EventPublished, id[0], id[1], created, int(id[0].low % 3), 0, 0);
        for (std::size_t g = 0; g < 3; ++g) {
            for (const auto& id : ids) {
                if (g == 0) {
                    add(EntryKind::GatewayCharged, id[0], {}, 0, 0, 0, 0);
                    add(EntryKind::PaymentRecorded, id[0], {}, 0, 0, 0, succeeded);
                    add(EntryKind::EventEmitted, id[0], id[2], paid, 0, 0, 0);
                }
                handle(id[0], id[1], created, int(id[0].low % 3), groups[g]);
            }
        }
        for (const auto& id : ids)
            add(EntryKind::EventPublished, id[0], id[2], paid, int(id[0].low % 3), 0, 0);
        for (std::size_t g = 1; g < 4; ++g) {
            for (const auto& id : ids) {
                if (g == 3)
                    add(EntryKind::StatusChanged, id[0], {}, 0, 0, 0, is_paid);
                if (g == 1)
                    add(EntryKind::NotificationWritten, id[0], id[2], paid, 0, 0, 0);
                handle(id[0], id[2], paid, int(id[0].low % 3), groups[g]);
            }
        }
    }
    return out;
}

} // namespace

class TestInvariants : public QObject {
    Q_OBJECT

private slots:
    void stories_data()
    {
        QTest::addColumn<std::string>("invariant");
        QTest::addColumn<std::string>("story");
        QTest::addColumn<std::string>("explanation");
        addMoneyStories();
        addLossStories();
        addEffectStories();
        addHandlingStories();
        addOrderOfEventsStories();
    }
    void stories()
    {
        QFETCH(std::string, invariant);
        QFETCH(std::string, story);
        QFETCH(std::string, explanation);
        QCOMPARE(QString::fromStdString(verdict(invariant, story)), QString::fromStdString(explanation));
    }

    void suite_namesItsNineInOrder()
    {
        QStringList names;
        for (const InvariantResult& result : InvariantSuite().results()) {
            names.append(QString::fromUtf8(result.name.data(), qsizetype(result.name.size())));
            QVERIFY(result.holds && result.violations == 0 && result.first == nullptr);
        }
        QCOMPARE(names.join(' '),
                 "no-order-lost charged-at-most-once effects-happen-once every-event-handled-or-dead "
                 "legal-status-transitions offsets-only-advance per-order-sequence retries-within-budget "
                 "all-orders-finish");
    }

    void happyDay_breaksNothing()
    {
        Names names;
        InvariantSuite suite;
        suite.apply(JournalStory(names).read(happy), names);
        suite.finish();
        for (const InvariantResult& result : suite.results())
            QVERIFY2(result.holds, result.first ? result.first->explanation.c_str() : "");
    }

    void violation_namesOrderEventAndMoment()
    {
        Names names;
        InvariantSuite suite;
        suite.apply(JournalStory(names).read("1 event-handled o7 e71 @order-created/0:0 payment-1; "
                                             "2.5 event-handled o7 e71 @order-created/0:0 payment-1"),
                    names);
        QVERIFY(!suite.holds());
        const InvariantResult result = suite.results()[2];
        QCOMPARE(result.violations, std::uint64_t(1));
        QVERIFY(result.first->order == JournalStory::order(7));
        QVERIFY(result.first->event == JournalStory::event(71));
        QCOMPARE(result.first->time_us, epoch_us + 2'500'000);
        QCOMPARE(suite.takeNew().size(), std::size_t(1));
        QCOMPARE(suite.takeNew().size(), std::size_t(0));
    }

    /// While the run goes on, at 100 s: who has stood still for a minute, and why.
    void standstill_data()
    {
        QTest::addColumn<QString>("story");
        QTest::addColumn<QString>("explanation");
        const QString published = "1 order-accepted o1; 1 event-published o1 e11 @order-created/2:5\n";
        const QString workers = "0 member-joined payment-1; 0 partition-assigned @order-created/2 payment-1\n";
        const QString told = "Order …00000001, accepted at 1.000 s, has stood still since ";
        const auto row = [](const char* what, const QString& story, const QString& explanation) {
            QTest::newRow(what) << story << explanation;
        };
        row("no relay", "0 member-joined payment-1; 1 order-accepted o1",
            told + "1.000 s: its order-created is stored, and no relay publishes it.");
        row("no worker at all", "0 faults-changed $0\n" + published,
            told
                + "1.000 s: order-created waits, and no worker that reads it runs in this process (it cannot see "
                  "those of others).");
        row("the worker has left", workers + published + "2 member-left payment-1",
            told + "1.000 s: order-created waits, and no worker of orderlab.payment is running.");
        row("the worker does nothing", workers + published,
            told
                + "1.000 s: order-created waits in partition 2 for orderlab.payment, whose workers do not get on with "
                  "it.");
        row("the next group is not here", workers + published + "2 event-handled o1 e11 @order-created/2:5 payment-1",
            told
                + "2.000 s: nothing followed from order-created, though orderlab.payment handled it: the group that "
                  "has to go on "
                  "does not run here.");
        row("many for one cause",
            "0 faults-changed $0\n" + published + "1 order-accepted o2; 1 event-published o2 e21 @order-created/2:6",
            told
                + "1.000 s: order-created waits, and no worker that reads it runs in this process (it cannot see "
                  "those of others). So does 1 more.");
        row("it moved 59 s ago", workers + published + "41 attempt-failed o1 e11 @order-created/2:5 payment-1 #1", "");
        row("a retry is due in a while",
            workers + published + "39 retry-scheduled o1 e11 @order-created/2:5 payment-1 #1 $2000", "");
        row("it waits in the retry topic",
            workers + published + "2 event-parked o1 e11 @order-created/2:5 payment-1 #1 $90000", "");
        row("faults are set", workers + published + "2 faults-changed $1", "");
        row("faults were set until 59 s ago", workers + published + "2 faults-changed $1; 41 faults-changed $0", "");
        row("the database is away", workers + published + "2 work-paused @order-created/2 payment-1", "");
        row("the database was away, the worker is gone",
            workers + published
                + "2 work-paused @order-created/2 payment-1; 3 partition-revoked @order-created/2 payment-1; 3 "
                  "member-left payment-1",
            told + "1.000 s: order-created waits, and no worker of orderlab.payment is running.");
        row("a process comes back in a while", workers + published + "2 process-crashed payment-1 $50000", "");
        row("those in front of it are worked off",
            workers + published + "50 offset-committed @order-created/2:4 payment-1", "");
        row("those in front of it were worked off a minute ago",
            workers + published + "40 offset-committed @order-created/2:4 payment-1",
            told
                + "1.000 s: order-created waits in partition 2 for orderlab.payment, whose workers do not get on with "
                  "it.");
        row("those behind it are worked off", workers + published + "50 offset-committed @order-created/2:6 payment-1",
            told
                + "1.000 s: order-created waits in partition 2 for orderlab.payment, whose workers do not get on with "
                  "it.");
        row("another partition is worked off", workers + published + "50 offset-committed @order-created/1:9 payment-1",
            told
                + "1.000 s: order-created waits in partition 2 for orderlab.payment, whose workers do not get on with "
                  "it.");
        row("the relay publishes those in front of it",
            workers + "1 order-accepted o1; 49 order-accepted o2; 50 event-published o2 e21 @order-created/2:5", "");
        row("it is paid", workers + published + "2 status-changed o1 =paid", "");
        row("it is in dead letters", workers + published + "2 dead-lettered o1 e11 @order-created/2:5 payment-1", "");
    }
    void standstill()
    {
        QFETCH(QString, story);
        QFETCH(QString, explanation);
        const auto at = [](double s) { return epoch_us + std::int64_t(s * 1e6); };
        Names names;
        InvariantOptions options;
        options.origin_us = epoch_us;
        options.checkers.finish_within_us = 60'000'000;
        InvariantSuite suite(options);
        suite.apply(JournalStory(names).read(story.toStdString()), names);
        for (const double s : {1.5, 30.0, 59.0, 100.0, 150.0}) { // Said once, however often it is looked.
            suite.look(at(s));
            auto found = suite.takeNew();
            std::erase_if(found, [](const Violation& one) { return one.invariant != "all-orders-finish"; });
            const bool is_due = !explanation.isEmpty() && s == 100.0;
            if (s <= 100 || !explanation.isEmpty())
                QCOMPARE(found.size(), std::size_t(is_due));
            if (is_due)
                QCOMPARE(QString::fromStdString(found.front().explanation), explanation);
        }
        QVERIFY(suite.takeRecoveries().empty());
        if (explanation.isEmpty())
            return;
        suite.apply(JournalStory(names).read("151 status-changed o1 =paid"), names);
        suite.look(at(152));
        const auto recoveries = suite.takeRecoveries();
        QCOMPARE(recoveries.size(), std::size_t(1));
        const std::string& text = recoveries.front().explanation;
        QVERIFY2(text.starts_with("Order …00000001, which had stood still since ")
                     && text.ends_with(", finished after all: it is paid."),
                 text.c_str());
    }

    void manyViolations_areCountedAndSomeExplained()
    {
        Names names;
        InvariantSuite suite;
        std::string story;
        for (int i = 0; i < 1'001; ++i)
            story += std::to_string(i) + " gateway-charged o1\n";
        suite.apply(JournalStory(names).read(story), names);
        QCOMPARE(suite.results()[1].violations, std::uint64_t(1'000));
        QCOMPARE(suite.takeNew().size(), Checker::explained_max);
    }

    /// A watch that comes when the system has been running for long cannot know what was before.
    void lateWatch_blamesNobodyForWhatItHasNotSeen()
    {
        InvariantOptions late;
        late.facts.from_start = false;
        const std::string story = "1 client-answered o1 p1; 1 status-changed o1 =paid; 1 event-delivered o1 e11 "
                                  "@order-created/0:700 payment-1 #1\n"
                                  "2 event-handled o1 e11 @order-created/0:700 payment-1 #1; 3 offset-committed "
                                  "@order-created/0:701 payment-1\n"
                                  "3 offset-committed @order-created/1:44 payment-1";
        for (const char* invariant : {"no-order-lost", "every-event-handled-or-dead", "legal-status-transitions"})
            QCOMPARE(QString::fromStdString(verdict(invariant, story, late)), QString());
        // It is as strict as ever about what it has seen.
        QVERIFY(
            !verdict("every-event-handled-or-dead", story + "\n4 offset-committed @order-created/0:703 payment-1", late)
                 .empty());
    }

    /// The partition was with another process for a while, which handled offsets 1 to 700, had the group reset, and had
    /// a dead letter replayed.
    void others_mayHaveDoneWhatIsNotSeenHere()
    {
        InvariantOptions shared;
        shared.facts = {.from_start = false, .has_others = true};
        const std::string before =
            "1 partition-assigned @order-created/0 payment-1; 1 event-published o1 e11 @order-created/0:0\n"
            "2 event-delivered o1 e11 @order-created/0:0 payment-1 #1; 2 dead-lettered o1 e11 @order-created/0:0 "
            "payment-1\n"
            "3 offset-committed @order-created/0:1 payment-1; 4 event-delivered o2 e21 @order-created/0:1 payment-1 "
            "#1\n";
        const std::string after =
            "40 partition-revoked @order-created/0 payment-1; 41 partition-assigned @order-created/0 payment-1\n"
            "41 event-handled o2 e21 @order-created/0:1 payment-1 #1\n" // It was in hand when the process stopped.
            "42 event-delivered o3 e31 @order-created/0:701 payment-1 #1; 43 event-handled o3 e31 @order-created/0:701 "
            "payment-1\n"
            "44 offset-committed @order-created/0:702 payment-1\n"
            "45 event-delivered o1 e11 @order-created/0:702 payment-1 #1; 46 event-handled o1 e11 @order-created/0:702 "
            "payment-1\n"
            "47 offset-committed @order-created/0:703 payment-1\n"
            "50 partition-revoked @order-created/0 payment-1; 60 partition-assigned @order-created/0 payment-1\n"
            "61 duplicate-skipped o3 e31 @order-created/0:701 payment-1; 61 offset-committed @order-created/0:702 "
            "payment-1\n";
        for (const char* invariant : {"every-event-handled-or-dead", "offsets-only-advance", "retries-within-budget"}) {
            QCOMPARE(QString::fromStdString(verdict(invariant, before + after, shared)), QString());
            // Where no others are, this is a violation.
            QVERIFY2(!verdict(invariant, before + after).empty(), invariant);
        }
        // It is as strict as ever about what happens while the partition is here.
        QVERIFY(verdict("every-event-handled-or-dead",
                        before + after + "62 offset-committed @order-created/0:705 payment-1", shared)
                    .find("that it is done with offset 704 of order-created/0")
                != std::string::npos);
        QVERIFY(!verdict("offsets-only-advance", before + after + "62 offset-committed @order-created/0:700 payment-1",
                         shared)
                     .empty());
        // Nothing is said of orders that stand still: others may finish them.
        shared.checkers.finish_within_us = 10'000'000;
        Names names;
        InvariantSuite suite(shared);
        suite.apply(JournalStory(names).read("1 order-accepted o1"), names);
        suite.look(epoch_us + 100'000'000);
        QVERIFY(suite.holds());
        suite.setHasOthers(false);
        suite.look(epoch_us + 102'000'000);
        QVERIFY(!suite.holds());
    }

    /// A topic that was deleted and made anew: what was in hand of the one before is committed under its offsets.
    void replacedLog_takesLateCommits()
    {
        InvariantOptions shared;
        shared.facts = {.from_start = false, .has_others = true};
        const std::string told =
            "1 partition-assigned @order-created/0 payment-1; 2 event-delivered o1 e11 @order-created/0:6 payment-1 "
            "#1\n"
            "3 log-replaced @order-created/0:0; 4 event-handled o2 e21 @order-created/0:0 payment-1\n"
            "4 offset-committed @order-created/0:1 payment-1; 5 event-handled o1 e11 @order-created/0:6 payment-1\n"
            "5 offset-committed @order-created/0:7 payment-1\n";
        QCOMPARE(QString::fromStdString(verdict("every-event-handled-or-dead", told, shared)), QString());
        // A minute later it is as strict as ever.
        QVERIFY(
            !verdict("every-event-handled-or-dead", told + "70 offset-committed @order-created/0:9 payment-1", shared)
                 .empty());
    }

    /// A recording with a gap, or a watch that was too slow.
    void gap_isNoViolation()
    {
        const std::string before =
            "0 guarantee-switched =outbox off; 1 order-accepted o1; 1 event-published o1 e11 @order-created/0:0\n"
            "2 event-handled o1 e11 @order-created/0:0 payment-1; 3 offset-committed @order-created/0:1 payment-1\n";
        const std::string after =
            "5 event-handled o1 e13 @order-created/0:70 payment-1; 6 offset-committed @order-created/0:71 payment-1\n"
            "7 status-changed o1 =paid; 7 client-answered o8 p8";
        for (const char* invariant : {"every-event-handled-or-dead", "no-order-lost", "offsets-only-advance"})
            QCOMPARE(QString::fromStdString(verdict(invariant, before + "4 entries-missed $900\n" + after)), QString());
        // Without the gap the same entries are a violation.
        QVERIFY(!verdict("every-event-handled-or-dead", before + after).empty());
        // Guarantees that were off are still off.
        QVERIFY(verdict("no-order-lost", before + "4 entries-missed $900\n5 order-accepted o2\nend")
                    .find("the outbox was off")
                != std::string::npos);
    }

    void oldOrders_areForgotten_andNothingIsInvented()
    {
        Names names;
        const auto entries = manyOrders(names, 5'000);
        InvariantOptions options;
        options.facts.orders_max = 200;
        InvariantSuite suite(options);
        suite.apply(entries, names);
        for (const InvariantResult& result : suite.results())
            QVERIFY2(result.holds, result.first ? result.first->explanation.c_str() : "");
        // Remembered are the last ones: the same event once more is noticed.
        std::vector<Entry> again;
        for (const Entry& entry : entries) {
            if (entry.kind == EntryKind::EventHandled)
                again.assign(1, entry);
        }
        suite.apply(again, names);
        QVERIFY(!suite.results()[2].holds);
    }

    void forgetting_keepsOrdersThatAreInFlight()
    {
        Names names;
        InvariantOptions options;
        options.facts.orders_max = 10;
        InvariantSuite suite(options);
        std::string story = "0 order-accepted o1; 0 event-published o1 e11 @order-created/0:0; 1 gateway-charged o1\n";
        for (int i = 2; i < 200; ++i) {
            story += "2 order-accepted o" + std::to_string(i) + "; 2 event-published o" + std::to_string(i) + " e"
                     + std::to_string(i) + "1 @order-created/0:" + std::to_string(i - 1) + "; 2 status-changed o"
                     + std::to_string(i) + " =paid\n";
        }
        suite.apply(JournalStory(names).read(story + "3 gateway-charged o1"), names);
        QVERIFY(!suite.results()[1].holds);
    }

    void settledOffsets_areASet()
    {
        std::mt19937 random(3);
        SettledOffsets settled;
        std::set<std::int64_t> model;
        std::int64_t raised = 0;
        for (int i = 0; i < 20'000; ++i) {
            const std::int64_t offset = settled.below() + std::int64_t(random() % 12) - 3;
            if (random() % 50 == 0) {
                settled.raise(offset);
                raised = std::max(raised, offset);
            } else if (offset >= 0) {
                settled.add(offset);
                model.insert(offset);
            }
            const std::int64_t asked = settled.below() + std::int64_t(random() % 12) - 3;
            QCOMPARE(settled.contains(asked), asked < raised || model.count(asked) == 1 || asked < 0);
        }
        QVERIFY(settled.below() > 1'000);
    }

    void speed()
    {
        Names names;
        const auto entries = manyOrders(names, 60'000);
        InvariantOptions options;
        options.facts.orders_max = 20'000; // forgetting included
        InvariantSuite suite(options);
        QElapsedTimer timer;
        timer.start();
        suite.apply(entries, names);
        const double seconds = double(timer.nsecsElapsed()) / 1e9;
        for (const InvariantResult& result : suite.results())
            QVERIFY2(result.holds, result.first ? result.first->explanation.c_str() : "");
        qInfo("nine invariants over %zu entries of 60,000 orders: %.1f million entries a second", entries.size(),
              double(entries.size()) / seconds / 1e6);
    }
};

ORDERLAB_TEST(tst_invariants, NoApplication, TestInvariants)
#include "tst_invariants.moc"
