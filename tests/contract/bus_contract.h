#pragma once
#include "bus/event_bus.h"
#include "journal/journal.h"
#include "runtime/real_runtime.h"

#include <QObject>

namespace orderlab {

/// What every EventBus has to do. A back end's test derives from it and makes the bus.
class BusContract : public QObject {
    Q_OBJECT

protected:
    struct Options {
        std::uint16_t partitions = 3;
        std::size_t retention_events = 100'000;
    };
    /// A new, empty bus; the one of the test before is closed by then.
    virtual std::unique_ptr<EventBus> makeBus(Options options) = 0;

    /// The shortest session that the bus keeps to.
    virtual Duration shortestSession() const { return std::chrono::milliseconds{300}; }

    /// False for a log with room for all that a test publishes.
    virtual bool publisherWaitsWhenFull() const { return true; }

    void checkReset(OffsetTarget target, std::int64_t offset, std::int64_t goes_to);

    RealRuntime m_runtime{2};
    Journal m_journal;

private slots:
    void delivery_isIntactWithHeaders();
    void groups_eachGetsEveryEvent_membersShare();
    void order_isKeptPerKey();
    void untilCommitted_nothingNewOnAPartition();
    void unlimited_deliveriesGoOnWithoutCommits();
    void uncommitted_isRedeliveredAfterAMemberDies();
    void members_comeAndGo_nothingIsLost();
    void lateGroup_getsWhatIsRetained();
    void group_isListedWithAllItHasToRead_fromItsFirstSubscriptionOn();
    void seek_deliversAgain();
    void commit_ofALostPartitionIsRefused();
    void silentMember_isPutOut_othersGoOn();
    void silentMember_mayJoinAgain();
    void keepAlive_keepsThePartition();
    void drain_endsPollsButNotCommits();
    void close_isIdempotent_alsoManyAtOnceAndDuringPolls();
    void topics_doNotLeak();
    void deadLetters_reachNoGroup();
    void cancel_endsAPoll_nothingIsLost();
    void publisher_waitsWhenFull_nothingUncommittedIsDropped();
    void member_nameIsUniqueInItsGroup();
    void rebalance_isFairAndSticky();
    void reset_toEarliest();
    void reset_toLatest();
    void reset_toAnOffsetBefore();
    void reset_toTheOffsetWhereItIs();
    void reset_toAnOffsetAhead();
    void reset_toAnOffsetPastTheEnd();
    void reset_toATime();
    void reset_ofOneTopicOrPartitionLeavesTheOthers();
    void reset_ofAnActiveGroupIsRefused_namingItsMembers();
    void reset_ofWhatIsNotThereIsRefused();
    // bus_contract_browser.cpp
    void browse_readsFromAnyOffset_noMoreThanAskedFor();
    void browse_findsTheOffsetOfATime();
    void browse_showsARecordThatIsNoneOfOursAsItIs();
    void browse_whatIsNotThereIsRefused();
    void browse_isNoGroupAndMovesNone();
};

} // namespace orderlab
