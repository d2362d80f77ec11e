#include "child_program.h"
#include "support/test_program.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace orderlab::test;

/// `orderlabd lesson`, as a person uses it.
class TestLessonCommand : public QObject {
    Q_OBJECT

    DataDir m_folder;
    QString file(const char* name, const QByteArray& text) const
    {
        const QString path = m_folder.file(name);
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? path : QString();
    }

private slots:
    void list_hasAllLessons()
    {
        const Ended text = runProgram({"lesson", "list"});
        QVERIFY2(text.exit_code == 0, text.describe().constData());
        QCOMPARE(text.out.count('\n'), 18);
        const Ended json = runProgram({"lesson", "list", "--json"});
        const QJsonArray all = QJsonDocument::fromJson(json.out).array();
        QCOMPARE(all.size(), 18);
        QCOMPARE(all[0].toObject()["name"].toString(), QString("what-pub-sub-does"));
        QVERIFY(all[17].toObject()["drill"].toBool());
    }

    /// Nothing is revealed before it is asked for.
    void show_keepsTheAnswers()
    {
        const Ended shown = runProgram({"lesson", "show", "payment-key"});
        QVERIFY2(shown.exit_code == 0, shown.describe().constData());
        QVERIFY(shown.out.contains("- B: some: the gateway is outside of the transaction"));
        QVERIFY(shown.out.contains("orderlab:double-charge?seed=5"));
        QVERIFY(!shown.out.contains("## Why") && !shown.out.contains("payment-key=on"));
        const Ended all = runProgram({"lesson", "show", "payment-key", "--all"});
        QVERIFY(all.out.contains("## Why") && all.out.contains("customers were charged more than once"));
        QVERIFY2(!all.out.contains("{{"), all.out.constData());
        const QJsonObject json =
            QJsonDocument::fromJson(runProgram({"lesson", "show", "payment-key", "--json"}).out).object();
        QCOMPARE(json["predictions"].toArray().size(), 2);
        QVERIFY(!json["predictions"].toArray()[0].toObject().contains("right"));
        // A drill's world would tell its fault.
        const Ended drill = runProgram({"lesson", "show", "drill-silent-orders"});
        QVERIFY(drill.out.contains("## The alert") && !drill.out.contains("throttle=3"));
    }

    void check_gradesAnswers()
    {
        const QString right = file("right.json", R"({"predictions": {"charged": "B", "skipped": "A"},
            "puzzle": ["C", "B", "E", "A"], "modify": ["payment-key=on"], "worlds": 8})");
        const Ended passed = runProgram({"lesson", "check", "payment-key", "--answers", right});
        QVERIFY2(passed.exit_code == 0, passed.describe().constData());
        QVERIFY2(passed.out.contains("Solved in 8 of 8 worlds.") && passed.out.endsWith("Passed.\n"),
                 passed.out.constData());
        QVERIFY2(passed.out.contains("B is true in 8 of 8 worlds."), passed.out.constData());

        const QString wrong = file("wrong.json", R"({"predictions": {"charged": {"choice": "A", "confidence": 90}},
            "modify": ["idempotency-key=on"], "worlds": 4})");
        const Ended failed = runProgram({"lesson", "check", "payment-key", "--answers", wrong, "--json"});
        QVERIFY2(failed.exit_code == 1, failed.describe().constData());
        const QJsonObject grade = QJsonDocument::fromJson(failed.out).object();
        QCOMPARE(grade["passed"].toBool(true), false);
        const QJsonObject first = grade["predictions"].toArray()[0].toObject();
        QCOMPARE(first["right"].toString(), QString("B"));
        QVERIFY(first["refutation"].toString().startsWith("The inbox row is written in the transaction"));
        QVERIFY(grade["modify"].toObject()["moment"].toString().startsWith("orderlab:double-charge?"));
        QVERIFY(grade["modify"].toObject()["refutation"].toString().startsWith("That key protects the API"));
    }

    /// The worker that the lesson asks for, right and with the mistake that the lesson is about.
    void check_gradesAWorker()
    {
        const QString workers = QStringLiteral(ORDERLAB_SOURCE_DIR "/examples/workers/python/");
        const Ended right = runProgram(
            {"lesson", "check", "payment-key", "--worker", "python3 " + workers + "payment.py", "--worlds", "4"}, 600);
        QVERIFY2(right.exit_code == 0 && right.out.endsWith("Passed.\n"), right.describe().constData());
        const Ended wrong =
            runProgram({"lesson", "check", "payment-key", "--worker", "python3 " + file("forgets.py", R"(
import sys
sys.path.insert(0, ")" + workers.toUtf8() + R"(")
from orderlab_worker import run

def handle(attempt):
    if attempt.topic == "order-canceled":
        return
    answer = attempt.charge()
    if answer.approved:
        attempt.emit("payment-succeeded", payment_id=answer.payment)
    else:
        attempt.emit("payment-failed", reason=answer.reason)

run(handle)
)"),
                        "--worlds", "4", "--json"},
                       600);
        QVERIFY2(wrong.exit_code == 1, wrong.describe().constData());
        const QJsonObject grade = QJsonDocument::fromJson(wrong.out).object();
        QCOMPARE(grade["passed"].toBool(true), false);
        QCOMPARE(grade["group"].toString(), QString("payment"));
        QVERIFY(!grade["invariants"].toArray().isEmpty());
        const Ended none = runProgram({"lesson", "check", "timeouts", "--worker", "true"});
        QVERIFY2(none.exit_code == 2 && none.err.contains("the lesson timeouts asks for no worker of your own"),
                 none.describe().constData());
    }

    void badUsage_isExitCodeTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("complaint");
        const auto row = [](const char* name, const QStringList& arguments, const char* complaint) {
            QTest::newRow(name) << arguments << QByteArray(complaint);
        };
        row("no such lesson", {"show", "magic"}, "magic is neither a file nor one of the lessons: what-pub-sub-does");
        row("no such file", {"check", "outbox", "--answers", "/nowhere.json"},
            "--answers: /nowhere.json cannot be read");
        row("answers for two", {"check", "outbox", "timeouts", "--answers", "x.json"}, "--answers are for one lesson");
        row("JSON of nothing", {"check", "outbox", "--json"}, "--json prints a grade: it needs --answers or --worker");
        row("no worlds", {"check", "outbox", "--worlds", "0"}, "--worlds");
        row("no command", {}, "list, show, check");
        row("wrong answers", {"check", "outbox", "--answers", file("bad.json", "{\"prediction\": {}}")},
            "bad.json:1:2: prediction: is unknown");
    }
    void badUsage_isExitCodeTwo()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, complaint);
        const Ended ended = runProgram(QStringList{"lesson"} + arguments);
        QVERIFY2(ended.exit_code == 2 && ended.err.contains(complaint), ended.describe().constData());
    }

    void check_tellsAuthorsTheLine()
    {
        const QString path = file("mine.md", "+++\ntitle = \"Mine\"\ngoals = \"x\"\n+++\n## Told\nx\n");
        const Ended ended = runProgram({"lesson", "check", path});
        QVERIFY2(ended.exit_code == 1, ended.describe().constData());
        QVERIFY2(ended.out.contains("mine.md:3:9: goals: is unknown; did you mean goal?"), ended.out.constData());
    }
};

ORDERLAB_TEST(tst_lesson_command, QCoreApplication, TestLessonCommand)
#include "tst_lesson_command.moc"
