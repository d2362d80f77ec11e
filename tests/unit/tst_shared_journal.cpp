#include "journal/journal_batch.h"
#include "journal/journal_merge.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <random>

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

constexpr Duration hold{100'000};

JournalBatchHeader headerOf(std::string process, std::uint64_t sequence)
{
    JournalBatchHeader header;
    header.process = std::move(process);
    header.run = "2026-01-01T00:00:00.000000Z";
    header.sequence = sequence;
    header.program = "0.1.0";
    return header;
}

/// A batch whose entries have these times; their value tells which process and place they are from.
JournalBatch batchOf(std::string process, std::uint64_t sequence, std::initializer_list<std::int64_t> times_us)
{
    JournalBatch batch{headerOf(process, sequence), {}};
    for (const std::int64_t time_us : times_us) {
        Entry entry;
        entry.kind = EntryKind::FaultsChanged;
        entry.time_us = time_us;
        entry.value = std::int32_t(process.front()) * 1'000 + std::int32_t(batch.entries.size());
        batch.entries.push_back(entry);
    }
    return batch;
}

/// An entry with all that counts for its kind.
Entry sampleEntry(EntryKind kind, Names& names)
{
    Entry entry;
    entry.kind = kind;
    entry.time_us = 1'767'225'600'000'000 + int(kind);
    entry.order = Uuid::version7(1'767'225'600'000, 1, 2);
    if (kind == EntryKind::EntriesMissed || kind == EntryKind::OrderAccepted)
        entry.value = 1'999;
    if (kind == EntryKind::OrderAccepted) {
        entry.actor = names.intern("ada");
        entry.detail = names.intern("EUR");
        return entry;
    }
    if (kind == EntryKind::EntriesMissed)
        return entry;
    entry.event = Uuid::version7(1'767'225'600'001, 3, 4);
    entry.topic = names.intern("order-created");
    entry.partition = 2;
    entry.offset = 74;
    entry.actor = names.intern(kind == EntryKind::EventPublished ? "relay@host/1" : "payment-1@host/1");
    if (kind == EntryKind::EventPublished)
        return entry;
    entry.group = names.intern("orderlab.payment");
    entry.attempt = 3;
    if (kind == EntryKind::EventHandled)
        entry.value = 120;
    if (kind == EntryKind::AttemptFailed)
        entry.detail = names.intern("the gateway gave no answer");
    return entry;
}

TimePoint at(std::int64_t us)
{
    return fromMicros(us);
}

/// "a0@10 b0@20": process, place in the batch, time.
QString told(const std::vector<Entry>& entries)
{
    QStringList texts;
    for (const Entry& entry : entries)
        texts << QStringLiteral("%1%2@%3").arg(QChar(entry.value / 1'000)).arg(entry.value % 1'000).arg(entry.time_us);
    return texts.join(QLatin1Char(' '));
}

QString takeAt(JournalMerge& merge, std::int64_t now_us)
{
    std::vector<Entry> entries;
    merge.take(entries, at(now_us));
    return told(entries);
}

JournalMerge::Limits limits(std::size_t entries_max = 1'000, std::size_t processes_max = 10)
{
    return {hold, entries_max, processes_max};
}

} // namespace

class SharedJournalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void batch_comesBackWithItsNames();
    void batch_isReadableLines();
    void header_isChecked_data();
    void header_isChecked();
    void brokenAndUnknownLines_costOnlyThemselves();
    void newerMinorVersion_isRead();
    void limits_areKept();
    void anyBytes_areNoCrash();
    void merge_ordersByTime();
    void merge_waitsForWhatIsOnItsWay();
    void merge_keepsTheOrderOfAProcess();
    void merge_takesLateOnesAsTheyCome();
    void merge_leavesOutWhatItHasHad();
    void merge_countsMissingBatches();
    void merge_knowsRunsApart();
    void merge_isBounded();
};

void SharedJournalTest::batch_comesBackWithItsNames()
{
    Names names;
    std::vector<Entry> entries;
    for (const EntryKind kind :
         {EntryKind::OrderAccepted, EntryKind::EventDelivered, EntryKind::AttemptFailed, EntryKind::EntriesMissed})
        entries.push_back(sampleEntry(kind, names));
    const JournalBatchHeader header = headerOf("host-1/4711", 17);
    const std::string text = encodeJournalBatch(header, entries, names);

    Names elsewhere;
    elsewhere.intern("so that numbers differ");
    const auto batch = decodeJournalBatch(text, elsewhere);
    QVERIFY_RESULT(batch);
    QCOMPARE(batch->header, header);
    QCOMPARE(batch->entries.size(), entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        QCOMPARE(batch->entries[i].time_us, entries[i].time_us);
        QCOMPARE(batch->entries[i].order, entries[i].order);
        QCOMPARE(batch->entries[i].value, entries[i].value);
        QCOMPARE(elsewhere.text(batch->entries[i].actor), names.text(entries[i].actor));
        QCOMPARE(elsewhere.text(batch->entries[i].detail), names.text(entries[i].detail));
    }
    QCOMPARE(batch->broken_lines, std::uint64_t(0));
}

void SharedJournalTest::batch_isReadableLines()
{
    Names names;
    Entry entry;
    entry.kind = EntryKind::MemberJoined;
    entry.time_us = 1'767'225'600'000'012;
    entry.group = names.intern("orderlab.payment");
    entry.actor = names.intern("payment-1@host/4711");
    QCOMPARE(
        QByteArray::fromStdString(encodeJournalBatch(headerOf("host/4711", 1), {&entry, 1}, names)),
        QByteArray(
            R"({"format":"orderlab-journal-batch","version":"1.0","process":"host/4711","run":"2026-01-01T00:00:00.000000Z","sequence":1,"program":"0.1.0"})"
            "\n"
            R"({"time":"2026-01-01T00:00:00.000012Z","kind":"member-joined","group":"orderlab.payment","member":"payment-1@host/4711"})"
            "\n"));
}

void SharedJournalTest::header_isChecked_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("field"); // Empty: it is right.
    const QByteArray rest = R"("process":"h/1","run":"r","sequence":1,"program":"p"})";
    const QByteArray start = R"({"format":"orderlab-journal-batch",)";
    QTest::newRow("right") << start + R"("version":"1.0",)" + rest << QByteArray();
    QTest::newRow("newer minor version") << start + R"("version":"1.9","more":[1],)" + rest << QByteArray();
    QTest::newRow("nothing") << QByteArray() << QByteArray("format");
    QTest::newRow("not JSON") << QByteArray("hello") << QByteArray("format");
    QTest::newRow("a journal file") << QByteArray(R"({"format":"orderlab-journal","version":"1.0",)") + rest
                                    << QByteArray("format");
    QTest::newRow("newer major version") << start + R"("version":"2.0",)" + rest << QByteArray("version");
    QTest::newRow("version is no version") << start + R"("version":"1",)" + rest << QByteArray("version");
    QTest::newRow("no process") << start + R"("version":"1.0","run":"r","sequence":1,"program":"p"})"
                                << QByteArray("process");
    QTest::newRow("process without a name")
        << start + R"("version":"1.0","process":"","run":"r","sequence":1,"program":"p"})" << QByteArray("process");
    QTest::newRow("endless process") << start + R"("version":"1.0","process":")" + QByteArray(400, 'x')
                                            + R"(","run":"r","sequence":1,"program":"p"})"
                                     << QByteArray("process");
    QTest::newRow("sequence 0") << start + R"("version":"1.0","process":"h","run":"r","sequence":0,"program":"p"})"
                                << QByteArray("sequence");
    QTest::newRow("sequence below 0") << start
                                             + R"("version":"1.0","process":"h","run":"r","sequence":-1,"program":"p"})"
                                      << QByteArray("sequence");
    QTest::newRow("sequence is a text")
        << start + R"("version":"1.0","process":"h","run":"r","sequence":"1","program":"p"})" << QByteArray("sequence");
}

