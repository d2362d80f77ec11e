#include "observe/journal_log.h"
#include "observe/log.h"
#include "observe/log_queue.h"
#include "runtime/virtual_runtime.h"
#include "support/qt_text.h"
#include "support/test_program.h"

#include <boost/json.hpp>

#include <spdlog/spdlog.h>

#include <csignal>
#include <set>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

using namespace orderlab;
using orderlab::test::toQString;

namespace {

/// A pipe that a log writes to.
class LogPipe {
public:
    LogPipe()
    {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            qFatal("no pipe");
        m_out = ends[0];
        in = ends[1];
    }
    ~LogPipe()
    {
        closeReader();
        ::close(in);
    }
    void closeReader()
    {
        if (m_out >= 0)
            ::close(std::exchange(m_out, -1));
    }
    /// The lines that come until `count` are there; fewer when nothing comes for half a minute.
    QStringList lines(qsizetype count)
    {
        while (m_text.count('\n') < count) {
            pollfd readable{m_out, POLLIN, 0};
            char bytes[65'536];
            if (::poll(&readable, 1, 30'000) <= 0)
                break;
            const auto size = ::read(m_out, bytes, sizeof bytes);
            if (size <= 0)
                break;
            m_text.append(bytes, size);
        }
        const qsizetype whole = m_text.lastIndexOf('\n') + 1; // What follows is the beginning of the next line.
        const QString all = QString::fromUtf8(m_text.left(whole));
        m_text.remove(0, whole);
        return all.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    }

    int in = -1;

private:
    int m_out = -1;
    QByteArray m_text;
};

std::string lostLine(std::uint64_t count)
{
    return "lost " + std::to_string(count) + '\n';
}

/// A line without its time.
QString withoutTime(const QString& line)
{
    return line.mid(14);
}

} // namespace

class TestLog : public QObject {
    Q_OBJECT

private slots:
    void levels_areByArea()
    {
        LogLevels levels;
        QCOMPARE(levels.text(), std::string("info"));
        QVERIFY(levels.set("warning,kafka=debug"));
        QCOMPARE(levels.text(), std::string("warning,bus=debug"));
        QVERIFY(levels.isOn(LogArea::Bus, LogLevel::Debug) && !levels.isOn(LogArea::Worker, LogLevel::Info));
        QVERIFY(levels.set("worker=off"));
        QCOMPARE(levels.text(), std::string("warning,bus=debug,worker=off"));
        QVERIFY(!levels.isOn(LogArea::Worker, LogLevel::Error));
        for (const char* text : {"", "loud", "info,", "info,debug", "kafka=", "=info", "bus=debug,disk=info", "INFO"}) {
            const auto refused = levels.set(text);
            QVERIFY2(!refused && refused.error().field == "level", text);
        }
        QCOMPARE(levels.text(), std::string("warning,bus=debug,worker=off"));
    }

    void text_isOneLineThatControlsNothing_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("plain");
        QTest::addColumn<QByteArray>("json");
        const auto row = [](const char* name, const QByteArray& text, const char* plain, const char* json) {
            QTest::newRow(name) << text << QByteArray(plain) << QByteArray(json);
        };
        row("plain", "a \"b\" \\", "a \"b\" \\", "\"a \\\"b\\\" \\\\\"");
        row("line", "a\n12:00:00.000  forged", "a\\n12:00:00.000  forged", "\"a\\n12:00:00.000  forged\"");
        row("carriage return", "a\rb", "a\\x0db", "\"a\\u000db\"");
        row("terminal", "\x1b[2J\x07", "\\x1b[2J\\x07", "\"\\u001b[2J\\u0007\"");
        row("C1",
            "\xc2\x9b"
            "31m",
            "\\x9b31m", "\"\\u009b31m\"");
        row("nothing", QByteArray("a\0b", 3), "a\\x00b", "\"a\\u0000b\"");
        row("right to left",
            "\xe2\x80\xae"
            "abc",
            "\\u202eabc", "\"\\u202eabc\"");
        row("line separator", "\xe2\x80\xa8", "\\u2028", "\"\\u2028\"");
        row("letters", "Zoë 山", "Zoë 山", "\"Zoë 山\"");
        row("beyond", "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80", "\"\xf0\x9f\x98\x80\"");
        row("no UTF-8", "a\xff\xc3(", "a\xef\xbf\xbd\xef\xbf\xbd(", "\"a\xef\xbf\xbd\xef\xbf\xbd(\"");
    }
    void text_isOneLineThatControlsNothing()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, plain);
        QFETCH(QByteArray, json);
        std::string out, in_json;
        appendPlain(out, {text.constData(), std::size_t(text.size())});
        appendJsonText(in_json, {text.constData(), std::size_t(text.size())});
        QCOMPARE(QByteArray::fromStdString(out), plain);
        QCOMPARE(QByteArray::fromStdString(in_json), json);
        boost::json::parse(in_json); // Throws where it is none.
    }

