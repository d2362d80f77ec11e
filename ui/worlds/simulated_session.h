#pragma once
#include "ui/bridge/session.h"

namespace orderlab::ui {

/// Worlds that are simulated in this process: nothing has to be started, and no database is needed. Their entries come
/// from Worlds. GUI thread.
class SimulatedSession final : public Session {
    Q_OBJECT
public:
    SimulatedSession(SystemCore& core, QObject* parent);

    /// Of all worlds, so that they can be compared.
    Names& names() override { return m_names; }
    std::unique_ptr<EntrySource> entries() override { return nullptr; }
    SystemTexts texts() const override;
    Label label() const override;

protected:
    Task<Result<Opened>> open() override;
    Task<void> close() override;
    QString startingText() const override;

private:
    Names m_names;
};

} // namespace orderlab::ui
