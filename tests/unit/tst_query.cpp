#include "journal/query_completions.h"
#include "query_story.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <set>

using namespace orderlab;
using samples::QueryStory;

namespace {

std::string queryProblemOf(const std::string& text)
{
    const auto query = parseQuery(text);
    return query ? std::string() : query.error().message;
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
        QCOMPARE(queryProblemOf("customer=" + std::string(Query::bytes_max, 'x')),
                 "1:1: a query has at most 1000 bytes");
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

    void anyText_isReadOrRefusedWithAPlace()
    {
        static constexpr const char* pieces[] = {
            "(",        ")",     "and",     "or",    "not",       "preceded-by", "followed-by", "same",   "within",
            "2s",       "order", "group",   "=",     "!=",        "<",           ">=",          "~",      "!",
            "\"",       "\\",    "payment", "value", "500",       "member-left", "event=00ff1", "kind=x", "time>1s",
            "\xc3\xa9", "\xff",  "\t",      "\n",    "attempt>2", "same order",  "within 5ms"};
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
        QCOMPARE(QByteArray::fromStdString(
                     joinedWords(completions(text.remove(qsizetype(cursor), 1).toStdString(), cursor, names))),
                 words);
    }

    void completions_replaceTheWordBeforeTheCursor()
    {
        const QueryStory story;
        const QueryCompletions all = completionsAt("group=pay and member=x", 9, story.names);
        QCOMPARE(all.begin, std::size_t(6));
        QCOMPARE(all.end, std::size_t(9));
        QVERIFY(
            (all.words == std::vector<std::string>{"payment", "payment-1", "payment-2"})); // no entries seen: any name
    }
};

ORDERLAB_TEST(tst_query, NoApplication, TestQuery)
#include "tst_query.moc"