    void secrets_areMasked()
    {
        LogSecrets secrets;
        secrets.add("hunter22");
        secrets.add("x"); // Too short to be told from text.
        const std::pair<const char*, const char*> cases[] = {
            {"token hunter22 and hunter22.", "token * and *."},
            {"cannot open postgresql://ada:s3cret@host/db?x=1", "cannot open postgresql://ada:*@host/db?x=1"},
            {"http://host:8080/a@b", "http://host:*@b"}, // Rather too much than too little.
            {"host=a password=s3cret user=b", "host=a password=* user=b"},
            {"password = 'a b' x", "password = * x"},
            {"password=", "password=*"},
            {"wrong password for ada", "wrong password for ada"},
            {"two://a:b@c two://d:e@f", "two://a:*@c two://d:*@f"},
        };
        for (const auto& [text, masked] : cases)
            QCOMPARE(toQString(secrets.mask(text)), QString::fromUtf8(masked));
    }

    void lines_haveTheirFields()
    {
        LogPipe pipe;
        Log log(LogFormat::Json, pipe.in);
        log.secrets().add("hunter22");
        const LogFields fields{Uuid{1, 2}, Uuid{3, 4}, "orderlab.payment", "payment-1", 2, 17};
        log.write(LogArea::Worker, LogLevel::Warning, "a \"b\"\nhunter22", fields);
        log.write(LogArea::Worker, LogLevel::Debug, "not now");
        log.logger(LogArea::Server)->info("{} works", "store");
        const QStringList lines = pipe.lines(2);
        QCOMPARE(lines.size(), qsizetype(2));
        QVERIFY2(lines[0].startsWith(QLatin1String("{\"time\":\"20")), qPrintable(lines[0]));
        QCOMPARE(
            lines[0].mid(lines[0].indexOf(QLatin1String("Z\","))),
            QStringLiteral("Z\",\"level\":\"warning\",\"message\":\"a \\\"b\\\"\\n*\",\"area\":\"worker\",\"order\":"
                           "\"00000000-0000-0001-0000-000000000002\",\"event\":\"00000000-0000-0003-0000-"
                           "000000000004\",\"group\":\"orderlab.payment\",\"worker\":\"payment-1\",\"attempt\":2,"
                           "\"entry\":17}"));
        QVERIFY2(lines[1].endsWith(QLatin1String("\"message\":\"store works\",\"area\":\"server\"}")),
                 qPrintable(lines[1]));
        QCOMPARE(log.counts().lines[std::size_t(LogLevel::Warning)], std::uint64_t(1));

        LogPipe terminal;
        Log text(LogFormat::Text, terminal.in);
        text.write(LogArea::Worker, LogLevel::Warning, "a\x1b[0m", fields);
        QCOMPARE(withoutTime(terminal.lines(1).value(0)),
                 QStringLiteral("a\\x1b[0m order=00000000-0000-0001-0000-000000000002 "
                                "event=00000000-0000-0003-0000-000000000004 group=orderlab.payment worker=payment-1 "
                                "attempt=2 entry=17"));
    }

    void debug_isOnAndOffAgain()
    {
        LogPipe pipe;
        Log log(LogFormat::Text, pipe.in);
        QVERIFY(log.setLevels("warning,bus=off"));
        log.toggleDebug();
        QCOMPARE(log.levels(), std::string("debug"));
        log.logger(LogArea::Bus)->debug("seen");
        QCOMPARE(withoutTime(pipe.lines(1).value(0)), QStringLiteral("seen"));
        log.toggleDebug();
        QCOMPARE(log.levels(), std::string("warning,bus=off"));
    }

