#include "ui/bridge/watched_commands.h"

namespace orderlab::ui {

Capabilities attachedOnly()
{
    return Capabilities(WatchedCommands::tr(
                            "This window is attached to systems that run elsewhere and only looks at them. To change "
                            "something, use their API or orderlabd, or start a window without --attach."))
        .with(Ask::DecideDeadLetters,
              WatchedCommands::tr("Dead letters lie in a store elsewhere. To decide about them, use orderlabd "
                                  "dead-letters, or the API there."));
}

Capabilities recordedOnly()
{
    return Capabilities(WatchedCommands::tr("This is a recording: it can be looked at, not changed. It can be made a "
                                            "world (File, Simulate this recording, or Turn into a scenario)."));
}

WatchedCommands::WatchedCommands(Capabilities capabilities, const Session& session, const FramePump& frames,
                                 QObject* parent)
    : SystemCommands(std::move(capabilities), session, parent), m_frames(frames)
{}

std::size_t WatchedCommands::members(const QString& group) const
{
    return membersIn(m_frames, group);
}

} // namespace orderlab::ui
