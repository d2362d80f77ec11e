#pragma once
#include "ui/bridge/lab_bridge.h"

class QKeyEvent;

namespace orderlab::ui {

/// The keys that move the moment: ← and → an entry, with Shift of the same order, with Ctrl of the same worker; [ and ]
/// to the previous and the next trouble; Space plays; L to what happens now; Home and End. False: none of them.
/// `order`: for Shift; null: that of the entry shown last.
bool moveMoment(LabBridge& bridge, const QKeyEvent& event, OrderId order);
/// To the previous or the next trouble: a failed attempt, a crash, a dead letter, a broken promise. False: there is
/// none.
bool goToTrouble(LabBridge& bridge, bool forward);

} // namespace orderlab::ui
