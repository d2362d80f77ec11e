#pragma once
#include "ui/bridge/journal_names.h"
#include "ui/bridge/system_texts.h"
#include "ui/canvas/flow_scene.h"
#include "ui/models/bus_text.h"

namespace orderlab::ui {

/// What fits into the frame of the bus: "in this process", "Kafka at one:9092, …".
QString busPlace(const BusChoice& bus);
/// "Order 3f2a · ada · 19.99 EUR · paid"; only the id where `order` is null or not known yet.
QString orderLine(OrderId id, const OrderState* order, const JournalNames& names);
/// "Redis 1 204 hits · 33 misses", or "Redis is away"; `short_of_room`: "Redis 1 204 · 33".
QString redisTag(const RedisState& redis, bool short_of_room);
/// All that is counted, in a sentence; empty while Redis is not used.
QString redisSentence(const RedisState& redis);
/// What is wrong there, in sentences; empty: nothing.
QString troubleAt(NodeId node, const SceneData& data);
/// What it is, and what can be done with it. `store_state`: in place of the store's sentence, while there is none.
QString aboutNode(NodeId node, const SceneData& data, const SystemTexts& texts, const QString& store_state);

} // namespace orderlab::ui
