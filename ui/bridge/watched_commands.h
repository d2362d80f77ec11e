#pragma once
#include "ui/bridge/frame_pump.h"
#include "ui/bridge/system_commands.h"

namespace orderlab::ui {

/// Of systems that run elsewhere: all are refused. GUI thread.
class WatchedCommands final : public SystemCommands {
    Q_OBJECT
public:
    WatchedCommands(const Session& session, const FramePump& frames, QObject* parent);
    /// As the journals tell.
    std::size_t members(const QString& group) const override;

private:
    const FramePump& m_frames;
};

} // namespace orderlab::ui
