#pragma once
#include "journal/recording.h"
#include "ui/bridge/fault_control.h"
#include "ui/bridge/session.h"
#include "ui/bridge/system_commands.h"

#include <QElapsedTimer>

namespace orderlab::ui {

/// "12.4 MiB".
QString sizeText(std::uint64_t bytes);

/// Records what the window's system does to a journal file (journal/recording.h), on a thread of its own: packed where
/// the name ends in ".packed", else lines. It begins with all that the journal still has. GUI thread.
class LiveRecorder final : public QObject {
    Q_OBJECT
public:
    static constexpr std::uint64_t mib = std::uint64_t{1} << 20;
    /// Five million entries as lines, eighty million packed: a long day of a busy system, and no disk is full of it.
    static constexpr std::uint64_t bytes_max_default = 1'024 * mib;

    /// These outlive it.
    LiveRecorder(const Session& session, const SystemCommands& commands, const FaultControl& faults, QObject* parent);
    /// As stop().
    ~LiveRecorder() override;

    /// Why nothing can be recorded here, as a sentence; empty: it can.
    QString whyNot() const;
    /// Makes or overwrites `file`. Ends by itself where the file would be larger than `bytes_max`, or cannot be
    /// written; what is written stays readable. Errors: Conflict where one runs or nothing can be recorded; Unavailable
    /// and Exhausted with the system's reason.
    Result<void> start(const QString& file, std::uint64_t bytes_max = bytes_max_default);
    /// Writes what has happened so far and closes the file; blocks as long as that takes. Idempotent.
    void stop();

    bool isRecording() const { return m_work != nullptr; }
    const QString& file() const { return m_file; }
    /// Taken so far; of a packed file the last ones are written with the end.
    std::uint64_t entries() const;
    std::uint64_t bytes() const;
    /// How the last one ended, in a sentence or two; empty before.
    const QString& report() const { return m_report; }

    /// Once a frame: notes growth and the end.
    void follow();

Q_SIGNALS:
    /// It began, has ended, or grew; a few times a second.
    void changed();
    /// With report(). `by_itself`: nobody asked for it.
    void ended(const QString& report, bool by_itself);

private:
    struct Work;
    RecordingHeader headerNow() const;
    void end(bool by_itself);

    const Session& m_session;
    const SystemCommands& m_commands;
    const FaultControl& m_faults;
    std::unique_ptr<Work> m_work; ///< While it records.
    QString m_file;
    QString m_report;
    std::uint64_t m_bytes_told = 0;
    QElapsedTimer m_since_told;
};

} // namespace orderlab::ui
