#include "simulation/moment_check.h"

#include "runtime/virtual_runtime.h"
#include "simulation/shipped_scenarios.h"
#include "simulation/swarm.h"
#include "support/effort.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <random>

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view full_line =
    "orderlab:double-charge?seed=5&without=inbox,payment-key&change=0.9s,payment-key=on&change=1s,order=ada,19.99,EUR"
    "&t=1.083s&order=019b76da-a943-728e-8554-1462f226ab66&sha=44636f4e";

std::vector<Change> sampleChanges()
{
    std::vector<Change> changes;
    for (const char* text :
         {"payment-key=on", "fault=gateway-call=decline,count=3", "order=Lovelace, Ada & son,19.99,EUR",
          "order=\xc3\xa9mile,1.00,CHF", "orders=100,pause=20ms", "crash=payment-1,restart=500ms",
          "replay=payment,019b76da-a943-728e-8554-1462f226ab66,{\"a\":\"b c%&+#?\"}", "seed=17"})
        changes.push_back({1234567us, parseSetting(text).value()});
    return changes;
}

} // namespace

class TestMomentLine : public QObject {
    Q_OBJECT

private slots:
    void everyPart_isReadAndWritten()
    {
        const auto line = MomentLine::parse(full_line);
        QVERIFY_RESULT(line);
        QCOMPARE(line->name, std::string("double-charge"));
        QCOMPARE(line->seed, 5u);
        QVERIFY((line->without == std::vector{Guarantee::Inbox, Guarantee::PaymentKey}));
        QCOMPARE(line->changes.size(), 2u);
        QVERIFY(line->changes[0].at == 900ms && *line->at == 1083ms);
        QCOMPARE(line->sha, std::string("44636f4e"));
        QCOMPARE(line->print().value(), std::string(full_line));
        const Scenario scenario = line->scenario().value();
        QVERIFY(!scenario.guarantees[Guarantee::Inbox] && !scenario.guarantees[Guarantee::PaymentKey]);
        QCOMPARE(scenario.seed, 5u);
        QCOMPARE(scenario.changes.size(), 2u);
    }

    void otherSpellings_getOneForm()
    {
        const auto line = MomentLine::parse("orderlab:happy-day?t=90000ms&without=inbox,outbox,inbox&seed=007");
        QVERIFY_RESULT(line);
        QCOMPARE(line->print().value(), std::string("orderlab:happy-day?seed=7&without=outbox,inbox&t=90s"));
        QCOMPARE(MomentLine::parse("orderlab:custom").value().print().value(), std::string("orderlab:custom?seed=1"));
        QCOMPARE(MomentLine::parse("orderlab:custom?t=1us").value().print().value(),
                 std::string("orderlab:custom?seed=1&t=0.000001s"));
    }

