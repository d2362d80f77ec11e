#include "ui/dialogs/replay_rate.h"

#include "ui/bridge/dead_letter_desk.h"

#include <QDoubleSpinBox>

namespace orderlab::ui {

QDoubleSpinBox* makeReplayRate(QWidget* parent)
{
    auto* rate = new QDoubleSpinBox(parent);
    rate->setObjectName(QStringLiteral("replayRate"));
    rate->setRange(replay_rate_min, replay_rate_max);
    rate->setDecimals(1);
    rate->setValue(replay_rate_usual);
    rate->setAccessibleName(QDoubleSpinBox::tr("Replays a second, at most"));
    rate->setToolTip(
        QDoubleSpinBox::tr("It protects a group that has just recovered. A simulated world replays all at the "
                           "moment shown."));
    return rate;
}

} // namespace orderlab::ui
