#include "http/order_json.h"

#include "journal/story.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace orderlab {

namespace json = boost::json;

namespace {

json::object orderObject(const Order& order)
{
    return {{"id", order.id.toString()},
            {"user_id", order.user_id},
            {"amount", order.total.amountText()},
            {"currency", order.total.currency.code()},
            {"status", name(order.status)},
            {"created_at", toRfc3339(order.created_at)},
            {"updated_at", toRfc3339(order.updated_at)},
            {"version", order.version}};
}

json::object entryObject(const Entry& entry, const Names& names)
{
    json::object object{{"time", toRfc3339(fromMicros(entry.time_us))}, {"kind", name(entry.kind)}};
    const auto addName = [&](const char* key, NameId id) {
        if (id != 0)
            object[key] = names.text(id);
    };
    if (!entry.event.isNull())
        object["event"] = entry.event.toString();
    addName("topic", entry.topic);
    if (entry.topic != 0 && entry.offset >= 0) {
        object["partition"] = entry.partition;
        object["offset"] = entry.offset;
    }
    addName("group", entry.group);
    addName("actor", entry.actor);
    if (entry.attempt != 0)
        object["attempt"] = entry.attempt;
    if (entry.value != 0)
        object["value"] = entry.value;
    addName("detail", entry.detail);
    return object;
}

} // namespace

std::string orderJson(const Order& order)
{
    return json::serialize(orderObject(order));
}

std::string orderPageJson(const OrderPage& page)
{
    json::array orders;
    for (const Order& order : page.orders)
        orders.push_back(orderObject(order));
    json::object document{{"orders", std::move(orders)}};
    if (page.next_cursor.empty())
        document["next_cursor"] = nullptr;
    else
        document["next_cursor"] = page.next_cursor;
    return json::serialize(document);
}

std::string orderStoryJson(const Order& order, std::span<const Entry> entries, const Names& names)
{
    json::array list;
    for (const Entry& entry : entries)
        list.push_back(entryObject(entry, names));
    const Story story = tellStory(entries, names);
    json::array steps;
    for (const StoryStep& step : story.steps) {
        steps.push_back(json::object{{"time", toRfc3339(fromMicros(step.entry.time_us))},
                                     {"after_us", step.entry.time_us - story.facts.accepted_us},
                                     {"kind", name(step.entry.kind)},
                                     {"title", step.title},
                                     {"sentence", step.sentence},
                                     {"unusual", step.is_unusual}});
    }
    return json::serialize(json::object{{"order", orderObject(order)},
                                        {"entries", std::move(list)},
                                        {"steps", std::move(steps)},
                                        {"text", storyText(order.id, story)}});
}

std::string readinessJson(const Result<void>& ready, std::span<const HealthPart> parts)
{
    const auto status = [](bool is_ready) { return is_ready ? "ready" : "not-ready"; };
    json::array list;
    for (const HealthPart& part : parts) {
        json::object object{{"name", part.name}, {"status", status(part.is_ready)}, {"since", toRfc3339(part.since)}};
        if (!part.reason.empty())
            object["reason"] = part.reason;
        list.push_back(std::move(object));
    }
    if (parts.empty()) {
        json::object object{{"name", "system"}, {"status", status(ready.has_value())}};
        if (!ready)
            object["reason"] = ready.error().message;
        list.push_back(std::move(object));
    }
    return json::serialize(json::object{{"status", status(ready.has_value())}, {"parts", std::move(list)}});
}

} // namespace orderlab
