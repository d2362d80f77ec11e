#include "classroom/class_pages.h"
#include "classroom/classroom.h"
#include "classroom/lan_addresses.h"
#include "classroom/student_name.h"
#include "runtime/virtual_runtime.h"
#include "support/qt_text.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QRegularExpression>

using namespace orderlab;
using namespace orderlab::test;
using namespace std::chrono_literals;

namespace {

/// A class on a virtual clock, without a network.
struct QuietClass {
    explicit QuietClass(ClassroomOptions options = {}) : classroom(runtime, names, options) {}

    Classroom::Joined join(const std::string& name)
    {
        return classroom.join(classroom.code(), name, "192.168.1.7").value();
    }
    /// Buys, and lets the journal say that the order is accepted.
    Uuid buy(unsigned student, const std::string& key = "k")
    {
        const auto purchase = classroom.beginPurchase(student, Money{1'999, {}}, key).value();
        const Uuid order = runtime.newUuid();
        tell(order, EntryKind::OrderAccepted, "EUR", purchase.id);
        return order;
    }
    void tell(Uuid order, EntryKind kind, const std::string& detail = {}, Uuid event = {})
    {
        Entry entry;
        entry.time_us = toMicros(runtime.now());
        entry.kind = kind;
        entry.order = order;
        entry.event = event;
        entry.detail = names.intern(detail);
        classroom.onEntries(std::span(&entry, 1), 0);
    }
    void pass(Duration time) { runtime.jumpClock(time); }

    VirtualRuntime runtime{5};
    Names names;
    Classroom classroom;
};

const ClassQuestion question{"What happens?", {"nothing", "it is paid", "it is lost"}, 1, "It is in the log."};

QString tallyOf(const ClassBoard& board)
{
    QStringList rounds;
    for (const auto& round : board.tally) {
        QStringList votes;
        for (const std::size_t count : round)
            votes << QString::number(count);
        rounds << votes.join(QLatin1Char(' '));
    }
    return rounds.join(QLatin1String(" | "));
}

template <typename T>
QString codeAndField(const Result<T>& result)
{
    return result ? QStringLiteral("well")
                  : toQString(std::string(name(result.error().code)) + ' ' + result.error().field);
}

} // namespace

class TestClassroom : public QObject {
    Q_OBJECT

private slots:
    void name_isCleaned_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("name");
        QTest::newRow("as it is") << "Zoë"
                                  << "Zoë";
        QTest::newRow("blanks") << "  Ada \t Lovelace "
                                << "Ada Lovelace";
        QTest::newRow("no-break and wide blanks") << QStringLiteral("\u00a0Ada\u3000L\u202f") << "Ada L";
        QTest::newRow("an emoji") << QStringLiteral("🦊 fox") << QStringLiteral("🦊 fox");
        QTest::newRow("markup stays text") << "<b>Ada</b>"
                                           << "<b>Ada</b>";
        QTest::newRow("24 characters") << QString(24, QChar(0x00e4)) << QString(24, QChar(0x00e4));
        QTest::newRow("25 characters") << QString(25, QChar(0x00e4)) << "";
        QTest::newRow("nothing") << " "
                                 << "";
        QTest::newRow("a line end") << "Ada\nLovelace"
                                    << "";
        QTest::newRow("turned around") << QStringLiteral("Ada\u202eevil") << "";
        QTest::newRow("not seen") << QStringLiteral("A\u200bda") << "";
        QTest::newRow("a customer of the simulation") << "User-poison"
                                                      << "";
        QTest::newRow("far too long") << QString(100'000, QLatin1Char('a')) << "";
    }
    void name_isCleaned()
    {
        QFETCH(QString, typed);
        QFETCH(QString, name);
        const auto cleaned = studentName(typed.toStdString());
        QCOMPARE(cleaned ? toQString(*cleaned) : QString(), name);
        if (!cleaned)
            QCOMPARE(cleaned.error().field, std::string("name"));
        QVERIFY(!studentName("\xff\xfe"));
    }

