#include "simulation/fate.h"

#include <boost/json.hpp>

namespace orderlab {

std::string FateReport::toJson() const
{
    namespace json = boost::json;
    const auto pointOf = [](const FatePoint& point) {
        json::object with;
        for (const auto& [guarantee, probability] : point.with)
            with[name(guarantee)] = probability;
        return json::object{{"virtual_seconds", point.virtual_seconds},
                            {"entry", point.entry},
                            {"what", point.what},
                            {"probability", point.probability},
                            {"with", std::move(with)}};
    };
    json::array all, saving;
    for (const FatePoint& point : points)
        all.push_back(pointOf(point));
    for (const Saver& saver : savers)
        saving.push_back(json::object{{"guarantee", name(saver.guarantee)},
                                      {"until_virtual_seconds", saver.until_virtual_seconds},
                                      {"until_entry", saver.until_entry}});
    json::object object{{"seed", seed},
                        {"invariant", violation.invariant},
                        {"order", nullptr},
                        {"virtual_seconds", points.back().virtual_seconds},
                        {"entry", violation.entry},
                        {"explanation", violation.explanation},
                        {"points", std::move(all)},
                        {"savers", std::move(saving)},
                        {"runs", runs}};
    if (!violation.order.isNull())
        object["order"] = violation.order.toString();
    object["jump"] = json::object{{"entry", points[jump].entry},
                                  {"virtual_seconds", points[jump].virtual_seconds},
                                  {"what", points[jump].what},
                                  {"before", beforeJump()},
                                  {"after", points[jump].probability}};
    return json::serialize(object);
}

} // namespace orderlab
