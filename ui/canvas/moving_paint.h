#pragma once
#include "ui/canvas/flow_scene.h"
#include "ui/canvas/tiles.h"
#include "ui/canvas/token_field.h"
#include "ui/canvas/zoom_pan.h"

#include <functional>

namespace orderlab::ui {

/// How long a group's ring glows after a token has arrived, in seconds of animation.
inline constexpr double ring_glow_s = 0.7;
inline constexpr double token_radius = 7;

/// Where a token is drawn: on its way, or with less motion (Motion) at its start and then at its end.
QPointF shownAt(const Token& token, const Routes& routes, double time_s);
/// What moves every frame: the rings of the groups, then the tokens. `marks` is flushed. GUI thread.
void drawRings(QPainter& painter, const FlowLayout& layout, const SceneData& data, const TokenField& tokens,
               TokenAtlas& marks, std::int64_t now_us);
void drawTokens(QPainter& painter, const Routes& routes, const SceneData& data, const TokenField& tokens,
                TokenAtlas& marks);
/// Whose order a token is of, and where that is written.
struct TokenName {
    QPointF token;
    QString name;
};
/// A name for each order that is on its way, at one of its tokens; none at all where more than `names_max` tokens are:
/// they would hide each other. `nameOf`: empty where it is not known.
inline constexpr std::size_t names_max = 60;
std::vector<TokenName> tokenNames(const Routes& routes, const TokenField& tokens,
                                  const std::function<QString(const OrderId&)>& nameOf);
void drawNames(QPainter& painter, const std::vector<TokenName>& names);
/// Marks where drawRings() and drawTokens() draw, as seen in `view`; `with_names`: and drawNames().
void coverMoving(Tiles& tiles, const FlowLayout& layout, const Routes& routes, const TokenField& tokens,
                 const ZoomPan& view, bool with_names);
/// In place of tokens, where no order has come yet. `hint`: empty: none.
void drawEmptyFlow(QPainter& painter, const FlowLayout& layout, const QString& title, const QString& hint);

} // namespace orderlab::ui
