#include "journal/entry_text.h"
#include "journal_samples.h"
#include "query_story.h"
#include "support/test_program.h"
#include "support/verify_result.h"

using namespace orderlab;
using samples::QueryStory, samples::query_start_us;

namespace {

std::vector<std::uint64_t> plainHits(const samples::PlainRun& run, const samples::PlainQuery& query)
{
    const auto holds = run.holds(query);
    std::vector<std::uint64_t> hits;
    for (std::size_t i = 0; i < holds.size(); ++i) {
        if (holds[i])
            hits.push_back(i);
    }
    return hits;
}

} // namespace

class TestQueryMatcher : public QObject {
    Q_OBJECT

private slots:
    void followedBy_answersWhenItIsDecided()
    {
        const QueryStory story;
        const auto query = parseQuery("followed-by gateway-charged same order within 1.5s");
        QVERIFY_RESULT(query);
        QVERIFY(query->looksAhead());
        QueryMatcher matcher(*query, story.names, query_start_us);
        std::vector<std::uint64_t> hits;
        const auto addNext = [&](std::size_t count) {
            matcher.add(std::span(story.entries).subspan(std::size_t(matcher.entries()), count), hits);
        };
        addNext(4);
        QCOMPARE(matcher.undecided(), std::size_t(4));
        addNext(1); // 1.3 s: nothing is too late yet
        QCOMPARE(matcher.undecided(), std::size_t(5));
        QVERIFY(hits.empty());
        addNext(1); // 2.0 s: the first four are too late
        QCOMPARE(matcher.undecided(), std::size_t(2));
        QVERIFY(hits.empty());
        matcher.finish(hits);
        QVERIFY(hits.empty() && matcher.undecided() == 0);

        QueryMatcher later(parseQuery("not followed-by gateway-charged same order within 1.5s").value(), story.names,
                           query_start_us);
        later.add(std::span(story.entries).first(6), hits);
        QVERIFY((hits == std::vector<std::uint64_t>{0, 1, 2, 3}));
        later.add(std::span(story.entries).subspan(6), hits);
        QVERIFY((hits == std::vector<std::uint64_t>{0, 1, 2, 3, 6})); // has no order that could follow
        later.finish(hits);
        QVERIFY((hits == std::vector<std::uint64_t>{0, 1, 2, 3, 6, 4, 5}));
        QCOMPARE(later.forgotten(), std::uint64_t(0));
    }

    void whatHasNoRoom_isCounted()
    {
        QueryStory story;
        for (std::uint64_t i = 0; i < 20; ++i)
            story.add(3'000'000, EntryKind::OrderAccepted, Uuid{7, i}, {}, 1, "ada", "EUR");
        for (const char* text : {"order-accepted followed-by member-left same order",
                                 "member-left preceded-by order-accepted same order"}) {
            std::vector<std::uint64_t> hits;
            QueryMatcher matcher(parseQuery(text).value(), story.names, query_start_us, 10);
            matcher.add(story.entries, hits);
            QVERIFY(matcher.undecided() <= 10);
            QCOMPARE(matcher.forgotten(), std::uint64_t(22 - 10));
        }
    }

