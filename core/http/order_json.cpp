#include "http/order_json.h"

#include "journal/entry_json.h"
#include "journal/story.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

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
    std::string text = "{\"order\":" + orderJson(order) + ",\"entries\":[";
    for (const Entry& entry : entries) {
        if (text.back() != '[')
            text += ',';
        appendEntryJson(text, entry, names);
    }
    return text + "],\"steps\":" + json::serialize(steps)
           + ",\"text\":" + json::serialize(json::string(storyText(order.id, story))) + '}';
}

std::string readinessJson(const Result<void>& ready, std::span<const HealthPart> parts)
{
    const auto status = [](bool is_ready) { return is_ready ? "ready" : "not-ready"; };
    json::array list;
    for (const HealthPart& part : parts) {
        const char* word = part.is_ready || part.is_needed ? status(part.is_ready) : "degraded";
        json::object object{{"name", part.name}, {"status", word}, {"since", toRfc3339(part.since)}};
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
