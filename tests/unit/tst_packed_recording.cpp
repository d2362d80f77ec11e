#include "journal/entry_json.h"
#include "journal/entry_line.h"
#include "journal/entry_pack.h"
#include "journal/journal_hash.h"
#include "journal/packed_form.h"
#include "journal/recording.h"
#include "journal_samples.h"
#include "query_samples.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <boost/json.hpp>

#include <QFile>
#include <QTemporaryDir>

using namespace orderlab;

namespace {

RecordingHeader sampleHeader()
{
    RecordingHeader header;
    header.started_at = fromMicros(samples::Run::origin_us);
    header.program = "0.1.0";
    header.seed = 7;
    header.scenario = R"({"name":"custom"})";
    return header;
}

/// Where the frames of a packed file begin.
struct FrameAt {
    std::size_t offset = 0;
    PackedFrame frame;
};
std::vector<FrameAt> framesOf(const QByteArray& file)
{
    std::vector<FrameAt> frames;
    const std::string_view bytes(file.constData(), std::size_t(file.size()));
    for (std::size_t at = packed_magic.size(); at + frame_header_bytes <= bytes.size();) {
        FrameAt one{at, {}};
        if (!readFrameHeader(bytes.substr(at, frame_header_bytes), one.frame))
            break;
        frames.push_back(one);
        at += frame_header_bytes + one.frame.length;
    }
    return frames;
}

Entry anyEntry(std::mt19937_64& random)
{
    Entry entry;
    const auto some = [&](auto& member) {
        using Number = std::remove_reference_t<decltype(member)>;
        const std::uint64_t choice = random() % 6;
        member = Number(choice == 0   ? std::numeric_limits<Number>::max()
                        : choice == 1 ? std::numeric_limits<Number>::min()
                        : choice == 2 ? random()
                                      : random() % 3);
    };
    std::uint8_t kind = 0;
    some(kind);
    entry.kind = EntryKind(kind);
    some(entry.time_us);
    some(entry.order.high);
    some(entry.order.low);
    some(entry.event.high);
    some(entry.event.low);
    some(entry.offset);
    some(entry.value);
    some(entry.attempt);
    some(entry.partition);
    some(entry.topic);
    some(entry.group);
    some(entry.actor);
    some(entry.detail);
    return entry;
}

} // namespace

