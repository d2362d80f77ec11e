#pragma once
#include "kafka/shared_journal.h"
#include "ui/bridge/session.h"

namespace orderlab::ui {

/// The systems of other processes, as they share their journals on the config's Kafka cluster. GUI thread.
class WatchedSession final : public Session {
    Q_OBJECT
public:
    using Session::Session;
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
    std::unique_ptr<SharedJournal> m_shared; ///< The runtime's until it runs; constant from then on.
};

} // namespace orderlab::ui
