#include "lab/telemetry_system.h"

#include "lab/lab.h"
#include "observe/span_conventions.h"

namespace orderlab {

Telemetry::System telemetrySystemOf(const Lab& lab, bool is_https)
{
    const LabConfig& config = lab.config();
    return {
        [&lab] { return lab.busKind() == BusKind::Memory ? conventions::system_memory : conventions::system_kafka; },
        config.bus == BusKind::Memory ? std::string() : config.topic_prefix,
        config.store == StoreKind::Memory ? std::string() : std::string(conventions::db_postgresql), is_https};
}

} // namespace orderlab
