#include "contract/store_contract.h"

#include "contract/store_contract_helpers.h"
#include "support/dead_letters.h"

#include <algorithm>

namespace orderlab::test {

using namespace std::chrono_literals;

void StoreContract::deadLetter_isKeptWhole()
{
    const Order order = newOrder("Žofie");
    Event event = newEvent(order, EventType::PaymentRefunded);
    event.data.details = PaymentDetails{runtime().newUuid(), "line one\nline \"two\" \\ {three}, \xF0\x9F\xA6\x8A"};
    event.extensions = {{"tenant", "blue"},
                        {"note", "Grüße"},
                        {"raw", std::string("\x00\xff\x80", 3)},
                        {"empty", ""},
                        {"null", std::nullopt}};
    DeadLetter letter = newDeadLetter(event);
    letter.error = "no answer: \"timeout\", {after 3}\ttries";
    letter.code = ErrorCode::Timeout;
    letter.attempts_made = {{runtime().now(), 1, "first, \"{1}\"", ErrorCode::PeerFailed},
                            {runtime().now(), 255, letter.error, ErrorCode::Timeout}};
    letter.audit = {{DeadLetterAct::Kind::Edited, runtime().now(), "žofie", "[\"x\"]"}};
    auto transaction = store().begin();
    transaction->insertDeadLetter(letter);
    commit(transaction);
    const auto letters = get(test::findDeadLetters(store(), 10));
    QCOMPARE(letters.size(), std::size_t(1));
    QVERIFY(letters[0] == letter);
}

void StoreContract::deadLetter_keepsWhatCouldNotBeDecoded_data()
{
    std::string all;
    for (int byte = 0; byte < 256; ++byte)
        all += char(byte);
    using Bytes = std::optional<std::string>;
    QTest::addColumn<Bytes>("key");
    QTest::addColumn<Bytes>("value");
    QTest::newRow("text") << Bytes("order 7") << Bytes("{\"not\": \"ours\\\", ž\"}");
    QTest::newRow("empty") << Bytes(std::string()) << Bytes(std::string());
    QTest::newRow("none") << Bytes() << Bytes();
    QTest::newRow("a tombstone") << Bytes("order 7") << Bytes();
    QTest::newRow("a value without a key") << Bytes() << Bytes("x");
    QTest::newRow("every byte") << Bytes(all) << Bytes(all + all);
    QTest::newRow("what looks like an encoding of bytes") << Bytes("\\x00") << Bytes("\\x4");
    QTest::newRow("a megabyte") << Bytes("k") << Bytes(std::string(1'000'000, '\xfe'));
}

void StoreContract::deadLetter_keepsWhatCouldNotBeDecoded()
{
    QFETCH(std::optional<std::string>, key);
    QFETCH(std::optional<std::string>, value);
    DeadLetter letter = newDeadLetter(undecodableEvent(EventId{runtime().newUuid()}, key, value));
    letter.event.extensions = {
        {"ce_id", "7"}, {"raw", std::string("\x00\xff\x80", 3)}, {"", ""}, {"", std::nullopt}, {"ce_id", "again"}};
    setTargetGroup(letter.event, "somebody"); // A header like any other, as nothing is known of such a record.
    letter.code = ErrorCode::Corrupt;
    letter.error = "ce_id is missing";
    storeDeadLetter(letter);
    auto kept = get(store().findDeadLetter(letter.id));
    QVERIFY(kept && *kept == letter);
    QCOMPARE(kept->event.undecodable->error.message, letter.error);
    QCOMPARE(kept->event.undecodable->error.code, ErrorCode::Corrupt);
    QCOMPARE(kept->event.undecodable->error.retry, Retry::Never);

    // The same record once more, and then a decision: no byte is lost.
    letter.created_at += 1s;
    storeDeadLetter(letter);
    QVERIFY(changeDeadLetter(letter, DeadLetterState::Discarded));
    kept = get(store().findDeadLetter(letter.id));
    QVERIFY(kept && kept->event == letter.event);
    QCOMPARE(kept->state, DeadLetterState::Discarded);
    QCOMPARE(kept->attempts, 2 * letter.attempts);
}

void StoreContract::deadLetter_givenUpAgainIsTheSameLetter()
{
    const Event event = newEvent(newOrder());
    DeadLetter first = newDeadLetter(event, "payment"), other = newDeadLetter(event, "analytics"),
               second = newDeadLetter(event, "payment"), third = newDeadLetter(event, "payment");
    first.attempts_made = {{runtime().now(), 1, "no answer", ErrorCode::PeerFailed}};
    second.attempts_made = {{runtime().now(), 1, "still \"none\"", ErrorCode::Timeout}};
    second.error = "again";
    third.attempts_made = {{runtime().now(), 1, "never", ErrorCode::Rejected}};
    third.error = "and again";
    third.code = ErrorCode::Rejected;
    third.partition = 1;
    third.offset = 77;
    auto one = store().begin();
    one->insertDeadLetter(first);
    one->insertDeadLetter(other);
    commit(one);
    QVERIFY(changeDeadLetter(first, DeadLetterState::Replayed));
    auto two = store().begin();
    Event addressed = event;
    setTargetGroup(addressed, "payment");
    second.event = third.event = addressed;
    two->insertDeadLetter(second);
    two->insertDeadLetter(third);
    commit(two);

    const auto letters = get(test::findDeadLetters(store(), 10));
    QCOMPARE(letters.size(), std::size_t(2));
    QVERIFY(std::find(letters.begin(), letters.end(), other) != letters.end());
    const auto again = get(store().findDeadLetter(first.id));
    QVERIFY(again.has_value());
    QCOMPARE(again->state, DeadLetterState::Waiting);
    QCOMPARE(again->attempts, 15);
    QCOMPARE(again->attempts_made.size(), std::size_t(3));
    QVERIFY(again->attempts_made[0] == first.attempts_made[0]);
    QVERIFY(again->attempts_made[1] == second.attempts_made[0]);
    QVERIFY(again->attempts_made[2] == third.attempts_made[0]);
    QCOMPARE(again->error, std::string("and again"));
    QCOMPARE(again->code, ErrorCode::Rejected);
    QCOMPARE(again->partition, std::uint16_t(1));
    QCOMPARE(again->offset, std::int64_t(77));
    QCOMPARE(again->audit.size(), std::size_t(1)); // the replay
    QVERIFY2(again->event == event, "the letter's event carries no address");
    QVERIFY(!get(store().findDeadLetter(second.id)));
    QCOMPARE(get(test::findDeadLetters(store(), 1)).size(), std::size_t(1));
}

void StoreContract::deadLetter_attemptsAreBounded()
{
    DeadLetter letter = newDeadLetter(newEvent(newOrder()));
    for (int i = 0; i < 60; ++i)
        letter.attempts_made.push_back({runtime().now(), std::uint8_t(i), std::to_string(i), ErrorCode::PeerFailed});
    storeDeadLetter(letter);
    auto kept = get(store().findDeadLetter(letter.id));
    QCOMPARE(kept->attempts_made.size(), DeadLetter::attempts_kept_max);
    QCOMPARE(kept->attempts_made.front().error, std::string("10"));
    letter.attempts_made.resize(3);
    letter.created_at += 1s;
    storeDeadLetter(letter);
    kept = get(store().findDeadLetter(letter.id));
    QCOMPARE(kept->attempts_made.size(), DeadLetter::attempts_kept_max);
    QCOMPARE(kept->attempts_made.front().error, std::string("13"));
    QCOMPARE(kept->attempts_made.back().error, std::string("2"));
}

void StoreContract::deadLetter_replayIsOneTransaction()
{
    const Order order = newOrder();
    DeadLetter letter = storeDeadLetter(newDeadLetter(newEvent(order)));
    JournalReader reader(journal());
    Event event = letter.event;
    setTargetGroup(event, letter.group);
    {
        auto dropped = store().begin();
        letter.state = DeadLetterState::Replayed;
        letter.note({DeadLetterAct::Kind::Replayed, runtime().now(), "ada", "the gateway is back"});
        dropped->updateDeadLetter(letter);
        dropped->emit(event);
    }
    QCOMPARE(get(store().findDeadLetter(letter.id))->state, DeadLetterState::Waiting);
    QVERIFY(!get(store().claimOutbox(10)));
    auto transaction = store().begin();
    transaction->updateDeadLetter(letter);
    transaction->emit(event);
    commit(transaction);
    QVERIFY(*get(store().findDeadLetter(letter.id)) == letter);
    const auto claim = get(store().claimOutbox(10));
    QVERIFY(claim);
    QCOMPARE(claim->events().size(), std::size_t(1));
    QVERIFY(claim->events()[0] == event);
    QCOMPARE(targetGroupOf(claim->events()[0]), std::string_view("payment"));

    std::vector<Entry> entries;
    reader.read(entries, 100);
    QCOMPARE(entries.size(), std::size_t(2));
    QCOMPARE(entries[0].kind, EntryKind::DeadLetterReplayed);
    QCOMPARE(journal().names().text(entries[0].group), std::string_view("payment"));
    QVERIFY(entries[0].order == order.id);
    QVERIFY(entries[0].event == letter.event.id);
    QCOMPARE(entries[0].offset, letter.offset);
    QCOMPARE(entries[1].kind, EntryKind::EventEmitted);
}

void StoreContract::deadLetter_leavesItsWaitingOnce()
{
    const DeadLetter letter = storeDeadLetter(newDeadLetter(newEvent(newOrder())));
    JournalReader reader(journal());
    QVERIFY(changeDeadLetter(letter, DeadLetterState::Discarded));
    for (const DeadLetterState state : {DeadLetterState::Replayed, DeadLetterState::Discarded}) {
        const auto again = changeDeadLetter(letter, state);
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::Conflict);
    }
    std::vector<Entry> entries;
    reader.read(entries, 100);
    QCOMPARE(entries.size(), std::size_t(1));
    QCOMPARE(entries[0].kind, EntryKind::DeadLetterDiscarded);
    QCOMPARE(journal().names().text(entries[0].detail), std::string_view("a test"));

