#pragma once
#include "base/mutex.h"
#include "runtime/notifier.h"
#include "runtime/runtime.h"
#include "store/store.h"
#include "store/store_rows.h"

#include <array>
#include <atomic>
#include <deque>

namespace orderlab {

/// The outbox of a memory store: unpublished events in slots by order, so that one relay at a time has an order's. Any
/// thread. Claims keep it alive.
class MemoryOutbox : public std::enable_shared_from_this<MemoryOutbox> {
public:
    explicit MemoryOutbox(Runtime& runtime) : m_runtime(runtime) {}

    /// Takes the events, those of one order in the order given.
    void add(std::vector<Event>& events);
    Task<Result<std::unique_ptr<OutboxClaim>>> claim(std::size_t max);
    std::int64_t unpublished() const { return m_unpublished.load(); }
    /// Of those that no relay has claimed the one that was written first, by its id.
    std::optional<TimePoint> oldest();
    /// Those that are not published, also if a relay has claimed them; see copyMemoryRows().
    void copyInto(StoreRows& rows);
    Task<Result<void>> wait();
    void close();

private:
    friend class MemoryOutboxClaim;

    /// In chunks, so that a claim takes many events at once.
    struct Slot {
        static constexpr std::size_t chunk_events_max = 256;
        static constexpr std::size_t spare_max = 8;
        Mutex mutex;
        std::deque<std::vector<Event>> chunks ORDERLAB_GUARDED_BY(mutex);
        std::vector<std::vector<Event>> spare ORDERLAB_GUARDED_BY(mutex); ///< Empty, for chunks to come.
        bool claimed ORDERLAB_GUARDED_BY(mutex) = false;
        const std::vector<Event>*
            in_hand ORDERLAB_GUARDED_BY(mutex) = nullptr; ///< Of the claim; changed under the mutex.

        void push(Event event) ORDERLAB_REQUIRES(mutex);
        void addChunk() ORDERLAB_REQUIRES(mutex);
        std::int64_t size() const ORDERLAB_REQUIRES(mutex);
    };
    static constexpr std::size_t slot_count = 4;
    static std::size_t slotOf(const Uuid& order) { return (hashValue(order) >> 44) % slot_count; }

    std::vector<Event> take(Slot& slot, std::size_t max) ORDERLAB_REQUIRES(slot.mutex);
    void letGo(Slot& slot, std::vector<Event>& unpublished);
    void becameClaimable(std::int64_t count);

    Runtime& m_runtime;
    std::array<Slot, slot_count> m_slots;
    std::atomic<std::size_t> m_next_slot{0};
    std::atomic<std::int64_t> m_unpublished{0};
    std::atomic<std::int64_t> m_claimable{0}; ///< Unpublished, and in a slot that nobody has claimed.
    std::atomic<int> m_waiting{0};            ///< Relays that wait, or are about to.
    Mutex m_wait_mutex;
    Notifier m_changed;
    bool m_closed ORDERLAB_GUARDED_BY(m_wait_mutex) = false;
};

} // namespace orderlab
