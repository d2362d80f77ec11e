#include "contract/store_contract.h"

namespace orderlab::test {

using namespace std::chrono_literals;

namespace {

const WorkerStateKey ada{"orderlab.loyalty", "customer:ada"};
const WorkerStateKey ada_elsewhere{"orderlab.fraud", "customer:ada"};

/// Adds one, starting over on a conflict.
Task<void> countUp(Store& store, Runtime& runtime, int times, std::atomic<int>& failures)
{
    for (int i = 0; i < times;) {
        const auto transaction = store.begin();
        const auto value = co_await transaction->readState(ada);
        if (!value) {
            ++failures;
            co_return;
        }
        co_await runtime.sleep(Duration{std::int64_t(runtime.randomBelow(500))});
        transaction->writeState(ada, std::to_string((*value ? std::stoi(**value) : 0) + 1), runtime.now());
        const auto committed = co_await transaction->commit(runtime.now());
        if (committed)
            ++i;
        else if (committed.error().code != ErrorCode::Conflict) {
            ++failures;
            co_return;
        }
    }
}

} // namespace

void StoreContract::workerState_isKept()
{
    const std::string value = R"({"points":3,"name":"Zoë \"Z\""})";
    auto first = store().begin();
    QVERIFY(!get(first->readState(ada)));
    first->writeState(ada, value, runtime().now());
    first->writeState(ada_elsewhere, "1", runtime().now());
    commit(first);
    {
        auto dropped = store().begin();
        dropped->writeState(ada, "0", runtime().now());
    }
    auto second = store().begin();
    QCOMPARE(get(second->readState(ada)).value_or(""), value);
    QCOMPARE(get(second->readState(ada_elsewhere)).value_or(""), "1");
    second->writeState(ada, "2", runtime().now());                    // Read before.
    second->writeState(ada_elsewhere, std::nullopt, runtime().now()); // Deleted.
    commit(second);
    auto third = store().begin();
    third->writeState(ada, "3", runtime().now()); // Not read before.
    commit(third);
    auto fourth = store().begin();
    QCOMPARE(get(fourth->readState(ada)).value_or(""), "3");
    QVERIFY(!get(fourth->readState(ada_elsewhere)));
    fourth->writeState(ada_elsewhere, std::nullopt, runtime().now()); // There is none: nothing happens.
    commit(fourth);
    auto fifth = store().begin();
    fifth->writeState(ada, std::nullopt, runtime().now());
    commit(fifth);
    auto sixth = store().begin();
    QVERIFY(!get(sixth->readState(ada)));
}

void StoreContract::workerState_seesOwnWrites()
{
    auto transaction = store().begin();
    transaction->writeState(ada, "1", runtime().now());
    QCOMPARE(get(transaction->readState(ada)).value_or(""), "1");
    transaction->writeState(ada, std::nullopt, runtime().now());
    QVERIFY(!get(transaction->readState(ada)));
    transaction->writeState(ada, "2", runtime().now());
    QCOMPARE(transaction->stateWrites(ada), 3u);
    commit(transaction);
    auto after = store().begin();
    QCOMPARE(get(after->readState(ada)).value_or(""), "2");
}

void StoreContract::workerState_changedSinceItWasRead()
{
    const auto setTo = [this](std::optional<std::string> value) {
        auto transaction = store().begin();
        transaction->writeState(ada, std::move(value), runtime().now());
        commit(transaction);
    };
    const auto isRefused = [this](std::unique_ptr<Transaction>& transaction) {
        const auto committed = runtime().run(transaction->commit(runtime().now()));
        return !committed && committed.error().code == ErrorCode::Conflict && committed.error().retry == Retry::Now;
    };
    auto inserting = store().begin();
    QVERIFY(!get(inserting->readState(ada)));
    setTo("1");
    inserting->writeState(ada, "9", runtime().now());
    QVERIFY(isRefused(inserting));

    auto changing = store().begin(), deleting = store().begin();
    QVERIFY(get(changing->readState(ada)));
    QVERIFY(get(deleting->readState(ada)));
    setTo("2");
    changing->writeState(ada, "9", runtime().now());
    deleting->writeState(ada, std::nullopt, runtime().now());
    QVERIFY(isRefused(changing));
    QVERIFY(isRefused(deleting));

    auto late = store().begin();
    QVERIFY(get(late->readState(ada)));
    setTo(std::nullopt);
    late->writeState(ada, "9", runtime().now());
    QVERIFY(isRefused(late));
    auto after = store().begin();
    QVERIFY(!get(after->readState(ada)));
}

void StoreContract::workerState_noUpdateIsLostAmongMany()
{
    constexpr int clients = 4, times = 25;
    std::atomic<int> failures{0};
    TaskGroup counting(runtime());
    for (int i = 0; i < clients; ++i)
        counting.spawn(countUp(store(), runtime(), times, failures));
    runtime().run(counting.join());
    QCOMPARE(failures.load(), 0);
    auto after = store().begin();
    QCOMPARE(get(after->readState(ada)).value_or(""), std::to_string(clients * times));
}

} // namespace orderlab::test
