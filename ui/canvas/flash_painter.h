#pragma once
#include "ui/canvas/failure_marks.h"
#include "ui/canvas/flow_layout.h"

class QPainter;

namespace orderlab::ui {

struct Palette;

/// Where a strike is seen; empty where there is no such place on the canvas.
QRectF placeOf(const Flash& flash, const FlowLayout& layout);

/// Draws faults that have just struck: an outline that grows and fades, and what happened in a few words.
/// `still`: neither grows nor fades, for those whom moving things disturb.
void drawFlashes(QPainter& painter, const FlowLayout& layout, const FailureMarks& marks, const Palette& palette,
                 std::int64_t now_us, bool still);

} // namespace orderlab::ui
