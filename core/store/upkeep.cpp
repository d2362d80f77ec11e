#include "store/upkeep.h"

namespace orderlab {

Result<void> StoreBounds::validate() const
{
    const std::pair<const char*, Duration> all[] = {{"keep-inbox", inbox},
                                                    {"keep-keys", keys},
                                                    {"keep-notifications", notifications},
                                                    {"keep-outbox", outbox},
                                                    {"keep-analytics", analytics}};
    for (const auto& [name, bound] : all) {
        if (bound < min || bound > max)
            return invalidArgument(name, "must be from 1s to 36500d");
    }
    if (outbox >= inbox)
        return invalidArgument(
            "keep-inbox",
            "must be longer than --keep-outbox: an event that is published again after its inbox rows are "
            "gone would be handled twice");
    return {};
}

void Cleaned::add(const Cleaned& other)
{
    outbox += other.outbox;
    inbox += other.inbox;
    keys += other.keys;
    notifications += other.notifications;
    analytics += other.analytics;
    has_more = other.has_more;
}

} // namespace orderlab
