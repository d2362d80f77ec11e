#include "simulation/fork.h"

#include "runtime/virtual_runtime.h"
#include "simulation/shipped_scenarios.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QTemporaryDir>

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

std::vector<Change::Setting> settings(std::initializer_list<const char*> texts)
{
    std::vector<Change::Setting> all;
    for (const char* text : texts)
        all.push_back(parseSetting(text).value());
    return all;
}

} // namespace

class TestFork : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_scenario = parseScenario(findShippedScenario("duplicate-delivery")->text, "").value();
        RecordingHeader header;
        header.started_at = VirtualRuntime::epoch();
        header.program = ORDERLAB_VERSION;
        header.seed = 3;
        header.scenario = m_scenario.toJsonNode().toJson();
        auto writer = RecordingWriter::create(path(), header).value();
        SimulationOptions options;
        options.on_entries = [&](std::span<const Entry> entries, const Names& names) {
            (void)writer->write(entries, names).value();
        };
        m_report = simulate(m_scenario, 3, options).value();
        QVERIFY(writer->close());
        QVERIFY(m_report.holds());
    }

    void header_saysHowToMakeTheRunAgain()
    {
        const Recording recording = readRecording(path()).value();
        QCOMPARE(recording.header.version_minor, 2);
        QCOMPARE(*recording.header.seed, 3u);
        QCOMPARE(parseScenario(recording.header.scenario, "").value().toJson(), m_scenario.toJson());
    }

    void inboxOff_isAnotherFutureFromThenOn()
    {
        const Recording recording = readRecording(path()).value();
        const Duration at = 400ms;
        std::vector<std::int64_t> switched;
        SimulationOptions options;
        options.on_entries = [&](std::span<const Entry> entries, const Names&) {
            for (const Entry& entry : entries) {
                if (entry.kind == EntryKind::GuaranteeSwitched)
                    switched.push_back(entry.time_us);
            }
        };
        const auto fork = forkRecording(recording, {at, settings({"inbox=off"})}, options);
        QVERIFY_RESULT(fork);
        QCOMPARE(fork->first.journal_sha256, m_report.journal_sha256); // the first future is the recorded one
        QVERIFY(fork->first.holds());
        QVERIFY(fork->second.isViolated("effects-happen-once"));
        QVERIFY((switched == std::vector<std::int64_t>{toMicros(VirtualRuntime::epoch() + at)}));
        QVERIFY(fork->divergence.has_value());
        QVERIFY(fork->divergence->first_seconds >= 0.4 && fork->divergence->second_seconds >= 0.4);
        QVERIFY(fork->divergence->first != fork->divergence->second);
        QVERIFY(recording.entries.at(fork->divergence->index).time_us >= toMicros(VirtualRuntime::epoch() + at));
        // The fork is a scenario of its own: it gives the same second future.
        QCOMPARE(simulate(fork->scenario, 3)->journal_sha256, fork->second.journal_sha256);
    }

    void sameSetting_isTheSameFuture()
    {
        const Recording recording = readRecording(path()).value();
        const auto fork = forkRecording(recording, {400ms, settings({"inbox=on"})}, {});
        QVERIFY(fork);
        QVERIFY2(!fork->divergence, fork->divergence ? fork->divergence->second.c_str() : "");
        QCOMPARE(fork->first.journal_sha256, fork->second.journal_sha256);
    }

    void everySetting_canBeMade_data()
    {
        QTest::addColumn<QByteArray>("setting");
        for (const char* text :
             {"fault=gateway-call=decline", "faults=none", "members=5", "max-attempts=1", "retry-style=topic"})
            QTest::newRow(text) << QByteArray(text);
    }
    void everySetting_canBeMade()
    {
        QFETCH(QByteArray, setting);
        const Recording recording = readRecording(path()).value();
        const auto fork = forkRecording(recording, {200ms, settings({setting.constData()})}, {});
        QVERIFY_RESULT(fork);
        QCOMPARE(fork->second.totals.in_flight, 0);
        if (setting == "fault=gateway-call=decline")
            QVERIFY(fork->second.totals.failed > fork->first.totals.failed);
        if (setting == "faults=none")
            QVERIFY(fork->second.faults_injected < fork->first.faults_injected);
        if (setting == "members=5")
            QVERIFY(fork->divergence.has_value());
    }

    void anotherRun_isAnErrorThatNamesTheEntry()
    {
        Recording recording = readRecording(path()).value();
        recording.entries.at(100).value += 1;
        const auto fork = forkRecording(recording, {400ms, settings({"inbox=off"})}, {});
        QVERIFY(!fork);
        QCOMPARE(fork.error().code, ErrorCode::Corrupt);
        QVERIFY2(fork.error().message.find("entry 101 is") != std::string::npos, fork.error().message.c_str());
    }

    void wrongRecordings_areRefused()
    {
        Recording recording = readRecording(path()).value();
        QCOMPARE(forkRecording(recording, {1h, settings({"inbox=off"})}, {}).error().field, std::string("fork-at"));
        recording.header.scenario.clear();
        QCOMPARE(forkRecording(recording, {1s, settings({"inbox=off"})}, {}).error().field,
                 std::string("from-journal"));
    }

private:
    std::string path() const { return m_folder.filePath("run.jsonl").toStdString(); }

    QTemporaryDir m_folder;
    Scenario m_scenario;
    SimulationReport m_report;
};

ORDERLAB_TEST(tst_fork, NoApplication, TestFork)
#include "tst_fork.moc"
