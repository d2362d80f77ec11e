#include "journal/journal.h"
#include "support/effort.h"
#include "support/test_program.h"

#include <QElapsedTimer>

#include <map>
#include <thread>

using namespace orderlab;

namespace {

/// An entry whose every field follows from writer, sequence and place in its run, so that a torn one shows.
Entry marked(std::uint64_t writer, std::uint64_t sequence, std::uint8_t place, std::uint8_t run)
{
    const std::uint64_t mark = writer << 40 | sequence;
    Entry entry;
    entry.kind = EntryKind::OrderAccepted;
    entry.time_us = std::int64_t(mark);
    entry.order = Uuid{mark, ~mark};
    entry.event = Uuid{mark * 3, mark * 5};
    entry.offset = std::int64_t(mark * 7);
    entry.value = std::int32_t(std::uint32_t(mark * 11));
    entry.attempt = place;
    entry.partition = run;
    entry.topic = entry.group = NameId(mark);
    entry.actor = entry.detail = NameId(mark * 13);
    return entry;
}

std::uint64_t writerOf(const Entry& entry)
{
    return entry.order.high >> 40;
}
std::uint64_t sequenceOf(const Entry& entry)
{
    return entry.order.high & 0xffffffffffull;
}
bool isWhole(const Entry& entry)
{
    return entry == marked(writerOf(entry), sequenceOf(entry), entry.attempt, std::uint8_t(entry.partition));
}

/// Appends `count` entries in runs of 1 to 7.
void write(Journal& journal, std::uint64_t writer, std::uint64_t count)
{
    std::vector<Entry> run;
    for (std::uint64_t sequence = 0; sequence < count;) {
        const auto length = std::uint8_t(std::min<std::uint64_t>(1 + sequence * 31 % 7, count - sequence));
        run.clear();
        for (std::uint8_t place = 0; place < length; ++place)
            run.push_back(marked(writer, sequence++, place, length));
        journal.append(run);
    }
}

struct Seen {
    std::uint64_t read = 0;
    std::uint64_t missed = 0;
    std::string wrong; ///< The first thing that was.
};

/// Reads until `total` entries are read or missed, checking each. Runs longer than the ring (`runs_fit` is false) may
/// be broken.
Seen readAll(JournalReader& reader, std::uint64_t total, std::size_t batch, bool runs_fit)
{
    Seen seen;
    std::map<std::uint64_t, std::uint64_t> next; // by writer
    std::vector<Entry> out;
    Entry last;
    std::uint64_t missed_before = 0;
    bool gap_at_end = false;
    while (seen.read + seen.missed < total) {
        out.clear();
        const std::size_t count = reader.read(out, batch);
        seen.missed = reader.missed();
        if (count == 0) {
            std::this_thread::yield();
            continue;
        }
        const bool gap_here = seen.missed != missed_before;
        const bool gap = gap_here || gap_at_end; // somewhere before or among these
        gap_at_end = gap_here;                   // or behind them
        missed_before = seen.missed;
        for (const Entry& entry : out) {
            ++seen.read;
            std::uint64_t& expected = next[writerOf(entry)];
            if (!isWhole(entry))
                seen.wrong = "torn";
            else if (sequenceOf(entry) < expected)
                seen.wrong = "a writer's entries are out of order";
            else if (sequenceOf(entry) != expected && seen.missed == 0)
                seen.wrong = "an entry is not there, and not missed either";
            else if (runs_fit && !gap && last.partition > last.attempt + 1
                     && (writerOf(entry) != writerOf(last) || entry.attempt != last.attempt + 1))
                seen.wrong = "a run is broken";
            if (!seen.wrong.empty())
                return seen;
            expected = sequenceOf(entry) + 1;
            last = entry;
        }
    }
    return seen;
}

std::vector<Entry> readSome(JournalReader& reader, std::size_t max = 1'000'000)
{
    std::vector<Entry> out;
    reader.read(out, max);
    return out;
}

std::string numbered(std::size_t number)
{
    std::string text = std::to_string(number);
    text.insert(text.begin(), 'n');
    return text;
}

void appendNumbers(Journal& journal, std::uint64_t from, std::uint64_t to)
{
    for (std::uint64_t i = from; i < to; ++i)
        journal.append(marked(0, i, 0, 1));
}

} // namespace