    /// A million entries take steps in proportion to their number, and few of them wait or are remembered.
    void aMillionEntries_takeFewSteps_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("steps");
        const auto row = [](const char* text, int steps) { QTest::newRow(text) << QByteArray(text) << steps; };
        row("attempt-failed group=payment", 2);
        row("preceded-by event-delivered same order", 4);
        row("preceded-by event-delivered same event same group within 100ms", 4);
        row("followed-by event-handled same event same group within 100ms", 9);
        row("followed-by event-handled same order", 9);
        row("followed-by dead-letter-discarded same order", 9); // never comes: all wait to the end
        row("not followed-by dead-letter-discarded or followed-by bus-switched same group within 1us", 14);
    }
    void aMillionEntries_takeFewSteps()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, steps);
        static Names names;
        static const std::vector<Entry> entries = [] {
            auto all = samples::RunWriter(names).orders(49'500);
            all.resize(std::min<std::size_t>(all.size(), 1'000'000));
            return all;
        }();
        QCOMPARE(entries.size(), std::size_t(1'000'000));
        QueryMatcher matcher(parseQuery(text.constData()).value(), names, entries.front().time_us);
        std::vector<std::uint64_t> hits;
        std::size_t waiting = 0;
        std::uint64_t half = 0;
        for (std::size_t at = 0; at < entries.size(); at += 10'000) {
            matcher.add(std::span(entries).subspan(at, 10'000), hits);
            waiting = std::max(waiting, matcher.undecided());
            if (at + 10'000 == entries.size() / 2)
                half = matcher.steps();
        }
        matcher.finish(hits);
        const double each = double(matcher.steps()) / double(entries.size());
        QVERIFY2(each <= steps, qPrintable(QString::number(each)));
        QVERIFY(half > 0 && matcher.steps() <= 3 * half); // twice the entries, not four times the work
        QVERIFY(waiting <= QueryMatcher::remembered_max);
    }

    /// The tables find what looking at every pair of entries finds, in whatever batches they come.
    void anyQuery_findsWhatThePlainWayFinds()
    {
        std::size_t with_hits = 0, all = 0;
        for (const std::uint64_t seed : {1, 2, 3}) {
            samples::Run run("everything-at-once", seed, 6);
            run.entries.erase(run.entries.begin(), run.entries.begin() + 200); // members that join
            run.entries.resize(std::min<std::size_t>(run.entries.size(), 260));
            std::mt19937 random{std::uint32_t(seed)};
            for (Entry& entry : run.entries) // as times of different threads may
                entry.time_us -= random() % 8 == 0 ? std::int64_t(random() % 30'000) : 0;
            const samples::PlainRun plain(run.entries, run.names, run.origin_us);
            samples::QueryDrawer drawer(plain, std::uint32_t(seed));
            for (int i = 0; i < 150; ++i) {
                const samples::PlainQuery drawn = drawer.draw(3);
                const std::string text = drawn.text();
                if (text.size() > Query::bytes_max)
                    continue;
                const auto query = parseQuery(text);
                QVERIFY2(query, (text + '\n' + (query ? "" : query.error().message)).c_str());
                QueryMatcher matcher(*query, run.names, run.origin_us);
                std::vector<std::uint64_t> hits;
                for (std::size_t at = 0; at < run.entries.size(); at += 37)
                    matcher.add(std::span(run.entries).subspan(at, std::min<std::size_t>(37, run.entries.size() - at)),
                                hits);
                matcher.finish(hits);
                QVERIFY(query->looksAhead() || std::is_sorted(hits.begin(), hits.end()));
                std::sort(hits.begin(), hits.end());
                QVERIFY2(hits == plainHits(plain, drawn), text.c_str());
                with_hits += !hits.empty() && hits.size() < run.entries.size();
                ++all;
            }
        }
        QVERIFY(all > 300 && with_hits > all / 3);
    }

    /// What is printed of an entry is a query that finds it.
    void anEntrysText_isAQueryThatFindsIt()
    {
        const samples::Run run("everything-at-once", 4, 5);
        for (std::size_t i = 0; i < run.entries.size(); i += 7) {
            const std::string text = entryText(run.entries[i], run.names, run.origin_us);
            const auto query = parseQuery("time=" + text);
            QVERIFY2(query, text.c_str());
            const auto hits = findAll(*query, run.entries, run.names, run.origin_us);
            QVERIFY2(std::find(hits.begin(), hits.end(), i) != hits.end(), text.c_str());
            for (const std::uint64_t hit : hits) // two entries may say the same
                QCOMPARE(entryText(run.entries[hit], run.names, run.origin_us), text);
        }
        QueryStory story;
        QCOMPARE(entryText(story.entries[0], story.names, query_start_us),
                 "0s order-accepted order=019b76da-a933-77ec-94eb-83d8231e2f74 customer=ada amount_minor=1999 "
                 "currency=EUR");
        story.add(-1'500'000, EntryKind::GatewayDeclined, {}, {}, 0, "", "a \"b\\\n\x1b[31m\xff");
        QCOMPARE(entryText(story.entries.back(), story.names, query_start_us),
                 "-1.5s gateway-declined reason=\"a \\\"b\\\\\xef\xbf\xbd\xef\xbf\xbd[31m\xef\xbf\xbd\"");
    }
};

ORDERLAB_TEST(tst_query_matcher, NoApplication, TestQueryMatcher)
#include "tst_query_matcher.moc"
