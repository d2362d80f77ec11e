#include "api_fixture.h"
#include "child_program.h"
#include "http/http_client.h"
#include "runtime/real_runtime.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace orderlab;
using namespace orderlab::test;

namespace {

/// A real server in memory, and the commands that talk to it.
struct LetterServer {
    LetterServer() : program({"serve", "--store", "memory", "--listen", "127.0.0.1:0"}), port(program.waitForPort()) {}

    QByteArray post(const std::string& path, std::string body)
    {
        HttpClientOptions options;
        options.host = "127.0.0.1";
        options.port = std::uint16_t(port);
        HttpClient client(runtime, options);
        const auto reply = runtime.run(client.post(path, std::move(body)));
        return reply ? QByteArray::fromStdString(reply->body) : QByteArray();
    }
    QByteArray buy(const char* customer) { return memberOf(post("/orders", orderJson(customer)), "id"); }
    Ended run(QStringList arguments)
    {
        return runProgram(arguments + QStringList{"--to", QStringLiteral("http://127.0.0.1:%1").arg(port)});
    }
    QJsonArray letters(const QStringList& filter = {})
    {
        return QJsonDocument::fromJson(run(QStringList{"dead-letters", "list", "--json"} + filter).out).array();
    }
    /// Waits until so many wait.
    bool waitForLetters(int count)
    {
        return QTest::qWaitFor([&] { return letters().size() == count; }, patience_ms);
    }

    RealRuntime runtime{1};
    ChildProgram program;
    const int port;
};

} // namespace

/// `orderlabd dead-letters` and `orderlabd why` against a real `orderlabd serve`.
class TestDeadLetterCommands : public QObject {
    Q_OBJECT

private slots:
    void letters_areListedShownCorrectedAndDiscarded()
    {
        LetterServer server;
        QVERIFY(server.port > 0);
        QCOMPARE(server.run({"dead-letters", "list"}).out, QByteArray("No dead letters.\n"));
        const QByteArray first = server.buy("user-poison"), second = server.buy("user-poison");
        QVERIFY(server.waitForLetters(2));
        const Ended listed = server.run({"dead-letters", "list"});
        QVERIFY2(listed.out.contains("orderlab.payment") && listed.out.count('\n') == 3, listed.describe());
        const Ended causes = server.run({"dead-letters", "list", "--causes"});
        QVERIFY2(causes.out.contains("\n2       orderlab.payment"), causes.describe());
        const QString id = server.letters({"--order", QString::fromLatin1(first)}).at(0).toObject()["id"].toString();

        const Ended shown = server.run({"dead-letters", "show", id});
        QVERIFY2(shown.out.contains("order       " + first) && shown.out.contains("attempt     1 at "),
                 shown.describe());

        // Nobody is at a terminal here: without --yes nothing happens.
        Ended refused = server.run({"dead-letters", "replay", id});
        QCOMPARE(refused.exit_code, 1);
        QVERIFY2(refused.err.contains("--yes"), refused.describe());
        refused = server.run({"dead-letters", "discard", id});
        QCOMPARE(refused.exit_code, 1);
        QCOMPARE(server.letters().size(), 2);

        const Ended replayed = server.run({"dead-letters", "replay", id, "--yes", "--reason", "wrong customer",
                                           "--data", R"({"user_id":"ada","amount":"19.99","currency":"EUR"})"});
        QVERIFY2(replayed.exit_code == 0, replayed.describe());
        QVERIFY2(replayed.out.contains("1 to replay: 0 would be skipped as duplicates, 1 would run again."),
                 replayed.describe());
        Ended why;
        const auto is_paid = [&] {
            why = server.run({"why", QString::fromLatin1(first)});
            return why.out.contains(": paid.\n");
        };
        QTRY_VERIFY2(is_paid(), why.describe());
        QVERIFY2(why.out.startsWith("Order " + first + " of user-poison, 19.99 EUR: paid.\n"), why.describe());
        QVERIFY2(why.out.contains("Dead letter replayed. Somebody gave order-created, corrected, back to payment, and "
                                  "to no other group.\n"),
                 why.describe());
        QVERIFY2(why.out.contains("Passed over by notification."), why.describe());

        const QString other =
            server.letters({"--order", QString::fromLatin1(second)}).at(0).toObject()["id"].toString();
        const Ended discarded = server.run({"dead-letters", "discard", other, "--yes", "--reason", "a test"});
        QVERIFY2(discarded.exit_code == 0 && discarded.out.contains("discarded " + other.toLatin1()),
                 discarded.describe());
        const QJsonArray gone = server.letters({"--state", "discarded"});
        QCOMPARE(gone.size(), 1);
        QCOMPARE(gone.at(0)["audit"].toArray().at(0)["reason"].toString(), QStringLiteral("a test"));
        QVERIFY(server.letters().isEmpty());
        QCOMPARE(server.program.terminate().exit_code, 0);
    }

