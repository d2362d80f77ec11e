#include "simulation/live_run.h"
#include "simulation/recorded_scenario.h"
#include "simulation/shipped_scenarios.h"
#include "support/test_program.h"
#include "support/verify_result.h"

using namespace orderlab;
using std::chrono::milliseconds;

namespace {

/// A run's journal, as a live system would have recorded it: without its scenario.
Recording recorded(const Scenario& scenario, std::uint64_t seed = 1)
{
    Recording recording;
    SimulationOptions options;
    options.on_entries = [&](std::span<const Entry> entries, const Names& names) {
        recording.entries.insert(recording.entries.end(), entries.begin(), entries.end());
        if (recording.names->size() != names.size()) {
            recording.names = std::make_unique<Names>();
            recording.names->copy(names);
        }
    };
    (void)simulate(scenario, seed, options).value();
    Scenario system;
    system.topology = scenario.topology;
    system.policies = scenario.policies;
    system.gateway_latency = scenario.gateway_latency;
    system.guarantees = scenario.guarantees;
    system.orders.count = 0;
    recording.header.system = system.toJsonNode().toJson();
    return recording;
}

Scenario scenarioWith(std::initializer_list<const char*> settings)
{
    Scenario scenario;
    scenario.orders.count = 40;
    for (const char* setting : settings)
        scenario.changes.push_back({milliseconds{300}, parseSetting(setting).value()});
    return scenario;
}

bool hasChange(const Scenario& scenario, const QByteArray& setting)
{
    return std::any_of(scenario.changes.begin(), scenario.changes.end(), [&](const Change& change) {
        return QByteArray::fromStdString(toString(change.setting)) == setting;
    });
}

bool says(const std::vector<std::string>& sentences, const char* part)
{
    return std::any_of(sentences.begin(), sentences.end(),
                       [part](const std::string& one) { return one.find(part) != std::string::npos; });
}

QByteArray all(const std::vector<std::string>& sentences)
{
    QByteArray text;
    for (const std::string& one : sentences)
        text += QByteArray::fromStdString(one) + '\n';
    return text;
}

} // namespace

