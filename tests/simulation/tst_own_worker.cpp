#include "lab/lab.h"
#include "memory_store/memory_rows.h"
#include "own_worker/worker_message.h"
#include "simulation/shipped_scenarios.h"
#include "simulation/simulate.h"
#include "simulation/worker_chance.h"
#include "simulation/worker_trial.h"
#include "support/json_schema.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QFile>

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

/// A busy machine is no silence.
constexpr std::chrono::seconds long_patience{120};

std::string source(const char* path)
{
    return std::string(ORDERLAB_SOURCE_DIR) + '/' + path;
}
std::string odd(const char* what)
{
    return "python3 '" + source("tests/workers/odd.py") + "' " + what;
}
std::string rightPayment()
{
    return "python3 '" + source("examples/workers/python/payment.py") + '\'';
}

Scenario withWorker(Scenario scenario, const std::string& worker, const std::vector<std::string>& topics = {})
{
    const std::string workers[] = {worker};
    scenario.own_workers = parseOwnWorkers(workers, topics).value();
    return scenario;
}
Scenario few(std::uint64_t orders)
{
    Scenario scenario;
    scenario.orders.count = orders;
    scenario.orders.test_customer_share = 0;
    return scenario;
}
Scenario scenarioNamed(const char* name)
{
    return parseScenario(findShippedScenario(name)->text, name).value();
}

/// What is told of the first attempt that failed.
QString firstFailure(const Scenario& scenario, SimulationReport& report, Duration patience = {})
{
    QString failure;
    SimulationOptions options;
    options.worker_patience = patience;
    options.on_entries = [&](std::span<const Entry> entries, const Names& names) {
        for (const Entry& entry : entries) {
            if (failure.isEmpty() && entry.kind == EntryKind::AttemptFailed)
                failure = QString::fromUtf8(names.text(entry.detail));
        }
    };
    report = simulate(scenario, 1, options).value();
    return failure;
}

} // namespace

/// Handlers that are programs, on a virtual clock (docs/worker-protocol.md).
class TestOwnWorker : public QObject {
    Q_OBJECT

private slots:
    void payment_keepsEveryPromise()
    {
        const Scenario scenario = withWorker(scenarioNamed("everything-at-once"), "payment=" + rightPayment());
        for (std::uint64_t seed = 1; seed <= 2; ++seed) {
            const auto report = simulate(scenario, seed);
            QVERIFY_RESULT(report);
            QVERIFY2(report->holds(), report->holds() ? "" : report->firstViolated()->first->explanation.c_str());
            QVERIFY(report->totals.paid > 10);
        }
    }

    void sameSeed_sameJournal()
    {
        const Scenario scenario = withWorker(scenarioNamed("everything-at-once"), "payment=" + rightPayment());
        WorkerTranscript said;
        SimulationOptions options;
        options.transcript = &said;
        const auto first = simulate(scenario, 7, options), second = simulate(scenario, 7);
        QVERIFY_RESULT(first);
        QVERIFY_RESULT(second);
        QCOMPARE(second->journal_sha256, first->journal_sha256);
        const auto difference = runAgain(scenario, 7, said);
        QVERIFY_RESULT(difference);
        QVERIFY(!*difference);
        QVERIFY(said.lines().size() > 100);
    }

