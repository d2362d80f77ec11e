#pragma once
#include "handlers/handler.h"

#include <memory>

namespace orderlab {

/// The handler of a group whose place another one can take while the system runs. Any thread; replace() only while the
/// group has no members, so that no attempt is under way.
class ReplaceableHandler final : public Handler {
public:
    explicit ReplaceableHandler(std::unique_ptr<Handler> handler) : m_handler(std::move(handler)) {}

    /// `handler` is of the same group and takes the same topics. The one before is destroyed.
    void replace(std::unique_ptr<Handler> handler) { m_handler = std::move(handler); }

    std::string_view name() const override { return m_handler->name(); }
    std::span<const EventType> topics() const override { return m_handler->topics(); }
    bool staysInTransaction() const override { return m_handler->staysInTransaction(); }
    ReadsOfHandler reads() const override { return m_handler->reads(); }
    bool prefersTogether() const override { return m_handler->prefersTogether(); }
    void memberEnded(std::string_view member, bool was_killed) override { m_handler->memberEnded(member, was_killed); }
    Task<Result<void>> handle(const Event& event, HandlerContext& context) override
    {
        return m_handler->handle(event, context);
    }

private:
    std::unique_ptr<Handler> m_handler;
};

} // namespace orderlab
