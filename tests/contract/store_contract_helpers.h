#pragma once
#include "contract/store_contract.h"

namespace orderlab::test {

/// A record that is none of our events, with these bytes.
inline Event undecodableEvent(EventId id, std::optional<std::string> key, std::optional<std::string> value)
{
    Event event;
    event.id = id;
    event.type = EventType::OrderCanceled;
    event.undecodable = std::make_shared<UndecodableRecord>(UndecodableRecord{
        {ErrorCode::Corrupt, Retry::Never, "ce_id is missing", "ce_id"}, std::move(key), std::move(value)});
    return event;
}

/// Commits after a moment in which somebody begins to wait for it.
inline Task<void> commitLater(Runtime& runtime, std::unique_ptr<Transaction> transaction, std::atomic<int>& failures)
{
    co_await runtime.sleep(std::chrono::milliseconds{50});
    const auto committed = co_await transaction->commit(runtime.now());
    if (!committed)
        ++failures;
}

/// How many events a claim has that is tried again whenever there may be some.
inline Task<Result<std::size_t>> waitAndClaim(Store& store)
{
    for (;;) {
        auto claim = co_await store.claimOutbox(10);
        if (!claim)
            co_return claim.error();
        if (*claim)
            co_return (*claim)->events().size();
        const auto waited = co_await store.waitForOutbox();
        if (!waited)
            co_return waited.error();
    }
}

} // namespace orderlab::test
