#include "observe/journal_feed.h"
#include "runtime/virtual_runtime.h"
#include "support/qt_text.h"
#include "support/test_program.h"

#include <QRegularExpression>

using namespace orderlab;
using orderlab::test::toQString;

namespace {

Entry numbered(std::uint64_t number, EntryKind kind = EntryKind::EventHandled, NameId group = 0)
{
    Entry entry;
    entry.kind = kind;
    entry.order = Uuid{1, number % 2};
    entry.group = group;
    entry.value = std::int32_t(number);
    return entry;
}

/// What a stream said, without its preamble: "17" for an entry, "gap 3-9" for a gap.
QStringList eventsOf(const std::string& text)
{
    QStringList events;
    static const QRegularExpression entry(QStringLiteral("^data: \\{\"entry\":(\\d+),\"time\"")),
        gap(QStringLiteral("^data: \\{\"from\":(\\d+),\"to\":(\\d+),\"missed\":(\\d+)\\}")),
        other(QStringLiteral("^data: \\{\"reason\":\"another-run\""));
    for (const QString& line : toQString(text).split(QLatin1Char('\n'))) {
        if (const auto found = entry.match(line); found.hasMatch())
            events << found.captured(1);
        else if (const auto lost = gap.match(line); lost.hasMatch())
            events << QStringLiteral("gap %1-%2").arg(lost.captured(1), lost.captured(2));
        else if (other.match(line).hasMatch())
            events << QStringLiteral("another run");
        else if (line.startsWith(QLatin1String(": heartbeat")))
            events << QStringLiteral("heartbeat");
    }
    return events;
}

} // namespace

/// The journal as server-sent events, in virtual time.
class TestJournalFeed : public QObject {
    Q_OBJECT

    VirtualRuntime m_runtime{1};
    Journal m_journal{1024};
    JournalFeed m_feed{m_runtime, m_journal};

    std::shared_ptr<JournalStream> open(JournalQuery query = {})
    {
        auto stream = m_feed.open(std::move(query));
        if (!stream)
            qFatal("%s", stream.error().message.c_str());
        return *stream;
    }
    std::string next(JournalStream& stream) { return m_runtime.run(stream.next()); }
    void append(std::uint64_t count, EntryKind kind = EntryKind::EventHandled, NameId group = 0)
    {
        for (std::uint64_t i = 0; i < count; ++i)
            m_journal.append(numbered(m_journal.size(), kind, group));
    }

private slots:
    void entries_comeWithTheirNumbers()
    {
        append(3);
        const auto stream = open({.start = {JournalStart::At::Oldest}});
        const std::string text = next(*stream);
        QVERIFY2(text.starts_with("retry: 2000\n: journal of run "), text.c_str());
        QCOMPARE(eventsOf(next(*stream)), QStringList({"0", "1", "2"}));
        QCOMPARE(next(*stream), std::string()); // Nothing for now.
        append(1);
        const std::string one = next(*stream);
        QCOMPARE(toQString(one), QStringLiteral("id: %1-3\ndata: {\"entry\":3,\"time\":\"1970-01-01T00:00:00.000000Z\","
                                                "\"kind\":\"event-handled\",\"order\":\"00000000-0000-0001-0000-"
                                                "000000000001\",\"partition\":0,\"attempt\":0,\"handling_us\":3}\n\n")
                                     .arg(toQString(m_feed.run())));
    }

    void reader_goesOnWhereItWas()
    {
        append(10);
        const auto stream =
            open({.start = {}, .last_event_id = m_feed.run() + "-" + std::to_string(m_journal.size() - 4)});
        next(*stream);
        const auto size = m_journal.size();
        QCOMPARE(eventsOf(next(*stream)),
                 QStringList({QString::number(size - 3), QString::number(size - 2), QString::number(size - 1)}));
    }

    void slowReader_isToldOfItsGap()
    {
        const auto stream = open();
        next(*stream);
        append(2);
        const auto first = m_journal.size() - 2;
        QCOMPARE(eventsOf(next(*stream)), QStringList({QString::number(first), QString::number(first + 1)}));
        append(5'000); // The ring has 1,024.
        QStringList events;
        while (events.empty() || events.back() != QString::number(m_journal.size() - 1))
            events += eventsOf(next(*stream));
        const auto go_on = m_journal.size() - 512; // In the middle of the ring.
        QCOMPARE(events.front(), QStringLiteral("gap %1-%2").arg(first + 2).arg(go_on - 1));
        QCOMPARE(events.size(), qsizetype(1 + 512));
        QCOMPARE(events[1], QString::number(go_on));
        // One that comes back after it was away for long is told the same.
        const auto later = open({.last_event_id = m_feed.run() + "-" + std::to_string(first)});
        next(*later);
        QVERIFY(eventsOf(next(*later)).front().startsWith(QStringLiteral("gap %1-").arg(first + 1)));
    }

    void readerOfAnotherRun_isToldSo()
    {
        append(1);
        for (const std::string& id : {std::string("000000000000-5"), m_feed.run() + "-999999999"}) {
            const auto stream = open({.last_event_id = id});
            QCOMPARE(eventsOf(next(*stream)), QStringList("another run"));
            QVERIFY(!eventsOf(next(*stream)).empty()); // From the oldest on.
        }
        for (const char* id : {"17", "-17", "run-", "run-1x", "run-99999999999999999999999"}) {
            const auto refused = m_feed.open({.last_event_id = id});
            QVERIFY2(!refused && refused.error().field == "Last-Event-ID", id);
        }
    }

    void filters_letOnlyThatThrough()
    {
        const NameId payment = m_journal.names().intern("orderlab.payment"), other = m_journal.names().intern("x.y");
        JournalQuery query;
        query.filter.kinds.set(std::size_t(EntryKind::DeadLettered));
        query.filter.group = "payment";
        query.filter.order = Uuid{1, 0};
        const auto stream = open(query);
        next(*stream);
        append(1, EntryKind::DeadLettered, other);
        append(1, EntryKind::DeadLettered, other);
        const auto first = m_journal.size();
        append(4, EntryKind::DeadLettered, payment);
        append(300, EntryKind::EventHandled, payment);
        QStringList even;
        for (auto i = first; i < first + 4; ++i) {
            if (i % 2 == 0)
                even << QString::number(i);
        }
        QCOMPARE(eventsOf(next(*stream)), even);
    }

    void quietStream_saysWhereItIs()
    {
        append(1);
        const auto stream = open();
        next(*stream);
        std::string text;
        int calls = 0;
        while ((text = next(*stream)).empty())
            ++calls;
        QCOMPARE(eventsOf(text), QStringList("heartbeat"));
        QVERIFY2(text.find("id: " + m_feed.run() + '-' + std::to_string(m_journal.size() - 1) + "\n\n")
                     != std::string::npos,
                 text.c_str());
        QVERIFY2(calls >= 40, "each waits for a fifth of a second at most, a heartbeat comes every ten");
    }

    void streams_areBounded()
    {
        std::vector<std::shared_ptr<JournalStream>> streams;
        while (streams.size() < JournalFeed::streams_max)
            streams.push_back(open());
        const auto refused = m_feed.open({});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unavailable);
        QVERIFY(refused.error().message.find("32 streams") != std::string::npos);
        streams.pop_back();
        QCOMPARE(m_feed.streams(), JournalFeed::streams_max - 1);
        QVERIFY(m_feed.open({}));
        streams.clear();
        QCOMPARE(m_feed.streams(), std::size_t(0));
    }
};

ORDERLAB_TEST(tst_journal_feed, NoApplication, TestJournalFeed)
#include "tst_journal_feed.moc"
