#pragma once
#include "kafka/shared_journal.h"
#include "ui/bridge/session.h"

namespace orderlab::ui {

/// The systems of other processes, as they share their journals on the config's Kafka cluster. GUI thread.
class WatchedSession final : public Session {
    Q_OBJECT
public:
    WatchedSession(SystemCore& core, QObject* parent) : Session(core, parent), m_journal(core.config.journal_capacity)
    {}

    Names& names() override { return m_journal.names(); }
    std::unique_ptr<EntrySource> entries() override { return std::make_unique<JournalSource>(m_journal); }
    const Journal* journal() const override { return &m_journal; }
    SystemTexts texts() const override;
    Label label() const override;
    /// "host/pid" of those that share their journals; none before it runs.
    QStringList processes() const;

protected:
    Task<Result<Opened>> open() override;
    Task<void> close() override;
    QString startingText() const override;

private:
    QString brokers() const;

    Journal m_journal;
    std::unique_ptr<SharedJournal> m_shared; ///< The runtime's until it runs; constant from then on.
};

} // namespace orderlab::ui
