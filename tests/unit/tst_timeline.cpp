#include "journal/timeline.h"
#include "journal_samples.h"
#include "support/test_program.h"

#include <QElapsedTimer>

using namespace orderlab;

namespace {

WorldState foldedTo(const Names& names, std::span<const Entry> entries, std::size_t count)
{
    WorldState state(names, 100'000);
    state.apply(entries.first(count));
    return state;
}

Entry entryAt(std::int64_t time_us)
{
    Entry entry;
    entry.kind = EntryKind::OrderAccepted;
    entry.time_us = time_us;
    entry.order = Uuid{0, std::uint64_t(time_us)};
    return entry;
}

} // namespace

class TestTimeline : public QObject {
    Q_OBJECT

private slots:
    void anyMoment_isWhatAFoldFromTheStartGives()
    {
        Names names;
        const auto entries = samples::RunWriter(names).orders(300);
        Timeline timeline(names, 1'000'000, 500);
        for (std::size_t at = 0; at < entries.size(); at += 77) // batches that do not meet the keyframes
            timeline.append(std::span(entries).subspan(at, std::min<std::size_t>(77, entries.size() - at)));
        QCOMPARE(timeline.endIndex(), std::uint64_t(entries.size()));
        QVERIFY(timeline.now() == foldedTo(names, entries, entries.size()));
        for (std::size_t index : {std::size_t(0), std::size_t(1), std::size_t(499), std::size_t(500), std::size_t(501),
                                  std::size_t(2'345), entries.size() - 1, entries.size(), entries.size() + 10}) {
            QVERIFY2(timeline.stateBefore(index) == foldedTo(names, entries, std::min(index, entries.size())),
                     qPrintable(QString("index %1").arg(index)));
        }
        for (std::size_t index = 0; index < entries.size(); index += 111)
            QVERIFY(timeline.at(index) == entries[index]);
    }

    void oldIntervalsAreDropped_andTheRestStaysExact()
    {
        Names names;
        const auto entries = samples::RunWriter(names).orders(300);
        Timeline timeline(names, 2'000, 500);
        for (std::size_t at = 0; at < entries.size(); at += 300) {
            timeline.append(std::span(entries).subspan(at, std::min<std::size_t>(300, entries.size() - at)));
            QVERIFY(timeline.endIndex() - timeline.firstIndex() <= 2'000);
        }
        const std::uint64_t first = timeline.firstIndex();
        QVERIFY(first > 0 && first % 500 == 0);
        QVERIFY(timeline.endIndex() - first > 1'500);
        for (std::uint64_t index = first; index < timeline.endIndex(); index += 123) {
            QVERIFY(timeline.at(index) == entries[index]);
            QVERIFY(timeline.stateBefore(index) == foldedTo(names, entries, index));
        }
        QVERIFY(timeline.stateBefore(0) == foldedTo(names, entries, first));
        QVERIFY_EXCEPTION_THROWN(timeline.at(first - 1), std::out_of_range);
        QVERIFY_EXCEPTION_THROWN(timeline.at(timeline.endIndex()), std::out_of_range);
    }

    /// With room for few keyframes, moments are folded from further away, and are the same.
    void keyframesAreThinnedOut_andMomentsStayExact()
    {
        Names names;
        const auto entries = samples::RunWriter(names).orders(300);
        for (const std::size_t entries_max : {std::size_t(1'000'000), std::size_t(2'100)}) {
            Timeline timeline(names, entries_max, 100, 100'000, 400'000);
            for (std::size_t at = 0; at < entries.size(); at += 77)
                timeline.append(std::span(entries).subspan(at, std::min<std::size_t>(77, entries.size() - at)));
            const std::uint64_t intervals = (timeline.endIndex() - timeline.firstIndex()) / 100;
            QVERIFY2(timeline.keyframes() >= 2 && timeline.keyframes() <= intervals / 3,
                     qPrintable(QString::number(timeline.keyframes())));
            for (std::uint64_t i = 0; i < 200; ++i) { // back and forth, near and far
                const std::uint64_t kept = timeline.endIndex() - timeline.firstIndex();
                const std::uint64_t index = timeline.firstIndex() + (i % 3 == 0 ? i * 7'919 : i * 13) % kept;
                QVERIFY2(timeline.stateBefore(index) == foldedTo(names, entries, index),
                         qPrintable(QString::number(index)));
                QVERIFY(timeline.at(index) == entries[index]);
            }
            std::vector<Entry> all;
            timeline.forEach([&](const Entry& entry) { all.push_back(entry); });
            QVERIFY(std::equal(all.begin(), all.end(), entries.begin() + std::ptrdiff_t(timeline.firstIndex()),
                               entries.end()));
            QVERIFY(timeline.packedBytes() > 0 && timeline.packedBytes() < all.size() * 24);
        }
    }

    void indexAfter_isTheFirstLaterEntry_data()
    {
        QTest::addColumn<qlonglong>("time");
        QTest::addColumn<qulonglong>("index");
        QTest::newRow("before all") << 5ll << 0ull;
        QTest::newRow("the first") << 10ll << 1ull;
        QTest::newRow("between") << 15ll << 1ull;
        QTest::newRow("among equal times: after the last of them") << 20ll << 3ull;
        QTest::newRow("a step back at a keyframe does not count") << 30ll << 4ull;
        QTest::newRow("nor one behind it") << 39ll << 4ull;
        QTest::newRow("after both steps back") << 45ll << 7ull;
        QTest::newRow("the last") << 50ll << 8ull;
        QTest::newRow("after all") << 99ll << 8ull;
    }
    void indexAfter_isTheFirstLaterEntry()
    {
        QFETCH(qlonglong, time);
        QFETCH(qulonglong, index);
        Names names;
        Timeline timeline(names, 100, 2);
        for (std::int64_t at : {10, 20, 20, 30, 40, 28, 39, 50}) {
            const Entry entry = entryAt(at);
            timeline.append(std::span(&entry, 1));
        }
        QCOMPARE(timeline.indexAfter(time), std::uint64_t(index));
        QCOMPARE(timeline.stateAt(time).entriesApplied(), std::uint64_t(index));
    }

    void empty_hasNothingAtAnyTime()
    {
        Names names;
        const Timeline timeline(names);
        QCOMPARE(timeline.endIndex(), std::uint64_t(0));
        QCOMPARE(timeline.indexAfter(0), std::uint64_t(0));
        QCOMPARE(timeline.stateBefore(7).entriesApplied(), std::uint64_t(0));
        QVERIFY(timeline.story(OrderId{Uuid{1, 1}}).empty());
    }

    void story_isTheOrdersEntries_newestKept()
    {
        Names names;
        const auto entries = samples::RunWriter(names).orders(200);
        Timeline timeline(names, 1'000'000, 256);
        timeline.append(entries);
        for (std::size_t order : {std::size_t(0), std::size_t(77), std::size_t(199)}) {
            const OrderId id = timeline.now().orders()[order].id;
            std::vector<Entry> expected;
            std::copy_if(entries.begin(), entries.end(), std::back_inserter(expected),
                         [&](const Entry& entry) { return entry.order == id; });
            QVERIFY(expected.size() > 10);
            QVERIFY(timeline.story(id) == expected);
            QVERIFY(timeline.story(id, 3) == std::vector<Entry>(expected.end() - 3, expected.end()));
        }
    }

    void speed()
    {
        Names names;
        auto entries = samples::RunWriter(names).orders(49'000);
        entries.resize(std::min<std::size_t>(entries.size(), 1'000'000));
        QElapsedTimer timer;
        timer.start();
        Timeline timeline(names);
        for (std::size_t at = 0; at < entries.size(); at += 4'096)
            timeline.append(std::span(entries).subspan(at, std::min<std::size_t>(4'096, entries.size() - at)));
        const double append_ms = double(timer.nsecsElapsed()) / 1e6;
        std::vector<double> moments, stories;
        const std::int64_t start = entries.front().time_us, length = entries.back().time_us - start;
        for (int i = 0; i < 200; ++i) {
            timer.start();
            const WorldState state = timeline.stateAt(start + length * (i * 37 % 200) / 200);
            moments.push_back(double(timer.nsecsElapsed()) / 1e6);
            QVERIFY(state.entriesApplied() <= entries.size());
            const OrderId id = timeline.now().orders()[std::size_t(i) * 200].id;
            timer.start();
            const std::size_t found = timeline.story(id).size();
            stories.push_back(double(timer.nsecsElapsed()) / 1e6);
            QVERIFY(found > 1);
        }
        std::sort(moments.begin(), moments.end());
        std::sort(stories.begin(), stories.end());
        qInfo("%zu entries of %zu orders, appended in %.0f ms; any moment: median %.1f ms, p99 %.1f ms, worst %.1f ms; "
              "a story: median %.2f ms, worst %.2f ms",
              entries.size(), timeline.now().orders().size(), append_ms, moments[100], moments[197], moments[199],
              stories[100], stories[199]);
    }
};

ORDERLAB_TEST(tst_timeline, NoApplication, TestTimeline)
#include "tst_timeline.moc"
