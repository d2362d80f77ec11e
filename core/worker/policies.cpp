#include "worker/policies.h"

namespace orderlab {

using namespace std::chrono_literals;

std::string_view name(RetryStyle style)
{
    return style == RetryStyle::Topic ? "topic" : "blocking";
}

Result<RetryStyle> retryStyleOf(std::string_view name)
{
    if (name == "blocking")
        return RetryStyle::Blocking;
    if (name == "topic")
        return RetryStyle::Topic;
    return invalidArgument("retry-style", "must be blocking or topic");
}

Result<void> Policies::validate() const
{
    if (timeout.limit < 1ms || timeout.limit > 1h)
        return invalidArgument("handler-timeout", "must be from 1 ms to 1 h");
    if (retry.max_attempts < 1 || retry.max_attempts > 100)
        return invalidArgument("max-attempts", "must be from 1 to 100");
    if (retry.initial_delay.count() < 0 || retry.max_delay < retry.initial_delay || retry.max_delay > 24h)
        return invalidArgument("retry-delay", "must not be negative, nor above the longest delay, nor that above 24 h");
    if (pause.initial_pause < 1ms || pause.max_pause < pause.initial_pause || pause.max_pause > 1h)
        return invalidArgument("pause", "must be from 1 ms to the longest pause, and that at most 1 h");
    if (pause.conflicts_max < 0)
        return invalidArgument("conflicts-max", "must not be negative");
    if (throttle.events_per_second != 0 && !(throttle.events_per_second >= 0.1 && throttle.events_per_second <= 1e6))
        return invalidArgument("throttle", "must be 0 (off) or from 0.1 to 1,000,000 events a second");
    return breaker.validate();
}

} // namespace orderlab
