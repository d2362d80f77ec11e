#include "runtime/random_stream.h"
#include "simulation/shipped_scenarios.h"
#include "support/test_program.h"
#include "ui/bridge/frame_pump.h"
#include "ui/bridge/player.h"
#include "ui/worlds/worlds.h"

#include <QDeadlineTimer>
#include <QSignalSpy>
#include <QThread>

using namespace orderlab;
using namespace orderlab::ui;
using orderlab::test::patience_ms;

namespace {

Scenario shipped(std::string_view name)
{
    const auto source = findScenario(std::string(name));
    auto scenario = source ? parseScenario(source->text, source->file) : Result<Scenario>(source.error());
    if (!scenario)
        qFatal("%s", scenario.error().message.c_str());
    scenario->orders.count = std::min<std::uint64_t>(scenario->orders.count, 20); // Enough for all that can happen.
    return std::move(*scenario);
}

/// A world and the moment in it, without a window.
struct Stage {
    explicit Stage(Scenario scenario, std::uint64_t seed = 1)
        : frames(
            names, {}, {}, [] { return TimePoint{}; }, nullptr),
          player(frames, false, nullptr), worlds(std::move(scenario), seed, names, nullptr)
    {
        worlds.begin(frames);
        settle();
    }
    void turn()
    {
        frames.read();
        frames.show();
        worlds.follow();
    }
    /// Until the shown world is whole and shown.
    bool settle()
    {
        const QDeadlineTimer deadline(patience_ms);
        while (!frames.isWhole() || !worlds.shown().outcome) {
            if (deadline.hasExpired())
                return false;
            turn();
            QCoreApplication::processEvents();
            QThread::yieldCurrentThread();
        }
        return true;
    }
    std::string hash()
    {
        settle();
        return worlds.shown().outcome->journal_sha256;
    }
    const Timeline& timeline() const { return frames.timeline(); }

    Names names;
    FramePump frames;
    Player player;
    Worlds worlds;
};

bool isSameTail(const LogTail& a, const LogTail& b)
{
    for (const EventType type : all_event_types) {
        for (std::uint16_t partition = 0; partition < 8; ++partition) {
            const auto &left = a.cells(type, partition), &right = b.cells(type, partition);
            const auto same = [](const LogCell& x, const LogCell& y) {
                return x.offset == y.offset && x.event == y.event && x.time_us == y.time_us;
            };
            if (!std::equal(left.begin(), left.end(), right.begin(), right.end(), same))
                return false;
        }
    }
    return true;
}

} // namespace

