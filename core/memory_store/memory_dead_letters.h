#pragma once
#include "memory_store/memory_transaction.h"
#include "store/order_cursor.h"

namespace orderlab {

// Questions about the dead letters in memory. The caller holds MemoryEffects::mutex.
DeadLetterPage pageOf(const std::map<Uuid, DeadLetter>& letters, const DeadLetterQuery& query, const RowCursor& cursor);
std::vector<DeadLetterCause> causesOf(const std::map<Uuid, DeadLetter>& letters, const DeadLetterFilter& filter);

/// See Store::claimDeadLetters(). Takes MemoryEffects::mutex itself.
Task<Result<std::unique_ptr<DeadLetterClaim>>> claimDeadLetters(std::shared_ptr<MemoryData> data, std::size_t max);

} // namespace orderlab