    void join_needsCodeAndAFreeName()
    {
        QuietClass quiet;
        Classroom& classroom = quiet.classroom;
        QCOMPARE(classroom.code().size(), std::size_t(6));
        QCOMPARE(codeAndField(classroom.join("AAAAAA", "Ada", "a")), QStringLiteral("rejected code"));
        std::string typed;
        for (const char c : classroom.code())
            (typed += char(c - 'A' + 'a')) += ' ';
        const auto ada = classroom.join(typed, " Ada ", "a"); // As people type it.
        QVERIFY_RESULT(ada);
        QCOMPARE(ada->token.size(), std::size_t(64));
        QCOMPARE(codeAndField(classroom.join(classroom.code(), "ADA", "a")), QStringLiteral("already-exists name"));
        const auto bob = quiet.join("Bob");
        QVERIFY(bob.token != ada->token);
        QCOMPARE(classroom.enter(ada->token).value(), ada->number);
        QCOMPARE(classroom.enter(bob.token).value(), bob.number);
        QVERIFY(!classroom.enter({}));
        QVERIFY(!classroom.enter(ada->token.substr(0, 63)));
        QVERIFY(!classroom.enter(ada->token + "0"));
    }

    void code_cannotBeTriedOut()
    {
        QuietClass quiet;
        Classroom& classroom = quiet.classroom;
        for (int i = 0; i < 10; ++i)
            QCOMPARE(codeAndField(classroom.join("AAAAAA", "Eve", "10.0.0.9")), QStringLiteral("rejected code"));
        // Even the right one is not looked at now; others are not held up.
        QCOMPARE(codeAndField(classroom.join(classroom.code(), "Eve", "10.0.0.9")), QStringLiteral("exhausted code"));
        QVERIFY_RESULT(classroom.join(classroom.code(), "Ada", "10.0.0.8"));
        quiet.pass(6s);
        QVERIFY_RESULT(classroom.join(classroom.code(), "Eve", "10.0.0.9"));
    }

    void class_isBounded()
    {
        ClassroomOptions options;
        options.students_max = 2;
        options.requests_at_once = 3;
        options.requests_per_second = 1;
        options.orders_max = 1;
        options.streams_max = 1;
        QuietClass quiet(options);
        Classroom& classroom = quiet.classroom;
        const auto ada = quiet.join("Ada");
        quiet.join("Bob");
        QCOMPARE(codeAndField(classroom.join(classroom.code(), "Cleo", "a")), QStringLiteral("exhausted "));
        for (int i = 0; i < 3; ++i)
            QVERIFY_RESULT(classroom.enter(ada.token));
        QCOMPARE(codeAndField(classroom.enter(ada.token)), QStringLiteral("exhausted "));
        quiet.pass(1s);
        QVERIFY_RESULT(classroom.enter(ada.token));
        quiet.buy(ada.number);
        QCOMPARE(codeAndField(classroom.beginPurchase(ada.number, Money{100, {}}, "x")), QStringLiteral("exhausted "));
        QVERIFY(classroom.openStream(ada.number));
        QVERIFY(!classroom.openStream(ada.number));
        classroom.closeStream(ada.number);
        QVERIFY(classroom.openStream(ada.number));
    }

