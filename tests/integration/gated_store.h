#pragma once
#include "runtime/runtime.h"
#include "store/forwarding_store.h"

#include <atomic>

namespace orderlab {

/// A store whose answers about idempotency keys and orders take a while, or fail, when a test says so. Everything else
/// is the store behind it.
class GatedStore final : public ForwardingStore {
public:
    GatedStore(Runtime& runtime, std::shared_ptr<Store> inner) : ForwardingStore(std::move(inner)), m_runtime(runtime)
    {}

    std::atomic<int> delay_ms{0};
    std::atomic<bool> away{false};
    std::atomic<int> calls{0};
    std::atomic<int> cancelled{0}; ///< Calls whose caller gave them up.

    Task<Result<std::optional<Order>>> findOrder(OrderId id) override
    {
        const Result<void> passed = co_await gate();
        if (!passed)
            co_return passed.error();
        co_return co_await m_inner->findOrder(id);
    }
    Task<Result<std::optional<IdempotencyRecord>>> findAnswer(std::string key) override
    {
        const Result<void> passed = co_await gate();
        if (!passed)
            co_return passed.error();
        co_return co_await m_inner->findAnswer(std::move(key));
    }
    Task<Result<void>> ping() override { return gate(); }

private:
    struct Call {
        GatedStore& store;
        bool ended = false;
        ~Call() { store.cancelled += !ended; }
    };
    Task<Result<void>> gate()
    {
        ++calls;
        Call call{*this};
        if (const int ms = delay_ms; ms > 0)
            co_await m_runtime.sleep(std::chrono::milliseconds{ms});
        call.ended = true;
        if (away)
            co_return unavailable("the store is away");
        co_return Result<void>{};
    }

    Runtime& m_runtime;
};

} // namespace orderlab