    void whatCouldNotBeDecoded_isShownAndRefused()
    {
        ApiFixture api;
        const auto run = [&](QStringList arguments) {
            return runProgram(QStringList{"dead-letters"} + arguments
                              + QStringList{"--to", QStringLiteral("http://127.0.0.1:%1").arg(api.port())});
        };
        DeadLetter letter;
        letter.id = api.runtime.newUuid();
        letter.group = "orderlab.payment";
        letter.event.id = EventId{api.runtime.newUuid()};
        letter.event.extensions = {{"x-from", "elsewhere"}, {"x-null", std::nullopt}};
        letter.event.undecodable = std::make_shared<UndecodableRecord>(
            UndecodableRecord{{ErrorCode::Corrupt, Retry::Never, "ce_id is missing", {}}, "order 7", "\xff\xfe"});
        letter.attempts = 1;
        letter.error = "ce_id is missing";
        letter.code = ErrorCode::Corrupt;
        letter.created_at = api.runtime.now();
        const auto transaction = api.store.begin();
        transaction->insertDeadLetter(letter);
        DeadLetter bare = letter;
        bare.id = api.runtime.newUuid();
        bare.event.id = EventId{api.runtime.newUuid()};
        bare.event.undecodable =
            std::make_shared<UndecodableRecord>(UndecodableRecord{letter.event.undecodable->error, {}, {}});
        transaction->insertDeadLetter(bare);
        QVERIFY_RESULT(api.runtime.run(transaction->commit(letter.created_at)));

        const QString id = QString::fromStdString(letter.id.toString());
        const Ended shown = run({"show", id});
        for (const char* line : {"  record      none of our events: it can be discarded, not replayed\n",
                                 "  key         order 7 (7 bytes)\n", "  value       //4= (2 bytes, shown in base64)\n",
                                 "  header      x-from: elsewhere\n", "  header      x-null, null\n",
                                 "  error       corrupt: ce_id is missing\n"})
            QVERIFY2(shown.out.contains(line), shown.describe());
        const Ended nothing = run({"show", QString::fromStdString(bare.id.toString())});
        QVERIFY2(nothing.out.contains("  key         none (null)\n")
                     && nothing.out.contains("  value       none (null)\n"),
                 nothing.describe());
        const Ended refused = run({"replay", id, "--yes"});
        QVERIFY2(refused.exit_code == 1 && refused.err.contains("It can only be discarded"), refused.describe());
        const Ended none = run({"replay", "--all", "--yes"});
        QCOMPARE(none.out, QByteArray("Nothing to replay. 2 could not be decoded and can only be discarded.\n"));
        const Ended discarded = run({"discard", id, "--yes"});
        QVERIFY2(discarded.exit_code == 0, discarded.describe());
    }

    void many_areReplayedInPartsAndThoseThatFailAgainOnlyOnce()
    {
        LetterServer server;
        for (int i = 0; i < 12; ++i)
            server.buy("user-poison");
        QVERIFY(server.waitForLetters(12));
        const Ended replayed = server.run({"dead-letters", "replay", "--group", "payment", "--yes", "--rate", "5"});
        QVERIFY2(replayed.exit_code == 0, replayed.describe());
        QCOMPARE(replayed.out, QByteArray("12 to replay: 0 would be skipped as duplicates, 12 would run again.\n"
                                          "replayed 12, left to others 0\n"));
        QVERIFY(server.waitForLetters(12));
        for (const QJsonValue& letter : server.letters())
            QCOMPARE(letter["attempts"].toInt(), 2);
        QCOMPARE(server.run({"dead-letters", "replay", "--group", "analytics", "--yes"}).out,
                 QByteArray("Nothing to replay.\n"));
    }