void SharedJournalTest::header_isChecked()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, field);
    Names names;
    const auto batch = decodeJournalBatch(header.toStdString(), names);
    QCOMPARE(batch ? QByteArray() : QByteArray::fromStdString(batch.error().field), field);
    if (!batch)
        QVERIFY(batch.error().code == ErrorCode::Corrupt);
}

void SharedJournalTest::brokenAndUnknownLines_costOnlyThemselves()
{
    Names names;
    const Entry entry = sampleEntry(EntryKind::EventPublished, names);
    std::string text = encodeJournalBatch(headerOf("h/1", 1), {&entry, 1}, names);
    text += "{\"time\":\"2026-01-01T00:00:00.000000Z\",\"kind\":\"of-the-future\"}\n";
    text += "not JSON\n";
    text += "{\"kind\":\"event-published\"}\n"; // No time.
    text += "[]\n";
    text += std::string(100'000, 'x') + '\n';
    text += encodeJournalBatch(headerOf("h/1", 1), {&entry, 1}, names).substr(text.find('\n') + 1);
    const auto batch = decodeJournalBatch(text, names);
    QVERIFY(batch);
    QCOMPARE(batch->entries, (std::vector<Entry>{entry, entry}));
    QCOMPARE(batch->unknown_kinds, std::uint64_t(1));
    QCOMPARE(batch->broken_lines, std::uint64_t(4));
}

void SharedJournalTest::newerMinorVersion_isRead()
{
    Names names;
    JournalBatchHeader header = headerOf("h/1", 1);
    const std::string line =
        R"({"time":"2026-01-01T00:00:00.000000Z","kind":"member-joined","group":"g","member":"m","more":1})";
    const auto old = decodeJournalBatch(encodeJournalBatch(header, {}, names) + line + '\n', names);
    QCOMPARE(old->broken_lines, std::uint64_t(1)); // This version has no such member.
    header.version_minor = 7;
    const auto newer = decodeJournalBatch(encodeJournalBatch(header, {}, names) + line + '\n', names);
    QCOMPARE(newer->entries.size(), std::size_t(1));
}

void SharedJournalTest::limits_areKept()
{
    Names names;
    const std::string header = encodeJournalBatch(headerOf("h/1", 1), {}, names);
    JournalBatchLimits limits;
    limits.bytes_max = header.size() + 10;
    limits.lines_max = 2;
    QVERIFY(decodeJournalBatch(header + "1\n2\n", names, limits));
    QVERIFY(!decodeJournalBatch(header + "1\n2\n3\n", names, limits));
    QVERIFY(!decodeJournalBatch(header + "1234567890\n", names, limits));
}

void SharedJournalTest::anyBytes_areNoCrash()
{
    Names names;
    const Entry entry = sampleEntry(EntryKind::EventHandled, names);
    const std::string whole = encodeJournalBatch(headerOf("h/1", 1), std::vector<Entry>(5, entry), names);
    std::mt19937 random(7);
    std::uint64_t refused = 0, broken = 0;
    for (int round = 0; round < 3'000; ++round) {
        std::string text = whole;
        for (int change = 0; change < 4; ++change)
            text[random() % text.size()] = char(random());
        text.resize(random() % 3 == 0 ? random() % text.size() : text.size());
        const auto batch = decodeJournalBatch(text, names);
        refused += !batch;
        broken += batch ? batch->broken_lines : 0;
        QVERIFY(!batch || batch->entries.size() <= 12); // A changed byte may be a line feed.
    }
    QVERIFY(refused > 100 && broken > 100);
}

void SharedJournalTest::merge_ordersByTime()
{
    JournalMerge merge(limits());
    merge.add(batchOf("b", 1, {20, 40}), at(1'000));
    merge.add(batchOf("a", 1, {10, 30, 50}), at(1'100));
    QCOMPARE(takeAt(merge, 1'100 + hold.count()), QStringLiteral("a0@10 b0@20 a1@30 b1@40 a2@50"));
    QCOMPARE(merge.processes(), (std::vector<std::string>{"a", "b"}));
    QCOMPARE(merge.counts().entries, std::uint64_t(5));
    QCOMPARE(merge.counts().late, std::uint64_t(0));
}

void SharedJournalTest::merge_waitsForWhatIsOnItsWay()
{
    JournalMerge merge(limits());
    merge.add(batchOf("a", 1, {10, 30}), at(0));
    QCOMPARE(takeAt(merge, hold.count() - 1), QString());
    merge.add(batchOf("b", 1, {20, 40}), at(hold.count() - 1));
    // The time of the first batch has come; what is later than its entries waits on.
    QCOMPARE(takeAt(merge, hold.count()), QStringLiteral("a0@10 b0@20 a1@30"));
    QCOMPARE(takeAt(merge, 2 * hold.count() - 1), QStringLiteral("b1@40"));
}

void SharedJournalTest::merge_keepsTheOrderOfAProcess()
{
    // Threads of one process may write 12 before 11: it is its journal's order that says what came first.
    JournalMerge merge(limits());
    merge.add(batchOf("a", 1, {10, 12, 11, 13}), at(0));
    merge.add(batchOf("b", 1, {11}), at(0));
    QCOMPARE(takeAt(merge, hold.count()), QStringLiteral("a0@10 b0@11 a1@12 a2@11 a3@13"));
}

void SharedJournalTest::merge_takesLateOnesAsTheyCome()
{
    JournalMerge merge(limits());
    merge.add(batchOf("a", 1, {100}), at(0));
    QCOMPARE(takeAt(merge, hold.count()), QStringLiteral("a0@100"));
    merge.add(batchOf("b", 1, {50, 60}), at(hold.count()));
    QCOMPARE(takeAt(merge, hold.count()), QStringLiteral("b0@50 b1@60"));
    QCOMPARE(merge.counts().late, std::uint64_t(2));
}

void SharedJournalTest::merge_leavesOutWhatItHasHad()
{
    JournalMerge merge(limits());
    merge.add(batchOf("a", 1, {10}), at(0));
    merge.add(batchOf("a", 2, {20}), at(0));
    merge.add(batchOf("a", 1, {10}), at(0));
    merge.add(batchOf("a", 2, {20}), at(0));
    QCOMPARE(takeAt(merge, hold.count()), QStringLiteral("a0@10 a0@20"));
    QCOMPARE(merge.counts().repeated_batches, std::uint64_t(2));
}

void SharedJournalTest::merge_countsMissingBatches()
{
    JournalMerge merge(limits());
    merge.add(batchOf("a", 9, {10}), at(0)); // What was before is gone from the topic by its retention.
    QCOMPARE(merge.counts().missing_batches, std::uint64_t(0));
    merge.add(batchOf("a", 10, {20}), at(0));
    merge.add(batchOf("a", 13, {30}), at(0));
    QCOMPARE(merge.counts().missing_batches, std::uint64_t(2));
}

void SharedJournalTest::merge_knowsRunsApart()
{
    // The same process number again, as in a container: a new run, which counts from 1.
    JournalMerge merge(limits());
    merge.add(batchOf("a", 5, {10}), at(0));
    JournalBatch again = batchOf("a", 1, {20});
    again.header.run = "2026-01-02T00:00:00.000000Z";
    merge.add(std::move(again), at(0));
    QCOMPARE(takeAt(merge, hold.count()), QStringLiteral("a0@10 a0@20"));
    QCOMPARE(merge.processes(), (std::vector<std::string>{"a"}));
}

void SharedJournalTest::merge_isBounded()
{
    JournalMerge merge(limits(3, 2));
    merge.add(batchOf("a", 1, {10, 30}), at(0));
    merge.add(batchOf("b", 1, {20, 40, 50}), at(1));
    QCOMPARE(takeAt(merge, 2), QStringLiteral("a0@10 b0@20"));
    merge.add(batchOf("c", 1, {60}), at(2));
    QCOMPARE(merge.processes(), (std::vector<std::string>{"b", "c"}));
    std::vector<Entry> rest;
    merge.takeAll(rest);
    QCOMPARE(told(rest), QStringLiteral("a1@30 b1@40 b2@50 c0@60"));
}

ORDERLAB_TEST(tst_shared_journal, QCoreApplication, SharedJournalTest)
#include "tst_shared_journal.moc"
