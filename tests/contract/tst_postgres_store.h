#pragma once
#include "contract/store_contract.h"
#include "postgres/postgres_store.h"
#include "postgres/private_postgres.h"
#include "runtime/real_runtime.h"
#include "support/scratch_folder.h"

namespace orderlab::test {

/// PostgresStore on a real server, which this program starts for itself.
class TestPostgresStore : public StoreContract {
    Q_OBJECT

public:
    Runtime& runtime() override { return m_runtime; }
    std::shared_ptr<Store> openEmptyStore(Journal& journal) override;

private slots:
    void initTestCase();
    void cleanupTestCase();

    void close_endsEverythingElseToo();
    void commit_ofManyAtOnce_oneThatCannotHurtsNoOther();
    void error_meansWhatTheCallerShouldDo_data();
    void error_meansWhatTheCallerShouldDo();
    void migrate_severalAtOnce();
    void migrate_refusesANewerDatabase();
    void open_refusesWhatIsNoUrl();
    void open_saysThatTheServerIsAway();
    void outbox_rowCommittedLateIsStillPublished();
    void outbox_otherProcessIsWoken();
    void outbox_otherProcessIsWokenAfterItsListenerWasCutOff();
    void outbox_lockDiesWithItsConnection();
    void deadLetters_lockDiesWithItsConnection();
    void outbox_noSlotStarves();
    void outbox_oldPublishedRowsAreDeleted();
    void upkeep_deletesNothingBeforeItKnowsTheGroups();
    void upkeep_keepsTheInboxOfWhatMayBePublishedAgain();
    void upkeep_keepsTheInboxOfWhatWaitsToBePublished();
    void upkeep_isNotHeldUpByWhatStays();
    void upkeep_cleansTheInboxBesideManyKeptRows();
    void upkeep_comesToEveryPage();
    void upkeep_tellsWhatIsOnTheDisk();
    void processedEvents_isAViewThatCanBeWritten();
    void filing_findsOrdersThatStayAsTheyAre();
    void filing_aPaidOrderIsAHotUpdate();
    void archive_readsTheOutboxOnceABatch();
    void archive_takesWhatIsDoneForGood();
    void archive_interruptedLosesNothing();
    void archive_isNotWrittenIntoOtherFiles();
    void outbox_republishesWhatSomeGroupHasNotDone();
    void outbox_republishesWhatTheLogHasLost();
    void logExtents_areThoseOfTheLogInUse();
    void outbox_doesNotRepublishWhatIsParked();
    void outbox_republishesTheReplayOfADeadLetterOnly();
    void migrate_addsEventTypesOfANewerProgram();
    void migration_keepsOldDeadLetters();
    void migration_keepsInboxAndOutbox();
    void pool_isBoundedAndSaysSo();
    void pool_cancelledQueryPoisonsNothing();
    void pool_recoversWhenItsSessionsAreCutOff();
    void refund_hasItsRow();
    void notification_keepsItsText();

private:
    PostgresOptions options() const;
    std::shared_ptr<Store> open(Journal& journal, const PostgresOptions& options);
    /// Runs statements of a person at psql.
    void script(const std::string& sql);
    std::string valueOf(const std::string& sql);
    std::size_t claimAllAndMark(Store& from);
    void makeOld(const std::string& which);
    void markDone(std::string_view group, const std::vector<Event>& events);
    /// Emits and publishes events of as many orders.
    std::vector<Event> publish(int count);
    const std::vector<Subscription> two_groups = {{std::string(payment_group), {EventType::OrderCreated}},
                                                  {std::string(analytics_group), {EventType::OrderCreated}}};

    ScratchFolder m_folder;
    RealRuntime m_runtime{2};
    std::unique_ptr<PrivatePostgres> m_server;
    std::unique_ptr<PostgresConnection> m_admin;
};

} // namespace orderlab::test
