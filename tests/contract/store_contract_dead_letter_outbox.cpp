#include "contract/store_contract.h"
#include "runtime/with_timeout.h"

#include "contract/store_contract_helpers.h"

#include <algorithm>

namespace orderlab::test {

using namespace std::chrono_literals;

namespace {

std::vector<Uuid> idsOf(std::span<const DeadLetter> letters)
{
    std::vector<Uuid> ids;
    for (const DeadLetter& letter : letters)
        ids.push_back(letter.id);
    return ids;
}

/// Publishes until all of `wanted` are, looking again while somebody else holds some.
Task<void> publishAll(Store& store, Runtime& runtime, std::size_t wanted, std::vector<Uuid>& published,
                      std::mutex& mutex, std::atomic<int>& failures)
{
    for (;;) {
        {
            const std::scoped_lock guard(mutex);
            if (published.size() >= wanted || failures > 0)
                co_return;
        }
        const auto claim = co_await store.claimDeadLetters(3);
        if (!claim)
            ++failures;
        if (!claim || !*claim) {
            co_await runtime.sleep(1ms);
            continue;
        }
        {
            const std::vector<Uuid> ids = idsOf((*claim)->letters());
            const std::scoped_lock guard(mutex);
            published.insert(published.end(), ids.begin(), ids.end());
        }
        const auto marked = co_await (*claim)->markPublished();
        if (!marked)
            ++failures;
    }
}

} // namespace

std::vector<DeadLetter> StoreContract::storeDeadLetters(int count)
{
    std::vector<DeadLetter> letters;
    const TimePoint first = runtime().now();
    for (int i = 0; i < count; ++i) {
        DeadLetter letter = newDeadLetter(newEvent(newOrder()));
        letter.id = Uuid{0x0198000000007000u, 0x8000000000000000u + std::uint64_t(count - i)};
        letter.created_at = first + std::chrono::seconds{i};
        letters.push_back(storeDeadLetter(letter));
    }
    return letters;
}

std::unique_ptr<DeadLetterClaim> StoreContract::claimDeadLettersAgain(std::size_t max)
{
    for (int i = 0; i < 12'000; ++i) {
        if (auto claim = get(store().claimDeadLetters(max)))
            return claim;
        runtime().run(runtime().sleep(10ms));
    }
    return nullptr;
}

void StoreContract::deadLetters_areClaimedUntilTheyArePublished()
{
    QVERIFY(!get(store().claimDeadLetters(10)));
    const std::vector<DeadLetter> letters = storeDeadLetters(3);
    const std::vector<Uuid> ids = idsOf(letters);
    {
        const auto dropped = get(store().claimDeadLetters(2));
        QVERIFY(dropped && idsOf(dropped->letters()) == std::vector(ids.begin(), ids.begin() + 2));
        QVERIFY(dropped->letters()[0] == letters[0]);
        QVERIFY2(!get(store().claimDeadLetters(10)), "one relay at a time");
    }
    auto again = claimDeadLettersAgain(2);
    QVERIFY2(again && idsOf(again->letters()) == std::vector(ids.begin(), ids.begin() + 2),
             "what was not marked comes again");
    get<void>(again->markPublished());
    again.reset();
    // What became of a letter changes nothing: it was given up.
    QVERIFY(changeDeadLetter(letters[2], DeadLetterState::Discarded));
    auto last = get(store().claimDeadLetters(2));
    QVERIFY(last && idsOf(last->letters()) == std::vector(ids.begin() + 2, ids.end()));
    get<void>(last->markPublished());
    last.reset();
    QVERIFY(!get(store().claimDeadLetters(10)));
}

void StoreContract::deadLetters_thatWereRolledBackAreNotClaimed()
{
    const Order there = storeOrder(newOrder());
    auto transaction = store().begin();
    transaction->insertDeadLetter(newDeadLetter(newEvent(there)));
    transaction->insertOrder(there); // It cannot be.
    QCOMPARE(commitError(transaction).code, ErrorCode::AlreadyExists);
    QVERIFY(!get(store().claimDeadLetters(10)));
}

void StoreContract::deadLetters_claimHoldsUpNobody()
{
    std::vector<DeadLetter> letters = storeDeadLetters(2);
    auto claim = get(store().claimDeadLetters(10));
    QVERIFY(claim);
    QCOMPARE(claim->letters().size(), std::size_t(2));
    QVERIFY(changeDeadLetter(letters[0], DeadLetterState::Replayed));
    letters[0].created_at += 1h;
    letters[0].error = "again";
    storeDeadLetter(letters[0]);
    get<void>(claim->markPublished());
    claim.reset();
    claim = get(store().claimDeadLetters(10));
    QVERIFY2(claim && idsOf(claim->letters()) == std::vector{letters[0].id}, "given up again while it was published");
    QCOMPARE(claim->letters()[0].error, std::string("again"));
    QCOMPARE(claim->letters()[0].attempts, 10);
    get<void>(claim->markPublished());
    claim.reset();
    QVERIFY(!get(store().claimDeadLetters(10)));
    letters[1].created_at += 2h;
    storeDeadLetter(letters[1]);
    claim = get(store().claimDeadLetters(10));
    QVERIFY2(claim && idsOf(claim->letters()) == std::vector{letters[1].id}, "given up again after it was published");
}

void StoreContract::deadLetters_areClaimedOnceAmongMany()
{
    const std::vector<DeadLetter> letters = storeDeadLetters(50);
    std::vector<Uuid> published;
    std::mutex mutex;
    std::atomic<int> failures{0};
    TaskGroup group(runtime());
    for (int i = 0; i < 4; ++i)
        group.spawn(publishAll(store(), runtime(), letters.size(), published, mutex, failures));
    runtime().run(group.join());
    QCOMPARE(failures.load(), 0);
    QVERIFY2(published == idsOf(letters), "each once, the oldest first");
}

void StoreContract::deadLetters_waitEndsWithACommit()
{
    auto transaction = store().begin();
    transaction->insertDeadLetter(newDeadLetter(newEvent(newOrder())));
    std::atomic<int> failures{0};
    TaskGroup group(runtime());
    group.spawn(commitLater(runtime(), std::move(transaction), failures));
    get(withTimeout<void>(runtime(), 10s, "waking up", store().waitForDeadLetters()));
    QVERIFY(get(store().claimDeadLetters(10)));
    runtime().run(group.join());
    QCOMPARE(failures.load(), 0);
    storeDeadLetters(1);
    get(withTimeout<void>(runtime(), 10s, "seeing what came before", store().waitForDeadLetters()));
    storeOrderWithEvents(1);
    QCOMPARE(runtime().run(withTimeout<void>(runtime(), 50ms, "a wait", store().waitForDeadLetters())).error().code,
             ErrorCode::Timeout);
    runtime().run(store().close());
    QCOMPARE(runtime().run(store().waitForDeadLetters()).error().code, ErrorCode::Closed);
}

/// A person may have corrected the event before it is published.
void StoreContract::deadLetters_tellWhatWasGivenUp()
{
    DeadLetter letter = storeDeadLetter(newDeadLetter(newEvent(newOrder("user-poison"))));
    const Event given_up = letter.event;
    letter.note({DeadLetterAct::Kind::Edited, runtime().now(), "ada", encodeData(letter.event.data)});
    letter.event.data.user_id = "Žofie";
    letter.state = DeadLetterState::Replayed;
    letter.note({DeadLetterAct::Kind::Replayed, letter.audit.back().at, "ada", "a test"});
    auto replay = store().begin();
    replay->updateDeadLetter(letter);
    commit(replay);
    auto claim = get(store().claimDeadLetters(10));
    QVERIFY(claim && claim->letters()[0].event == letter.event && claim->letters()[0].isCorrected());
    QVERIFY(claim->letters()[0].eventGivenUp() == given_up);
    claim.reset();
    letter.created_at += 1s; // The corrected one is given up.
    storeDeadLetter(letter);
    claim = claimDeadLettersAgain(10);
    QVERIFY(claim && claim->letters()[0].eventGivenUp() == letter.event);
}

} // namespace orderlab::test
