#include "journal/entry_text.h"
#include "journal/query_completions.h"
#include "journal/query_matcher.h"
#include "journal_samples.h"
#include "query_samples.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <set>

using namespace orderlab;

namespace {

constexpr std::int64_t query_start_us = samples::Run::origin_us;
const Uuid ada_order{0x019b76daa93377ec, 0x94eb83d8231e2f74}, bob_order{0x019b76daa9347847, 0xa32b58f4dd498f4c};

/// Seven entries of two orders; what is found in them is told by their numbers.
struct QueryStory {
    Names names;
    std::vector<Entry> entries;

    QueryStory()
    {
        add(0, EntryKind::OrderAccepted, ada_order, {}, 1999, "ada", "EUR");
        add(100'000, EntryKind::EventDelivered, ada_order, "orderlab.payment", 0, "payment-1", "");
        add(200'000, EntryKind::GatewayFailed, ada_order, {}, 0, "", "the answer was lost");
        add(300'000, EntryKind::AttemptFailed, ada_order, "orderlab.payment", 0, "payment-1", "the answer was lost");
        add(1'300'000, EntryKind::OrderAccepted, bob_order, {}, 500, "bob", "USD");
        add(2'000'000, EntryKind::GatewayCharged, ada_order, {}, 1999, "", "EUR");
        add(2'500'000, EntryKind::MemberLeft, {}, "shop-payment", 0, "payment-2", "");
        for (Entry& entry : entries) {
            const bool is_delivery = entry.kind == EntryKind::EventDelivered || entry.kind == EntryKind::AttemptFailed;
            if (is_delivery) {
                entry.topic = names.intern("order-created");
                entry.partition = 1;
                entry.offset = 7;
                entry.event = Uuid{5, 6};
            }
            entry.attempt = entry.kind == EntryKind::GatewayCharged ? 2 : is_delivery ? 1 : 0;
        }
    }

    void add(std::int64_t at_us, EntryKind kind, Uuid order, const char* group, std::int32_t value, const char* actor,
             const char* detail)
    {
        Entry entry;
        entry.time_us = query_start_us + at_us;
        entry.kind = kind;
        entry.order = order;
        entry.group = names.intern(group ? group : "");
        entry.value = value;
        entry.actor = names.intern(actor);
        entry.detail = names.intern(detail);
        entries.push_back(entry);
    }

    QByteArray found(const char* text) const
    {
        const auto query = parseQuery(text);
        if (!query)
            return QByteArray::fromStdString(query.error().message);
        QByteArrayList numbers;
        for (const std::uint64_t hit : findAll(*query, entries, names, query_start_us))
            numbers << QByteArray::number(quint64(hit));
        return numbers.join(' ');
    }
};

std::string queryProblemOf(const std::string& text)
{
    const auto query = parseQuery(text);
    return query ? std::string() : query.error().message;
}

/// Everything between a test of some kind and its end.
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

std::string joinedWords(const std::vector<std::string>& words)
{
    std::string all;
    for (const std::string& word : words)
        all += (all.empty() ? "" : " ") + word;
    return all;
}

} // namespace

class TestQuery : public QObject {
    Q_OBJECT

private slots:
    void found_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("numbers");
        const auto row = [](const char* text, const char* numbers) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(numbers);
        };
        // Kinds.
        row("order-accepted", "0 4");
        row("kind=order-accepted", "0 4");
        row("kind!=order-accepted", "1 2 3 5 6");
        row("kind~gateway", "2 5");
        // Each operator.
        row("value>=500", "0 4 5");
        row("value>500", "0 5");
        row("value<=500", "4"); // not where there is no value
        row("value<500", "");
        row("value=500", "4");
        row("value!=500", "0 5");
        row("detail~lost", "2 3");
        row("detail=\"the answer was lost\"", "2 3");
        row("detail!=\"the answer was lost\"", "0 4 5");
        // Each common field.
        row("order=019b76da-a933-77ec-94eb-83d8231e2f74", "0 1 2 3 5");
        row("order=019B76DAA933", "0 1 2 3 5");
        row("order=231e2f74", "0 1 2 3 5");
        row("order!=231e2f74", "4");
        row("order~94eb", "0 1 2 3 5");
        row("order=019b76da", "0 1 2 3 4 5");
        row("event=0006", "1 3");
        row("topic=order-created", "1 3");
        row("partition=1", "1 3");
        row("partition=0", "");
        row("offset<10", "1 3");
        row("offset<7", "");
        row("group=payment", "1 3 6");
        row("group=orderlab.payment", "1 3");
        row("group!=orderlab.payment", "6");
        row("group=pay", "");
        row("group~shop", "6");
        row("attempt=1", "1 3");
        row("attempt>1", "5");
        row("time>1.2s", "4 5 6");
        row("time=1300ms", "4");
        row("time<=100ms", "0 1");
        row("entry>=5", "5 6");
        row("actor=payment-1", "1 3");
        // What kinds call value, actor and detail.
        row("customer=ada", "0");
        row("amount_minor=1999", "0 5");
        row("member=payment-1", "1 3");
        row("member~payment", "1 3 6");
        row("currency=EUR", "0 5");
        row("error~lost", "2 3");
        row("reason~lost", "");
        // Precedence: not, and, or.
        row("order-accepted or gateway-failed and customer=nobody", "0 4");
        row("(order-accepted or gateway-failed) and customer=nobody", "");
        row("order-accepted customer=bob or gateway-failed", "2 4");
        row("not order-accepted value>=500", "5");
        row("not (order-accepted value>=500)", "1 2 3 5 6");
        row("not not member-left", "6");
        row("not customer=ada", "1 2 3 4 5 6");
        row("customer!=ada", "4");
        // Relations.
        row("preceded-by gateway-failed", "3 4 5 6");
        row("preceded-by gateway-failed same order", "3 5");
        row("preceded-by gateway-failed same order within 1s", "3");
        row("preceded-by gateway-failed within 100ms", "3");
        row("preceded-by gateway-failed within 99ms", "");
        row("gateway-charged preceded-by (attempt-failed group=payment) same order", "5");
        row("gateway-charged and not preceded-by attempt-failed same order within 1.7s", "");
        row("gateway-charged and not preceded-by attempt-failed same order within 1699ms", "5");
        row("followed-by gateway-charged", "0 1 2 3 4");
        row("followed-by gateway-charged same order", "0 1 2 3");
        row("followed-by gateway-charged same order within 1.7s", "3");
        row("order-accepted not followed-by gateway-charged same order", "4");
        row("preceded-by order-accepted same customer", "");
        row("attempt-failed preceded-by event-delivered same event same group same member", "3");
        row("attempt-failed preceded-by event-delivered same partition", "3");
        row("preceded-by (gateway-charged preceded-by gateway-failed same order)", "6");
        row("attempt-failed followed-by (gateway-charged preceded-by gateway-failed same order) same order", "3");
        row("member-left or preceded-by member-left", "6");
        row("order-accepted followed-by attempt-failed followed-by gateway-charged", "0");
    }
    void found()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, numbers);
        const QueryStory story;
        QCOMPARE(story.found(text.constData()), numbers);
    }

    void problems_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("problem");
        const auto row = [](const char* text, const char* problem) {
            QTest::newRow(*text ? text : "empty") << QByteArray(text) << QByteArray(problem);
        };
        row("", "1:1: expected a condition, such as a kind of entry or group=payment, but there is nothing more");
        row("  ", "1:3: expected a condition, such as a kind of entry or group=payment, but there is nothing more");
        row("attempt-faild", "1:1: there is no kind of entry \"attempt-faild\"; did you mean attempt-failed?");
        row("grup=payment", "1:1: there is no field \"grup\"; did you mean group?");
        row("kind=order-acepted", "1:6: there is no kind of entry \"order-acepted\"; did you mean order-accepted?");
        row("kind~zebra", "1:6: no kind of entry contains \"zebra\"");
        row("group", "1:1: group needs an operator and a value, such as group=VALUE");
        row("time", "1:1: time needs an operator and a value, such as time>1.5s");
        row("offset", "1:1: offset needs an operator and a value, such as offset>=1");
        row("group=", "1:7: expected a value behind =, but there is nothing more");
        row("group=()", "1:7: expected a value behind =, but there is (");
        row("group=\"\"", "1:7: the value is empty");
        row("group>3", "1:6: group has =, != and ~");
        row("order<3", "1:6: order has =, != and ~");
        row("offset~3", "1:7: offset is a number: it has =, !=, <, <=, > and >=");
        row("offset=three", "1:8: offset must be a whole number, not \"three\"");
        row("offset=1.5", "1:8: offset must be a whole number, not \"1.5\"");
        row("offset=99999999999999999999", "1:8: offset must be a whole number, not \"99999999999999999999\"");
        row("time>3", "1:6: time must be a time such as 500ms, 1.5s or 2min, not \"3\"");
        row("time~3", "1:5: time has =, !=, <, <=, > and >=");
        row("order=xyz", "1:7: order must be a UUID, or its first or last digits, not \"xyz\"");
        row("order=123", "1:7: order must have 4 to 32 hexadecimal digits");
        row("(member-left", "1:13: expected ), but there is nothing more");
        row("member-left)", "1:12: expected and, or, or another condition, but there is )");
        row("member-left or", "1:15: expected a condition, such as a kind of entry or group=payment, but there is "
                              "nothing more");
        row("member-left and and", "1:17: expected a condition, such as a kind of entry or group=payment, but there is "
                                   "and");
        row("preceded-by", "1:12: expected a kind of entry or ( behind preceded-by, but there is nothing more");
        row("preceded-by member-leff", "1:13: there is no kind of entry \"member-leff\"; did you mean member-left?");
        row("preceded-by group=payment", "1:13: expected a kind of entry or ( behind preceded-by, but there is group");
        row("preceded-by member-left same", "1:29: expected the name of a field, but there is nothing more");
        row("preceded-by member-left same oder", "1:30: there is no field \"oder\"; did you mean order?");
        row("preceded-by member-left same time", "1:30: no two entries need have the same time; use order, event, "
                                                 "group, member, topic, partition or another field");
        row("preceded-by member-left same order same event same group same topic",
            "1:63: at most 3 fields may be the same");
        row("preceded-by member-left within", "1:31: expected a time behind within, such as 2s");
        row("preceded-by member-left within 2", "1:32: within must be a time such as 500ms, 1.5s or 2min, not \"2\"");
        row("preceded-by member-left within 2s same order", "1:35: `same` must stand before `within`");
        row("same order", "1:1: `same` must stand behind the kind of preceded-by or followed-by: preceded-by KIND same "
                          "FIELD within TIME");
        row("preceded-by (followed-by member-left)",
            "1:14: followed-by may not stand inside another preceded-by or followed-by; begin with the last entry and "
            "use preceded-by");
        row("error=\"lost", "1:7: the string has no closing \"");
        row("error=\"a\\n\"", "1:9: \\ in a string must be followed by \" or \\");
        row("!member-left", "1:1: ! must be followed by =; `not` negates a condition");
        row("customer=\xc3\xa9 grup=1", "1:12: there is no field \"grup\"; did you mean group?"); // characters
        row("customer=\xff", "1:10: is not UTF-8 from here on");
        row("customer=a\nb", "1:11: a query has no control characters");
    }
    void problems()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, problem);
        QCOMPARE(QByteArray::fromStdString(queryProblemOf(text.toStdString())), problem);
    }

    void bounds_areTold()
    {
        QCOMPARE(queryProblemOf("customer=" + std::string(Query::bytes_max, 'x')), "1:1: a query has at most 1000 bytes");
        QCOMPARE(queryProblemOf("customer=" + std::string(Query::bytes_max - 9, 'x')), "");
        const auto nested = [](std::size_t levels) {
            return std::string(levels, '(') + "member-left" + std::string(levels, ')');
        };
        QCOMPARE(queryProblemOf(nested(Query::nesting_max - 1)), "");
        QCOMPARE(queryProblemOf(nested(Query::nesting_max)), "1:51: a query nests at most 50 levels deep");
        std::string terms = "value=1";
        for (std::size_t i = 1; i < Query::terms_max; ++i)
            terms += " value=1";
        QCOMPARE(queryProblemOf(terms), "");
        QCOMPARE(queryProblemOf(terms + " value=1"), "1:801: a query has at most 100 conditions");
    }

    /// Every name that an entry's JSON may have is a field, and stands for one member only.
    void everyName_isAField()
    {
        std::set<std::string_view> names;
        for (const QueryField& field : queryFields())
            QVERIFY2(names.insert(field.name).second, std::string(field.name).c_str());
        for (const EntryKindRow& row : entry_kinds) {
            for (const std::string_view name : {row.fields.value, row.fields.actor, row.fields.detail})
                QVERIFY2(name.empty() || findQueryField(name), std::string(name).c_str());
        }
    }

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

    void anyText_isReadOrRefusedWithAPlace()
    {
        static constexpr const char* pieces[] = {
            "(",     ")",      "and",         "or",          "not",          "preceded-by", "followed-by",
            "same",  "within", "2s",          "order",       "group",        "=",           "!=",
            "<",     ">=",     "~",           "!",           "\"",           "\\",          "payment",
            "value", "500",    "member-left", "event=00ff1", "kind=x",       "time>1s",     "\xc3\xa9",
            "\xff",  "\t",     "\n",          "attempt>2",   "same order", "within 5ms"};
        std::mt19937 random(1);
        std::size_t read = 0;
        for (int i = 0; i < 30'000; ++i) {
            std::string text;
            for (std::size_t count = random() % 9; count > 0; --count)
                text += std::string(random() % 4 == 0 ? "" : " ") + pieces[random() % std::size(pieces)];
            QueryProblem problem;
            if (readQuery(text, problem)) {
                ++read;
                continue;
            }
            std::size_t characters = 0;
            for (const char c : text)
                characters += (std::uint8_t(c) & 0xc0) != 0x80;
            const QByteArray shown = QByteArray::fromStdString(text);
            QVERIFY2(problem.column >= 1 && problem.column <= characters + 1, shown.constData());
            QVERIFY2(!problem.reason.empty() && problem.reason.size() < 400, shown.constData());
            const QueryCompletions all = completionsAt(text, random() % (text.size() + 2), Names());
            QVERIFY(all.begin <= all.end && all.end <= text.size());
        }
        QVERIFY(read > 100);
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

    void completions_offerWhatMayStandThere_data()
    {
        QTest::addColumn<QByteArray>("text"); // | is the cursor
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char* text, const char* words) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(words);
        };
        row("gateway-c|", "gateway-charged");
        row("or|", "order order-accepted");
        row("member-left or|", "or order order-accepted");
        row("member-left an|", "and answer");
        row("gr|oup=payment", "group");
        row("group=|", "payment shop-payment");
        row("group=order|", "orderlab.payment");
        row("member=|", "payment-1 payment-2");
        row("customer=|", "ada bob");
        row("error=|", "\"the answer was lost\"");
        row("error=\"the|", "\"the answer was lost\"");
        row("currency=E|", "EUR");
        row("offset=|", "");
        row("time>|", "");
        row("kind=order-|", "order-accepted");
        row("followed-by gateway-ch|", "gateway-charged");
        row("followed-by member-left sa|", "same");
        row("followed-by (member-left group=payment) wi|", "within");
        row("followed-by member-left same order wi|", "within");
        row("member-left wi|", "");
        row("followed-by member-left same par|", "partition");
        row("followed-by member-left within |", "");
        row("not memb|", "member member-joined member-left");
    }
    void completions_offerWhatMayStandThere()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, words);
        const QueryStory story;
        QueryNames names(story.names);
        names.add(std::span(story.entries).first(6));
        names.add(std::span(story.entries).subspan(6));
        const auto cursor = std::size_t(text.indexOf('|'));
        QCOMPARE(QByteArray::fromStdString(joinedWords(completions(text.remove(qsizetype(cursor), 1).toStdString(), cursor, names))),
                 words);
    }

    void completions_replaceTheWordBeforeTheCursor()
    {
        const QueryStory story;
        const QueryCompletions all = completionsAt("group=pay and member=x", 9, story.names);
        QCOMPARE(all.begin, std::size_t(6));
        QCOMPARE(all.end, std::size_t(9));
        QVERIFY((all.words == std::vector<std::string>{"payment", "payment-1", "payment-2"})); // no entries seen: any name
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

ORDERLAB_TEST(tst_query, NoApplication, TestQuery)
#include "tst_query.moc"