class TestJournal : public QObject {
    Q_OBJECT

private slots:
    void manyWritersAndReaders_data()
    {
        QTest::addColumn<int>("writers");
        QTest::addColumn<qulonglong>("capacity");
        QTest::addColumn<bool>("all_fit");
        QTest::newRow("one writer, all fit") << 1 << 65'536ull << true;
        QTest::newRow("four writers, all fit") << 4 << 65'536ull << true;
        QTest::newRow("four writers, readers overtaken") << 4 << 64ull << false;
        QTest::newRow("four writers, a ring shorter than a run") << 4 << 4ull << false;
        QTest::newRow("eight writers, ring of two") << 8 << 2ull << false;
    }
    void manyWritersAndReaders()
    {
        QFETCH(int, writers);
        QFETCH(qulonglong, capacity);
        QFETCH(bool, all_fit);
        constexpr std::uint64_t each = is_sanitized ? 4'000 : 16'000;
        Journal journal(capacity);
        const std::uint64_t total = each * std::uint64_t(writers);
        std::vector<Seen> seen(3);
        std::vector<std::unique_ptr<JournalReader>> readers;
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < seen.size(); ++i) {
            readers.push_back(std::make_unique<JournalReader>(journal));
            threads.emplace_back([&out = seen[i], &reader = *readers.back(), total, i, capacity] {
                out = readAll(reader, total, i == 0 ? 1 : 1'000, capacity >= 8);
            });
        }
        for (int i = 0; i < writers; ++i)
            threads.emplace_back([&journal, i] { write(journal, std::uint64_t(i + 1), each); });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(journal.size(), total);
        for (const Seen& one : seen) {
            QVERIFY2(one.wrong.empty(), one.wrong.c_str());
            QCOMPARE(one.read + one.missed, total);
            if (all_fit)
                QCOMPARE(one.missed, std::uint64_t(0));
            QVERIFY(one.read > 0);
        }
    }

    void reader_startsWhereItIsAsked()
    {
        Journal journal(16);
        appendNumbers(journal, 0, 5);
        JournalReader now(journal), oldest(journal, JournalReader::From::Oldest);
        QVERIFY(readSome(now).empty());
        QCOMPARE(readSome(oldest).size(), std::size_t(5));
        appendNumbers(journal, 5, 7);
        QCOMPARE(sequenceOf(readSome(now).front()), std::uint64_t(5));
        QCOMPARE(readSome(oldest, 1).size(), std::size_t(1));
        QCOMPARE(readSome(oldest, 5).size(), std::size_t(1));
    }

    void ring_keepsItsCapacityRoundedUp()
    {
        Journal journal(9);
        appendNumbers(journal, 0, 100);
        JournalReader reader(journal, JournalReader::From::Oldest);
        const auto kept = readSome(reader);
        QCOMPARE(kept.size(), std::size_t(16));
        QCOMPARE(sequenceOf(kept.front()), std::uint64_t(84));
        QCOMPARE(sequenceOf(kept.back()), std::uint64_t(99));
        QCOMPARE(reader.missed(), std::uint64_t(0));
    }

    void reader_overtakenIsToldHowManyItMissed()
    {
        Journal journal(16);
        JournalReader reader(journal);
        appendNumbers(journal, 0, 16);
        QCOMPARE(readSome(reader, 4).size(), std::size_t(4));
        appendNumbers(journal, 16, 20); // the ring has 4…19
        QCOMPARE(readSome(reader, 1).size(), std::size_t(1));
        QCOMPARE(reader.missed(), std::uint64_t(0));
        appendNumbers(journal, 20, 100);
        const auto rest = readSome(reader);
        QCOMPARE(rest.size() + reader.missed(), std::size_t(95));
        QCOMPARE(sequenceOf(rest.front()), std::uint64_t(92)); // goes on in the middle of the ring
        QCOMPARE(sequenceOf(rest.back()), std::uint64_t(99));
    }

    void append_ofMoreThanTheRingEnds()
    {
        Journal journal(8);
        JournalReader reader(journal);
        write(journal, 1, 0);
        std::vector<Entry> run;
        for (std::uint64_t i = 0; i < 100; ++i)
            run.push_back(marked(0, i, 0, 1));
        journal.append(run);
        const auto rest = readSome(reader);
        QCOMPARE(rest.size() + reader.missed(), std::size_t(100));
        QCOMPARE(sequenceOf(rest.back()), std::uint64_t(99));
        journal.append(std::span<const Entry>());
        QCOMPARE(journal.size(), std::uint64_t(100));
    }