    DeadLetter unknown = newDeadLetter(newEvent(newOrder()));
    QCOMPARE(changeDeadLetter(unknown, DeadLetterState::Replayed).error().code, ErrorCode::Conflict);
    // Given up again since it was read: whoever read it does not know of the new attempts.
    DeadLetter later = letter;
    later.created_at = letter.created_at + std::chrono::seconds{1};
    storeDeadLetter(later);
    QCOMPARE(changeDeadLetter(letter, DeadLetterState::Replayed).error().code, ErrorCode::Conflict);
    QVERIFY(changeDeadLetter(later, DeadLetterState::Replayed));
}

void StoreContract::deadLetter_editIsKept()
{
    DeadLetter letter = storeDeadLetter(newDeadLetter(newEvent(newOrder("user-poison"))));
    letter.event.data.user_id = "Žofie";
    letter.event.data.total.amount_minor = 1;
    letter.note({DeadLetterAct::Kind::Edited, runtime().now(), "ada", "{\"user_id\":\"user-poison\"}"});
    QVERIFY(changeDeadLetter(letter, DeadLetterState::Replayed));
    const auto kept = get(store().findDeadLetter(letter.id));
    QVERIFY(kept->event == letter.event);
    QCOMPARE(kept->audit.size(), std::size_t(2));
    QVERIFY(kept->audit[0] == letter.audit[0]);
}

