#pragma once
#include <QAction>
#include <QVariant>
#include <QWidget>

namespace orderlab::ui {

/// Enables `control` where there is no reason against it; else disables it, with the reason in place of its tooltip
/// until it is enabled again. A widget or an action. GUI thread.
template <typename Control>
void allow(Control* control, const QString& why_not)
{
    constexpr const char* own = "ownToolTip";
    control->setEnabled(why_not.isEmpty());
    const QVariant kept = control->property(own);
    if (!why_not.isEmpty()) {
        if (!kept.isValid())
            control->setProperty(own, control->toolTip());
        control->setToolTip(why_not);
    } else if (kept.isValid()) {
        control->setToolTip(kept.toString());
        control->setProperty(own, QVariant());
    }
}

} // namespace orderlab::ui
