#include "fault_model/guarantees.h"

namespace orderlab {

namespace {
constexpr std::array<std::string_view, guarantee_count> guarantee_names = {
    "outbox", "inbox", "ack-after-processing", "idempotency-key", "payment-key", "durable-inbox"};
} // namespace

std::string_view name(Guarantee guarantee)
{
    return guarantee_names[std::size_t(guarantee)];
}

Result<Guarantee> guaranteeOf(std::string_view name)
{
    for (std::size_t i = 0; i < guarantee_names.size(); ++i) {
        if (guarantee_names[i] == name)
            return Guarantee(i);
    }
    return invalidArgument(
        "guarantee", "must be one of outbox, inbox, ack-after-processing, idempotency-key, payment-key, durable-inbox");
}

} // namespace orderlab