void StoreContract::deadLetter_countedUntilReplayed()
{
    const DeadLetter first = storeDeadLetter(newDeadLetter(newEvent(newOrder())));
    const DeadLetter second = storeDeadLetter(newDeadLetter(newEvent(newOrder())));
    QCOMPARE(get(store().counts()).dead_letters, std::int64_t(2));
    QVERIFY(changeDeadLetter(first, DeadLetterState::Replayed));
    QVERIFY(changeDeadLetter(second, DeadLetterState::Discarded));
    QCOMPARE(get(store().counts()).dead_letters, std::int64_t(1));
}

/// The answer of the commit was lost, and who gave up tries again, with another id: it is written once, and what has
/// become of it since stays.
void StoreContract::deadLetter_writtenAgainChangesNothing()
{
    DeadLetter letter = newDeadLetter(newEvent(newOrder()));
    letter.attempts_made = {{letter.created_at, 1, "no answer", ErrorCode::PeerFailed}};
    storeDeadLetter(letter);
    DeadLetter again = letter;
    again.id = runtime().newUuid(runtime().now());
    storeDeadLetter(again);
    QVERIFY(get(test::findDeadLetters(store(), 10)) == std::vector{letter});
    auto claim = get(store().claimDeadLetters(10));
    QVERIFY(claim);
    QVERIFY(runtime().run(claim->markPublished()));
    claim.reset();
    QVERIFY(changeDeadLetter(letter, DeadLetterState::Replayed));
    storeDeadLetter(again);
    QCOMPARE(get(store().findDeadLetter(letter.id))->state, DeadLetterState::Replayed);
    QVERIFY(!get(store().claimDeadLetters(10)));
    again.created_at += 1s; // Given up once more.
    storeDeadLetter(again);
    QCOMPARE(get(store().findDeadLetter(letter.id))->attempts_made.size(), std::size_t(2));
}

} // namespace orderlab::test
