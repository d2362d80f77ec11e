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

} // namespace orderlab::test
