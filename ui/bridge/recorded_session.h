#pragma once
#include "journal/recording.h"
#include "ui/bridge/session.h"

namespace orderlab::ui {

/// By what the file begins with: a scenario is one JSON object, too. Blocks for a moment.
bool isJournalFile(const QString& file);

/// A journal file, to be looked at. It is read behind the window. GUI thread.
class RecordedSession final : public Session {
    Q_OBJECT
public:
    RecordedSession(SystemCore& core, QString file, QObject* parent);

    Names& names() override { return m_names; }
    /// Once it is opened.
    std::unique_ptr<EntrySource> entries() override;
    SystemTexts texts() const override;
    Label label() const override;
    /// When the first of its entries was; 0 for an empty one.
    std::int64_t firstUs() const { return m_first_us; }
    const QString& file() const { return m_file; }
    /// What it says of itself; a simulated run can be made again.
    const RecordingHeader& header() const { return m_recording->header; }

protected:
    Task<Result<Opened>> open() override;
    Task<void> close() override;
    QString startingText() const override;

private:
    QString fileName() const;

    const QString m_file;
    Names m_names;
    std::int64_t m_first_us = 0; ///< The runtime's until it is opened, as the next.
    std::shared_ptr<Recording> m_recording = std::make_shared<Recording>(); ///< The runtime's until it is opened.
};

} // namespace orderlab::ui
