#include "journal/entry_json.h"
#include "journal/journal_hash.h"
#include "journal/recording.h"
#include "journal_samples.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace orderlab;

namespace {

const QByteArray journal_header =
    R"({"format":"orderlab-journal","version":"1.0","started_at":"2026-01-01T00:00:00Z","program":"0.1.0"})";
const QByteArray paid = R"({"time":"2026-01-01T00:00:00.000012Z","kind":"status-changed","status":"paid"})";

/// One entry of every kind, each field that counts (and, with `all`, any other) set to something.
std::vector<Entry> everyKind(Names& names, bool all)
{
    std::vector<Entry> entries;
    for (int i = 1; i < entry_kind_count; ++i) {
        Entry entry;
        entry.kind = EntryKind(i);
        entry.time_us = 1'767'225'600'000'000 + i;
        entry.order = Uuid{1, std::uint64_t(i)};
        entry.event = Uuid{~0ull, std::uint64_t(i)};
        entry.value = i * 1000;
        entry.detail = names.intern("detail of " + std::to_string(i));
        entry.actor = names.intern("actor");
        entry.topic = names.intern("order-created");
        entry.group = names.intern("orderlab.payment");
        if (all) {
            entry.offset = i % 3 - 1;
            entry.attempt = 255;
            entry.partition = 65'535;
            entry.value = i % 2 ? INT32_MIN : INT32_MAX;
        }
        entries.push_back(entry);
    }
    return entries;
}

std::vector<QByteArray> spelled(std::span<const Entry> entries, const Names& names)
{
    std::vector<QByteArray> lines;
    for (const Entry& entry : entries) {
        std::string line;
        appendEntryJson(line, entry, names);
        lines.push_back(QByteArray::fromStdString(line));
    }
    return lines;
}

} // namespace

