#include "ui/bridge/live_recorder.h"

#include "simulation/scenario.h"
#include "ui/bridge/lab_session.h"
#include "ui/models/format.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QSemaphore>

#include <thread>

namespace orderlab::ui {

namespace {

constexpr int record_every_ms = 50; ///< The ring has room for what 5 million entries a second are in that time.
constexpr int told_every_ms = 250;
const QString packed_ending = QStringLiteral(".packed");

} // namespace

QString sizeText(std::uint64_t bytes)
{
    return QLocale::c().formattedDataSize(qint64(bytes), 1);
}

/// The thread, and what it shares with the window.
struct LiveRecorder::Work {
    explicit Work(std::unique_ptr<JournalRecorder> r) : recorder(std::move(r)), thread([this] { run(); }) {}
    ~Work() { finish(); }

    /// Has it write what is there and close; waits.
    void finish()
    {
        asked_to_end.release();
        if (thread.joinable())
            thread.join();
    }

    void run()
    {
        bool goes_on = true;
        while (goes_on) {
            const auto count = recorder->record();
            if (!count)
                break;
            entries += *count;
            bytes = recorder->bytesWritten();
            if (*count == 0)
                goes_on = !asked_to_end.tryAcquire(1, record_every_ms);
        }
        outcome = recorder->close();
        bytes = recorder->bytesWritten();
        is_over = true;
    }

    const std::unique_ptr<JournalRecorder> recorder; ///< The thread's until it is over.
    Result<void> outcome;                            ///< Likewise.
    QSemaphore asked_to_end;
    std::atomic<std::uint64_t> entries{0}, bytes{0};
    std::atomic<bool> is_over{false};
    std::thread thread; ///< Last: it uses the others.
};

LiveRecorder::LiveRecorder(const Session& session, const SystemCommands& commands, const FaultControl& faults,
                           QObject* parent)
    : QObject(parent), m_session(session), m_commands(commands), m_faults(faults)
{}

LiveRecorder::~LiveRecorder()
{
    stop();
}

QString LiveRecorder::whyNot() const
{
    if (!m_session.journal())
        return tr("Only what a real system does is recorded. A simulated run can be made again at any time "
                  "from its line; orderlabd simulate --journal writes it to a file.");
    return m_session.state() == Session::State::Stopped ? tr("The system has ended.") : QString();
}

/// How the system is set now, so that a scenario can be made of the recording. Of systems elsewhere it is not known.
RecordingHeader LiveRecorder::headerNow() const
{
    RecordingHeader header;
    header.started_at = m_session.startedAt();
    header.program = ORDERLAB_VERSION;
    if (!qobject_cast<const LabSession*>(&m_session))
        return header;
    const LabConfig& config = m_session.config();
    Scenario system;
    system.name = "recorded";
    system.orders.count = 0;
    system.topology.partitions =
        m_commands.partitions() > 0 ? std::uint16_t(m_commands.partitions()) : config.partitions;
    system.topology.members = config.members;
    system.policies = config.policies;
    system.gateway_latency = config.gateway.latency;
    system.guarantees = m_faults.guarantees();
    for (const std::string& group : config.workers) {
        const std::size_t members = m_commands.members(toQt(group));
        if (members > 0 && members != config.members)
            system.changes.push_back({Duration{0}, SetMembers{members, group}});
    }
    header.system = system.toJsonNode().toJson();
    return header;
}

Result<void> LiveRecorder::start(const QString& file, std::uint64_t bytes_max)
{
    const QString why_not =
        isRecording() ? tr("%1 is being recorded already.").arg(QDir::toNativeSeparators(m_file)) : whyNot();
    if (!why_not.isEmpty())
        return Error{ErrorCode::Conflict, Retry::Never, why_not.toStdString(), {}};
    const auto form = file.endsWith(packed_ending, Qt::CaseInsensitive) ? RecordingForm::Packed : RecordingForm::Lines;
    auto writer =
        RecordingWriter::create(QFileInfo(file).absoluteFilePath().toStdString(), headerNow(), bytes_max, form);
    if (!writer)
        return writer.error();
    m_file = QFileInfo(file).absoluteFilePath();
    m_report.clear();
    m_bytes_told = 0;
    m_since_told.start();
    m_work = std::make_unique<Work>(
        std::make_unique<JournalRecorder>(std::move(*writer), *m_session.journal(), JournalReader::From::Oldest));
    Q_EMIT changed();
    return {};
}

void LiveRecorder::stop()
{
    if (m_work)
        end(false);
}

void LiveRecorder::end(bool by_itself)
{
    m_work->finish();
    const JournalRecorder& recorder = *m_work->recorder;
    const QString count = grouped(std::int64_t(recorder.entriesWritten()));
    m_report = m_work->outcome
                   ? tr("Recorded: %1 has %2 entries, %3.").arg(m_file, count, sizeText(recorder.bytesWritten()))
                   : tr("The recording has ended. %1. The file has %2 entries, %3, and can be "
                        "opened.")
                         .arg(toQt(m_work->outcome.error().message), count, sizeText(recorder.bytesWritten()));
    if (recorder.entriesMissed() > 0)
        m_report = tr("%1 %2 earlier or later entries are missing: the journal no longer had them.")
                       .arg(m_report, grouped(std::int64_t(recorder.entriesMissed())));
    m_work.reset();
    Q_EMIT changed();
    Q_EMIT ended(m_report, by_itself);
}

std::uint64_t LiveRecorder::entries() const
{
    return m_work ? m_work->entries.load() : 0;
}

std::uint64_t LiveRecorder::bytes() const
{
    return m_work ? m_work->bytes.load() : 0;
}

void LiveRecorder::follow()
{
    if (!m_work)
        return;
    if (m_work->is_over) {
        end(true);
        return;
    }
    const std::uint64_t bytes = this->bytes();
    if (bytes != m_bytes_told && m_since_told.hasExpired(told_every_ms)) {
        m_bytes_told = bytes;
        m_since_told.start();
        Q_EMIT changed();
    }
}

} // namespace orderlab::ui