    void votes_areTakenInRounds_andShownAtTheEnd()
    {
        QuietClass quiet;
        Classroom& classroom = quiet.classroom;
        const unsigned ada = quiet.join("Ada").number, bob = quiet.join("Bob").number;
        QVERIFY(!classroom.vote(ada, 0)); // Nothing was asked.
        QVERIFY_RESULT(classroom.ask(question));
        QVERIFY_RESULT(classroom.vote(ada, 0));
        QVERIFY_RESULT(classroom.vote(ada, 2)); // Changes her mind.
        QVERIFY_RESULT(classroom.vote(bob, 2));
        QVERIFY(!classroom.vote(ada, 3));
        StudentView view = classroom.viewOf(ada).value();
        QCOMPARE(view.board.phase, ClassPhase::Voting);
        QVERIFY(view.board.tally.empty() && !view.board.question.right && view.board.question.reason.empty());
        QCOMPARE(view.vote.value(), std::size_t(2));
        QVERIFY_RESULT(classroom.closeVotes());
        QVERIFY(!classroom.vote(ada, 1));
        view = classroom.viewOf(ada).value();
        QVERIFY(view.board.phase == ClassPhase::Discussing && view.board.tally.empty());
        QVERIFY_RESULT(classroom.openVotes());
        QVERIFY(!classroom.openVotes());
        QVERIFY(!classroom.viewOf(ada).value().vote); // In this round she has not voted.
        QVERIFY_RESULT(classroom.vote(ada, 1));
        QCOMPARE(tallyOf(classroom.view().board), QStringLiteral("0 0 2 | 0 1 0")); // The teacher sees it at once.
        QVERIFY_RESULT(classroom.reveal());
        view = classroom.viewOf(bob).value();
        QCOMPARE(tallyOf(view.board), QStringLiteral("0 0 2 | 0 1 0"));
        QCOMPARE(view.board.question.right.value(), std::size_t(1));
        QVERIFY(!classroom.openVotes());
        QCOMPARE(toQString(classroom.resultsCsv(false)),
                 QStringLiteral("student,orders,paid,failed,canceled,question,asked,round,vote,right\r\n"
                                "Student 1,0,0,0,0,1,What happens?,1,C,no\r\n"
                                "Student 1,0,0,0,0,1,What happens?,2,B,yes\r\n"
                                "Student 2,0,0,0,0,1,What happens?,1,C,no\r\n"
                                "Student 2,0,0,0,0,1,What happens?,2,,\r\n"));
    }

    void question_isChecked()
    {
        QuietClass quiet;
        QCOMPARE(codeAndField(quiet.classroom.ask({"", {"a", "b"}, {}})), QStringLiteral("invalid-argument ask"));
        QCOMPARE(codeAndField(quiet.classroom.ask({"a", {"b"}, {}})), QStringLiteral("invalid-argument choices"));
        QCOMPARE(codeAndField(quiet.classroom.ask({"a", {"b", ""}, {}})),
                 QStringLiteral("invalid-argument choices[1]"));
        QCOMPARE(codeAndField(quiet.classroom.ask({"a", {"b", "c"}, 2})), QStringLiteral("invalid-argument right"));
    }

    void results_areSafeInASpreadsheet()
    {
        QuietClass quiet;
        quiet.join("=1+1");
        quiet.join("Ada, \"the\" first");
        const QString csv = toQString(quiet.classroom.resultsCsv(true));
        QVERIFY2(csv.contains(QLatin1String("\r\n'=1+1,0,")), qPrintable(csv));
        QVERIFY2(csv.contains(QLatin1String("\r\n\"Ada, \"\"the\"\" first\",0,")), qPrintable(csv));
    }

    void lock_beginsAfterACountdown()
    {
        QuietClass quiet;
        Classroom& classroom = quiet.classroom;
        const unsigned ada = quiet.join("Ada").number;
        QVERIFY_RESULT(classroom.ask(question));
        QVERIFY_RESULT(classroom.lock(10s));
        QVERIFY_RESULT(classroom.vote(ada, 0));
        QCOMPARE(classroom.viewOf(ada).value().board.locks_in.value(), Duration{10s});
        const auto before = classroom.placeOf(ada);
        quiet.pass(10s);
        QVERIFY(classroom.placeOf(ada) != before); // Its pages hear of it.
        QCOMPARE(codeAndField(classroom.vote(ada, 0)), QStringLiteral("conflict "));
        QCOMPARE(codeAndField(classroom.beginPurchase(ada, Money{100, {}}, "x")), QStringLiteral("conflict "));
        classroom.unlock();
        QVERIFY_RESULT(classroom.vote(ada, 1));
        QVERIFY(!classroom.lock(2h));
    }

