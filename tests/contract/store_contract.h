#pragma once
#include "asio/asio_headers.h"

#include "journal/journal.h"
#include "runtime/task_group.h"
#include "store/store.h"

#include <QTest>

#include <map>

namespace orderlab::test {

inline constexpr std::string_view payment_group = "payment";
inline constexpr std::string_view analytics_group = "analytics";

/// What every Store promises. A test program derives from it and says how to open an empty one.
class StoreContract : public QObject {
    Q_OBJECT

public:
    virtual Runtime& runtime() = 0;
    /// A store without rows. Its relays must be woken by commits, not by looking again every so often: a store that
    /// looks again should do so too rarely to help a test.
    virtual std::shared_ptr<Store> openEmptyStore(Journal& journal) = 0;

private slots:
    void init();
    void cleanup();

    void order_isStoredWithItsEvent();
    void transaction_withoutCommitLeavesNothing();
    void commit_isAllOrNothing();
    void commit_tellsTheJournalOnceItIsDurable();
    void commit_ofManyRowsOfEveryKind();
    void insertOrder_sameIdTwice();
    void updateOrder_changedSinceItWasRead();
    void updateOrder_unknownOrder();
    void updateOrder_noUpdateIsLostAmongMany();
    void payment_oneAnOrder();
    void payment_changedSinceItWasRead();
    void inbox_tellsWhatIsStillToDo();
    void inbox_rolledBackIsStillToDo();
    void inbox_sameEventTwiceInOneBatch();
    void inbox_effectsHappenOnceAmongMany();
    void commit_ofManyAtOnce_whatOneCannotWriteIsItsOwnHarm();
    void readAhead_tellsWhatAReadWould();
    void idempotencyKey_isRememberedOnce();
    void workerState_isKept();
    void workerState_seesOwnWrites();
    void workerState_changedSinceItWasRead();
    void workerState_noUpdateIsLostAmongMany();
    void analytics_addUpAmongMany();
    void outbox_claimIsExclusiveAnOrder();
    void outbox_unmarkedComesAgainMarkedNever();
    void outbox_claimsNoMoreThanAsked();
    void outbox_keepsTheDetailsOfEachType();
    void outbox_keepsWhetherTheCallerSamples();
    void outbox_keepsTheOrderOfEachOrderAmongRelays();
    void outbox_waitEndsWithACommit();
    void outbox_waitEndsWhenAClaimIsDropped();
    void findOrders_pagesNewestFirst();
    void findOrders_filters();
    void findOrders_refusesBadInput_data();
    void findOrders_refusesBadInput();
    void counts_countEveryTable();
    void deadLetter_isKeptWhole();
    void deadLetter_keepsWhatCouldNotBeDecoded_data();
    void deadLetter_keepsWhatCouldNotBeDecoded();
    void deadLetters_areFoundByWhetherTheyCouldBeDecoded();
    void deadLetter_givenUpAgainIsTheSameLetter();
    void deadLetter_attemptsAreBounded();
    void deadLetter_writtenAgainChangesNothing();
    void deadLetter_replayIsOneTransaction();
    void deadLetter_leavesItsWaitingOnce();
    void deadLetter_editIsKept();
    void deadLetter_countedUntilReplayed();
    void deadLetters_filters_data();
    void deadLetters_filters();
    void deadLetters_pagesBothWays();
    void deadLetters_refusesBadInput_data();
    void deadLetters_refusesBadInput();
    void deadLetters_countedByCause();
    void deadLetters_areClaimedUntilTheyArePublished();
    void deadLetters_thatWereRolledBackAreNotClaimed();
    void deadLetters_claimHoldsUpNobody();
    void deadLetters_areClaimedOnceAmongMany();
    void deadLetters_waitEndsWithACommit();
    void deadLetters_tellWhatWasGivenUp();
    void inbox_canBeLookedInto();
    void parked_isKeptWhole();
    void parked_isGivenOutOnceItIsDue();
    void parked_aLeaseKeepsOthersAwayAndEnds();
    void parked_moreAttemptsReplaceFewer();
    void parked_againOnlyWhileItWaits();
    void parked_againOnceMoreIsDone();
    void parked_isGoneWithTheTransactionThatDidIt();
    void parked_isClaimedOnceAmongMany();
    void ledger_isOutsideTransactions();
    void ledger_chargesAPaymentKeyOnce();
    void ledger_withoutKeyChargesEveryTime();
    void text_survivesAsItIs_data();
    void text_survivesAsItIs();
    void upkeep_keepsWhatIsYoung();
    void upkeep_deletesWhatHasPassedItsBound();
    void upkeep_cleansInSmallSteps();
    void upkeep_addsUpOldAnalyticsByTheDay();
    void close_endsWaitsAndIsIdempotent();

protected:
    Store& store() { return *m_store; }
    Journal& journal() { return *m_journal; }

    /// The value of a task that must succeed; fails the test and returns T{} otherwise.
    template <typename T>
    T get(Task<Result<T>> task)
    {
        auto result = runtime().run(std::move(task));
        if (!result) {
            QTest::qFail(result.error().message.c_str(), __FILE__, __LINE__);
            return T{};
        }
        if constexpr (!std::is_void_v<T>)
            return std::move(*result);
    }
    void commit(std::unique_ptr<Transaction>& transaction) { get<void>(transaction->commit(runtime().now())); }
    Error commitError(std::unique_ptr<Transaction>& transaction);

    Order newOrder(std::string user_id = "ada", std::int64_t amount_minor = 1999);
    Event newEvent(const Order& order, EventType type = EventType::OrderCreated);
    Order storeOrder(Order order);
    /// Stores the order and `count` events of it, numbered from 1 in their extension "n".
    Order storeOrderWithEvents(int count);
    static int numberOf(const Event& event);
    Payment newPayment(const Order& order, PaymentOutcome outcome = PaymentOutcome::Succeeded);
    Notification newNotification(const Order& order, const Event& event);
    DeadLetter newDeadLetter(const Event& event, std::string group = "payment");
    DeadLetter storeDeadLetter(DeadLetter letter);
    /// `count` letters, given up a second apart, the oldest first; ids fall as time goes on.
    std::vector<DeadLetter> storeDeadLetters(int count);
    /// Claims as soon as the claim before, which was dropped, has let go. Null: it has not in ten seconds.
    std::unique_ptr<DeadLetterClaim> claimDeadLettersAgain(std::size_t max);
    /// Commits `letter` in `state`, with an act noted.
    Result<void> changeDeadLetter(DeadLetter letter, DeadLetterState state);
    ParkedEvent newParked(const Event& event, Duration due_in, std::string group = "payment");
    void park(ParkedEvent parked);
    LedgerEntry newCharge(const Order& order, Uuid key);
    /// An order with `count` events that `payment` has done and told of, and an idempotency key "key".
    std::vector<Event> storeHandled(const Order& order, int count);
    /// Cleans until nothing has been deleted for a while, or `wanted` rows have.
    Cleaned cleanUntil(const StoreBounds& bounds, std::int64_t wanted, std::size_t rows_max = 1'000);

private:
    std::unique_ptr<Journal> m_journal;
    std::shared_ptr<Store> m_store;
};

} // namespace orderlab::test
