#include "child_program.h"
#include "support/test_program.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace orderlab::test;

/// `orderlabd query`, and what scenarios expect of entries, as a person uses them.
class TestQueryCommand : public QObject {
    Q_OBJECT

    DataDir m_folder;
    QString run() const { return m_folder.file("run.jsonl"); }
    QByteArrayList m_lines; ///< Of the journal file, without its header.

    Ended query(const char* expression, QStringList options = {}) const
    {
        return runProgram(QStringList{"query", run(), expression} + options);
    }
    QString scenario(const char* name, const QByteArray& expectation) const
    {
        const QString path = m_folder.file(name);
        QFile file(path);
        const QByteArray text =
            R"({"name":"small","orders":{"count":5,"test_customer_share":0},"expectation":)" + expectation + '}';
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? path : QString();
    }

private slots:
    void initTestCase()
    {
        const Ended ended =
            runProgram({"simulate", "everything-at-once", "--seed", "3", "--orders", "5", "--journal", run()});
        QVERIFY2(ended.exit_code == 0, ended.describe().constData());
        QFile file(run());
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_lines = file.readAll().split('\n').mid(1);
        m_lines.removeLast();
    }

    /// What --json prints are lines of the file: jq finds the same.
    void hits_areLinesOfTheFile()
    {
        const Ended json = query("attempt-failed group=payment", {"--json"});
        QVERIFY2(json.exit_code == 0, json.describe().constData());
        QByteArrayList expected;
        QByteArrayList numbers;
        for (qsizetype i = 0; i < m_lines.size(); ++i) {
            const QJsonObject entry = QJsonDocument::fromJson(m_lines[i]).object();
            if (entry["kind"] == "attempt-failed" && entry["group"] == "orderlab.payment") {
                expected << m_lines[i];
                numbers << QByteArray::number(i);
            }
        }
        QVERIFY(!expected.isEmpty());
        QCOMPARE(json.out, expected.join('\n') + '\n');

        const Ended text = query("attempt-failed group=payment");
        const QByteArrayList lines = text.out.trimmed().split('\n');
        QCOMPARE(lines.size(), expected.size());
        for (qsizetype i = 0; i < lines.size(); ++i) {
            QVERIFY2(lines[i].startsWith(numbers[i] + ' ') && lines[i].contains("s attempt-failed order="),
                     lines[i].constData());
            // The line behind its number is a query for that entry.
            const Ended again = query(("time=" + lines[i].mid(numbers[i].size() + 1)).constData());
            QVERIFY2(again.out == lines[i] + '\n', again.describe().constData());
        }
        const Ended first = query("attempt-failed group=payment", {"--limit", "1"});
        QCOMPARE(first.out, lines[0] + '\n');
        const Ended count = query("attempt-failed group=payment", {"--count"});
        QCOMPARE(count.out, QByteArray::number(lines.size()) + '\n');
        QCOMPARE(count.exit_code, 0);
    }

    void noHit_isExitCodeOne()
    {
        const Ended none = query("customer=nobody");
        QVERIFY2(none.exit_code == 1 && none.out.isEmpty() && none.err.isEmpty(), none.describe().constData());
        const Ended count = query("customer=nobody", {"--count"});
        QVERIFY2(count.exit_code == 1 && count.out == "0\n", count.describe().constData());
    }

