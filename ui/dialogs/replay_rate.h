#pragma once

class QDoubleSpinBox;
class QWidget;

namespace orderlab::ui {

/// A field for how many dead letters a second a replay of many gives back, at most. The caller's layout owns it.
QDoubleSpinBox* makeReplayRate(QWidget* parent);

} // namespace orderlab::ui
