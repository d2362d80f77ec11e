#pragma once
#include "ui/bridge/frame_pump.h"
#include "ui/bridge/system_commands.h"

namespace orderlab::ui {

/// What can be asked of systems that run elsewhere.
Capabilities attachedOnly();
/// What can be asked of a recording.
Capabilities recordedOnly();

/// Of systems that run elsewhere, and of recordings: all are refused. GUI thread.
class WatchedCommands final : public SystemCommands {
    Q_OBJECT
public:
    WatchedCommands(Capabilities capabilities, const Session& session, const FramePump& frames, QObject* parent);
    /// As the journals tell.
    std::size_t members(const QString& group) const override;

private:
    const FramePump& m_frames;
};

} // namespace orderlab::ui
