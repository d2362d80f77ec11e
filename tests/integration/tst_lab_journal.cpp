#include "bus/event_bus.h"
#include "journal/journal_hash.h"
#include "journal/recording.h"
#include "journal/story.h"
#include "journal/timeline.h"
#include "lab/lab.h"
#include "runtime/real_runtime.h"
#include "runtime/virtual_runtime.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QTemporaryDir>

#include <map>
#include <set>

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

constexpr int order_count = 120;

/// Creates orders (some declined, some flaky, some poison), scales a group up and down meanwhile, waits for the end.
Task<Result<StoreCounts>> runOrders(Lab& lab)
{
    for (int i = 0; i < order_count; ++i) {
        CreateOrder create;
        create.request.user_id = i % 10 == 3   ? "user-declined"
                                 : i % 40 == 5 ? "user-flaky"
                                 : i % 60 == 9 ? "user-poison"
                                               : "ada";
        create.request.total.amount_minor = 100 + i;
        const auto created = co_await lab.orders().create(create);
        if (!created)
            co_return created.error();
        if (i == 40 || i == 80) {
            const auto scaled = co_await lab.scale("payment", i == 40 ? 3 : 1);
            if (!scaled)
                co_return scaled.error();
        }
    }
    for (;;) {
        auto counts = co_await lab.store().counts();
        if (!counts)
            co_return counts;
        bool is_over =
            counts->paid + counts->failed + counts->dead_letters == order_count && counts->outbox_unpublished == 0;
        const auto groups = co_await lab.bus().groups(); // And the last notifications are sent.
        if (!groups)
            co_return groups.error();
        for (const GroupStatus& group : *groups)
            is_over = is_over && std::ranges::all_of(group.partitions, [](const auto& at) { return at.lag() == 0; });
        if (is_over)
            co_return co_await lab.store().counts();
        co_await lab.runtime().sleep(10ms);
    }
}

struct Run {
    StoreCounts counts;
    std::vector<Entry> before_stop, all;
};

/// Runs a whole system and takes its journal.
Result<Run> runLab(Runtime& runtime, Lab& lab)
{
    JournalReader reader(lab.journal());
    Run run;
    ORDERLAB_TRY(return, runtime.run(lab.start()));
    const auto counts = runtime.run(runOrders(lab));
    if (!counts)
        return counts.error();
    run.counts = *counts;
    reader.read(run.all, 1'000'000);
    run.before_stop = run.all;
    runtime.run(lab.stop());
    reader.read(run.all, 1'000'000);
    if (reader.missed() > 0)
        return internalError("the journal was too short for the test");
    return run;
}

std::unique_ptr<Runtime> makeRuntime(bool is_virtual, std::uint64_t seed)
{
    if (is_virtual)
        return std::make_unique<VirtualRuntime>(seed);
    return std::make_unique<RealRuntime>(2);
}

} // namespace

/// What the journal tells must be what the store has: the fold against a whole running system.
class TestLabJournal : public QObject {
    Q_OBJECT

private slots:
    /// However many customers and errors there were: what is told of groups, faults and guarantees stays true.
    void manyCustomers_leaveWordsTrue()
    {
        VirtualRuntime runtime(3);
        Lab lab(runtime, {});
        for (int i = 0; i < 70'000; ++i) {
            lab.journal().names().intern("customer-" + std::to_string(i), NameUse::Customer);
            lab.journal().names().intern("error " + std::to_string(i), NameUse::Text);
        }
        JournalReader reader(lab.journal());
        QVERIFY_RESULT(runtime.run(lab.start()));
        Guarantees guarantees;
        guarantees.set(Guarantee::Inbox, false);
        lab.faults().setGuarantees(guarantees);
        QVERIFY(lab.faults().setFaults({parseFault("gateway-call=fail,count=2").value()}));
        QVERIFY_RESULT(runtime.run(lab.scale("payment", 3)));
        CreateOrder create;
        create.request.user_id = "one customer more";
        create.request.total.amount_minor = 100;
        const auto created = runtime.run(lab.orders().create(create));
        QVERIFY_RESULT(created);
        runtime.run(runtime.sleep(30s));
        std::vector<Entry> entries;
        reader.read(entries, 1'000'000);
        const Names& names = lab.journal().names();
        std::map<EntryKind, std::set<std::string>> details, actors;
        for (const Entry& entry : entries) {
            details[entry.kind].emplace(names.text(entry.detail));
            actors[entry.kind].emplace(names.text(entry.actor));
            QVERIFY(names.text(entry.group) != "(other)" && names.text(entry.topic) != "(other)");
        }
        QVERIFY(details[EntryKind::FaultInjected] == std::set<std::string>{"gateway-call fail"});
        QVERIFY(details[EntryKind::GuaranteeSwitched].contains("inbox off"));
        QVERIFY(details[EntryKind::StatusChanged] == std::set<std::string>{"paid"});
        QVERIFY(details[EntryKind::OrderAccepted] == std::set<std::string>{"EUR"});
        QVERIFY(actors[EntryKind::OrderAccepted] == std::set<std::string>{"(another customer)"});
        QVERIFY(actors[EntryKind::MemberJoined].size() >= 6 && !actors[EntryKind::MemberJoined].contains("(other)"));
        const std::string story =
            storyText(created->order.id, tellStory(collectStory(entries, names, created->order.id), names));
        QVERIFY2(story.find("(other)") == std::string::npos, story.c_str());
        runtime.run(lab.stop());
    }

