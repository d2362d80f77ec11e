#include "ui/canvas/flash_painter.h"

#include "ui/canvas/scene_paint.h"
#include "ui/canvas/shaped_texts.h"
#include "ui/theme/palette.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace orderlab::ui {

QRectF placeOf(const Flash& flash, const FlowLayout& layout)
{
    switch (flash.place) {
    case StrikePlace::Api: return layout.api;
    case StrikePlace::Store: return layout.store;
    case StrikePlace::Relay: return layout.relay;
    case StrikePlace::Bus: return layout.bus;
    case StrikePlace::Group:
        return flash.group >= 0 && std::size_t(flash.group) < layout.groups.size()
                   ? layout.groups[std::size_t(flash.group)]
                   : QRectF();
    case StrikePlace::Gateway: return layout.gateway;
    case StrikePlace::System: return {layout.api.left(), 8, layout.bus.left() - layout.api.left() - 8, 20};
    }
    return {};
}

namespace {

/// Where the words stand: on the upper edge of a box, beside what is written in it otherwise.
QRectF wordsOf(const Flash& flash, const FlowLayout& layout, const QRectF& place, double width)
{
    if (flash.place == StrikePlace::Gateway) {
        // Opposite the chip of an open circuit, which has all of the gateway's place.
        const auto card = std::find_if(layout.groups.begin(), layout.groups.end(),
                                       [&](const QRectF& box) { return box.intersects(place); });
        return {place.right() - width, (card == layout.groups.end() ? place : *card).top() - 11, width, 18};
    }
    if (flash.place == StrikePlace::Relay || flash.place == StrikePlace::System)
        return {place.left(), place.top(), width, 18};
    return {place.left() + 10, place.top() - 9, width, 18};
}

} // namespace

void drawFlashes(QPainter& painter, const FlowLayout& layout, const FailureMarks& marks, const Palette& palette,
                 std::int64_t now_us, bool still)
{
    const QFont font = Theme::textFont(11, QFont::DemiBold);
    for (const Flash& flash : marks.flashes) {
        const QRectF place = placeOf(flash, layout);
        const double part = double(now_us - flash.time_us) / double(FailureMarks::flash_us);
        if (place.isEmpty() || part < 0 || part >= 1)
            continue;
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        const bool has_outline = flash.place != StrikePlace::System && flash.place != StrikePlace::Relay
                                 && flash.place != StrikePlace::Gateway;
        if (has_outline) {
            const double grown = still ? 2 : 1 + 6 * part;
            painter.setOpacity(still ? 1 : 1 - part * part);
            painter.setPen(QPen(palette.failure, still ? 2.5 : 3.5 - 2 * part));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(place.adjusted(-grown, -grown, grown, grown), 10 + grown, 10 + grown);
        }
        if (flash.words.isEmpty()) {
            painter.restore();
            continue;
        }
        // The words stay readable until the end.
        painter.setOpacity(still ? 1 : std::min(1.0, 3 * (1 - part)));
        const QString words = flash.place == StrikePlace::Relay
                                  ? QCoreApplication::translate("MarkTexts", "relay: %1").arg(flash.words)
                                  : flash.words;
        const QRectF box = wordsOf(flash, layout, place, textWidth(font, words) + 18);
        chip(painter, box, palette.failure, font, palette.window, words);
        painter.restore();
    }
}

} // namespace orderlab::ui
