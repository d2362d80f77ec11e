#include "journal/entry.h"

#include <array>

namespace orderlab {

namespace {
constexpr std::array<std::string_view, entry_kind_count> kind_names = {
    "none",
    "order-accepted",
    "status-changed",
    "event-emitted",
    "event-published",
    "event-delivered",
    "event-handled",
    "duplicate-skipped",
    "attempt-failed",
    "retry-scheduled",
    "dead-lettered",
    "offset-committed",
    "gateway-charged",
    "gateway-declined",
    "gateway-failed",
    "gateway-refunded",
    "payment-recorded",
    "notification-written",
    "member-joined",
    "member-left",
    "partition-assigned",
    "partition-revoked",
    "work-paused",
    "work-resumed",
    "publish-failed",
    "entries-missed",
    "fault-injected",
    "guarantee-switched",
    "faults-changed",
    "process-crashed",
    "process-restarted",
    "client-asked",
    "client-answered",
    "event-parked",
    "dead-letter-replayed",
    "dead-letter-discarded",
    "circuit-opened",
    "circuit-closed",
    "work-throttled",
    "offsets-reset",
    "invariant-violated",
    "bus-switched",
    "event-republished",
    "log-replaced",
};
} // namespace

std::string_view name(EntryKind kind)
{
    const auto index = std::size_t(kind);
    return index < kind_names.size() ? kind_names[index] : "unknown";
}

EntryKind entryKindOf(std::string_view name)
{
    for (std::size_t i = 1; i < kind_names.size(); ++i) {
        if (kind_names[i] == name)
            return EntryKind(i);
    }
    return EntryKind::None;
}

} // namespace orderlab
