#include "headless/server_recording.h"

#include "simulation/scenario.h"

#include <filesystem>

namespace orderlab {

namespace {

constexpr Duration record_interval{std::chrono::milliseconds{50}};
constexpr int record_reads_max = 64; ///< In a row.

RecordingHeader headerOf(Lab& lab, TimePoint now)
{
    const LabConfig& config = lab.config();
    Scenario system;
    system.name = "recorded";
    system.orders.count = 0;
    system.topology.partitions = config.partitions;
    system.topology.members = config.members;
    system.policies = config.policies;
    system.gateway_latency = config.gateway.latency;
    system.guarantees = lab.faults().guarantees();
    RecordingHeader header;
    header.started_at = now;
    header.program = ORDERLAB_VERSION;
    header.system = system.toJsonNode().toJson();
    return header;
}

} // namespace

Result<std::unique_ptr<ServerRecording>> ServerRecording::create(Runtime& observers, Lab& lab, const std::string& path,
                                                                 std::uint64_t bytes_max,
                                                                 std::shared_ptr<spdlog::logger> log)
{
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored))
        return Error{ErrorCode::AlreadyExists, Retry::Never, path + " exists: a recording overwrites nothing",
                     "record"};
    auto writer = RecordingWriter::create(path, headerOf(lab, observers.now()), bytes_max,
                                          path.ends_with(".packed") ? RecordingForm::Packed : RecordingForm::Lines);
    if (!writer)
        return writer.error();
    return std::unique_ptr<ServerRecording>(
        new ServerRecording(observers, std::move(*writer), lab, path, std::move(log)));
}

ServerRecording::ServerRecording(Runtime& observers, std::unique_ptr<RecordingWriter> writer, Lab& lab,
                                 std::string path, std::shared_ptr<spdlog::logger> log)
    : m_observers(observers), m_path(std::move(path)), m_log(std::move(log)),
      m_recorder(std::move(writer), lab.journal(), JournalReader::From::Oldest), m_running(observers)
{}

bool ServerRecording::record()
{
    for (int i = 0; i < record_reads_max && !m_has_failed; ++i) {
        const auto count = m_recorder.record();
        if (!count) {
            m_has_failed = true;
            m_log->error("the recording has ended: {}. What is in {} can be opened", count.error().message, m_path);
        } else if (*count == 0) {
            break;
        }
    }
    return !m_has_failed;
}

Task<void> ServerRecording::follow()
{
    while (record())
        co_await m_observers.sleep(record_interval);
}

Task<void> ServerRecording::stop()
{
    m_running.cancel();
    co_await m_running.join();
    const auto closed = m_recorder.close();
    if (!closed && !m_has_failed)
        m_log->error("the recording is not whole: {}", closed.error().message);
    m_log->info("recorded: {}, {} entries, {} bytes; open it with: orderlab {}", m_path, m_recorder.entriesWritten(),
                m_recorder.bytesWritten(), m_path);
    if (m_recorder.entriesMissed() > 0)
        m_log->warn("{} entries are not in the recording: the journal no longer had them", m_recorder.entriesMissed());
}

} // namespace orderlab
