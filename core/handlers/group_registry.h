#pragma once
#include "gateway/payment_gateway.h"
#include "handlers/handler.h"

#include <memory>
#include <string>
#include <vector>

namespace orderlab {

/// What handlers may call besides their transaction. Outlives them.
struct HandlerResources {
    PaymentGateway& gateway;
};

/// A consumer group of the system: one constant in one file of this folder, and a line in group_registry.cpp. Options,
/// help, subscriptions, workers, canvas and stories read it here.
struct GroupKind {
    std::string_view name;                 ///< Without prefix: "payment".
    std::string_view purpose;              ///< What it does, in a few words, for help and tooltips.
    std::span<const EventType> topics;     ///< What it takes.
    std::span<const EventType> emits = {}; ///< What it may emit.
    ReadsOfHandler reads = ReadsOfHandler::Unknown;
    bool calls_gateway = false;
    bool settles_orders = false; ///< No order becomes final without it.
    std::unique_ptr<Handler> (*make)(const HandlerResources&) = nullptr;
};

/// All groups, in the order in which they are shown and started.
std::span<const GroupKind* const> groupKinds();
/// By its name without prefix; null: there is none.
const GroupKind* findGroupKind(std::string_view name);
std::vector<std::string> groupNames();
/// "payment, notification, …"
std::string groupNamesText();

/// A handler that is what its group says. For handlers of the registry.
class GroupHandler : public Handler {
public:
    explicit GroupHandler(const GroupKind& kind) : m_kind(kind) {}
    std::string_view name() const final { return m_kind.name; }
    std::span<const EventType> topics() const final { return m_kind.topics; }
    bool staysInTransaction() const final { return !m_kind.calls_gateway; }
    ReadsOfHandler reads() const final { return m_kind.reads; }

private:
    const GroupKind& m_kind;
};

} // namespace orderlab
