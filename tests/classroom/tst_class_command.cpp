#include "integration/child_program.h"
#include "integration/raw_http_client.h"
#include "support/test_program.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QUrl>

using namespace orderlab;
using namespace orderlab::test;

namespace {

/// `orderlabd serve` with a class.
struct ClassProgram {
    explicit ClassProgram(const QStringList& more = {})
        : program(QStringList{"serve", "--store", "memory", "--listen", "127.0.0.1:0", "--classroom", "127.0.0.1:0"}
                  + more)
    {
        port = program.waitForPort();
    }
    Ended run(const QStringList& arguments)
    {
        return runProgram(QStringList{"classroom"} + arguments
                          + QStringList{"--to", QStringLiteral("http://127.0.0.1:%1").arg(port)});
    }
    QJsonObject state() { return QJsonDocument::fromJson(run({"show", "--json"}).out).object(); }

    ChildProgram program;
    int port = 0;
};

} // namespace

/// `orderlabd serve --classroom` and `orderlabd classroom` as a teacher uses them.
class TestClassCommand : public QObject {
    Q_OBJECT

private slots:
    void class_isLedFromTheCommandLine()
    {
        ClassProgram teacher;
        QVERIFY2(teacher.port > 0, teacher.program.err());
        const QJsonObject empty = teacher.state();
        const QString code = empty["code"].toString();
        QVERIFY(QRegularExpression(QStringLiteral("^[A-Z]{6}$")).match(code).hasMatch());
        const Ended nobody = teacher.run({"show"});
        QVERIFY2(nobody.exit_code == 0 && nobody.out.contains("nobody has joined yet"), nobody.describe());

        RawHttpClient browser(std::uint16_t(QUrl(empty["url"].toString()).port()));
        const std::string form = "code=" + code.toStdString() + "&name=Ada";
        const RawReply joined = browser.ask("POST /join HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
                                            + std::to_string(form.size()) + "\r\n\r\n" + form);
        QCOMPARE(joined.status, 303);

        const Ended asked = teacher.run({"ask", "--lesson", "outbox", "--prediction", "waits"});
        QVERIFY2(asked.exit_code == 0, asked.describe());
        QVERIFY2(asked.out.contains("What becomes of these orders") && asked.out.contains("voting"), asked.describe());
        QVERIFY2(teacher.run({"close"}).out.contains("discussing"), "close");
        const Ended twice = teacher.run({"close"});
        QVERIFY2(twice.exit_code == 1 && twice.err.contains("no round of votes is open"), twice.describe());
        QCOMPARE(teacher.run({"vote"}).exit_code, 0);
        QCOMPARE(teacher.run({"lock", "--in", "30"}).exit_code, 0);
        QCOMPARE(teacher.run({"unlock"}).exit_code, 0);
        QCOMPARE(teacher.run({"reveal"}).exit_code, 0);
        QCOMPARE(teacher.state()["question"].toObject()["right"].toString(), QStringLiteral("B"));
        const Ended results = teacher.run({"results", "--names"});
        QVERIFY2(results.out.startsWith("student,orders,") && results.out.contains("\r\nAda,0,"), results.describe());
        QCOMPARE(teacher.run({"show-student", "1"}).exit_code, 0);
        QVERIFY2(teacher.run({"remove", "1"}).out.contains("nobody has joined yet"), "remove");
        QCOMPARE(teacher.run({"ask", "Why?", "--choice", "a", "--choice", "b", "--right", "A"}).exit_code, 0);
        QCOMPARE(teacher.state()["question"].toObject()["number"].toInt(), 2);
        const Ended none = teacher.run({"ask", "--lesson", "outbox", "--prediction", "x"});
        QVERIFY2(none.exit_code == 2 && none.err.contains("lost, waits"), none.describe());

        const Ended ended = teacher.program.terminate();
        QCOMPARE(ended.exit_code, 0);
        QVERIFY2(ended.out.contains("code: " + code.toUtf8()), ended.describe());
    }

    void hour_isARecording()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("hour.jsonl"));
        ClassProgram teacher({"--record", file});
        QVERIFY2(teacher.port > 0, teacher.program.err());
        const QJsonObject empty = teacher.state();
        RawHttpClient browser(std::uint16_t(QUrl(empty["url"].toString()).port()));
        const auto post = [&](const std::string& path, const std::string& cookie, const std::string& form) {
            return browser.ask("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nCookie: "
                               + cookie + "\r\nContent-Length: " + std::to_string(form.size()) + "\r\n\r\n" + form);
        };
        const RawReply joined = post("/join", "", "code=" + empty["code"].toString().toStdString() + "&name=Ada");
        const std::string cookie = joined.header("set-cookie").substr(0, joined.header("set-cookie").find(';'));
        for (const char* key : {"a", "b", "c"})
            QCOMPARE(post("/buy", cookie, std::string("amount=5&key=") + key).status, 200);
        const Ended ended = teacher.program.terminate();
        QVERIFY2(ended.exit_code == 0 && ended.err.contains("recorded: " + file.toUtf8()), ended.describe());

        const Ended found = runProgram({"query", file, "order-accepted customer=Ada", "--count"});
        QCOMPARE(found.out.trimmed(), QByteArray("3"));
        // The hour that would have been: its scenario has the same purchases.
        const QString would_be = folder.filePath(QStringLiteral("hour.json"));
        const Ended made = runProgram({"scenario-from", file, "--output", would_be});
        QVERIFY2(made.exit_code == 0, made.describe());
        QFile scenario(would_be);
        QVERIFY(scenario.open(QIODevice::ReadOnly) && scenario.readAll().contains("Ada"));

        const Ended again = runProgram({"serve", "--store", "memory", "--listen", "none", "--record", file});
        QVERIFY2(again.exit_code != 0 && again.err.contains("overwrites nothing"), again.describe());
    }

    void withoutAClass_itSaysHowToStartOne()
    {
        ChildProgram server({"serve", "--store", "memory", "--listen", "127.0.0.1:0"});
        const int port = server.waitForPort();
        const Ended shown = runProgram({"classroom", "show", "--to", QStringLiteral("http://127.0.0.1:%1").arg(port)});
        QVERIFY2(shown.exit_code == 1 && shown.err.contains("serve --classroom"), shown.describe());
        const Ended wrong = runProgram({"serve", "--store", "memory", "--listen", "none", "--classroom", "here"});
        QVERIFY2(wrong.exit_code == 2 && wrong.err.contains("classroom"), wrong.describe());
    }

    void bench_countsWhatWasLost()
    {
        const Ended measured = runProgram(
            {"bench", "classroom", "--store", "memory", "--students", "10", "--seconds", "2", "--pace", "0.3"}, 300);
        QVERIFY2(measured.exit_code == 0, measured.describe());
        const QJsonObject report = QJsonDocument::fromJson(measured.out).object();
        QCOMPARE(report["students"].toInt(), 10);
        QCOMPARE(report["lost"].toInt(-1), 0);
        QVERIFY2(report["bought"].toInt() > 0 && report["p99_ms"].toDouble() > 0, measured.describe());
    }
};

ORDERLAB_TEST(tst_class_command, NoApplication, TestClassCommand)
#include "tst_class_command.moc"