    void names_areTheSameForAllThreads()
    {
        Names names;
        std::vector<std::vector<NameId>> ids(4, std::vector<NameId>(500));
        std::vector<std::thread> threads;
        for (std::size_t t = 0; t < ids.size(); ++t) {
            threads.emplace_back([&names, &mine = ids[t], t] {
                for (std::size_t i = 0; i < mine.size(); ++i) {
                    const std::size_t which = (i * 7 + t * 131) % mine.size();
                    const std::string text = numbered(which);
                    mine[which] = names.intern(text);
                    if (names.text(mine[which]) != text)
                        mine[which] = 0;
                }
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        for (std::size_t t = 1; t < ids.size(); ++t)
            QVERIFY(ids[t] == ids[0]);
        QCOMPARE(std::count(ids[0].begin(), ids[0].end(), NameId(0)), 0);
        QCOMPARE(names.size(), std::size_t(502)); // with "" and "(other)"
        QCOMPARE(names.intern(""), NameId(0));
        QCOMPARE(names.text(60'000), std::string_view());
    }

    void names_pastTheirBoundAreOther_data()
    {
        QTest::addColumn<int>("use");
        QTest::addColumn<QByteArray>("other");
        QTest::newRow("words") << int(NameUse::Word) << QByteArray("(other)");
        QTest::newRow("customers") << int(NameUse::Customer) << QByteArray("(another customer)");
        QTest::newRow("texts") << int(NameUse::Text) << QByteArray("(another text)");
    }
    void names_pastTheirBoundAreOther()
    {
        QFETCH(int, use);
        QFETCH(QByteArray, other);
        Names names;
        for (std::size_t i = 0; i < 70'000; ++i)
            names.intern(numbered(i), NameUse(use));
        QVERIFY(names.size() < 65'536);
        QCOMPARE(names.text(names.intern("one too many", NameUse(use))), std::string_view(other.constData()));
        QCOMPARE(names.text(names.intern("n17", NameUse(use))), std::string_view("n17")); // known names stay known
        for (const NameUse another : {NameUse::Word, NameUse::Customer, NameUse::Text}) {
            if (another != NameUse(use))
                QCOMPARE(names.text(names.intern(numbered(100'000 + std::size_t(another)), another)),
                         std::string_view(numbered(100'000 + std::size_t(another))));
        }
    }

    void names_errorsKeepTheirCode()
    {
        Names names, copy;
        const NameId slow = names.internError({ErrorCode::Timeout, Retry::Later, "too slow", {}});
        QCOMPARE(names.text(slow), std::string_view("too slow"));
        QCOMPARE(names.intern("too slow", NameUse::Text), slow);
        QVERIFY(names.errorCode(slow) == ErrorCode::Timeout);
        QVERIFY(!names.errorCode(names.intern("a word")) && !names.errorCode(60'000));
        copy.copy(names);
        QVERIFY(copy.errorCode(slow) == ErrorCode::Timeout);
        // Also where there is no room for another text.
        for (std::size_t i = 0; i < 20'000; ++i)
            names.intern(numbered(i), NameUse::Text);
        for (int i = 0; i < 2; ++i) {
            const std::string number = std::to_string(i);
            const NameId failed = names.internError({ErrorCode::PeerFailed, Retry::Later, "failed " + number, {}});
            const NameId broken = names.internError({ErrorCode::Corrupt, Retry::Never, "broken " + number, {}});
            QCOMPARE(names.text(failed), std::string_view("(another error: peer-failed)"));
            QVERIFY(names.errorCode(failed) == ErrorCode::PeerFailed);
            QVERIFY(names.errorCode(broken) == ErrorCode::Corrupt);
        }
    }

    void names_allFull()
    {
        Names names, copy;
        for (const NameUse use : {NameUse::Customer, NameUse::Text, NameUse::Word}) {
            for (std::size_t i = 0; i < 66'000; ++i)
                names.intern(numbered(i + 100'000 * std::size_t(use)), use);
        }
        QVERIFY(names.size() <= 65'536 && names.size() > 65'500);
        copy.copy(names);
        QCOMPARE(copy.size(), names.size());
        for (std::size_t id = 0; id < names.size(); ++id)
            QCOMPARE(copy.text(NameId(id)), names.text(NameId(id)));
        QCOMPARE(copy.text(copy.intern("one too many", NameUse::Customer)), std::string_view("(another customer)"));
    }

    void kinds_haveTheirNamesBothWays()
    {
        for (int i = 1; i < entry_kind_count; ++i)
            QCOMPARE(int(entryKindOf(name(EntryKind(i)))), i);
        QCOMPARE(entryKindOf("none"), EntryKind::None);
        QCOMPARE(entryKindOf("Order-Accepted"), EntryKind::None);
        QCOMPARE(name(EntryKind(200)), std::string_view("unknown"));
    }
};

ORDERLAB_TEST(tst_journal, NoApplication, TestJournal)
#include "tst_journal.moc"