class TestRecording : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    std::string path(const char* name = "run.jsonl") const { return m_directory.filePath(name).toStdString(); }

    /// Writes `lines` as they are and reads them; the error's message without the folder, or "".
    QByteArray reasonOf(const QByteArray& lines, const RecordingLimits& limits = {}, Recording* out = nullptr) const
    {
        QFile file(QString::fromStdString(path()));
        if (!file.open(QIODevice::WriteOnly) || file.write(lines) != lines.size())
            return "cannot write the test's file";
        file.close();
        auto recording = readRecording(path(), limits);
        if (recording) {
            if (out)
                *out = std::move(*recording);
            return {};
        }
        return QByteArray::fromStdString(recording.error().message).replace((m_directory.path() + '/').toUtf8(), "");
    }

    bool write(std::span<const Entry> entries, const Names& names) const
    {
        auto writer = RecordingWriter::create(path(), {1, 0, fromMicros(1'767'225'600'000'000), "0.1.0"});
        return writer && (*writer)->write(entries, names) && (*writer)->close()
               && (*writer)->entriesWritten() == entries.size();
    }

private slots:
    void initTestCase() { QVERIFY(m_directory.isValid()); }

    void roundTrip_isExact_data()
    {
        QTest::addColumn<int>("sample");
        QTest::newRow("nothing") << 0;
        QTest::newRow("every kind") << 1;
        QTest::newRow("every kind with every field at its limits") << 2;
        QTest::newRow("a run of 1,000 orders") << 3;
        QTest::newRow("the ends of time and offsets") << 4;
    }
    void roundTrip_isExact()
    {
        QFETCH(int, sample);
        Names names;
        std::vector<Entry> entries;
        if (sample == 1 || sample == 2)
            entries = everyKind(names, sample == 2);
        if (sample == 3)
            entries = samples::RunWriter(names).orders(1'000);
        if (sample == 4) {
            for (std::int64_t time : {-62'167'219'200'000'000ll, -1ll, 0ll, 253'402'300'799'999'999ll}) {
                entries.emplace_back().time_us = time;
                entries.back().kind = EntryKind::OffsetCommitted;
                entries.back().offset = time == 0 ? INT64_MIN : INT64_MAX;
            }
        }
        QVERIFY(write(entries, names));
        const auto read = readRecording(path());
        QVERIFY_RESULT(read);
        QCOMPARE(read->header, (RecordingHeader{1, 0, fromMicros(1'767'225'600'000'000), "0.1.0"}));
        QCOMPARE(read->entries.size(), entries.size());
        QCOMPARE(spelled(read->entries, *read->names), spelled(entries, names));
        QCOMPARE(journalSha256(read->entries, *read->names), journalSha256(entries, names));
        QVERIFY(!read->is_cut_short);
        QCOMPARE(read->unknown_kinds, std::uint64_t(0));
    }

    void line_namesFieldsAfterWhatTheyMean_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("line");
        const QByteArray start = R"({"time":"2026-01-01T00:00:00.000000Z","kind":)";
        const QByteArray order = R"("order":"00000000-0000-0001-0000-000000000002")";
        QTest::newRow("accepted") << int(EntryKind::OrderAccepted)
                                  << start + R"("order-accepted",)" + order
                                         + R"(,"customer":"a","amount_minor":50,"currency":"d"})";
        QTest::newRow("status") << int(EntryKind::StatusChanged)
                                << start + R"("status-changed",)" + order + R"(,"actor":"a","value":50,"status":"d"})";
        QTest::newRow("retry: partition 0 is told")
            << int(EntryKind::RetryScheduled)
            << start + R"("retry-scheduled",)" + order
                   + R"(,"partition":0,"member":"a","attempt":0,"delay_ms":50,"detail":"d"})";
        QTest::newRow("missed") << int(EntryKind::EntriesMissed)
                                << start + R"("entries-missed",)" + order + R"(,"actor":"a","missed":50,"detail":"d"})";
    }
    void line_namesFieldsAfterWhatTheyMean()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, line);
        Names names;
        Entry entry;
        entry.kind = EntryKind(kind);
        entry.time_us = 1'767'225'600'000'000;
        entry.order = Uuid{1, 2};
        entry.value = 50;
        entry.actor = names.intern("a");
        entry.detail = names.intern("d");
        QCOMPARE(spelled(std::span(&entry, 1), names).front(), line);
    }

    void names_areEscaped_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("read");
        const auto row = [](const char* what, const QByteArray& name) { QTest::newRow(what) << name << name; };
        row("quotes and backslashes", R"(a "b" \ c\")");
        row("line ends and controls", QByteArray("a\nb\r\t\x01\x1f\x7f z\0y", 12));
        row("two, three and four bytes", "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80");
        row("line separator", "\xe2\x80\xa8");
        row("looks like JSON", R"("},{"kind":"x)");
        QTest::newRow("not UTF-8") << QByteArray("a\xff"
                                                 "b")
                                   << QByteArray("a\xef\xbf\xbd"
                                                 "b");
        QTest::newRow("cut in a character") << QByteArray("a\xe2\x82") << QByteArray("a\xef\xbf\xbd\xef\xbf\xbd");
        QTest::newRow("overlong") << QByteArray("\xc0\xaf") << QByteArray("\xef\xbf\xbd\xef\xbf\xbd");
        QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QByteArray("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    }
    void names_areEscaped()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, read);
        Names names;
        Entry entry;
        entry.kind = EntryKind::AttemptFailed;
        entry.detail = names.intern(name.toStdString());
        QVERIFY(write(std::span(&entry, 1), names));
        const auto recording = readRecording(path());
        QVERIFY_RESULT(recording);
        const std::string_view text = recording->names->text(recording->entries.front().detail);
        QCOMPARE(QByteArray(text.data(), qsizetype(text.size())), read);
        // A second parser agrees that it is JSON.
        QJsonParseError error;
        const auto document = QJsonDocument::fromJson(spelled(std::span(&entry, 1), names).front(), &error);
        QCOMPARE(error.error, QJsonParseError::NoError);
        QCOMPARE(document.object()["error"].toString().toUtf8(), read);
    }

    void badFiles_areRefusedWithLineAndField_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* what, const QByteArray& lines, const QByteArray& reason) {
            QTest::newRow(what) << lines << reason;
        };
        const auto entry = [&](const char* what, const QByteArray& line, const QByteArray& reason) {
            row(what, journal_header + '\n' + paid + '\n' + line + '\n' + paid + '\n', "run.jsonl:3: " + reason);
        };
        const QByteArray version = "run.jsonl:1: version: must be two numbers, such as 1.0";
        row("empty", "", "run.jsonl:1: format: is not an Orderlab journal: the file is empty");
        row("another format",
            R"({"format":"x"})"
            "\n",
            "run.jsonl:1: format: is not an Orderlab journal");
        row("no header", paid + '\n', "run.jsonl:1: format: is not an Orderlab journal");
        row("a list", "[]\n", "run.jsonl:1: line: must be a JSON object");
        row("newer major version", QByteArray(journal_header).replace("1.0", "2.0") + "\nwhatever\n",
            "run.jsonl:1: version: 2.0 cannot be read by this program, only 1.x");
        row("version a number", QByteArray(journal_header).replace("\"1.0\"", "1.0"),
            "run.jsonl:1: version: must be a string");
        row("version of one number", QByteArray(journal_header).replace("1.0\"", "1\""), version);
        row("version of three", QByteArray(journal_header).replace("\"1.0\"", "\"1.0.0\""), version);
        row("version negative", QByteArray(journal_header).replace("\"1.0\"", "\"1.-1\""), version);
        row("version too large", QByteArray(journal_header).replace("\"1.0\"", "\"99999999999.0\""), version);
        row("started at noon", QByteArray(journal_header).replace("2026-01-01T00:00:00Z", "noon"),
            "run.jsonl:1: started_at: expected a time such as 2026-01-31T12:00:00Z (RFC 3339)");
        entry("blank line", "", "line: is not JSON: incomplete JSON");
        entry("two objects", paid + paid, "line: is not JSON: extra data");
        entry("not UTF-8", "{\"kind\":\"\xff\"}", "line: is not JSON: syntax error");
        entry("deep", "[[[[[[[[[", "line: is not JSON: too deep");
        entry("a number", "7", "line: must be a JSON object");
        entry("no kind", R"({"time":"2026-01-01T00:00:00Z"})", "kind: must be a string");
        entry("unknown kind", QByteArray(paid).replace("status-changed", "order-shipped"), "kind: is not known");
        entry("kind none", QByteArray(paid).replace("status-changed", "none"), "kind: is not known");
        entry("no time", R"({"kind":"status-changed"})", "time: is missing");
        entry("time a number", R"({"kind":"status-changed","time":7})", "time: must be a string");
        entry("the 30th of February", QByteArray(paid).replace("01-01", "02-30"),
              "time: expected a time such as 2026-01-31T12:00:00Z (RFC 3339)");
        entry("unknown member", QByteArray(paid).replace("\"status\"", "\"state\""),
              "state: is not known for this kind of entry");
        entry("another kind's member", QByteArray(paid).replace("\"status\"", "\"currency\""),
              "currency: is not known for this kind of entry");
        const auto with = [](const char* member) { return QByteArray(paid).replace("\"status\":\"paid\"", member); };
        entry("short order id", with(R"("order":"018f")"),
              "order: expected a UUID such as 018f3c1e-7c1b-7000-8000-000000000001");
        entry("event a number", with(R"("event":1)"), "event: must be a string");
        entry("topic null", with(R"("topic":null)"), "topic: must be a string");
        entry("partition too large", with(R"("partition":65536)"), "partition: must be a whole number from 0 to 65535");
        entry("partition negative", with(R"("partition":-1)"), "partition: must be a whole number from 0 to 65535");
        entry("attempt too large", with(R"("attempt":256)"), "attempt: must be a whole number from 0 to 255");
        entry("attempt a fraction", with(R"("attempt":1.0)"), "attempt: must be a whole number from 0 to 255");
        entry("value too large", with(R"("value":2147483648)"),
              "value: must be a whole number from -2147483648 to 2147483647");
        entry("offset too large", with(R"("offset":9223372036854775808)"),
              "offset: must be a whole number from -9223372036854775808 to 9223372036854775807");
        entry("offset text", with(R"("offset":"1")"),
              "offset: must be a whole number from -9223372036854775808 to 9223372036854775807");
        row("long line", journal_header + '\n' + QByteArray(270'000, ' ') + '\n',
            "run.jsonl:2: line: is longer than 262144 bytes");
        row("long line without an end", journal_header + '\n' + QByteArray(3'000'000, '{'),
            "run.jsonl:2: line: is longer than 262144 bytes");
    }
    void badFiles_areRefusedWithLineAndField()
    {
        QFETCH(QByteArray, lines);
        QFETCH(QByteArray, reason);
        QCOMPARE(reasonOf(lines), reason);
    }

    void limits_areKept()
    {
        const QByteArray two = journal_header + '\n' + paid + '\n' + paid + '\n';
        QCOMPARE(reasonOf(two, {.line_bytes_max = 65'536, .entries_max = 2}), QByteArray());
        QCOMPARE(reasonOf(two, {.line_bytes_max = 65'536, .entries_max = 1}),
                 QByteArray("run.jsonl:3: entries: there are more than 1 entries"));
        QCOMPARE(readRecording(path("nowhere")).error().code, ErrorCode::Unavailable);
        QCOMPARE(readRecording(m_directory.path().toStdString()).error().code, ErrorCode::Unavailable);
    }

    void newerMinorVersion_leavesOutWhatIsUnknown()
    {
        Recording read;
        const QByteArray newer =
            QByteArray(journal_header).replace("1.0", "1.7").replace("\"program\"", "\"host\":1,\"program\"");
        const QByteArray lines = newer + '\n' + paid + '\n'
                                 + QByteArray(paid).replace("status-changed", "order-shipped") + '\n'
                                 + QByteArray(paid).replace("{", R"({"weight":[1,2],)") + '\n';
        QCOMPARE(reasonOf(lines, {}, &read), QByteArray());
        QCOMPARE(read.entries.size(), std::size_t(2));
        QCOMPARE(read.unknown_kinds, std::uint64_t(1));
        QVERIFY(read.entries[0] == read.entries[1]);
    }

    void lastLineCutShort_costsOnlyItself()
    {
        const QByteArray whole = journal_header + '\n' + paid + '\n';
        for (qsizetype length = 1; length < paid.size(); ++length) {
            Recording read;
            QCOMPARE(reasonOf(whole + paid.left(length), {}, &read), QByteArray());
            QVERIFY(read.is_cut_short);
            QCOMPARE(read.entries.size(), std::size_t(1));
        }
        Recording read;
        QCOMPARE(reasonOf(whole + paid, {}, &read), QByteArray()); // only the line end is missing
        QVERIFY(!read.is_cut_short);
        QCOMPARE(read.entries.size(), std::size_t(2));
    }

    void writer_tellsOfAFullDisk()
    {
        const auto writer = RecordingWriter::create("/dev/full", {});
        QVERIFY(!writer);
        QCOMPARE(writer.error().code, ErrorCode::Exhausted);
        QCOMPARE(writer.error().message, std::string("/dev/full: No space left on device"));
        QCOMPARE(RecordingWriter::create(path("no/such/folder"), {}).error().code, ErrorCode::Unavailable);
    }

    void writer_endsWithAWholeLineAtItsBound()
    {
        Names names;
        const auto entries = everyKind(names, false);
        auto writer = RecordingWriter::create(path(), {}, 2'000);
        QVERIFY(writer);
        Result<void> result;
        std::size_t written = 0;
        while ((result = (*writer)->write(std::span(entries).subspan(written, 1), names)))
            ++written;
        QCOMPARE(result.error().code, ErrorCode::Exhausted);
        QCOMPARE((*writer)->write(entries, names).error(), result.error());
        QCOMPARE((*writer)->close().error(), result.error());
        const auto read = readRecording(path());
        QVERIFY(read && !read->is_cut_short && written > 0);
        QCOMPARE(read->entries.size(), written);
        QVERIFY(QFile(QString::fromStdString(path())).size() <= 2'000);
    }

    /// Also where many entries come at once: as many as have room are in the file.
    void writer_fillsWhatRoomThereIs()
    {
        Names names;
        const auto entries = samples::RunWriter(names).orders(100);
        constexpr std::uint64_t bytes_max = 20'000;
        auto writer = RecordingWriter::create(path(), {}, bytes_max);
        QCOMPARE((*writer)->write(entries, names).error().code, ErrorCode::Exhausted);
        QVERIFY(!(*writer)->close());
        const auto read = readRecording(path());
        QVERIFY(read && !read->is_cut_short);
        QCOMPARE((*writer)->entriesWritten(), std::uint64_t(read->entries.size()));
        const auto size = std::uint64_t(QFileInfo(QString::fromStdString(path())).size());
        QCOMPARE((*writer)->bytesWritten(), size);
        QVERIFY2(size <= bytes_max && size > bytes_max - 1'000, qPrintable(QString::number(size)));
        QCOMPARE(spelled(read->entries, *read->names),
                 spelled(std::vector(entries.begin(), entries.begin() + std::ptrdiff_t(read->entries.size())), names));
    }

    void writer_refusesATimeThatCannotBeSpelled()
    {
        Names names;
        std::vector<Entry> entries(3);
        for (Entry& entry : entries)
            entry.kind = EntryKind::EventEmitted;
        entries[1].time_us = INT64_MAX;
        auto writer = RecordingWriter::create(path(), {});
        QCOMPARE((*writer)->write(entries, names).error().field, std::string("time"));
        QVERIFY(!(*writer)->close());
        QCOMPARE(readRecording(path())->entries.size(), std::size_t(1));
    }

    void recorder_writesWhatIsAppended_andTheGapsToo()
    {
        Journal journal(64);
        JournalRecorder recorder(*RecordingWriter::create(path(), {}), journal);
        Entry entry;
        entry.kind = EntryKind::EventEmitted;
        const auto append = [&](int from, int to) {
            for (int i = from; i < to; ++i) {
                entry.time_us = i;
                entry.topic = journal.names().intern("order-created");
                journal.append(entry);
            }
        };
        append(0, 40);
        QCOMPARE(recorder.record().value(), std::size_t(40));
        QCOMPARE(recorder.record().value(), std::size_t(0));
        append(40, 240); // the ring has 64
        const std::size_t some = recorder.record().value();
        append(240, 250);
        QVERIFY(recorder.close());
        const auto read = readRecording(path());
        QVERIFY(read);
        QCOMPARE(read->entries.size(), 40 + 1 + some + 10);
        const Entry& gap = read->entries[40];
        QCOMPARE(gap.kind, EntryKind::EntriesMissed);
        QCOMPARE(std::uint64_t(gap.value), recorder.entriesMissed());
        QCOMPARE(std::size_t(gap.value) + some, std::size_t(200));
        QCOMPARE(gap.time_us, read->entries[41].time_us);
        QCOMPARE(read->entries.back().time_us, 249);
        QCOMPARE(recorder.entriesWritten(), std::uint64_t(read->entries.size()));
    }

    /// From the oldest on: what the ring had no more of is a gap, too.
    void recorder_fromTheOldest_tellsOfALostBeginning()
    {
        Journal journal(64);
        Entry entry;
        entry.kind = EntryKind::EventEmitted;
        for (int i = 0; i < 100; ++i) {
            entry.time_us = i;
            journal.append(entry);
        }
        JournalRecorder recorder(*RecordingWriter::create(path(), {}), journal, JournalReader::From::Oldest);
        QVERIFY(recorder.close());
        QCOMPARE(recorder.entriesMissed(), std::uint64_t(36));
        const auto read = readRecording(path());
        QVERIFY(read);
        QCOMPARE(read->entries.size(), std::size_t(65));
        QCOMPARE(read->entries[0].kind, EntryKind::EntriesMissed);
        QCOMPARE(read->entries[0].value, 36);
        QCOMPARE(read->entries[1].time_us, 36);
        QVERIFY(std::uint64_t(QFileInfo(QString::fromStdString(path())).size()) == recorder.bytesWritten());
    }

    void header_holdsTheSystemAsItWas()
    {
        RecordingHeader header;
        header.program = "0.1.0";
        header.system = R"({"name":"recorded","orders":{"count":0},"gateway_latency_ms":0.50})";
        QVERIFY((*RecordingWriter::create(path(), header))->close());
        QCOMPARE(readRecording(path())->header, header);
        QCOMPARE(reasonOf(QByteArray(journal_header).replace("}", R"(,"system":7})")),
                 QByteArray("run.jsonl:1: system: must be a JSON object"));
    }

    void hash_dependsOnTheEntriesOnly()
    {
        Names names, others;
        for (const char* name : {"paid", "z", "orderlab.analytics", "EUR"})
            others.intern(name); // numbers names otherwise
        const auto entries = samples::RunWriter(names).orders(50), same = samples::RunWriter(others).orders(50);
        QVERIFY(entries != same);
        const std::string hash = journalSha256(entries, names);
        QCOMPARE(hash.size(), std::size_t(64));
        QCOMPARE(journalSha256(same, others), hash);
        JournalHash in_batches;
        for (std::size_t at = 0; at < entries.size(); at += 7)
            in_batches.add(std::span(entries).subspan(at, std::min<std::size_t>(7, entries.size() - at)), names);
        QCOMPARE(in_batches.hex(), hash);
        QCOMPARE(in_batches.hex(), hash);
        QCOMPARE(journalSha256({}, names), // of no bytes
                 std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    }

    void hash_seesEveryField_data()
    {
        QTest::addColumn<int>("field");
        const char* fields[] = {"time",  "order", "event", "offset", "value",           "kind", "attempt", "partition",
                                "topic", "group", "actor", "detail", "order of entries"};
        for (int i = 0; i < 13; ++i)
            QTest::newRow(fields[i]) << i;
    }
    void hash_seesEveryField()
    {
        QFETCH(int, field);
        Names names;
        auto entries = samples::RunWriter(names).orders(3);
        const std::string before = journalSha256(entries, names);
        Entry& entry = entries[5];
        const NameId other = names.intern("something else");
        switch (field) {
        case 0: ++entry.time_us; break;
        case 1: entry.order.low ^= 1; break;
        case 2: entry.event.high ^= 1; break;
        case 3: ++entry.offset; break;
        case 4: ++entry.value; break;
        case 5: entry.kind = EntryKind::PublishFailed; break;
        case 6: ++entry.attempt; break;
        case 7: ++entry.partition; break;
        case 8: entry.topic = other; break;
        case 9: entry.group = other; break;
        case 10: entry.actor = other; break;
        case 11: entry.detail = other; break;
        default: std::swap(entries[5], entries[6]); break;
        }
        QVERIFY(journalSha256(entries, names) != before);
    }

    void speed()
    {
        Names names;
        const auto entries = samples::RunWriter(names).orders(10'000);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(write(entries, names));
        const double write_s = double(timer.nsecsElapsed()) / 1e9;
        timer.start();
        const auto read = readRecording(path());
        const double read_s = double(timer.nsecsElapsed()) / 1e9;
        timer.start();
        const std::string hash = journalSha256(entries, names);
        const double hash_s = double(timer.nsecsElapsed()) / 1e9;
        QCOMPARE(journalSha256(read->entries, *read->names), hash);
        const double thousands = double(entries.size()) / 1e3;
        qInfo("%zu entries, %lld bytes each: %.0f thousand a second written, %.0f read, %.0f hashed", entries.size(),
              QFile(QString::fromStdString(path())).size() / qint64(entries.size()), thousands / write_s,
              thousands / read_s, thousands / hash_s);
    }
};

ORDERLAB_TEST(tst_recording, NoApplication, TestRecording)
#include "tst_recording.moc"
