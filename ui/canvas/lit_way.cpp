#include "ui/canvas/lit_way.h"

#include "domain/group_roles.h"
#include "ui/models/format.h"
#include "ui/theme/palette.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace orderlab::ui {

namespace {

constexpr int no_group = -1;

int placeOfGroup(const std::vector<QString>& groups, const QString& name)
{
    const auto found = std::find(groups.begin(), groups.end(), name);
    return found == groups.end() ? no_group : int(found - groups.begin());
}

NodeId groupNode(int place)
{
    return {NodeId::Kind::Group, place};
}

} // namespace

LitWay litWayOf(const Entry& entry, const JournalNames& names, const std::vector<QString>& groups)
{
    using Kind = EntryKind;
    using Way = RouteKey::Kind;
    constexpr NodeId api{NodeId::Kind::Api, 0}, store{NodeId::Kind::Store, 0}, dead{NodeId::Kind::DeadLetters, 0};
    const EventType topic = names.topic(entry.topic).value_or(EventType::OrderCreated);
    const NodeId topic_node{NodeId::Kind::Topic, int(topic)};
    const int own = placeOfGroup(groups, names.groupLabel(entry.group));
    const int payer = placeOfGroup(groups, toQt(group_roles.pays));
    LitWay lit;
    const auto way = [&](Way kind, int group = no_group) {
        lit.route = RouteKey{kind, topic, entry.partition, std::uint8_t(std::max(group, 0))};
    };
    /// From a worker back to the store.
    const auto effects = [&](int group) {
        if (group == no_group) {
            lit.nodes = {store};
            return;
        }
        way(Way::Effects, group);
        lit.nodes = {groupNode(group), store};
    };
    switch (entry.kind) {
    case Kind::ClientAsked:
    case Kind::ClientAnswered: lit.nodes = {api}; break;
    case Kind::OrderAccepted:
        way(Way::Accept);
        lit.nodes = {api, store};
        break;
    case Kind::EventEmitted:
        if (topic == EventType::PaymentSucceeded || topic == EventType::PaymentFailed
            || topic == EventType::PaymentRefunded)
            effects(payer);
        else
            lit.nodes = {store};
        break;
    case Kind::EventPublished:
        way(Way::Publish);
        lit.nodes = {store, topic_node};
        break;
    case Kind::EventRepublished:
        way(Way::Publish);
        lit.is_backward = true;
        lit.nodes = {topic_node, store};
        break;
    case Kind::EventDelivered:
    case Kind::DuplicateSkipped:
        if (own == no_group)
            break;
        way(Way::Deliver, own);
        lit.nodes = {topic_node, groupNode(own)};
        break;
    case Kind::EventHandled: effects(own); break;
    case Kind::PaymentRecorded: effects(payer); break;
    case Kind::NotificationWritten: effects(placeOfGroup(groups, toQt(group_roles.notifies))); break;
    case Kind::StatusChanged:
        if (names.text(entry.detail) == QLatin1String("canceled")) {
            way(Way::Accept);
            lit.nodes = {api, store};
        } else {
            effects(placeOfGroup(groups, toQt(group_roles.moves_orders)));
        }
        break;
    case Kind::DeadLettered:
    case Kind::DeadLetterDiscarded:
    case Kind::DeadLetterReplayed:
        if (own == no_group)
            break;
        way(Way::Dead, own);
        lit.is_backward = entry.kind == Kind::DeadLetterReplayed;
        lit.nodes = {groupNode(own), dead};
        break;
    case Kind::GatewayCharged:
    case Kind::GatewayDeclined:
    case Kind::GatewayFailed:
    case Kind::GatewayRefunded:
        if (payer != no_group)
            lit.nodes = {groupNode(payer)};
        break;
    case Kind::PublishFailed: lit.nodes = {store}; break;
    default:
        if (own != no_group)
            lit.nodes = {groupNode(own)};
        break;
    }
    return lit;
}

void drawLitWay(QPainter& painter, const LitWay& lit, const FlowLayout& layout, const Routes& routes,
                const Palette& palette)
{
    if (!lit.route && lit.nodes.empty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    for (const NodeId& node : lit.nodes) {
        const QRectF place = layout.rectOf(node);
        if (place.isEmpty())
            continue;
        // Brackets at the corners: what stands on the edges of a card stays to be read.
        const QRectF frame = place.adjusted(-4, -4, 4, 4);
        const double reach = std::min(14.0, frame.height() / 3);
        painter.setPen(QPen(palette.text, 2.4));
        for (const auto& [corner, right, down] :
             {std::tuple{frame.topLeft(), 1, 1}, std::tuple{frame.topRight(), -1, 1},
              std::tuple{frame.bottomLeft(), 1, -1}, std::tuple{frame.bottomRight(), -1, -1}}) {
            painter.drawPolyline(
                QPolygonF({corner + QPointF(0, down * reach), corner, corner + QPointF(right * reach, 0)}));
        }
    }
    if (lit.route) {
        const Route& route = routes.at(*lit.route);
        QPolygonF line;
        for (int i = 0; i <= Route::samples; ++i)
            line << route.at(double(lit.is_backward ? Route::samples - i : i) / Route::samples);
        painter.setPen(QPen(palette.window, 8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(line);
        painter.setPen(QPen(palette.text, 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(line);
        // The head in the middle, where no token or card covers it.
        const QPointF middle = line[Route::samples / 2], before = line[Route::samples / 2 - 2];
        const double length = std::max(1e-3, std::hypot(middle.x() - before.x(), middle.y() - before.y()));
        const QPointF along = (middle - before) / length;
        const QPointF across(-along.y(), along.x());
        painter.setPen(QPen(palette.window, 1.5));
        painter.setBrush(palette.text);
        painter.drawPolygon(
            QPolygonF({middle + along * 9, middle - along * 5 + across * 7, middle - along * 5 - across * 7}));
    }
    painter.restore();
}

} // namespace orderlab::ui