    void wrongLines_nameTheCharacter_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("problem");
        const auto row = [](const char* line, const char* problem) {
            QTest::newRow(QByteArray(line).toPercentEncoding().left(60).constData())
                << QByteArray(line) << QByteArray(problem);
        };
        row("", "character 1: a moment begins with orderlab:");
        row("happy-day?seed=5", "character 1: a moment begins with orderlab:");
        row("orderlab:?seed=5", "character 10: the name of a scenario has");
        row("orderlab:Happy", "character 10: the name of a scenario has");
        row("orderlab:sad-day",
            "sad-day is no scenario that this program knows; known are custom, swarm-SEED, happy-day");
        row("orderlab:swarm-x", "swarm-x is no scenario");
        row("orderlab:happy-day?seed=-1", "character 20: a seed is");
        row("orderlab:happy-day?seed=5&luck=on", "character 27: luck is unknown; known are scenario, seed");
        row("orderlab:happy-day?seed=5&seed=6", "character 27: seed is there twice");
        row("orderlab:happy-day?seed", "character 20: a part must be KEY=VALUE");
        row("orderlab:happy-day?seed=5&&t=1s", "character 27: a part must be KEY=VALUE");
        row("orderlab:happy-day?without=luck", "character 20: without: must be one of");
        row("orderlab:happy-day?change=1s", "character 20: a change is TIME,SETTING");
        row("orderlab:happy-day?change=25h,inbox=on", "character 20: a change is TIME,SETTING");
        row("orderlab:happy-day?change=1s,luck=on", "character 20: \"luck=on\" cannot be set");
        row("orderlab:happy-day?t=soon", "character 20: t must be a time");
        row("orderlab:happy-day?t=1s&e=5", "a moment has t=TIME or e=ENTRY, not both");
        row("orderlab:happy-day?e=1.5", "character 20: e is the number");
        row("orderlab:happy-day?order=7", "character 20: order is an order's id");
        row("orderlab:happy-day?sha=4463", "character 20: sha has 8");
        row("orderlab:happy-day?sha=44636F4E", "character 20: sha has 8");
        row("orderlab:happy-day?t=%4", "character 22: a % must be followed");
        row("orderlab:happy-day?t=1%zz", "character 23: a % must be followed");
        row("orderlab:happy-day?scenario=7", "character 20: scenario:1:1");
        row("orderlab:happy-day?scenario=%7B%22name%22:%22other%22%7D", "the scenario in the line is called other");
    }
    void wrongLines_nameTheCharacter()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, problem);
        const auto parsed = MomentLine::parse(line.toStdString());
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().field, std::string("moment"));
        QVERIFY2(parsed.error().message.find(problem.toStdString()) != std::string::npos,
                 parsed.error().message.c_str());
    }

    void longLines_areRefused()
    {
        QVERIFY(!MomentLine::parse("orderlab:happy-day?order=" + std::string(2'000, '7')));
        Scenario scenario;
        scenario.name = "mine";
        for (int i = 0; i < 200; ++i)
            scenario.orders.customers.push_back("customer-number-" + std::to_string(i));
        const auto line = MomentLine::of(scenario, 1).print();
        QCOMPARE(line.error().code, ErrorCode::Exhausted);
        QVERIFY(line.error().message.find("save its scenario as a file") != std::string::npos);
    }

    void everyScenario_comesBack()
    {
        std::vector<Scenario> all{Scenario{}};
        for (const EmbeddedText& shipped : shippedScenarios())
            all.push_back(parseScenario(shipped.text, "").value());
        for (std::uint64_t seed = 1; seed <= 20; ++seed)
            all.push_back(swarmScenario(seed));
        const std::size_t known = all.size();
        Scenario own;
        own.name = "mine";
        own.orders.count = 5;
        own.faults = {parseFault("gateway-call=lose-answer,probability=0.2").value()};
        all.push_back(own);
        own.name = "happy-day"; // Another one of this name.
        all.push_back(own);
        Scenario on = parseScenario(findShippedScenario("double-charge")->text, "").value();
        on.guarantees = {}; // More than what the line can switch.
        all.push_back(on);
        for (std::size_t i = 0; i < all.size(); ++i) {
            for (const bool is_changed : {false, true}) {
                Scenario scenario = all[i];
                if (is_changed) {
                    scenario.guarantees.set(Guarantee::Outbox, false);
                    for (const Change& change : sampleChanges())
                        scenario.changes.push_back(change);
                }
                const MomentLine line = MomentLine::of(scenario, 99);
                QCOMPARE(line.own.has_value(), i >= known);
                const auto text = line.print();
                QVERIFY_RESULT(text);
                const auto again = MomentLine::parse(*text);
                QVERIFY_RESULT(again);
                QVERIFY(*again == line);
                QCOMPARE(again->print().value(), *text);
                Scenario back = again->scenario().value();
                QCOMPARE(back.seed, 99u);
                for (Scenario* one : {&scenario, &back}) {
                    one->seed = 1;
                    one->description.clear();
                    one->expectation = {};
                }
                QVERIFY2(back == scenario, text->c_str());
            }
        }
    }

    /// Lines that are nearly right: nothing crashes, and what is read is read again the same.
    void anyLine_isReadOrRefused()
    {
        std::mt19937 random(7);
        const auto below = [&random](std::size_t bound) { return std::size_t(random() % bound); };
        std::vector<std::string> seeds{std::string(full_line), "orderlab:swarm-17?e=12", "orderlab:custom"};
        Scenario own;
        own.name = "mine";
        own.changes = sampleChanges();
        seeds.push_back(MomentLine::of(own, 3).print().value());
        constexpr std::string_view likely = "&=?%,:0123456789abcdefst.-{}\"";
        int taken = 0;
        for (int i = 0; i < effort(20'000); ++i) {
            std::string text = seeds[below(seeds.size())];
            for (std::size_t changes = 1 + below(3); changes > 0; --changes) {
                const std::size_t at = below(text.size());
                switch (below(4)) {
                case 0: text.erase(at, 1 + below(5)); break;
                case 1: text.insert(at, 1, likely[below(likely.size())]); break;
                case 2: text[at] = char(below(256)); break;
                default: text.insert(at, text.substr(below(text.size()), below(20))); break;
                }
                if (text.empty())
                    text = "o";
            }
            const auto line = MomentLine::parse(text);
            if (!line) {
                QVERIFY(line.error().field == "moment" && line.error().message.size() < 1'500);
                continue;
            }
            const auto printed = line->print();
            if (!printed)
                continue; // It was near the limit.
            ++taken;
            const auto again = MomentLine::parse(*printed);
            QVERIFY2(again && *again == *line, printed->c_str());
            QCOMPARE(again->print().value(), *printed);
        }
        QVERIFY2(taken > effort(200), std::to_string(taken).c_str());
    }

    void moment_isFoundAgain_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const EmbeddedText& shipped : shippedScenarios())
            QTest::newRow(std::string(shipped.name).c_str()) << QByteArray(shipped.name.data(), shipped.name.size());
        for (const char* drawn : {"swarm-3", "swarm-4", "swarm-5"})
            QTest::newRow(drawn) << QByteArray(drawn);
    }
    void moment_isFoundAgain()
    {
        QFETCH(QByteArray, name);
        for (const std::uint64_t seed : {1u, 2u, 3u}) {
            MomentLine line = MomentLine::parse("orderlab:" + name.toStdString()).value();
            line.seed = seed;
            const Scenario scenario = line.scenario().value();
            std::vector<Entry> whole;
            SimulationOptions options;
            options.on_entries = [&](std::span<const Entry> entries, const Names&) {
                whole.insert(whole.end(), entries.begin(), entries.end());
            };
            const auto report = simulate(scenario, seed, options);
            QVERIFY_RESULT(report);
            // The whole run.
            QCOMPARE(findMoment(line)->sha, report->journal_sha256.substr(0, 8));
            // To an entry, and to its time.
            line.entry = whole.size() / 2;
            std::vector<Entry> part;
            const auto to_entry = findMoment(line, [&](std::span<const Entry> entries, const Names&) {
                part.insert(part.end(), entries.begin(), entries.end());
            });
            QVERIFY_RESULT(to_entry);
            QCOMPARE(to_entry->entries, *line.entry + 1);
            QVERIFY(part == std::vector<Entry>(whole.begin(), whole.begin() + std::ptrdiff_t(*line.entry + 1)));
            line.entry.reset();
            line.at = fromMicros(part.back().time_us) - VirtualRuntime::epoch();
            const auto to_time = findMoment(line);
            QVERIFY_RESULT(to_time);
            const auto isLater = [&](const Entry& entry) { return entry.time_us > part.back().time_us; };
            QCOMPARE(std::size_t(to_time->entries),
                     std::size_t(std::find_if(whole.begin(), whole.end(), isLater) - whole.begin()));
            // With its hash it is known again, and another one is told.
            line.sha = to_time->sha;
            QVERIFY(findMoment(line)->is_same);
            line.sha = line.sha == "00000000" ? "00000001" : "00000000";
            const auto other = findMoment(line);
            QVERIFY(!other->is_same);
            QVERIFY2(other->problem.find("makes another run") != std::string::npos, other->problem.c_str());
        }
    }

    void violation_hasItsMoment()
    {
        const Scenario scenario = parseScenario(findShippedScenario("double-charge")->text, "").value();
        for (const bool hash : {true, false}) {
            SimulationOptions options;
            options.hash = hash;
            const auto report = simulate(scenario, 5, options);
            QVERIFY_RESULT(report);
            const InvariantOutcome* broken = report->firstViolated();
            QVERIFY(broken);
            QCOMPARE(!broken->first->sha.empty(), hash);
            const auto line = momentOf(scenario, 5, *broken->first);
            QVERIFY_RESULT(line);
            QCOMPARE(line->order, broken->first->order);
            const auto found = findMoment(MomentLine::parse(line->print().value()).value());
            QVERIFY(found->is_same);
            QCOMPARE(found->sha, line->sha);
            QCOMPARE(found->entries, broken->first->entry + 1);
        }
    }

    void tooLateAnEntry_isTold()
    {
        const auto found = findMoment(MomentLine::parse("orderlab:happy-day?e=10000000").value());
        QCOMPARE(found.error().code, ErrorCode::NotFound);
        QVERIFY(found.error().message.find("so there is no entry 10000000") != std::string::npos);
    }
};

ORDERLAB_TEST(tst_moment_line, NoApplication, TestMomentLine)
#include "tst_moment_line.moc"
