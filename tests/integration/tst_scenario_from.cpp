#include "child_program.h"
#include "support/test_program.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace orderlab::test;

/// What travels from one run to another, as a person uses it: `orderlabd scenario-from`, the moment of
/// `simulate --json`, and `hunt --never`.
class TestScenarioFrom : public QObject {
    Q_OBJECT

    DataDir m_folder;

    QByteArray contentOf(const QString& path) const
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static QJsonObject objectOf(const QByteArray& text) { return QJsonDocument::fromJson(text).object(); }
    /// A journal without the scenario in its header: as one of a live run.
    QString liveJournal(const char* name, const QStringList& simulate) const
    {
        const QString path = m_folder.file(name);
        const Ended ended = runProgram(QStringList{"simulate"} + simulate + QStringList{"--journal", path});
        if (ended.exit_code > 1)
            return {};
        QByteArray lines = contentOf(path);
        QJsonObject header = objectOf(lines.left(lines.indexOf('\n')));
        header.remove("scenario");
        header.remove("seed");
        lines.replace(0, lines.indexOf('\n'), QJsonDocument(header).toJson(QJsonDocument::Compact));
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(lines) == lines.size() ? path : QString();
    }

private slots:
    void recording_becomesAScenario()
    {
        const QString journal = liveJournal("Monday.jsonl", {"--orders", "30", "--seed", "3"});
        QVERIFY(!journal.isEmpty());
        const QString scenario = m_folder.file("monday.json");
        const Ended made = runProgram({"scenario-from", journal, "--output", scenario});
        QVERIFY2(made.exit_code == 0, made.describe().constData());
        for (const char* part :
             {"scenario monday of ", "has 30 orders of ", "not in it: The recording does not say which policies",
              "of 30 orders end the same way", "run it with: orderlabd simulate "})
            QVERIFY2(made.out.contains(part), (QByteArray(part) + '\n' + made.describe()).constData());
        const Ended checked = runProgram({"scenario", "check", scenario});
        QVERIFY2(checked.exit_code == 0, checked.describe().constData());
        const Ended run = runProgram({"simulate", scenario, "--json"});
        QVERIFY2(run.exit_code == 0, run.describe().constData());
        QCOMPARE(objectOf(run.out)["orders"].toObject()["accepted"].toInt(), 30);

        const Ended json = runProgram({"scenario-from", journal, "--output", scenario, "--json"});
        QVERIFY2(json.exit_code == 0, json.describe().constData());
        const QJsonObject told = objectOf(json.out);
        QCOMPARE(told["scenario"].toString(), QString("monday"));
        QCOMPARE(told["orders"].toInt() + told["orders_under_way_at_the_end"].toInt(), 30);
        QVERIFY(told["groups"].toArray().size() == 4 && told["left_out"].toArray().size() >= 1);
        // What is told is of the run that the file makes.
        QCOMPARE(told["journal_sha256"], objectOf(run.out)["journal_sha256"]);
        const Ended out = runProgram({"scenario-from", journal, "--output", "-"});
        QCOMPARE(out.out, contentOf(scenario));
        QVERIFY(out.err.contains("end the same way"));
    }

    void badUsage_isTold_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("complaint");
        const QString journal = liveJournal("run.jsonl", {"--orders", "2"}), empty = m_folder.file("empty.jsonl");
        QFile file(empty);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(contentOf(journal).split('\n').front() + '\n');
        file.close();
        QTest::newRow("over itself") << QStringList{journal, "--output", journal} << 2
                                     << QByteArray("would replace the recording itself");
        QTest::newRow("no output") << QStringList{journal} << 2 << QByteArray("--output");
        QTest::newRow("no such file") << QStringList{"/nowhere.jsonl", "--output", "-"} << 1
                                      << QByteArray("/nowhere.jsonl: No such file");
        QTest::newRow("no orders") << QStringList{empty, "--output", "-"} << 1
                                   << QByteArray("empty.jsonl: no order begins in this recording");
        QTest::newRow("no such folder") << QStringList{journal, "--output", "/nowhere/x.json"} << 1
                                        << QByteArray("cannot write /nowhere/x.json");
    }
    void badUsage_isTold()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QByteArray, complaint);
        const Ended ended = runProgram(QStringList{"scenario-from"} + arguments);
        QVERIFY2(ended.exit_code == code && ended.err.contains(complaint), ended.describe().constData());
    }

    /// It leads to the same run, at its first wrong entry or at its end.
    void json_hasTheMoment()
    {
        const Ended broken = runProgram({"simulate", "double-charge", "--seed", "5", "--json"});
        QCOMPARE(broken.exit_code, 1);
        const QString moment = objectOf(broken.out)["moment"].toString();
        QVERIFY2(moment.startsWith("orderlab:double-charge?seed=5&e=") && moment.contains("&order="),
                 qPrintable(moment));
        QVERIFY2(broken.err.contains(moment.toUtf8()), broken.describe().constData());
        const Ended why = runProgram({"why", moment});
        QVERIFY2(why.exit_code == 0 && why.out.contains(moment.toUtf8()), why.describe().constData());

        const Ended good = runProgram({"simulate", "happy-day", "--seeds", "4..5", "--json"});
        QCOMPARE(good.exit_code, 0);
        const QByteArrayList lines = good.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        const QJsonObject last = objectOf(lines[1]);
        const QString end = "orderlab:happy-day?seed=5&sha=" + last["journal_sha256"].toString().left(8);
        QCOMPARE(last["moment"].toString(), end);
        const Ended again = runProgram({"simulate", end, "--json"});
        QVERIFY2(again.exit_code == 0, again.describe().constData());
        QCOMPARE(objectOf(again.out)["journal_sha256"], last["journal_sha256"]);
    }

    void hunt_findsWhatNeverHappens()
    {
        const QString found = m_folder.file("found.json");
        const Ended hunted = runProgram({"hunt", "happy-day", "--never", "dead-lettered or order-accepted", "--seeds",
                                         "1..3", "--tries", "30", "--out", found});
        QVERIFY2(hunted.exit_code == 1, hunted.describe().constData());
        QVERIFY2(hunted.out.contains("seed 1 has what never happens; shrunk in ")
                     && hunted.out.contains("moment: orderlab:"),
                 hunted.describe().constData());
        const Ended again = runProgram({"simulate", found});
        QVERIFY2(again.exit_code == 1 && again.out.contains("has what never happens"), again.describe().constData());
        const Ended none =
            runProgram({"hunt", "happy-day", "--never", "member-joined and member=nobody", "--seeds", "1..3"});
        QVERIFY2(none.exit_code == 0 && none.out.contains("3 seeds tried: no invariant broke"),
                 none.describe().constData());
        const Ended wrong = runProgram({"hunt", "happy-day", "--never", "order-acepted"});
        QVERIFY2(wrong.exit_code == 2 && wrong.err.contains("--never")
                     && wrong.err.contains("did you mean order-accepted"),
                 wrong.describe().constData());
    }

    void hunt_tellsThatNothingHappened()
    {
        const QString path = m_folder.file("happens.json");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            R"({"name":"small","orders":{"count":5},"expectation":{"happens":"member-joined and member=nobody"}})");
        file.close();
        const Ended ended = runProgram({"hunt", path, "--seeds", "1..3"});
        QVERIFY2(ended.exit_code == 1
                     && ended.out.contains(
                         "none of them has an entry of what is to happen: member-joined and member=nobody"),
                 ended.describe().constData());
    }
};

ORDERLAB_TEST(tst_scenario_from, QCoreApplication, TestScenarioFrom)
#include "tst_scenario_from.moc"