class TestRecordedScenario : public QObject {
    Q_OBJECT

private slots:
    void customers_comeAgainAsTheyCame()
    {
        Scenario scenario;
        scenario.orders.count = 50;
        scenario.orders.cancel_share = 0.2;
        const Recording recording = recorded(scenario);
        const auto made = scenarioOf(recording, "My Run (2).jsonl");
        QVERIFY_RESULT(made);
        QCOMPARE(made->scenario.name, std::string("my-run-2-jsonl"));
        QCOMPARE(made->scenario.orders.arrivals.size(), std::size_t(50));
        const Recording again = recorded(made->scenario);
        const auto arrivals = [](const Recording& of) {
            std::vector<std::tuple<std::int64_t, std::string, std::int32_t, std::string>> orders;
            std::int64_t first_us = -1;
            for (const Entry& entry : of.entries) {
                if (entry.kind == EntryKind::ClientAsked && first_us < 0)
                    first_us = entry.time_us;
                if (entry.kind == EntryKind::OrderAccepted)
                    orders.emplace_back(entry.time_us - first_us, of.names->text(entry.actor), entry.value,
                                        of.names->text(entry.detail));
            }
            // Of two who come together either may be accepted first.
            std::sort(orders.begin(), orders.end(), [](const auto& a, const auto& b) {
                return std::tie(std::get<1>(a), std::get<2>(a)) < std::tie(std::get<1>(b), std::get<2>(b));
            });
            return orders;
        };
        const auto before = arrivals(recording), after = arrivals(again);
        QCOMPARE(after.size(), before.size());
        for (std::size_t i = 0; i < before.size(); ++i) {
            QCOMPARE(std::get<1>(after[i]), std::get<1>(before[i]));
            QCOMPARE(std::get<2>(after[i]), std::get<2>(before[i]));
            QVERIFY(std::abs(std::get<0>(after[i]) - std::get<0>(before[i])) < 5'000); // Within a few ms.
        }
        QVERIFY2(says(made->taken, "50 orders of ") && says(made->taken, "cancellation"), all(made->taken).constData());
        // It is read as it is written.
        const auto read = parseScenario(made->scenario.toJson(), "written");
        QVERIFY_RESULT(read);
        QCOMPARE(read->toJson(), made->scenario.toJson());
        // Fewer of them are the first ones.
        Scenario few = made->scenario;
        few.orders.count = 3;
        QCOMPARE(arrivals(recorded(few)).size(), std::size_t(3));
    }

    void agreement_ofAPlainRunIsWhole()
    {
        const Recording recording = recorded(parseScenario(findShippedScenario("happy-day")->text, "").value());
        const auto made = scenarioOf(recording, "plain");
        QVERIFY_RESULT(made);
        QVERIFY2(made->left_out.empty(), all(made->left_out).constData());
        const auto agreement = agreementOf(recording, *made);
        QVERIFY_RESULT(agreement);
        QVERIFY(agreement->orders > 0);
        QCOMPARE(agreement->same_end, agreement->orders);
        QCOMPARE(agreement->unfinished, std::uint64_t(0));
        QVERIFY2(!agreement->comparison.firstDifference(), all(agreement->sentences()).constData());
        QVERIFY2(says(agreement->sentences(), "All groups made the same attempts"),
                 all(agreement->sentences()).constData());
    }

    /// Each failure strikes the same customers again, as often.
    void strikes_areTakenWhereTheyWere_data()
    {
        QTest::addColumn<QByteArray>("fault");
        for (const char* fault :
             {"gateway-call=fail,probability=0.3", "gateway-call=decline,probability=0.3",
              "gateway-call=lose-answer,probability=0.3", "handler-entry=fail,probability=0.2,group=notification",
              "delivery=duplicate,probability=0.2", "client-answer=lose,probability=0.3",
              "before-commit=fail,probability=0.2", "database=away,start=200ms,for=400ms"})
            QTest::newRow(fault) << QByteArray(fault);
    }
    void strikes_areTakenWhereTheyWere()
    {
        QFETCH(QByteArray, fault);
        Scenario scenario;
        scenario.orders.count = 40;
        scenario.orders.test_customer_share = 0;
        for (int i = 0; i < 40; ++i) // Nobody comes twice.
            scenario.orders.arrivals.push_back(
                {milliseconds{50 + 20 * i}, "customer-" + std::to_string(i), 100 + i, "EUR", {}});
        scenario.faults = {parseFault(fault.toStdString()).value()};
        const Recording recording = recorded(scenario);
        const auto made = scenarioOf(recording, "strikes");
        QVERIFY_RESULT(made);
        QVERIFY2(says(made->taken, "strike"), all(made->taken).constData());
        QVERIFY2(!says(made->left_out, "strike"), all(made->left_out).constData());
        const auto agreement = agreementOf(recording, *made);
        QVERIFY_RESULT(agreement);
        QVERIFY(agreement->report.faults_injected > 0);
        QVERIFY2(agreement->report.refused.empty(), all(agreement->sentences()).constData());
        QCOMPARE(agreement->orders, std::uint64_t(40));
        QVERIFY2(agreement->same_end == 40, all(agreement->sentences()).constData());
        // Which events are tried together differs, and one that fails has the others tried again, too.
        for (const Agreement::Group& group : agreement->groups)
            QVERIFY2(group.orders <= 6, all(agreement->sentences()).constData());
    }

    void switchesScalingsAndCrashes_areChanges()
    {
        Scenario scenario =
            scenarioWith({"payment-key=off", "members.payment=4", "crash=notification-1,restart=200ms"});
        scenario.guarantees.set(Guarantee::Inbox, false);
        scenario.changes.push_back({milliseconds{600}, parseSetting("payment-key=on").value()});
        const Recording recording = recorded(scenario);
        const auto made = scenarioOf(recording, "changes");
        QVERIFY_RESULT(made);
        const Scenario& got = made->scenario;
        const std::string text = got.toJson();
        QVERIFY2(!got.guarantees[Guarantee::Inbox] && got.guarantees[Guarantee::PaymentKey], text.c_str());
        for (const char* change :
             {"payment-key=off", "payment-key=on", "members.payment=4", "crash=notification-1,restart=200ms"})
            QVERIFY2(hasChange(got, change), (QByteArray(change) + '\n' + text.c_str()).constData());
        QCOMPARE(got.changes.size(), std::size_t(4)); // The crash is no scaling.
        QCOMPARE(got.topology.members, scenario.topology.members);
        QCOMPARE(got.topology.partitions, scenario.topology.partitions);
        QVERIFY_RESULT(agreementOf(recording, *made));
    }

    void gatewayTime_isTheObservedOne()
    {
        Scenario scenario;
        scenario.gateway_latency = milliseconds{80};
        Recording recording = recorded(scenario);
        recording.header.system.clear();
        const auto made = scenarioOf(recording, "slow");
        QVERIFY_RESULT(made);
        const double ms = double(made->scenario.gateway_latency.count()) / 1e3;
        QVERIFY2(ms > 50 && ms < 130, qPrintable(QString::number(ms)));
        QVERIFY(says(made->left_out, "which policies"));
    }

    void whatIsMissing_isTold()
    {
        Recording recording = recorded(scenarioWith({}));
        // The first third is gone: its orders have no beginning.
        const auto third = std::ptrdiff_t(recording.entries.size() / 3);
        const std::int64_t time_us = recording.entries[std::size_t(third)].time_us;
        recording.entries.erase(recording.entries.begin(), recording.entries.begin() + third);
        Entry gap;
        gap.kind = EntryKind::EntriesMissed;
        gap.time_us = time_us;
        gap.value = std::int32_t(third);
        recording.entries.insert(recording.entries.begin(), gap);
        // Of one purchase only the asking is there; of one order the customer had no room.
        Entry asked;
        asked.kind = EntryKind::ClientAsked;
        asked.event = Uuid{7, 7};
        asked.time_us = time_us + 10;
        recording.entries.push_back(asked);
        const auto accepted = std::find_if(recording.entries.begin(), recording.entries.end(),
                                           [](const Entry& entry) { return entry.kind == EntryKind::OrderAccepted; });
        accepted->actor = recording.names->intern("(another customer)");
        recording.is_cut_short = true;
        const auto made = scenarioOf(recording, "gaps");
        QVERIFY_RESULT(made);
        QVERIFY(made->scenario.orders.count < 40);
        const QByteArray told = all(made->left_out);
        for (const char* part :
             {" entries are missing in the recording, its beginning among them", " began before the recording",
              "1 purchase was asked for and never accepted", "1 order is of a customer for whose name",
              "ends in the middle", "lacks the beginning"})
            QVERIFY2(told.contains(part), (QByteArray(part) + " is not in:\n" + told).constData());
    }

    void nothingBegins_isAnError()
    {
        Recording recording;
        QCOMPARE(scenarioOf(recording, "x").error().code, ErrorCode::NotFound);
        recording = recorded(scenarioWith({}));
        std::erase_if(recording.entries, [](const Entry& entry) { return entry.kind == EntryKind::OrderAccepted; });
        QCOMPARE(scenarioOf(recording, "x").error().code, ErrorCode::NotFound);
    }

    /// Under way at the end: nothing to compare.
    void unfinishedOrders_areNotCompared()
    {
        Recording recording = recorded(scenarioWith({}));
        const auto half = std::find_if(recording.entries.begin(), recording.entries.end(),
                                       [](const Entry& entry) { return entry.kind == EntryKind::StatusChanged; });
        recording.entries.erase(half + 200, recording.entries.end());
        const auto made = scenarioOf(recording, "half");
        QVERIFY_RESULT(made);
        const auto agreement = agreementOf(recording, *made);
        QVERIFY_RESULT(agreement);
        QVERIFY(agreement->unfinished > 0 && agreement->orders > 0);
        QCOMPARE(agreement->unfinished + agreement->orders, made->scenario.orders.count);
        QVERIFY(says(agreement->sentences(), "under way at the end of the recording"));
        QCOMPARE(agreement->same_end, agreement->orders);
    }

    void aDifference_isTold()
    {
        Recording recording = recorded(scenarioWith({}));
        for (Entry& entry : recording.entries) { // As if the first paid order had failed.
            if (entry.kind == EntryKind::StatusChanged && recording.names->text(entry.detail) == "paid") {
                entry.detail = recording.names->intern("failed");
                break;
            }
        }
        const auto made = scenarioOf(recording, "other");
        const auto agreement = agreementOf(recording, *made);
        QVERIFY_RESULT(agreement);
        QCOMPARE(agreement->same_end + 1, agreement->orders);
        QVERIFY2(
            says(agreement->sentences(), "in the recording it ended as failed, in the simulation it ended as paid"),
            all(agreement->sentences()).constData());
    }

    void aRecordedSimulation_isItsOwnScenario()
    {
        const Scenario scenario = parseScenario(findShippedScenario("double-charge")->text, "").value();
        Recording recording = recorded(scenario, 5);
        recording.header.seed = 5;
        recording.header.scenario = scenario.toJsonNode().toJson();
        auto made = scenarioOf(recording, "x");
        QVERIFY_RESULT(made);
        QCOMPARE(made->scenario.seed, std::uint64_t(5));
        const auto agreement = agreementOf(recording, *made);
        QVERIFY_RESULT(agreement);
        QVERIFY(!agreement->comparison.firstDifference());
        QCOMPARE(agreement->report.journal_entries, std::uint64_t(recording.entries.size()));
        expect(made->scenario, agreement->report);
        QCOMPARE(made->scenario.expectation.violates, std::vector<std::string>{"charged-at-most-once"});
    }

    /// On a real clock, with threads.
    void aLiveRun_becomesAScenario()
    {
        Scenario scenario;
        scenario.orders.count = 30;
        scenario.orders.test_customer_share = 0.3;
        scenario.orders.test_customers = {"user-declined", "user-flaky"};
        LabConfig config;
        auto run = runLive(scenario, config, {});
        QVERIFY_RESULT(run);
        Recording recording;
        recording.entries = std::move(run->entries);
        recording.names->copy(*run->names);
        const auto made = scenarioOf(recording, "live");
        QVERIFY_RESULT(made);
        QCOMPARE(made->scenario.orders.count, std::uint64_t(30));
        QCOMPARE(made->scenario.topology.members, scenario.topology.members);
        const auto agreement = agreementOf(recording, *made);
        QVERIFY_RESULT(agreement);
        QCOMPARE(agreement->orders, std::uint64_t(30));
        QVERIFY2(agreement->same_end == 30, all(agreement->sentences()).constData());
    }
};

ORDERLAB_TEST(tst_recorded_scenario, NoApplication, TestRecordedScenario)
#include "tst_recorded_scenario.moc"