    void orders_areToldToTheirStudentOnly()
    {
        QuietClass quiet;
        Classroom& classroom = quiet.classroom;
        const unsigned ada = quiet.join("Ada").number, bob = quiet.join("Bob").number;
        const Uuid order = quiet.buy(ada);
        const auto bobs_place = classroom.placeOf(bob);
        quiet.tell(order, EntryKind::GatewayCharged, "EUR");
        quiet.tell(order, EntryKind::StatusChanged, "paid");
        quiet.tell(quiet.runtime.newUuid(), EntryKind::StatusChanged, "failed"); // Of somebody else.
        const StudentView view = classroom.viewOf(ada).value();
        QVERIFY((view.counts == ClassCounts{1, 1, 0, 0}));
        QCOMPARE(view.orders.at(0).entries.size(), std::size_t(3));
        QVERIFY(view.orders.at(0).status == OrderStatus::Paid);
        QVERIFY(classroom.viewOf(bob).value().orders.empty());
        QVERIFY(classroom.placeOf(bob) == bobs_place);
        QVERIFY_RESULT(classroom.show(ada));
        const StudentView shown = classroom.viewOf(bob).value();
        QCOMPARE(shown.shown_name.value(), std::string("Ada"));
        QCOMPARE(shown.shown_order.value().number, 1u);
    }

    void entriesBeforeTheAcceptance_arePartOfTheStory()
    {
        QuietClass quiet;
        const unsigned ada = quiet.join("Ada").number;
        const auto purchase = quiet.classroom.beginPurchase(ada, Money{100, {}}, "k").value();
        const Uuid order = quiet.runtime.newUuid();
        quiet.tell(order, EntryKind::EventEmitted);
        quiet.tell(order, EntryKind::OrderAccepted, "EUR", purchase.id);
        QCOMPARE(quiet.classroom.viewOf(ada).value().orders.at(0).entries.size(), std::size_t(2));
        // The answer may be quicker than the journal's reader; that is the same order.
        const auto second = quiet.classroom.beginPurchase(ada, Money{100, {}}, "l").value();
        const OrderId quick{quiet.runtime.newUuid()};
        quiet.classroom.endPurchase(ada, second.id, quick);
        quiet.tell(quick, EntryKind::OrderAccepted, "EUR", second.id);
        QCOMPARE(quiet.classroom.viewOf(ada).value().counts.bought, std::size_t(2));
        QVERIFY(purchase.key != second.key && purchase.key.size() <= IdempotencyKeyLength);
    }

    void removedStudent_isGone()
    {
        QuietClass quiet;
        Classroom& classroom = quiet.classroom;
        const auto ada = quiet.join("Ada");
        QVERIFY_RESULT(classroom.ask(question));
        QVERIFY_RESULT(classroom.vote(ada.number, 0));
        const Uuid order = quiet.buy(ada.number);
        QVERIFY_RESULT(classroom.show(ada.number));
        QVERIFY_RESULT(classroom.remove(ada.number));
        QVERIFY(!classroom.enter(ada.token) && !classroom.placeOf(ada.number) && !classroom.vote(ada.number, 0));
        quiet.tell(order, EntryKind::StatusChanged, "paid"); // Their order goes on without them.
        QCOMPARE(tallyOf(classroom.view().board), QStringLiteral("0 0 0"));
        QVERIFY(!classroom.view().shown);
        QVERIFY(quiet.join("Ada").number != ada.number); // The name is free again, the number is not.
        const auto bob = quiet.join("Bob");
        classroom.end();
        QVERIFY(!classroom.enter(bob.token) && !classroom.join(classroom.code(), "Cleo", "a"));
    }

    void pages_escapeWhatComesFromPeople()
    {
        QuietClass quiet;
        const unsigned eve = quiet.join("<script>x</script>").number;
        QVERIFY_RESULT(quiet.classroom.ask({"<img src=x>?", {"<i>", "'\"&"}, 0, "<u>"}));
        QVERIFY_RESULT(quiet.classroom.show(eve));
        const ClassPages pages(quiet.names);
        for (const Language language : {Language::English, Language::German}) {
            for (int revealed = 0; revealed < 2; ++revealed) {
                const std::string html =
                    pages.studentPage(language, quiet.classroom.viewOf(eve).value(), "\"><b>", "<b>")
                    + pages.joinPage(language, "\"><b>", "'><b>", nullptr);
                for (const char* bad : {"<script>x", "<img", "<i>", "<u>", "\"><b>", "'><b>", "<b>"})
                    QVERIFY2(html.find(bad) == std::string::npos, bad);
                QVERIFY(html.find("&lt;script&gt;x&lt;/script&gt;") != std::string::npos);
                static const QRegularExpression handler(QStringLiteral("\\son[a-z]+="));
                QVERIFY(html.find(" style=") == std::string::npos && !toQString(html).contains(handler));
                QVERIFY_RESULT(quiet.classroom.reveal());
            }
        }
    }