class TestPackedRecording : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    std::string path(const char* name = "run.packed") const { return m_directory.filePath(name).toStdString(); }

    QByteArray write(std::span<const Entry> entries, const Names& names,
                     RecordingForm form = RecordingForm::Packed) const
    {
        auto writer = RecordingWriter::create(path(), sampleHeader(), RecordingWriter::bytes_max_default, form).value();
        for (std::size_t at = 0; at < entries.size(); at += 1'000)
            [&] {
                QVERIFY_RESULT(
                    writer->write(entries.subspan(at, std::min<std::size_t>(1'000, entries.size() - at)), names));
            }();
        [&] { QVERIFY_RESULT(writer->close()); }();
        [&] { QCOMPARE(writer->entriesWritten(), std::uint64_t(entries.size())); }();
        QFile file(QString::fromStdString(path()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    Result<Recording> read(const QByteArray& bytes, const RecordingLimits& limits = {}) const
    {
        QFile file(QString::fromStdString(path()));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return internalError("cannot write");
        file.close();
        return readRecording(path(), limits);
    }

private slots:
    /// The packed form holds what the lines hold, in a tenth of the bytes.
    void aRun_isReadAsItWasWritten()
    {
        const samples::Run run("everything-at-once", 1, 300);
        QVERIFY(run.entries.size() > 10'000);
        const QByteArray lines = write(run.entries, run.names, RecordingForm::Lines);
        const auto plain = readRecording(path());
        const QByteArray packed = write(run.entries, run.names);
        const auto again = readRecording(path());
        QVERIFY_RESULT(plain);
        QVERIFY_RESULT(again);
        QVERIFY(plain->form == RecordingForm::Lines && again->form == RecordingForm::Packed);
        QVERIFY(again->header == sampleHeader() && !again->is_cut_short && again->damages.empty());
        QCOMPARE(again->entries.size(), run.entries.size());
        QCOMPARE(journalSha256(again->entries, *again->names), journalSha256(run.entries, run.names));
        QCOMPARE(journalSha256(plain->entries, *plain->names), journalSha256(run.entries, run.names));
        QVERIFY2(packed.size() * 10 < lines.size(),
                 QByteArray::number(packed.size() * 1.0 / double(run.entries.size())));
        QCOMPARE(write({}, run.names).size(),
                 qsizetype(packed_magic.size() + 2 * frame_header_bytes) + framesOf(packed).front().frame.length);
    }

    void anyEntries_arePackedExactly()
    {
        std::mt19937_64 random(1);
        EntryPacker packer;
        EntryUnpacker unpacker;
        for (int i = 0; i < 300; ++i) {
            std::vector<Entry> entries(random() % 40);
            for (Entry& entry : entries)
                entry = anyEntry(random);
            std::string bytes;
            packer.pack(entries, bytes);
            std::vector<Entry> again(entries.size());
            QVERIFY(unpacker.unpack(bytes, again) && again == entries);
            QVERIFY(entries.empty()
                    || !unpacker.unpack(std::string_view(bytes).substr(0, random() % bytes.size()), again));
            QVERIFY(!unpacker.unpack(bytes + '\0', again));
            again.resize(entries.size() + 1);
            QVERIFY(!unpacker.unpack(bytes, again));
            // Anything else is read as something or refused.
            for (int change = 0; change < 20 && !bytes.empty(); ++change) {
                bytes[random() % bytes.size()] = char(random());
                again.resize(entries.size());
                (void)unpacker.unpack(bytes, again);
            }
        }
    }

    void cutShort_isReadAsFarAsWholeBlocksGo()
    {
        Names names;
        const auto entries = samples::RunWriter(names).orders(7'000);
        QVERIFY(entries.size() > 2 * block_entries_max);
        const QByteArray whole = write(entries, names);
        const auto frames = framesOf(whole);
        std::mt19937 random(1);
        std::vector<qsizetype> sizes{whole.size() - 1};
        for (const FrameAt& one : frames) {
            for (const std::size_t more : {std::size_t(0), std::size_t(10), frame_header_bytes})
                sizes.push_back(qsizetype(one.offset + more));
        }
        for (const qsizetype size : sizes) {
            if (size == whole.size())
                continue;
            std::size_t expected = 0;
            for (const FrameAt& one : frames) {
                if (qsizetype(one.offset + frame_header_bytes + one.frame.length) <= size)
                    expected += one.frame.type == 'E' ? one.frame.count : 0;
            }
            const auto recording = read(whole.left(size));
            if (size < qsizetype(frames[1].offset)) {
                QVERIFY(!recording);
                continue;
            }
            QVERIFY_RESULT(recording);
            QVERIFY2(recording->is_cut_short && recording->damages.empty(), QByteArray::number(size));
            QCOMPARE(recording->entries.size(), expected);
        }
        const auto all = read(whole);
        QVERIFY(all && !all->is_cut_short && all->entries.size() == entries.size());
    }

    /// A damaged place costs its block: that is told, a gap stands for its entries, and the others are read.
    void damaged_theRestIsRead()
    {
        Names names;
        const auto entries = samples::RunWriter(names).orders(12'000);
        const QByteArray whole = write(entries, names);
        const auto frames = framesOf(whole);
        std::size_t blocks = 0;
        for (std::size_t i = 1; i < frames.size(); ++i) {
            const PackedFrame& frame = frames[i].frame;
            for (const std::size_t place : {std::size_t(1), std::size_t(6), std::size_t(10), frame_header_bytes + 40}) {
                if (place >= frame_header_bytes + frame.length)
                    continue;
                QByteArray damaged = whole;
                damaged[qsizetype(frames[i].offset + place)] =
                    char(damaged[qsizetype(frames[i].offset + place)] ^ 0x41);
                const auto recording = read(damaged);
                QVERIFY_RESULT(recording);
                const QByteArray what =
                    QByteArray::number(quint64(i)) + ' ' + frame.type + ' ' + QByteArray::number(quint64(place));
                QVERIFY2(recording->damages.size() == 1, what.constData());
                QCOMPARE(recording->damages[0].offset, std::uint64_t(frames[i].offset));
                QCOMPARE(recording->damages[0].bytes, std::uint64_t(frame_header_bytes + frame.length));
                QCOMPARE(recording->is_cut_short, frame.type == 'Z');
                if (frame.type != 'E') {
                    QCOMPARE(recording->entries.size(), entries.size());
                    continue;
                }
                ++blocks;
                QCOMPARE(recording->entries.size(), entries.size() - frame.count + 1);
                const Entry& gap = recording->entries[frame.first];
                QVERIFY2(gap.kind == EntryKind::EntriesMissed && gap.value == std::int32_t(frame.count),
                         what.constData());
                for (std::size_t at = 0; at < recording->entries.size(); at += 1'009) {
                    if (at == frame.first)
                        continue;
                    const Entry& original = entries[at < frame.first ? at : at + frame.count - 1];
                    QCOMPARE(recording->entries[at].time_us, original.time_us);
                    QVERIFY(recording->entries[at].event == original.event);
                }
            }
        }
        QVERIFY(blocks >= 8);
    }

    void lostNames_areToldAsLost()
    {
        Names names;
        const auto entries = samples::RunWriter(names).orders(100);
        const QByteArray whole = write(entries, names);
        const auto frames = framesOf(whole);
        QVERIFY(frames.size() == 4 && frames[1].frame.type == 'N');
        QByteArray damaged = whole;
        damaged[qsizetype(frames[1].offset + frame_header_bytes + 2)] = 'x';
        const auto recording = read(damaged);
        QVERIFY_RESULT(recording);
        QCOMPARE(recording->entries.size(), entries.size());
        QCOMPARE(recording->names->text(recording->entries[5].topic == 0 ? recording->entries[5].actor
                                                                         : recording->entries[5].topic),
                 std::string_view("(a name that is lost)"));
    }

    void whatIsNoJournal_isRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("reason");
        std::string good, other, no_json;
        putFrame(good, 'H', 0, 0,
                 R"({"format":"orderlab-journal","version":"1.1","started_at":"yesterday","program":"x"})");
        putFrame(other, 'H', 0, 0, R"({"format":"orderlab-journal","version":"2.0"})");
        putFrame(no_json, 'H', 0, 0, "{");
        const QByteArray magic(packed_magic.data(), qsizetype(packed_magic.size()));
        const auto row = [](const char* name, const QByteArray& bytes, const char* reason) {
            QTest::newRow(name) << bytes << QByteArray(reason);
        };
        row("line ends converted", QByteArray("\x89OLJ\n\x1a\n", 7), "byte 0: format: is not an Orderlab journal");
        row("only its begin", magic, "byte 8: header: is damaged, so that nothing can be read");
        row("no JSON", magic + QByteArray::fromStdString(no_json), "byte 8: header: must be a JSON object");
        row("a newer version", magic + QByteArray::fromStdString(other),
            "byte 8: version: 2.0 cannot be read by this program, only 1.x");
        row("a time that is none", magic + QByteArray::fromStdString(good), "byte 8: started_at: expected a time");
    }
    void whatIsNoJournal_isRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, reason);
        const auto recording = read(bytes);
        QVERIFY(!recording);
        QCOMPARE(recording.error().code, ErrorCode::Corrupt);
        const QByteArray message = QByteArray::fromStdString(recording.error().message);
        QVERIFY2(message.startsWith(QByteArray::fromStdString(path()) + ": " + reason), message.constData());
    }

    /// A block that says something that cannot be is left out, although its checksum is right.
    void blocksThatCannotBe_areLeftOut()
    {
        Names names;
        std::vector<Entry> entries(3);
        for (Entry& entry : entries) {
            entry.kind = EntryKind::CircuitClosed;
            entry.time_us = samples::Run::origin_us;
        }
        const QByteArray whole = write(entries, names);
        const auto frames = framesOf(whole);
        const QByteArray begin = whole.left(qsizetype(frames[1].offset));
        const auto with = [&](const std::vector<Entry>& changed, std::uint32_t count, std::uint64_t first, char type) {
            std::string payload, file;
            EntryPacker().pack(changed, payload);
            putFrame(file, type, count, first, payload);
            putFrame(file, 'E', 1, 3, std::string("\x24\x00\x00", 3));
            return read(begin + QByteArray::fromStdString(file));
        };
        const auto unharmed = with(entries, 3, 0, 'E');
        QVERIFY(unharmed && unharmed->damages.empty() && unharmed->entries.size() == 4);
        auto wrong = entries;
        wrong[1].time_us = INT64_MAX;
        QCOMPARE(with(wrong, 3, 0, 'E')->damages.size(), std::size_t(1));
        wrong = entries;
        wrong[1].kind = EntryKind(200);
        QCOMPARE(with(wrong, 3, 0, 'E')->damages.size(), std::size_t(1));
        wrong = entries;
        wrong[1].topic = 9;
        QCOMPARE(with(wrong, 3, 0, 'E')->damages.size(), std::size_t(1));
        QCOMPARE(with(entries, 4, 0, 'E')->damages.size(), std::size_t(1));
        QCOMPARE(with(entries, 0, 0, 'E')->damages.size(), std::size_t(1));
        QCOMPARE(with(entries, 3, 0, '?')->damages.size(), std::size_t(1));
    }

    void limits_areKept()
    {
        Names names;
        const auto entries = samples::RunWriter(names).orders(100);
        const QByteArray whole = write(entries, names);
        RecordingLimits limits;
        limits.entries_max = entries.size();
        QVERIFY_RESULT(read(whole, limits));
        limits.entries_max = entries.size() - 1;
        QCOMPARE(read(whole, limits).error().code, ErrorCode::Exhausted);

        auto full = RecordingWriter::create(path(), sampleHeader(), 20'000, RecordingForm::Packed).value();
        Result<void> written;
        while (written)
            written = full->write(entries, names);
        QCOMPARE(written.error().code, ErrorCode::Exhausted);
        QVERIFY(!full->close());
        QCOMPARE(full->entriesWritten(), std::uint64_t(0)); // not one block
        const auto left = readRecording(path());
        QVERIFY(left && left->is_cut_short && left->entries.empty());
    }

    void progress_goesFromFirstToLast()
    {
        Names names;
        const auto entries = samples::RunWriter(names).orders(12'000);
        for (const RecordingForm form : {RecordingForm::Packed, RecordingForm::Lines}) {
            write(entries, names, form);
            std::vector<double> shares;
            RecordingLimits limits;
            limits.on_progress = [&](double share) { shares.push_back(share); };
            QVERIFY_RESULT(readRecording(path(), limits));
            QVERIFY(shares.size() > 3 && std::is_sorted(shares.begin(), shares.end()));
            QVERIFY(shares.front() < 0.9 && shares.back() > 0.5 && shares.back() <= 1);
        }
    }

    /// The quick reader of lines takes every line that is written of a run, and reads what the thorough one reads.
    void quickLines_areReadAsAnyJson()
    {
        const samples::Run run("everything-at-once", 2, 40);
        std::mt19937 random(1);
        std::size_t taken = 0, refused = 0;
        for (std::size_t i = 0; i < run.entries.size(); ++i) {
            std::string line;
            appendEntryJson(line, run.entries[i], run.names);
            Names quick_names, names;
            Entry quick;
            QVERIFY2(readEntryLine(line, quick, quick_names), line.c_str());
            const auto plain = entryOfJson(boost::json::parse(line).as_object(), names, UnknownMembers::Refused);
            QVERIFY_RESULT(plain);
            QVERIFY(journalSha256(std::span(&quick, 1), quick_names) == journalSha256(std::span(&*plain, 1), names));
            for (int change = 0; change < 6; ++change) {
                std::string other = line;
                const std::size_t at = random() % other.size();
                static constexpr std::string_view bytes = "\"\\{}[]:,0123456789-+.eEabcxZ \n\x01\x7f\xc3";
                const char byte = bytes[random() % bytes.size()];
                if (random() % 3 == 0)
                    other.erase(at, 1 + random() % 3);
                else if (random() % 2 == 0)
                    other.insert(at, 1, byte);
                else
                    other[at] = byte;
                Names other_names, other_quick_names;
                if (!readEntryLine(other, quick, other_quick_names)) {
                    ++refused;
                    continue;
                }
                ++taken;
                boost::system::error_code error;
                const auto value = boost::json::parse(other, error);
                QVERIFY2(!error && value.is_object(), other.c_str());
                const auto thorough = entryOfJson(value.as_object(), other_names, UnknownMembers::Refused);
                QVERIFY2(thorough, other.c_str());
                QVERIFY2(journalSha256(std::span(&quick, 1), other_quick_names)
                             == journalSha256(std::span(&*thorough, 1), other_names),
                         other.c_str());
            }
        }
        QVERIFY(taken > 1'000 && refused > 1'000);
    }
};

ORDERLAB_TEST(tst_packed_recording, NoApplication, TestPackedRecording)
#include "tst_packed_recording.moc"
