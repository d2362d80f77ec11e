#pragma once
#include "ui/bridge/session.h"

namespace orderlab::ui {

/// A Lab of this process. GUI thread.
class LabSession final : public Session {
    Q_OBJECT
public:
    using Session::Session;
    SystemTexts texts() const override;
    Label label() const override;

protected:
    Task<Result<Opened>> open() override;
    Task<void> close() override;
    QString startingText() const override;
};

} // namespace orderlab::ui