    void parts_areOnOneLine_asServerSentEventsNeedIt()
    {
        QuietClass quiet;
        const unsigned ada = quiet.join("Ada").number;
        quiet.buy(ada);
        QVERIFY_RESULT(quiet.classroom.ask(question));
        QVERIFY_RESULT(quiet.classroom.reveal());
        const ClassPages pages(quiet.names);
        const StudentView view = quiet.classroom.viewOf(ada).value();
        const std::string parts = pages.boardPart(Language::German, view) + pages.ordersPart(Language::German, view);
        QVERIFY(parts.find('\n') == std::string::npos && parts.find('\r') == std::string::npos);
        QVERIFY2(parts.find("Deine Bestellung ist gespeichert.") != std::string::npos, parts.c_str());
    }

    void everyWord_isInBothLanguages()
    {
        const ClassWords &english = wordsOf(Language::English), &german = wordsOf(Language::German);
        // Every member is a pointer to a text.
        const auto* first = reinterpret_cast<const char* const*>(&english);
        const auto* second = reinterpret_cast<const char* const*>(&german);
        int same = 0;
        for (std::size_t i = 0; i < sizeof(ClassWords) / sizeof(const char*); ++i) {
            QVERIFY(first[i] && second[i] && *first[i] && *second[i]);
            same += std::string_view(first[i]) == second[i];
            for (const char* mark : {"%1", "%2"})
                QCOMPARE(std::string_view(first[i]).find(mark) == std::string_view::npos,
                         std::string_view(second[i]).find(mark) == std::string_view::npos);
        }
        QCOMPARE(same, 0);
        for (int kind = 0; kind < entry_kind_count; ++kind)
            QCOMPARE(stepWords(EntryKind(kind), Language::English).empty(),
                     stepWords(EntryKind(kind), Language::German).empty());
    }

    void language_isTheOneThatIsLikedBest_data()
    {
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("tag");
        QTest::newRow("none") << ""
                              << "en";
        QTest::newRow("German") << "de"
                                << "de";
        QTest::newRow("of Austria") << "de-AT,de;q=0.9,en;q=0.8"
                                    << "de";
        QTest::newRow("English first") << "en-GB, de;q=0.9"
                                       << "en";
        QTest::newRow("weights") << "en;q=0.2, DE;q=0.3"
                                 << "de";
        QTest::newRow("refused") << "de;q=0"
                                 << "en";
        QTest::newRow("others") << "fr, *;q=0.5"
                                << "en";
        QTest::newRow("nonsense") << "de;q=x,,;;"
                                  << "en";
        QTest::newRow("another that begins so") << "den"
                                                << "en";
    }
    void language_isTheOneThatIsLikedBest()
    {
        QFETCH(QString, header);
        QFETCH(QString, tag);
        QCOMPARE(toQString(tagOf(acceptedLanguage(header.toStdString()))), tag);
    }

    void place_isReadAsItIsWritten()
    {
        const PagePlace place{3, 14, 1};
        QCOMPARE(place.toString(), std::string("3.14.1"));
        QVERIFY(PagePlace::parse("3.14.1") == place);
        for (const char* wrong :
             {"", "3", "3.14", "3.14.1.", "3.14.1.5", "a.b.c", "-1.2.3", " 1.2.3", "1..3", "99999999999999999999.1.1"})
            QVERIFY2(!PagePlace::parse(wrong), wrong);
    }

    void addresses_realOnesFirst()
    {
        std::vector<LanAddress> addresses{{"172.17.0.1", "docker0"}, {"203.0.113.5", "eth1"}, {"10.1.2.3", "wlan0"}};
        sortLanAddresses(addresses);
        QCOMPARE(addresses[0].address, std::string("10.1.2.3"));
        QCOMPARE(addresses[1].address, std::string("172.17.0.1"));
    }

private:
    static constexpr std::size_t IdempotencyKeyLength = 128;
};

ORDERLAB_TEST(tst_classroom, NoApplication, TestClassroom)
#include "tst_classroom.moc"