    /// Whoever logs does not wait for who reads, and nothing is lost unsaid.
    void queue_dropsAndCounts()
    {
        LogPipe pipe;
        const std::string line = std::string(99, 'x') + '\n';
        const int pushed = 40'000; // 4 MB: the pipe has 64 KiB, the queue 1 MiB.
        qsizetype read = 0, lost = 0;
        {
            LogQueue queue(pipe.in, lostLine);
            for (int i = 0; i < pushed; ++i)
                queue.push(line);
            const auto dropped = qsizetype(queue.dropped());
            QVERIFY2(dropped > pushed / 2 && dropped < pushed - 10'000, qPrintable(QString::number(dropped)));
            // Read all that waits, and the line about the rest.
            while (read + lost < pushed) {
                const QStringList lines = pipe.lines(1);
                QVERIFY2(!lines.isEmpty(), qPrintable(QStringLiteral("%1 read, %2 lost").arg(read).arg(lost)));
                for (const QString& one : lines) {
                    if (one.startsWith(QLatin1String("lost ")))
                        lost += one.mid(5).toLongLong();
                    else
                        ++read;
                }
            }
            QCOMPARE(lost, dropped);
            queue.push("after\n");
            QCOMPARE(pipe.lines(1), QStringList("after"));
        }
        QCOMPARE(read + lost, qsizetype(pushed));
    }

    void queue_endsThoughNobodyReads()
    {
        LogPipe pipe;
        LogQueue queue(pipe.in, lostLine);
        for (int i = 0; i < 2'000; ++i)
            queue.push(std::string(99, 'x') + '\n');
        queue.close(); // Comes back.
        QVERIFY(queue.dropped() > 0);

        ::signal(SIGPIPE, SIG_IGN);
        LogPipe gone;
        LogQueue other(gone.in, lostLine);
        gone.closeReader();
        other.push("x\n");
        other.close();
        QCOMPARE(other.dropped(), std::uint64_t(1));
    }

    void queue_writesAllAtItsEnd()
    {
        LogPipe pipe;
        {
            LogQueue queue(pipe.in, lostLine);
            for (int i = 0; i < 300; ++i)
                queue.push(std::to_string(i) + '\n');
            queue.close();
            queue.push("last\n");
        }
        const QStringList lines = pipe.lines(301);
        QCOMPARE(lines.size(), qsizetype(301));
        QCOMPARE(lines[299], QStringLiteral("299"));
        QCOMPARE(lines[300], QStringLiteral("last"));
    }

    void journal_hasALineForWhatIsWorthIt()
    {
        std::set<EntryKind> kinds;
        for (const JournalLogRow& row : journalLogRows())
            QVERIFY2(kinds.insert(row.kind).second, row.words.data());
        LogPipe pipe;
        Log log(LogFormat::Text, pipe.in);
        VirtualRuntime runtime{1};
        Names names;
        JournalLog of_journal(runtime, names, log);
        Entry entry;
        entry.kind = EntryKind::DeadLettered;
        entry.group = names.intern("orderlab.payment");
        entry.actor = names.intern("payment-1");
        entry.topic = names.intern("order-created");
        entry.detail = names.intern("the card {topic}\nis gone", NameUse::Text);
        entry.attempt = 5;
        Entry quiet;
        quiet.kind = EntryKind::EventHandled;
        const Entry both[] = {quiet, entry};
        of_journal.onEntries(both, 41);
        QCOMPARE(
            withoutTime(pipe.lines(1).value(0)),
            QStringLiteral("event order-created is a dead letter: the card {topic}\\nis gone group=orderlab.payment "
                           "worker=payment-1 attempt=5 entry=42"));
        // More than a second's bound at once: the rest is counted.
        std::vector<Entry> many(JournalLog::lines_per_s_max + 500, entry);
        QVERIFY(log.setLevels("warning"));
        of_journal.onEntries(many, 100);
        runtime.run([](Runtime& r) -> Task<void> { co_await r.sleep(std::chrono::seconds{1}); }(runtime));
        of_journal.onEntries(std::span(&entry, 1), 5'000);
        const QStringList lines = pipe.lines(qsizetype(JournalLog::lines_per_s_max) + 1);
        QCOMPARE(withoutTime(lines[lines.size() - 2]),
                 QStringLiteral("501 entries of the journal have no line: too many at once"));
        QVERIFY(lines.back().endsWith(QLatin1String("entry=5000")));
    }
};

ORDERLAB_TEST(tst_log, NoApplication, TestLog)
#include "tst_log.moc"
