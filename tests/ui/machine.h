#pragma once
#include "desktop.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/worlds/worlds.h"

#include <QTest>

namespace orderlab::ui {

/// With the world of the first start.
inline WindowOptions simulated()
{
    WindowOptions options = Desktop::forgetful();
    options.engine = simulatedEngine();
    return options;
}

/// A window on a simulated world that is known as a whole and rests.
struct Machine : Desktop {
    explicit Machine(WindowOptions options = simulated(), QSize size = {1'600, 1'000})
        : Desktop({}, std::move(options), size)
    {
        if (!whole())
            qFatal("no world");
        bridge().player().setPlaying(false);
    }
    bool whole()
    {
        return waitFor([this] {
            return bridge().frames().isWhole() && bridge().frames().timeline().endIndex() > 0
                   && worlds().shown().outcome.has_value();
        });
    }
    Worlds& worlds() { return *bridge().worlds(); }
    FramePump& frames() { return bridge().frames(); }
    TimelineView& line() { return window.timeline().view(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&line(), key, modifiers); }
    std::string hash() { return whole() ? worlds().shown().outcome->journal_sha256 : std::string(); }
};

} // namespace orderlab::ui
