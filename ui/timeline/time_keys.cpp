#include "ui/timeline/time_keys.h"

#include "ui/worlds/worlds.h"

#include <QKeyEvent>

namespace orderlab::ui {

namespace {

bool isTrouble(const Entry& entry)
{
    return entry.kind == EntryKind::AttemptFailed || entry.kind == EntryKind::ProcessCrashed
           || entry.kind == EntryKind::DeadLettered || entry.kind == EntryKind::InvariantViolated
           || entry.kind == EntryKind::PublishFailed || entry.kind == EntryKind::WorkPaused;
}

std::optional<Entry> lastShown(const FramePump& frames)
{
    const std::uint64_t index = frames.index();
    return index > frames.timeline().firstIndex() ? std::optional(frames.timeline().at(index - 1)) : std::nullopt;
}

bool stepLike(LabBridge& bridge, bool forward, Qt::KeyboardModifiers modifiers, OrderId order)
{
    const std::optional<Entry> last = lastShown(bridge.frames());
    if (modifiers.testFlag(Qt::ShiftModifier)) {
        const Uuid wanted = order.isNull() && last ? last->order : Uuid(order);
        return !wanted.isNull() && bridge.player().stepTo(forward, [&](const Entry& e) { return e.order == wanted; });
    }
    if (!last || last->actor == 0)
        return false;
    return bridge.player().stepTo(forward, [actor = last->actor](const Entry& e) { return e.actor == actor; });
}

} // namespace

bool goToTrouble(LabBridge& bridge, bool forward)
{
    // Promises that broke in a simulated world are known by their time, not by an entry.
    std::optional<std::int64_t> violation;
    if (const Worlds* const worlds = bridge.worlds(); worlds && worlds->shown().outcome) {
        const std::int64_t now_us = bridge.frames().nowUs();
        for (const Violation& one : worlds->shown().outcome->violations) {
            const bool is_there = forward ? one.time_us > now_us : one.time_us < now_us;
            if (is_there && (!violation || (forward ? one.time_us < *violation : one.time_us > *violation)))
                violation = one.time_us;
        }
    }
    bridge.player().pause();
    std::optional<std::uint64_t> place = bridge.player().find(forward, isTrouble);
    if (violation) {
        const std::uint64_t broken = bridge.frames().timeline().indexAfter(*violation);
        if (!place || (forward ? broken < *place : broken > *place))
            place = broken;
    }
    if (place)
        bridge.frames().goTo(*place);
    return place.has_value();
}

bool moveMoment(LabBridge& bridge, const QKeyEvent& event, OrderId order)
{
    const bool is_plain = (event.modifiers() & ~(Qt::ShiftModifier | Qt::ControlModifier | Qt::KeypadModifier)) == 0;
    if (!is_plain)
        return false;
    Player& player = bridge.player();
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const bool forward = event.key() == Qt::Key_Right;
        if (event.modifiers() & (Qt::ShiftModifier | Qt::ControlModifier))
            stepLike(bridge, forward, event.modifiers(), order);
        else
            player.step(forward ? 1 : -1);
        return true;
    }
    case Qt::Key_BracketLeft: goToTrouble(bridge, false); return true;
    case Qt::Key_BracketRight: goToTrouble(bridge, true); return true;
    case Qt::Key_Space: player.toggle(); return true;
    case Qt::Key_Home: player.toStart(); return true;
    case Qt::Key_End:
    case Qt::Key_L: player.toEnd(); return true;
    default: return false;
    }
}

} // namespace orderlab::ui
