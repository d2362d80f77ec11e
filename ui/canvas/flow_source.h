#pragma once
#include "ui/bridge/lab_bridge.h"

namespace orderlab::ui {

/// What the event flow is drawn from: the system behind the window, or another world beside it. References outlive the
/// view.
struct FlowSource {
    const FramePump& frames;
    const Session& session;
    const SystemCommands& commands;
    const StoreReader& store;
    const DeadLetterDesk& letters;

    static FlowSource of(const LabBridge& bridge)
    {
        return {bridge.frames(), bridge.session(), bridge.commands(), bridge.store(), bridge.deadLetters()};
    }
};

} // namespace orderlab::ui