    void badUsage_isExitCodeTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("complaint");
        const QString file = run();
        QTest::newRow("a caret below the place") << QStringList{file, "member-left and grup=payment"}
                                                 << QByteArray("orderlabd: 1:17: there is no field \"grup\"; did you "
                                                               "mean group?\n  member-left and grup=payment\n"
                                                               "                  ^\n");
        QTest::newRow("characters, not bytes")
            << QStringList{file, "customer=\u00e9 or"} << QByteArray("  customer=\xc3\xa9 or\n               ^\n");
        QTest::newRow("empty") << QStringList{file, ""} << QByteArray("1:1: expected a condition");
        QTest::newRow("no such file") << QStringList{m_folder.file("none.jsonl"), "member-left"}
                                      << QByteArray("none.jsonl: No such file or directory");
        QTest::newRow("no expression") << QStringList{file} << QByteArray("EXPRESSION is required");
        QTest::newRow("limit") << QStringList{file, "member-left", "--limit", "0"} << QByteArray("--limit");
        QTest::newRow("count and JSON") << QStringList{file, "member-left", "--count", "--json"}
                                        << QByteArray("--count");
    }
    void badUsage_isExitCodeTwo()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, complaint);
        const Ended ended = runProgram(QStringList{"query"} + arguments);
        QVERIFY2(ended.exit_code == 2 && ended.out.isEmpty() && ended.err.contains(complaint),
                 ended.describe().constData());
    }

    void aFileCutShort_isReadAndTold()
    {
        const QString cut = m_folder.file("cut.jsonl");
        QFile whole(run()), file(cut);
        QVERIFY(whole.open(QIODevice::ReadOnly) && file.open(QIODevice::WriteOnly));
        const QByteArray all = whole.readAll();
        QVERIFY(file.write(all.left(all.size() - 20)) > 0);
        file.close();
        const Ended ended = runProgram({"query", cut, "member-left", "--count"});
        QVERIFY2(ended.exit_code == 0 && ended.err.contains("cut short"), ended.describe().constData());
    }

    /// Packed and made lines again it is the same file, and every command reads both.
    void convert_isUndoneByConvert()
    {
        const QString packed = m_folder.file("run.packed"), again = m_folder.file("again.jsonl");
        const Ended to = runProgram({"convert", run(), packed});
        const QByteArray entries = QByteArray::number(m_lines.size()) + " entries, ";
        QVERIFY2(to.exit_code == 0 && to.out.startsWith(packed.toUtf8() + ": " + entries + "packed, "),
                 to.describe().constData());
        const Ended back = runProgram({"convert", packed, again});
        QVERIFY2(back.exit_code == 0 && back.out.startsWith(again.toUtf8() + ": " + entries + "lines, "),
                 back.describe().constData());
        QFile first(run()), second(again), small(packed);
        QVERIFY(first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly)
                && small.open(QIODevice::ReadWrite));
        QCOMPARE(second.readAll(), first.readAll());
        QVERIFY(small.size() * 5 < first.size());
        QCOMPARE(runProgram({"query", packed, "member-left"}).out, query("member-left").out);
        const QByteArray order = memberOf(m_lines.at(160), "order");
        QVERIFY(!order.isEmpty());
        QCOMPARE(runProgram({"why", QString::fromUtf8(order), "--journal", packed}).out,
                 runProgram({"why", QString::fromUtf8(order), "--journal", run()}).out);

        // A damaged block is told.
        QVERIFY(small.seek(small.size() - 100) && small.write("x") == 1);
        small.close();
        const Ended damaged = runProgram({"query", packed, "entries-missed", "--json"});
        QVERIFY2(damaged.exit_code == 0 && damaged.err.contains(" are damaged and were left out")
                     && damaged.out.contains("\"missed\":" + QByteArray::number(m_lines.size()) + '}'),
                 damaged.describe().constData());

        const Ended same = runProgram({"convert", run(), run()});
        QVERIFY2(same.exit_code == 2 && same.err.contains("the same file"), same.describe().constData());
        const Ended none = runProgram({"convert", m_folder.file("none"), again});
        QVERIFY2(none.exit_code == 1 && none.err.contains("No such file or directory"), none.describe().constData());
        const Ended nowhere = runProgram({"convert", run(), m_folder.file("no/such/folder")});
        QVERIFY2(nowhere.exit_code == 1 && nowhere.err.contains("No such file or directory"),
                 nowhere.describe().constData());
    }

    void scenarios_expectEntries()
    {
        const QString file =
            scenario("good.json", R"({"happens":"status-changed status=paid","never":"dead-lettered"})");
        const Ended good = runProgram({"simulate", file, "--seeds", "1..3"});
        QVERIFY2(good.exit_code == 0 && good.err.isEmpty(), good.describe().constData());
        const Ended one = runProgram({"simulate", file});
        QVERIFY2(one.exit_code == 0
                     && one.out.contains("  5 entries of what is to happen: status-changed status=paid\n"),
                 one.describe().constData());

        const QString missing = scenario("missing.json", R"({"happens":"dead-lettered"})");
        const Ended none = runProgram({"simulate", missing, "--seeds", "1..3"});
        QVERIFY2(none.exit_code == 1
                     && none.err == "orderlabd: seeds 1..3: there is no entry of what is to happen: dead-lettered\n",
                 none.describe().constData());
        QCOMPARE(runProgram({"simulate", missing}).exit_code, 1);

        const QString forbidden = scenario("forbidden.json", R"({"never":"status-changed status=paid"})");
        const Ended found = runProgram({"simulate", forbidden, "--seeds", "2..9"});
        QVERIFY2(found.exit_code == 1
                     && found.out.contains("seed 2 has what never happens (5 times, the first is entry ")
                     && !found.out.contains("seed 3"),
                 found.describe().constData());
        QVERIFY2(found.out.contains("repeat it with: orderlabd simulate " + forbidden.toUtf8() + " --seed 2\n"),
                 found.describe().constData());
        const Ended all = runProgram({"simulate", forbidden, "--seeds", "2..4", "--keep-going", "--json"});
        QVERIFY2(all.exit_code == 1 && all.out.count('\n') == 3, all.describe().constData());
        const QJsonObject never =
            QJsonDocument::fromJson(all.out.left(all.out.indexOf('\n'))).object()["never"].toObject();
        QCOMPARE(never["hits"].toInt(), 5);
        QVERIFY(never["first_entry"].toInt() > 0);
        QCOMPARE(never["query"].toString(), QStringLiteral("status-changed status=paid"));
    }
};

ORDERLAB_TEST(tst_query_command, QCoreApplication, TestQueryCommand)
#include "tst_query_command.moc"