class TestMoment : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// However a moment is reached, it is the same.
    void anyWay_leadsToTheSameState_data()
    {
        QTest::addColumn<QString>("scenario");
        for (const EmbeddedText& text : shippedScenarios())
            QTest::newRow(std::string(text.name).c_str()) << QString::fromUtf8(text.name.data(), int(text.name.size()));
        for (const char* swarm : {"swarm-1", "swarm-2", "swarm-3", "swarm-4"})
            QTest::newRow(swarm) << QString::fromLatin1(swarm);
    }
    void anyWay_leadsToTheSameState()
    {
        QFETCH(QString, scenario);
        for (std::uint64_t seed = 1; seed <= 50; ++seed) {
            Stage stage(shipped(scenario.toStdString()), seed);
            RandomStream random(seed);
            FramePump& frames = stage.frames;
            const std::uint64_t end = stage.timeline().endIndex();
            QVERIFY(end > 100);
            for (int step = 0; step < 8; ++step) {
                const std::uint64_t place = random.next() % (end + 1);
                switch (random.next() % 6) {
                case 0: frames.goTo(place); break;
                case 1: stage.player.step(1); break;
                case 2: stage.player.step(-1); break;
                case 3: stage.player.step(-int(random.next() % 300)); break;
                case 4: frames.goToTime(stage.timeline().at(std::min(place, end - 1)).time_us, true); break;
                case 5:
                    stage.player.stepTo(random.next() % 2 == 0,
                                        [](const Entry& e) { return e.kind == EntryKind::AttemptFailed; });
                }
                WorldState expected(stage.names, 50'000);
                LogTail tail;
                std::vector<Entry> before;
                for (std::uint64_t i = 0; i < frames.index(); ++i)
                    before.push_back(stage.timeline().at(i));
                expected.apply(before);
                tail.apply(before, frames.names());
                QVERIFY2(frames.world() == expected,
                         qPrintable(QStringLiteral("seed %1, step %2").arg(seed).arg(step)));
                QVERIFY(isSameTail(frames.tail(), tail));
            }
        }
    }
    void frames_tellEachPassedEntryOnce()
    {
        Stage stage(shipped("lost-answer"));
        FramePump& frames = stage.frames;
        std::vector<Entry> told;
        Move move = Move::Jump;
        connect(&frames, &FramePump::frame, this, [&](const Frame& frame) {
            told.assign(frame.fresh.begin(), frame.fresh.end());
            move = frame.move;
        });
        frames.goTo(50);
        frames.goTo(60);
        QVERIFY(move == Move::Forward);
        QCOMPARE(told.size(), std::size_t(10));
        QVERIFY(told.front() == stage.timeline().at(50) && told.back() == stage.timeline().at(59));
        frames.goTo(55);
        QVERIFY(move == Move::Backward);
        QCOMPARE(told.size(), std::size_t(5));
        QVERIFY(told.front() == stage.timeline().at(59) && told.back() == stage.timeline().at(55));
    }
    /// Undone, each kind of change leaves the world as it was.
    void undo_isTheWorldBefore_data()
    {
        QTest::addColumn<QString>("setting");
        for (const char* setting :
             {"payment-key=off", "fault=gateway-call=fail,count=3", "faults=none", "members=4", "members.payment=3",
              "max-attempts=1", "order=ada,19.99,EUR", "orders=10", "crash=payment-1", "seed=17"})
            QTest::newRow(setting) << QString::fromLatin1(setting);
    }
    void undo_isTheWorldBefore()
    {
        QFETCH(QString, setting);
        Stage stage(shipped("lost-answer"));
        const std::string before = stage.hash();
        stage.frames.goTo(stage.timeline().endIndex() / 5);
        const auto parsed = parseSetting(setting.toStdString());
        QVERIFY2(parsed, parsed ? "" : parsed.error().message.c_str());
        const std::uint64_t index = stage.frames.index();
        std::vector<Entry> kept;
        for (std::uint64_t i = 0; i < index; ++i)
            kept.push_back(stage.timeline().at(i));
        stage.worlds.change(*parsed, setting);
        const std::string changed = stage.hash();
        QVERIFY(changed != before);
        // What was shown is the same in the new world.
        QVERIFY(stage.frames.index() >= index);
        for (std::uint64_t i = 0; i < index; ++i)
            QVERIFY(stage.timeline().at(i) == kept[i]);
        stage.worlds.history().undo();
        QCOMPARE(stage.hash(), before);
        stage.worlds.history().redo();
        QCOMPARE(stage.hash(), changed);
        stage.worlds.removeChange(stage.worlds.shown().scenario.changes.size() - 1);
        QCOMPARE(stage.hash(), before);
    }
    void fork_partsWhereItWasMade()
    {
        Stage stage(shipped("double-charge"), 5);
        const int first = stage.worlds.shown().id;
        const std::string before = stage.hash();
        stage.frames.goTo(stage.timeline().endIndex() / 3);
        const int second = stage.worlds.fork({SwitchGuarantee{Guarantee::PaymentKey, true}}, QStringLiteral("key on"));
        QVERIFY(second != 0 && second != first);
        QVERIFY(stage.hash() != before);
        QCOMPARE(stage.worlds.shown().parent, first);
        QVERIFY(stage.worlds.settings().guarantees[Guarantee::PaymentKey]);
        stage.worlds.show(first);
        QCOMPARE(stage.hash(), before);
        QVERIFY(!stage.worlds.settings().guarantees[Guarantee::PaymentKey]);
        stage.worlds.remove(second);
        QCOMPARE(stage.worlds.all().size(), std::size_t(1));
        stage.worlds.remove(first); // The last one stays.
        QCOMPARE(stage.worlds.all().size(), std::size_t(1));
    }
    void settings_areThoseOfTheMoment()
    {
        Scenario scenario;
        scenario.fault_time = std::chrono::seconds{5};
        scenario.guarantees.set(Guarantee::Inbox, false);
        const Fault fault = *parseFault("gateway-call=fail,for=1s");
        scenario.changes = {{std::chrono::seconds{1}, AddFault{fault}},
                            {std::chrono::seconds{2}, SwitchGuarantee{Guarantee::Inbox, true}},
                            {std::chrono::seconds{3}, AddFault{*parseFault("delivery=duplicate")}}};
        const auto at = [&](int ms) { return settingsAt(scenario, std::chrono::milliseconds{ms}); };
        QCOMPARE(at(999).faults.size(), std::size_t(0));
        QCOMPARE(at(1'000).faults.size(), std::size_t(1));
        QVERIFY(!at(1'999).guarantees[Guarantee::Inbox]);
        QVERIFY(at(2'000).guarantees[Guarantee::Inbox]);
        QCOMPARE(at(2'500).faults.size(), std::size_t(0)); // Its second is over.
        QCOMPARE(at(3'000).faults.size(), std::size_t(1));
        QCOMPARE(at(5'000).faults.size(), std::size_t(0));
    }
    void player_playsToTheEndAndBegins()
    {
        Stage stage(shipped("happy-day"));
        stage.player.setSpeed(1'000);
        stage.player.toStart();
        stage.player.setPlaying(true);
        QTRY_VERIFY_WITH_TIMEOUT((stage.player.tick(), !stage.player.isPlaying()), patience_ms);
        QCOMPARE(stage.frames.index(), stage.timeline().endIndex());
        stage.player.setPlaying(true); // Once more, from the start.
        QVERIFY(stage.frames.index() < stage.timeline().endIndex());
    }
};

ORDERLAB_TEST(tst_moment, QCoreApplication, TestMoment)
#include "tst_moment.moc"
