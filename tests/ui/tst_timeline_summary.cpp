#include "entry_builder.h"
#include "support/test_program.h"
#include "ui/models/timeline_summary.h"

using namespace orderlab;
using namespace orderlab::ui;

class TestTimelineSummary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void histogram_countsEachEntryOnce()
    {
        EntryBuilder build;
        TimelineSummary summary;
        for (std::uint64_t i = 0; i < 1'000; ++i) {
            build.accept(i, "ada", 100);
            build.event(i % 10 == 0 ? EntryKind::AttemptFailed : EntryKind::EventHandled, i, EventType::OrderCreated, 0,
                        std::int64_t(i), "payment");
        }
        summary.append(build.entries);
        QCOMPARE(summary.firstUs(), build.entries.front().time_us);
        QCOMPARE(summary.lastUs(), build.entries.back().time_us);
        for (const std::size_t bins : {1, 7, 300}) {
            TimelineSummary::Counts sum{};
            for (const auto& bin : summary.histogram(summary.firstUs(), summary.lastUs() + 1, bins)) {
                for (std::size_t i = 0; i < outcome_count; ++i)
                    sum[i] += bin[i];
            }
            QCOMPARE(sum[std::size_t(Outcome::Progress)], 1'000u);
            QCOMPARE(sum[std::size_t(Outcome::Done)], 900u);
            QCOMPARE(sum[std::size_t(Outcome::Trouble)], 100u);
            QCOMPARE(sum[std::size_t(Outcome::Lost)], 0u);
        }
        // A part: a millisecond an entry.
        const auto part = summary.histogram(summary.firstUs() + 10'000, summary.firstUs() + 20'000, 1);
        QCOMPARE(part[0][0] + part[0][1] + part[0][2], 10u);
    }
    void longRun_isCountedInSteps()
    {
        TimelineSummary summary;
        Entry entry;
        entry.kind = EntryKind::EventPublished;
        constexpr int entries = 1'000'000;
        std::vector<Entry> batch;
        for (int i = 0; i < entries; ++i) {
            entry.time_us = 1'000'000 + i;
            batch.push_back(entry);
        }
        summary.append(batch);
        const auto all = summary.histogram(summary.firstUs(), summary.lastUs() + 1, 1);
        QCOMPARE(all[0][std::size_t(Outcome::Progress)], std::uint32_t(entries));
        const auto half = summary.histogram(summary.firstUs(), summary.firstUs() + entries / 2, 1);
        QVERIFY(std::abs(int(half[0][0]) - entries / 2) <= 8);
    }
    void marks_standWhereTheyWere()
    {
        EntryBuilder build;
        build.accept(1, "ada", 100);
        build.event(EntryKind::RetryScheduled, 1, EventType::OrderCreated, 0, 0, "payment");
        build.event(EntryKind::DeadLettered, 1, EventType::OrderCreated, 0, 0, "payment");
        TimelineSummary summary;
        summary.append(build.entries);
        QCOMPARE(summary.marks().size(), std::size_t(2));
        QCOMPARE(summary.marks()[0].index, std::uint64_t(1));
        QVERIFY(summary.marks()[0].kind == MarkKind::Retry && summary.marks()[1].kind == MarkKind::DeadLetter);
        QCOMPARE(summary.marks()[1].time_us, build.entries[2].time_us);
    }
};

ORDERLAB_TEST(tst_timeline_summary, QCoreApplication, TestTimelineSummary)
#include "tst_timeline_summary.moc"
