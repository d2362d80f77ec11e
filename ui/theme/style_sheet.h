#pragma once
#include "ui/theme/palette.h"

namespace orderlab::ui {

/// The application's style sheet in the colours of `palette`.
QString styleSheetOf(const Palette& palette);

} // namespace orderlab::ui
