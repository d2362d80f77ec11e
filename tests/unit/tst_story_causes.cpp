#include "journal/names.h"
#include "journal/story.h"
#include "journal/story_causes.h"
#include "simulation/shipped_scenarios.h"
#include "simulation/simulate.h"
#include "support/test_program.h"

#include <map>

using namespace orderlab;

namespace {

const OrderId causes_order{Uuid{0x0198000000007000ull, 0x8000000000000001ull}};

/// Entries of one order's story, a millisecond apart.
struct Chain {
    Names names;
    std::vector<Entry> steps;

    int add(EntryKind kind, std::string_view detail = {}, std::string_view group = {}, std::uint8_t attempt = 0)
    {
        Entry entry;
        entry.time_us = std::int64_t(steps.size() + 1) * 1'000;
        entry.kind = kind;
        entry.order = causes_order;
        entry.detail = names.intern(detail);
        entry.group = group.empty() ? NameId{0} : names.intern("orderlab." + std::string(group));
        entry.attempt = attempt;
        steps.push_back(entry);
        return int(steps.size()) - 1;
    }
    int event(EntryKind kind, std::uint64_t number, std::string_view topic, std::string_view group = {},
              std::uint8_t attempt = 1)
    {
        const int at = add(kind, {}, group, attempt);
        steps[std::size_t(at)].event = Uuid{1, number};
        steps[std::size_t(at)].topic = names.intern(topic);
        steps[std::size_t(at)].offset = 7;
        return at;
    }
    std::vector<StepCauses> causes() const { return causesOf(steps, names); }
    /// "3 > 2 (0)", a line a node: step, what it is below, and what is told above in brackets.
    QStringList tree(int step) const
    {
        QStringList lines;
        const auto nodes = causeTree(causes(), step);
        for (const CauseNode& node : nodes) {
            lines << QStringLiteral("%1 < %2%3")
                         .arg(node.step)
                         .arg(node.parent < 0 ? -1 : nodes[std::size_t(node.parent)].step)
                         .arg(node.is_told_above ? QStringLiteral(" above") : QString());
        }
        return lines;
    }
};

} // namespace

class StoryCausesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void paidOrder_isAChainToItsBeginning()
    {
        Chain chain;
        const int asked = chain.add(EntryKind::ClientAsked);
        const int accepted = chain.add(EntryKind::OrderAccepted);
        const int emitted = chain.event(EntryKind::EventEmitted, 1, "order-created");
        const int published = chain.event(EntryKind::EventPublished, 1, "order-created");
        chain.event(EntryKind::EventDelivered, 1, "order-created", "notification");
        const int delivered = chain.event(EntryKind::EventDelivered, 1, "order-created", "payment");
        const int charged = chain.add(EntryKind::GatewayCharged);
        const int said = chain.event(EntryKind::EventEmitted, 2, "payment-succeeded");
        chain.event(EntryKind::EventHandled, 1, "order-created", "payment");
        const int heard = chain.event(EntryKind::EventPublished, 2, "payment-succeeded");
        const int taken = chain.event(EntryKind::EventDelivered, 2, "payment-succeeded", "order-status");
        const int paid = chain.add(EntryKind::StatusChanged, "paid");
        QCOMPARE(finalStep(chain.steps), paid);
        const auto causes = chain.causes();
        int step = paid;
        for (const int next : {taken, heard, said, charged, delivered, published, emitted, accepted, asked, -1}) {
            QCOMPARE(causes[std::size_t(step)].first, next);
            QVERIFY(causes[std::size_t(step)].also.empty());
            step = next;
        }
        // Side by side below the end.
        QCOMPARE(chain.tree(paid).first(), QStringLiteral("11 < -1"));
        QCOMPARE(chain.tree(paid).last(), QStringLiteral("0 < 11"));
        QCOMPARE(chain.tree(paid).size(), 10);
    }
    void secondCharge_hasTheSwitchTheFaultAndTheFirst()
    {
        Chain chain;
        const int off = chain.add(EntryKind::GuaranteeSwitched, "payment-key off");
        chain.steps.back().order = {};
        chain.add(EntryKind::OrderAccepted);
        chain.event(EntryKind::EventPublished, 1, "order-created");
        chain.event(EntryKind::EventDelivered, 1, "order-created", "payment");
        const int fault = chain.add(EntryKind::FaultInjected, "gateway-call lose-answer");
        const int first = chain.add(EntryKind::GatewayCharged);
        const int unanswered = chain.add(EntryKind::GatewayFailed, "the gateway's answer was lost");
        const int failed = chain.event(EntryKind::AttemptFailed, 1, "order-created", "payment");
        const int retry = chain.event(EntryKind::RetryScheduled, 1, "order-created", "payment", 2);
        const int again = chain.event(EntryKind::EventDelivered, 1, "order-created", "payment", 2);
        const int second = chain.add(EntryKind::GatewayCharged);
        QCOMPARE(finalStep(chain.steps), second);
        const auto causes = chain.causes();
        QCOMPARE(causes[std::size_t(second)].first, again);
        QCOMPARE(causes[std::size_t(second)].also, (std::vector<int>{off, first}));
        QCOMPARE(causes[std::size_t(again)].first, retry);
        QCOMPARE(causes[std::size_t(retry)].first, failed);
        QCOMPARE(causes[std::size_t(failed)].first, unanswered);
        QCOMPARE(causes[std::size_t(unanswered)].also, std::vector<int>{fault});
        // Each step has its causes in one place only.
        const auto nodes = causeTree(causes, second);
        std::map<int, int> told;
        for (const CauseNode& node : nodes)
            told[node.step] += !node.is_told_above;
        for (const auto& [step, times] : told)
            QCOMPARE(times, 1);
        const int broken = chain.add(EntryKind::InvariantViolated, "charged-at-most-once");
        QCOMPARE(finalStep(chain.steps), broken);
        QCOMPARE(chain.causes()[std::size_t(broken)].first, second);
    }
    void deadLetter_hasAllItsAttempts()
    {
        Chain chain;
        chain.add(EntryKind::OrderAccepted);
        std::vector<int> attempts;
        for (std::uint8_t attempt = 1; attempt <= 3; ++attempt) {
            chain.event(EntryKind::EventDelivered, 1, "order-created", "payment", attempt);
            attempts.push_back(chain.event(EntryKind::AttemptFailed, 1, "order-created", "payment", attempt));
            if (attempt < 3)
                chain.event(EntryKind::RetryScheduled, 1, "order-created", "payment", std::uint8_t(attempt + 1));
        }
        const int dead = chain.event(EntryKind::DeadLettered, 1, "order-created", "payment", 3);
        QCOMPARE(finalStep(chain.steps), dead);
        const auto causes = chain.causes();
        QCOMPARE(causes[std::size_t(dead)].first, attempts.back());
        attempts.pop_back();
        QCOMPARE(causes[std::size_t(dead)].also, attempts);
        // Once it was given back, the letter is not how it ended.
        chain.event(EntryKind::DeadLetterReplayed, 1, "order-created", "payment");
        QVERIFY(finalStep(chain.steps) != dead);
    }
    void nothing_hasNoTree()
    {
        QVERIFY(causeTree({}, 0).empty());
        QVERIFY(causeTree({}, -1).empty());
        QCOMPARE(finalStep({}), -1);
    }
    /// Whatever happens: causes come before what they led to, and each end is traced back to the order's beginning.
    void shippedScenarios_leadBackToTheBeginning_data()
    {
        QTest::addColumn<QByteArray>("scenario");
        for (const char* name : {"double-charge", "everything-at-once", "poison", "worker-crashes", "dual-write"})
            QTest::newRow(name) << QByteArray(name);
    }
    void shippedScenarios_leadBackToTheBeginning()
    {
        QFETCH(QByteArray, scenario);
        const auto source = findScenario(scenario.toStdString()).value();
        std::vector<Entry> entries;
        auto of_last = std::make_unique<Names>();
        SimulationOptions options;
        options.hash = false;
        options.on_entries = [&](std::span<const Entry> batch, const Names& of_run) {
            entries.insert(entries.end(), batch.begin(), batch.end());
            if (of_last->size() != of_run.size()) {
                of_last = std::make_unique<Names>();
                of_last->copy(of_run);
            }
        };
        QVERIFY(simulate(parseScenario(source.text, source.file).value(), 3, options).has_value());
        const Names& names = *of_last;
        std::map<Uuid, int> orders;
        for (const Entry& entry : entries) {
            if (entry.kind == EntryKind::OrderAccepted)
                ++orders[entry.order];
        }
        QVERIFY(orders.size() > 10);
        for (const auto& [order, times] : orders) {
            std::vector<Entry> steps;
            for (const StoryStep& step : tellStory(collectStory(entries, names, OrderId(order)), names).steps)
                steps.push_back(step.entry);
            const auto causes = causesOf(steps, names);
            for (std::size_t i = 0; i < causes.size(); ++i) {
                QVERIFY(causes[i].first < int(i));
                for (const int reason : causes[i].also)
                    QVERIFY(reason < int(i));
            }
            const auto nodes = causeTree(causes, finalStep(steps));
            QVERIFY(!nodes.empty());
            const bool is_begun = std::any_of(nodes.begin(), nodes.end(), [&](const CauseNode& node) {
                return steps[std::size_t(node.step)].kind == EntryKind::OrderAccepted;
            });
            QVERIFY2(is_begun, Uuid(order).toString().c_str());
        }
    }
};

ORDERLAB_TEST(tst_story_causes, NoApplication, StoryCausesTest)
#include "tst_story_causes.moc"