    void mistakes_areRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exit_code");
        QTest::addColumn<QByteArray>("says");
        const QString id = QStringLiteral("01980000-0000-7000-8000-000000000001");
        QTest::newRow("nothing named")
            << QStringList{"dead-letters", "replay", "--yes"} << 2
            << QByteArray("which dead letters? Give their ids, a filter (--group, --error, --event, --order) or --all");
        QTest::newRow("a store, and a server") << QStringList{"dead-letters", "list", "--store", "memory"} << 2
                                               << QByteArray("--store: goes with --local only");
        QTest::newRow("a directory, and a server") << QStringList{"dead-letters", "show", id, "--data-dir", "/tmp"} << 2
                                                   << QByteArray("--data-dir: goes with --local only");
        QTest::newRow("both named") << QStringList{"dead-letters", "replay", id, "--all", "--yes"} << 2
                                    << QByteArray("not by both");
        QTest::newRow("data for many") << QStringList{"dead-letters", "replay", "--all", "--yes", "--data", "{}"} << 2
                                       << QByteArray("--data");
        QTest::newRow("no part") << QStringList{"dead-letters"} << 2 << QByteArray("list, show, replay, discard");
        QTest::newRow("unknown") << QStringList{"dead-letters", "show", id} << 1 << QByteArray("no dead letter");
        QTest::newRow("state") << QStringList{"dead-letters", "list", "--state", "gone"} << 2 << QByteArray("state");
        QTest::newRow("why, no id") << QStringList{"why", "first"} << 2 << QByteArray("UUID");
        QTest::newRow("why, unknown") << QStringList{"why", id} << 1 << QByteArray("no order");
    }
    void mistakes_areRefused()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, says);
        LetterServer server;
        const Ended ended = server.run(arguments);
        QTEST(ended.exit_code, "exit_code");
        QVERIFY2(ended.err.contains(says) && ended.errLines().size() == 1, ended.describe());
    }

    void noServer_isSaid()
    {
        const Ended ended =
            runProgram({"dead-letters", "list", "--to", QStringLiteral("http://127.0.0.1:%1").arg(freePort())});
        QCOMPARE(ended.exit_code, 1);
        QVERIFY2(ended.err.contains("did not accept a connection"), ended.describe());
        const Ended memory = runProgram({"dead-letters", "list", "--local", "--store", "memory"});
        QCOMPARE(memory.exit_code, 2);
    }

    void ownStore_isUsedWhileNoServerRuns()
    {
        DataDir data;
        const QStringList serve = QStringList{"serve", "--listen", "127.0.0.1:0"} + data.store();
        QByteArray order;
        {
            ChildProgram server(serve);
            const int port = server.waitForPort();
            QVERIFY2(port > 0, server.err());
            RealRuntime runtime(1);
            HttpClientOptions options;
            options.host = "127.0.0.1";
            options.port = std::uint16_t(port);
            HttpClient client(runtime, options);
            const auto reply = runtime.run(client.post("/orders", orderJson("user-poison")));
            QVERIFY_RESULT(reply);
            order = memberOf(QByteArray::fromStdString(reply->body), "id");
            const auto is_waiting = [&] {
                const auto letters = runtime.run(client.get("/dead-letters"));
                return letters && letters->body.find("waiting") != std::string::npos;
            };
            QTRY_VERIFY(is_waiting());
            QCOMPARE(server.terminate().exit_code, 0);
        }
        const QStringList local = QStringList{"--local"} + data.store();
        const Ended replayed = runProgram(QStringList{"dead-letters", "replay", "--all", "--yes"} + local);
        QVERIFY2(replayed.exit_code == 0 && replayed.out.contains("replayed 1"), replayed.describe());
        const Ended waiting = runProgram(QStringList{"dead-letters", "list"} + local);
        QCOMPARE(waiting.out, QByteArray("No dead letters.\n"));
        // The next server does what was asked for: it fails again, as it must.
        ChildProgram server(serve);
        const int port = server.waitForPort();
        QVERIFY2(port > 0, server.err());
        QByteArray letters;
        const auto is_waiting = [&] {
            letters = runProgram({"dead-letters", "list", "--json", "--order", QString::fromLatin1(order), "--to",
                                  QStringLiteral("http://127.0.0.1:%1").arg(port)})
                          .out;
            return letters.contains("\"waiting\"");
        };
        QTRY_VERIFY2(is_waiting(), letters);
        QVERIFY2(letters.contains("\"attempts\": 2"), letters);
        QCOMPARE(server.terminate().exit_code, 0);
    }
};

ORDERLAB_TEST(tst_dead_letter_commands, QCoreApplication, TestDeadLetterCommands)
#include "tst_dead_letter_commands.moc"
