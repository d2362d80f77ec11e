#pragma once
#include "ui/bridge/session.h"

namespace orderlab::ui {

/// A Lab of this process. GUI thread.
class LabSession final : public Session {
    Q_OBJECT
public:
    LabSession(LabCore& core, QObject* parent) : Session(core, parent), m_lab(core.lab) {}

    Names& names() override { return m_lab.journal().names(); }
    std::unique_ptr<EntrySource> entries() override { return std::make_unique<JournalSource>(m_lab.journal()); }
    const Journal* journal() const override { return &m_lab.journal(); }
    SystemTexts texts() const override;
    Label label() const override;

protected:
    Task<Result<Opened>> open() override;
    Task<void> close() override;
    QString startingText() const override;

private:
    Lab& m_lab;
};

} // namespace orderlab::ui
