#include "ui/canvas/flow_texts.h"

#include "domain/group_roles.h"
#include "ui/models/format.h"
#include "ui/theme/core_text.h"

#include <QCoreApplication>

namespace orderlab::ui {

namespace {

class FlowTexts {
    Q_DECLARE_TR_FUNCTIONS(FlowTexts)
};

} // namespace

QString busPlace(const BusChoice& bus)
{
    switch (bus.kind) {
    case BusKind::Memory: return FlowTexts::tr("in this process");
    case BusKind::EmbeddedKafka: return FlowTexts::tr("Kafka, 3 brokers in this process");
    case BusKind::Kafka: break;
    }
    // The first one will do, where there is little room.
    const bool has_more = bus.brokers.contains(QLatin1Char(','));
    return FlowTexts::tr("Kafka at %1%2")
        .arg(bus.brokers.section(QLatin1Char(','), 0, 0), has_more ? QStringLiteral(", …") : QString());
}

QString orderLine(OrderId id, const OrderState* order, const JournalNames& names)
{
    if (!order || order->user == 0)
        return FlowTexts::tr("Order %1").arg(shortId(id));
    return FlowTexts::tr("Order %1 · %2 · %3 %4 · %5")
        .arg(shortId(id), names.text(order->user), amountText(order->amount_minor), names.text(order->currency),
             coreText(name(order->status)));
}

QString redisTag(const RedisState& redis, bool short_of_room)
{
    if (redis.is_away)
        return FlowTexts::tr("Redis is away");
    const QString words = short_of_room ? FlowTexts::tr("Redis %1 · %2") : FlowTexts::tr("Redis %1 hits · %2 misses");
    return words.arg(grouped(redis.hits), grouped(redis.misses));
}

QString redisSentence(const RedisState& redis)
{
    if (!redis.is_used)
        return {};
    const QString state = redis.is_away ? FlowTexts::tr("Redis is away, so the store is asked at once.")
                                        : FlowTexts::tr("Redis gives first looks; the store decides.");
    return FlowTexts::tr("%1 Until now %2 hits, of which the store did not know %3, %4 misses, of which it knew %5, "
                         "and %6 looks without an answer.")
        .arg(state, grouped(redis.hits), grouped(redis.unconfirmed), grouped(redis.misses), grouped(redis.forgotten),
             grouped(redis.unanswered));
}

QString troubleAt(NodeId node, const SceneData& data)
{
    const FailureMarks& marks = data.marks;
    const auto said = [](const char* who, const Trouble& trouble) {
        return trouble.isEmpty() ? QString() : FlowTexts::tr(who).arg(trouble.text());
    };
    switch (node.kind) {
    case NodeId::Kind::Api: return said(QT_TRANSLATE_NOOP("FlowTexts", "The API: %1."), marks.api);
    case NodeId::Kind::Store:
        return QStringList{said(QT_TRANSLATE_NOOP("FlowTexts", "The store: %1."), marks.store),
                           said(QT_TRANSLATE_NOOP("FlowTexts", "The relay: %1."), marks.relay)}
            .join(QString());
    case NodeId::Kind::Topic: return said(QT_TRANSLATE_NOOP("FlowTexts", "The event bus: %1."), marks.bus);
    case NodeId::Kind::Group: {
        const auto place = std::size_t(node.index);
        if (place >= marks.groups.size() || place >= data.groups.size())
            return {};
        const QString worker = said(QT_TRANSLATE_NOOP("FlowTexts", "A worker: %1."), marks.groups[place].trouble);
        return data.groups[place].name == toQt(group_roles.pays)
                   ? worker + said(QT_TRANSLATE_NOOP("FlowTexts", "The payment gateway: %1."), marks.circuit)
                   : worker;
    }
    case NodeId::Kind::DeadLetters:
    case NodeId::Kind::None: break;
    }
    return {};
}

QString aboutNode(NodeId node, const SceneData& data, const SystemTexts& texts, const QString& store_state)
{
    switch (node.kind) {
    case NodeId::Kind::Api: return texts.api_sentence;
    case NodeId::Kind::Store: {
        const QString sentence = texts.store_sentence.isEmpty() ? store_state : texts.store_sentence;
        const QString redis = redisSentence(data.redis);
        return redis.isEmpty() ? sentence : sentence + QLatin1Char('\n') + redis;
    }
    case NodeId::Kind::Topic:
        return FlowTexts::tr(
                   "Topic %1: %2 published\nEach row is a partition, each mark an event; the small marks below are how "
                   "far each group has committed (F2 tells which), and the line is the lag of the slowest.")
            .arg(toQt(topicName(EventType(node.index))),
                 counted(data.topics[std::size_t(node.index)].published, QT_TRANSLATE_N_NOOP("counted", "%n events")));
    case NodeId::Kind::Group:
        if (std::size_t(node.index) >= data.groups.size()) // Nothing was gathered yet.
            return {};
        if (const GroupCard& group = data.groups[std::size_t(node.index)]; !group.own.isEmpty())
            return FlowTexts::tr("Consumer group %1\nIt is your own: %2\nEnter shows how far it is in every partition.")
                .arg(group.name, group.own);
        return FlowTexts::tr("Consumer group %1\nEnter shows how far it is in every partition.")
            .arg(data.groups[std::size_t(node.index)].name);
    case NodeId::Kind::DeadLetters:
        return FlowTexts::tr(
            "Events that a group gave up on. They are kept, nothing is lost.\nEnter shows them, and what can be done.");
    case NodeId::Kind::None: break;
    }
    return {};
}

} // namespace orderlab::ui