    void worldState_tellsWhatTheStoreHas_data()
    {
        QTest::addColumn<bool>("is_virtual");
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 5; ++seed)
            QTest::newRow(qPrintable(QString("virtual, seed %1").arg(seed))) << true << seed;
        QTest::newRow("real threads") << false << 0;
    }
    void worldState_tellsWhatTheStoreHas()
    {
        QFETCH(bool, is_virtual);
        QFETCH(int, seed);
        const auto runtime = makeRuntime(is_virtual, std::uint64_t(seed));
        Lab lab(*runtime, {});
        const auto run = runLab(*runtime, lab);
        QVERIFY_RESULT(run);

        WorldState state(lab.journal().names());
        for (const Entry& entry : run->before_stop) {
            state.apply(entry);
            const Totals& t = state.totals();
            QCOMPARE(t.paid + t.failed + t.canceled + t.dead_lettered + t.in_flight, t.accepted);
        }
        const Totals& totals = state.totals();
        QCOMPARE(totals.accepted, order_count);
        QCOMPARE(totals.paid, run->counts.paid);
        QCOMPARE(totals.failed, run->counts.failed);
        QCOMPARE(totals.dead_lettered, run->counts.created);
        QCOMPARE(totals.dead_letters, run->counts.dead_letters);
        QCOMPARE(totals.in_flight, 0);
        QCOMPARE(totals.outboxWaiting(), 0);
        QVERIFY(totals.retries >= 6 && totals.failed == 12 && totals.dead_letters == 2);
        for (const GroupState& group : state.groups()) {
            for (const MemberState& member : group.members)
                QVERIFY2(member.activity == MemberActivity::Idle, lab.journal().names().text(member.name).data());
            for (const GroupPartitionState& partition : group.partitions) {
                QVERIFY(partition.member != 0);
                const TopicState* topic = state.findTopic(partition.topic);
                const bool has_events = topic && partition.partition < topic->partitions.size();
                QCOMPARE(partition.committed, has_events ? topic->partitions[partition.partition].end : 0);
            }
        }
        state.apply(std::span(run->all).subspan(run->before_stop.size()));
        for (const GroupState& group : state.groups())
            QVERIFY(group.members.empty());
    }

    void recording_holdsTheWholeRun()
    {
        VirtualRuntime runtime(7);
        Lab lab(runtime, {});
        const auto run = runLab(runtime, lab);
        QVERIFY(run);
        QTemporaryDir directory;
        const std::string path = directory.filePath("run.jsonl").toStdString();
        auto writer = RecordingWriter::create(path, {1, 0, VirtualRuntime::epoch(), ORDERLAB_VERSION});
        QVERIFY(writer && (*writer)->write(run->all, lab.journal().names()) && (*writer)->close());
        const auto read = readRecording(path);
        QVERIFY_RESULT(read);
        QCOMPARE(journalSha256(read->entries, *read->names), journalSha256(run->all, lab.journal().names()));
        Timeline timeline(*read->names, 1'000'000, 256);
        timeline.append(read->entries);
        QCOMPARE(timeline.now().totals(), [&] {
            WorldState state(lab.journal().names());
            state.apply(run->all);
            return state.totals();
        }());
    }

    void virtualRuns_areEqualForEqualSeeds()
    {
        const auto hash = [](std::uint64_t seed) {
            VirtualRuntime runtime(seed);
            Lab lab(runtime, {});
            const auto run = runLab(runtime, lab);
            return run ? journalSha256(run->all, lab.journal().names()) : run.error().message;
        };
        const std::string seven = hash(7);
        QCOMPARE(seven.size(), std::size_t(64));
        QCOMPARE(hash(7), seven);
        QVERIFY(hash(8) != seven);
    }
};

ORDERLAB_TEST(tst_lab_journal, NoApplication, TestLabJournal)
#include "tst_lab_journal.moc"