    void transcript_matchesTheSchema()
    {
        QFile file(QStringLiteral(ORDERLAB_SOURCE_DIR "/resources/schemas/worker-protocol.schema.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        JsonProblem problem;
        const auto root = parseJsonTree(file.readAll().toStdString(), problem);
        QVERIFY2(root, problem.reason.c_str());
        const testing::JsonSchema schema(*root);
        WorkerTranscript said;
        SimulationOptions options;
        options.transcript = &said;
        QVERIFY_RESULT(
            simulate(withWorker(scenarioNamed("impatient-customer"), "payment=" + rightPayment()), 3, options));
        for (const WorkerTranscript::Line& line : said.lines()) {
            if (line.text.starts_with('(')) // The end of a process.
                continue;
            const auto message = parseJsonTree(line.text, problem);
            QVERIFY2(message, line.text.c_str());
            QVERIFY2(schema.accepts(*message), line.text.c_str());
        }
    }

    void moment_isTheSameWithItsWorker()
    {
        const Scenario scenario = withWorker(few(3), "payment=" + rightPayment());
        QCOMPARE(MomentLine::of(scenario, 1), MomentLine::of(few(3), 1)); // Nobody's line starts a program.
        QVERIFY(scenario.toJson().find("python3") == std::string::npos);
    }

    void chargeWithoutKey_isFound()
    {
        const Scenario scenario =
            withWorker(scenarioNamed("lost-answer"),
                       "payment=python3 '" + source("tests/workers/mistaken_payment.py") + "' no-key");
        WorkerTrialOptions options;
        options.seeds = {1, 4};
        options.chance_seeds = 1;
        options.shrink_runs_max = 6;
        const auto trial = tryWorkers(scenario, options);
        QVERIFY_RESULT(trial);
        QVERIFY(!trial->holds());
        QVERIFY(!trial->difference);
        for (const PromiseVerdict& verdict : trial->promises) {
            if (verdict.name == "charged-at-most-once") {
                QVERIFY(verdict.broken > 0);
                QVERIFY(verdict.moment);
                QVERIFY(!verdict.explanation.empty());
                QVERIFY_RESULT(verdict.moment->print());
            }
        }
    }

    void clock_isFound()
    {
        const Scenario scenario = withWorker(few(2), "loyalty=" + odd("clock"), {"order-created"});
        WorkerTrialOptions options;
        options.seeds = {1, 1};
        const auto trial = tryWorkers(scenario, options);
        QVERIFY_RESULT(trial);
        QVERIFY(trial->difference);
        QVERIFY(trial->difference->first.find("\"seen\"") != std::string::npos);
        QVERIFY(trial->difference->second.find("\"seen\"") != std::string::npos);
        QVERIFY(trial->difference->before.find("order-created") != std::string::npos);
        QVERIFY(!trial->holds());
    }

    void furtherGroup_keepsItsState()
    {
        Scenario scenario = withWorker(few(20), "loyalty=" + odd("count"), {"order-created"});
        scenario.faults.push_back(parseFault("delivery=duplicate,probability=0.3").value());
        scenario.faults.push_back(parseFault("before-commit=fail,probability=0.2").value());
        std::vector<StoreRows::State> states;
        SimulationOptions options;
        options.at_stop = [&states](Lab& lab, VirtualRuntime&) {
            states = copyMemoryRows(lab.store()).value().worker_state;
        };
        const auto report = simulate(scenario, 3, options);
        QVERIFY_RESULT(report);
        QVERIFY(report->holds());
        QVERIFY(report->faults_injected > 5);
        QCOMPARE(states.size(), 1u);
        QCOMPARE(states.front().group, "orderlab.loyalty");
        QCOMPARE(states.front().key, "count");
        QCOMPARE(states.front().value, std::to_string(report->totals.accepted));
    }

    void withoutInbox_countsTwice()
    {
        Scenario scenario = withWorker(few(20), "loyalty=" + odd("count"), {"order-created"});
        scenario.faults.push_back(parseFault("delivery=duplicate,probability=0.5").value());
        scenario.guarantees.set(Guarantee::Inbox, false);
        std::string value;
        SimulationOptions options;
        options.at_stop = [&value](Lab& lab, VirtualRuntime&) {
            value = copyMemoryRows(lab.store()).value().worker_state.at(0).value;
        };
        const auto report = simulate(scenario, 3, options);
        QVERIFY_RESULT(report);
        QVERIFY2(std::stoll(value) > report->totals.accepted, value.c_str());
    }

    void crash_reallyKillsTheProcess()
    {
        Scenario scenario = withWorker(few(60), "loyalty=" + odd("count"), {"order-created"});
        scenario.topology.members = 1;
        scenario.changes.push_back({500ms, parseSetting("crash=loyalty-1").value()});
        int starts = 0;
        SimulationOptions options;
        options.on_worker_output = [&starts](TimePoint, std::string_view member, std::string_view line) {
            QCOMPARE(member, "loyalty-1");
            starts += line == "start count";
        };
        const auto report = simulate(scenario, 1, options);
        QVERIFY_RESULT(report);
        QVERIFY(report->refused.empty());
        QVERIFY(report->holds());
        QCOMPARE(starts, 2);
    }

    void oddWorker_failsItsAttempts_data()
    {
        QTest::addColumn<QString>("failure");
        QTest::newRow("garbage") << "the worker said what is no message (it is no JSON): processing event…";
        QTest::newRow("dies") << "the worker has ended (exit code 1): RuntimeError: it is Monday";
        QTest::newRow("silent") << "the worker has said nothing for 1 s";
        QTest::newRow("huge") << "the worker's line is longer than 64 KiB: {\"type\": \"write\"";
        QTest::newRow("big-value") << "the worker: value has more than 16384 bytes of JSON";
        QTest::newRow("unknown") << "the worker said what is no message (there is no type \"transfer\"): {";
        QTest::newRow("other-attempt") << "the worker speaks of an attempt that never was: {";
        QTest::newRow("bad-topic") << "the worker: topic is none: \"order-lost\"";
        QTest::newRow("own-topic") << "the worker: it must not emit order-created, which it takes itself";
        QTest::newRow("endless") << "the worker said more than 1000 lines about one attempt";
        QTest::newRow("fails") << "no stock";
    }
    void oddWorker_failsItsAttempts()
    {
        QFETCH(QString, failure);
        Scenario scenario = withWorker(few(1), "loyalty=" + odd(QTest::currentDataTag()), {"order-created"});
        scenario.policies.retry.max_attempts = 2;
        SimulationReport report;
        const bool is_silent = QLatin1String(QTest::currentDataTag()) == "silent";
        const QString told = firstFailure(scenario, report, is_silent ? 1s : long_patience);
        QVERIFY2(told.startsWith(failure), qPrintable(told));
        QCOMPARE(report.totals.dead_letters, 1); // And nothing else has come to harm.
        QCOMPARE(report.totals.paid, 1);
        QVERIFY(report.holds());
    }

    void doneTwice_isIgnored()
    {
        SimulationReport report;
        QCOMPARE(firstFailure(withWorker(few(10), "loyalty=" + odd("twice"), {"order-created"}), report), "");
        QVERIFY(report.holds());
        QCOMPARE(report.totals.dead_letters, 0);
    }

    void command_isTriedBeforeAnythingStarts_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("problem");
        QTest::newRow("no such program") << "/no/such/program"
                                         << "cannot start \"/no/such/program\"";
        QTest::newRow("no such script") << "python3 /no/such/file.py"
                                        << "the worker ended before it was ready (exit code 2): ";
        QTest::newRow("none") << QString::fromStdString(odd("no-worker")) << "Hello, world!";
        QTest::newRow("old") << QString::fromStdString(odd("old-protocol")) << "protocol must be";
        QTest::newRow("mute") << QString::fromStdString(odd("mute")) << "has said nothing for 1 s";
    }
    void command_isTriedBeforeAnythingStarts()
    {
        QFETCH(QString, command);
        QFETCH(QString, problem);
        const OwnWorker workers[] = {{"payment", command.toStdString(), {EventType::OrderCreated}}};
        OwnWorkerOptions options;
        options.patience = problem.contains("nothing") ? 1s : long_patience;
        const auto tried = tryOwnWorkers(workers, options);
        QVERIFY(!tried);
        QCOMPARE(tried.error().field, "worker");
        QVERIFY2(tried.error().message.find(problem.toStdString()) != std::string::npos, tried.error().message.c_str());
    }

    void options_refuseBadInput_data()
    {
        QTest::addColumn<QString>("worker");
        QTest::addColumn<QString>("topics");
        QTest::addColumn<QString>("problem");
        QTest::newRow("no command") << "payment"
                                    << ""
                                    << "must be GROUP=COMMAND";
        QTest::newRow("empty command") << "payment= "
                                       << ""
                                       << "the command is empty";
        QTest::newRow("open quote") << "payment=python3 'x"
                                    << ""
                                    << "has a ' that does not end";
        QTest::newRow("name") << "Loyalty=x"
                              << "order-created"
                              << "is no name of a group";
        QTest::newRow("no topics") << "loyalty=x"
                                   << ""
                                   << "--topics has to say";
        QTest::newRow("no such topic") << "loyalty=x"
                                       << "order-lost"
                                       << "there is no topic \"order-lost\"";
        QTest::newRow("topics of nobody") << "payment=x"
                                          << "order-created"
                                          << "is for no further group";
    }
    void options_refuseBadInput()
    {
        QFETCH(QString, worker);
        QFETCH(QString, topics);
        QFETCH(QString, problem);
        const std::string workers[] = {worker.toStdString()};
        std::vector<std::string> lists;
        if (!topics.isEmpty())
            lists.push_back(topics.toStdString());
        const auto parsed = parseOwnWorkers(workers, lists);
        QVERIFY(!parsed);
        QVERIFY2(parsed.error().message.find(problem.toStdString()) != std::string::npos,
                 parsed.error().message.c_str());
    }

    void command_isSplitAsAShellDoes()
    {
        QCOMPARE((splitCommand("python3  'my worker.py' \"a b\" c\\ d '' e").value()),
                 (std::vector<std::string>{"python3", "my worker.py", "a b", "c d", "", "e"}));
    }
};

ORDERLAB_TEST(tst_own_worker, NoApplication, TestOwnWorker)
#include "tst_own_worker.moc"
