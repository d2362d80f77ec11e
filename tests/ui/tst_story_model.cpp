#include "entry_builder.h"
#include "support/test_program.h"
#include "ui/models/story_model.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSignalSpy>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

/// An order whose first attempt gets no answer, and that is paid at the second.
void writeFlakyOrder(EntryBuilder& journal)
{
    journal.accept(1, "user-flaky", 1'999);
    journal.event(EntryKind::EventPublished, 1, EventType::OrderCreated, 2, 74);
    journal.event(EntryKind::EventDelivered, 1, EventType::OrderCreated, 2, 74, "payment", 1);
    journal.add(EntryKind::GatewayFailed, 1).detail = journal.table->intern("the gateway did not answer");
    journal.event(EntryKind::AttemptFailed, 1, EventType::OrderCreated, 2, 74, "payment", 1);
    journal.event(EntryKind::RetryScheduled, 1, EventType::OrderCreated, 2, 74, "payment", 2).value = 400;
    journal.event(EntryKind::EventDelivered, 1, EventType::OrderCreated, 2, 74, "payment", 2);
    journal.add(EntryKind::GatewayCharged, 1).value = 1'999;
    journal.event(EntryKind::EventHandled, 1, EventType::OrderCreated, 2, 74, "payment", 2).value = 2'300;
}

QString told(const ui::Story& story)
{
    static const char* const names[] = {"api", "store", "bus", "group", "gateway"};
    QStringList lines;
    for (const ui::StoryStep& step : story.steps)
        lines << QStringLiteral("%1 > %2: %3")
                     .arg(QLatin1String(names[int(step.from.kind)]), QLatin1String(names[int(step.to.kind)]),
                          step.label);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

class StoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void flakyOrder_isToldStepByStep();
    void facts_areCounted();
    void everyKindOfEntry_hasWordsOrIsLeftOut();
    void details_nameTheEvent();
    void whatWasBefore_explainsAndIsNotTheBeginning();
    void model_announcesOnlyNewSteps();
    void times_haveFourForms();
};

void StoryTest::whatWasBefore_explainsAndIsNotTheBeginning()
{
    EntryBuilder journal;
    Entry& off = journal.add(EntryKind::GuaranteeSwitched, 0);
    off.order = {};
    off.detail = journal.table->intern("payment-key off");
    writeFlakyOrder(journal);
    const ui::Story story = tellStory(journal.take(), journal.names);
    QCOMPARE(story.order, EntryBuilder::order(1));
    StoryModel model;
    model.show(story);
    QCOMPARE(model.index(0, StoryModel::Time).data().toString(), QStringLiteral("before"));
    QCOMPARE(model.index(1, StoryModel::Time).data().toString(), QStringLiteral("+0 µs"));
    const auto no_answer = std::find_if(story.steps.begin(), story.steps.end(), [](const ui::StoryStep& step) {
        return step.entry.kind == EntryKind::GatewayFailed;
    });
    QVERIFY(no_answer != story.steps.end());
    QVERIFY2(no_answer->summary.contains(QStringLiteral("may charge again")), qPrintable(no_answer->summary));
}

void StoryTest::flakyOrder_isToldStepByStep()
{
    EntryBuilder journal;
    writeFlakyOrder(journal);
    const ui::Story story = tellStory(journal.take(), journal.names);
    QCOMPARE(told(story), QStringLiteral("api > store: insert + outbox\n"
                                         "store > bus: relay #74\n"
                                         "bus > group: deliver\n"
                                         "group > gateway: no answer\n"
                                         "group > group: attempt 1 failed\n"
                                         "group > group: backoff 0.4 s\n"
                                         "bus > group: attempt 2\n"
                                         "group > gateway: 19.99 ✓\n"
                                         "group > store: inbox + effects"));
    QVERIFY(story.steps.back().summary.contains(QStringLiteral("committed together")));
}

void StoryTest::facts_areCounted()
{
    EntryBuilder journal;
    writeFlakyOrder(journal);
    journal.event(EntryKind::DuplicateSkipped, 1, EventType::OrderCreated, 2, 74, "payment", 1);
    journal.event(EntryKind::DeadLettered, 1, EventType::OrderCreated, 2, 74, "payment", 5);
    const ui::StoryFacts facts = tellStory(journal.take(), journal.names).facts;
    QCOMPARE(facts.customer, QStringLiteral("user-flaky"));
    QCOMPARE(facts.amount_minor, std::int64_t(1'999));
    QCOMPARE(facts.failed_attempts, 1);
    QCOMPARE(facts.charges, 1);
    QCOMPARE(facts.duplicates, 1);
    QCOMPARE(facts.dead_letters, 1);
}

void StoryTest::everyKindOfEntry_hasWordsOrIsLeftOut()
{
    for (int kind = 0; kind < entry_kind_count; ++kind) {
        EntryBuilder journal;
        journal.event(EntryKind(kind), 1, EventType::PaymentSucceeded, 1, 2, "order-status", 1).detail =
            journal.table->intern("what it is about");
        for (const ui::StoryStep& step : tellStory(journal.take(), journal.names).steps) {
            QVERIFY2(!step.label.isEmpty() && !step.title.isEmpty() && step.summary.size() > 20,
                     name(EntryKind(kind)).data());
        }
    }
}

void StoryTest::details_nameTheEvent()
{
    EntryBuilder journal;
    writeFlakyOrder(journal);
    const ui::Story story = tellStory(journal.take(), journal.names);
    QMap<QString, QString> details;
    for (const auto& [name, value] : detailsOf(story.steps[6], story.steps[0].entry.time_us, journal.names))
        details.insert(name, value);
    QCOMPARE(details.value(QStringLiteral("partition · offset")), QStringLiteral("2 · 74"));
    QCOMPARE(details.value(QStringLiteral("attempt")), QStringLiteral("2"));
    QCOMPARE(details.value(QStringLiteral("after start")), QStringLiteral("+6.0 ms"));
    QCOMPARE(details.value(QStringLiteral("group")), QStringLiteral("payment"));
}

void StoryTest::model_announcesOnlyNewSteps()
{
    EntryBuilder journal;
    writeFlakyOrder(journal);
    const std::vector<Entry> entries = journal.take();
    StoryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.show(tellStory(std::span(entries).first(4), journal.names));
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.show(tellStory(entries, journal.names));
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(inserted.at(0).at(1).toInt(), 4);
    QCOMPARE(reset.count(), 0);
    QCOMPARE(model.rowCount(), 9);
    EntryBuilder other;
    other.accept(2, "ada", 100);
    model.show(tellStory(other.take(), other.names));
    QCOMPARE(reset.count(), 1);
    QCOMPARE(model.rowCount(), 1);
}

void StoryTest::times_haveFourForms()
{
    EntryBuilder journal;
    const std::int64_t start_us = journal.now_us - 5'000;
    writeFlakyOrder(journal);
    StoryModel model;
    model.show(tellStory(journal.take(), journal.names));
    const auto third = [&](StoryModel::TimeForm form) {
        model.setTimeForm(form, start_us);
        return model.index(2, StoryModel::Time).data().toString();
    };
    QCOMPARE(third(StoryModel::TimeForm::AfterStart), QStringLiteral("+2.0 ms"));
    QCOMPARE(third(StoryModel::TimeForm::AfterLast), QStringLiteral("+1.0 ms"));
    QCOMPARE(third(StoryModel::TimeForm::InRun), QStringLiteral("0.008 s"));
    QVERIFY(third(StoryModel::TimeForm::Clock).endsWith(QStringLiteral(".003")));
    QVERIFY(model.headerData(StoryModel::Time, Qt::Horizontal, Qt::DisplayRole)
                .toString()
                .startsWith(StoryModel::timeFormText(StoryModel::TimeForm::Clock)));
}

ORDERLAB_TEST(tst_story_model, QApplication, StoryTest)
#include "tst_story_model.moc"
