#include "memory_store/memory_outbox.h"

#include <bitset>

namespace orderlab {

class MemoryOutboxClaim final : public OutboxClaim {
public:
    MemoryOutboxClaim(std::shared_ptr<MemoryOutbox> outbox, MemoryOutbox::Slot& slot, std::vector<Event> events)
        : m_outbox(std::move(outbox)), m_slot(slot), m_events(std::move(events))
    {}
    const std::vector<Event>& inHand() const { return m_events; }
    ~MemoryOutboxClaim() override { m_outbox->letGo(m_slot, m_events); }

    std::span<const Event> events() const override { return m_events; }
    Task<Result<void>> markPublished(std::vector<LogOffset>) override
    {
        if (const Duration latency = m_outbox->m_runtime.hopLatency(Hop::StoreCommit); latency.count() > 0)
            co_await m_outbox->m_runtime.sleep(latency);
        const MutexLock guard(m_slot.mutex);
        m_outbox->m_unpublished.fetch_sub(std::int64_t(m_events.size()));
        m_events.clear();
        co_return Result<void>{};
    }

private:
    const std::shared_ptr<MemoryOutbox> m_outbox;
    MemoryOutbox::Slot& m_slot;
    std::vector<Event> m_events;
};

void MemoryOutbox::Slot::push(Event event)
{
    if (chunks.empty() || chunks.back().size() == chunk_events_max)
        addChunk();
    chunks.back().push_back(std::move(event));
}

void MemoryOutbox::Slot::addChunk()
{
    if (spare.empty()) {
        chunks.emplace_back();
        chunks.back().reserve(chunk_events_max);
    } else {
        chunks.push_back(std::move(spare.back()));
        spare.pop_back();
    }
}

std::int64_t MemoryOutbox::Slot::size() const
{
    std::int64_t size = 0;
    for (const auto& chunk : chunks)
        size += std::int64_t(chunk.size());
    return size;
}

void MemoryOutbox::add(std::vector<Event>& events)
{
    std::bitset<slot_count> touched;
    for (const Event& event : events)
        touched.set(slotOf(event.order));
    std::int64_t claimable = 0;
    for (std::size_t i = 0; i < slot_count; ++i) {
        if (!touched[i])
            continue;
        Slot& slot = m_slots[i];
        const MutexLock guard(slot.mutex);
        std::int64_t count = 0;
        for (Event& event : events) {
            if (slotOf(event.order) != i)
                continue;
            slot.push(std::move(event));
            ++count;
        }
        m_unpublished.fetch_add(count, std::memory_order_relaxed);
        if (!slot.claimed) {
            m_claimable.fetch_add(count, std::memory_order_seq_cst);
            claimable += count;
        }
    }
    becameClaimable(claimable);
}

std::optional<TimePoint> MemoryOutbox::oldest()
{
    std::optional<TimePoint> oldest;
    for (Slot& slot : m_slots) {
        const MutexLock guard(slot.mutex);
        if (slot.chunks.empty() || slot.chunks.front().empty())
            continue;
        const TimePoint first = fromMicros(slot.chunks.front().front().id.version7Ms() * 1'000);
        oldest = oldest ? std::min(*oldest, first) : first;
    }
    return oldest;
}

/// `count` was added to m_claimable before: a relay that is about to wait has announced that before it looks there.
void MemoryOutbox::becameClaimable(std::int64_t count)
{
    if (count == 0 || m_waiting.load(std::memory_order_seq_cst) == 0)
        return;
    {
        const MutexLock guard(m_wait_mutex);
    } // Whoever is about to wait is registered by now.
    m_changed.notifyOne();
}

Task<Result<std::unique_ptr<OutboxClaim>>> MemoryOutbox::claim(std::size_t max)
{
    if (const Duration latency = m_runtime.hopLatency(Hop::StoreRead); latency.count() > 0)
        co_await m_runtime.sleep(latency);
    for (std::size_t i = 0; i < slot_count; ++i) {
        Slot& slot = m_slots[m_next_slot.fetch_add(1, std::memory_order_relaxed) % slot_count];
        const MutexLock guard(slot.mutex);
        if (slot.claimed || slot.chunks.empty())
            continue;
        m_claimable.fetch_sub(slot.size(), std::memory_order_seq_cst);
        slot.claimed = true;
        auto made = std::make_unique<MemoryOutboxClaim>(shared_from_this(), slot, take(slot, max));
        slot.in_hand = &made->inHand();
        std::unique_ptr<OutboxClaim> claim = std::move(made);
        co_return claim;
    }
    co_return std::unique_ptr<OutboxClaim>();
}

std::vector<Event> MemoryOutbox::take(Slot& slot, std::size_t max)
{
    std::vector<Event> events = std::move(slot.chunks.front());
    slot.chunks.pop_front();
    if (events.size() > max) {
        std::vector<Event> rest(std::make_move_iterator(events.begin() + std::ptrdiff_t(max)),
                                std::make_move_iterator(events.end()));
        events.resize(max);
        slot.chunks.push_front(std::move(rest));
    }
    return events;
}

void MemoryOutbox::letGo(Slot& slot, std::vector<Event>& unpublished)
{
    std::int64_t size = 0;
    {
        const MutexLock guard(slot.mutex);
        if (!unpublished.empty())
            slot.chunks.push_front(std::move(unpublished));
        else if (slot.spare.size() < Slot::spare_max)
            slot.spare.push_back(std::move(unpublished));
        slot.claimed = false;
        slot.in_hand = nullptr;
        size = slot.size();
        m_claimable.fetch_add(size, std::memory_order_seq_cst);
    }
    becameClaimable(size);
}

Task<Result<void>> MemoryOutbox::wait()
{
    MutexLock lock(m_wait_mutex);
    if (m_closed)
        co_return Error(closedError("store"));
    m_waiting.fetch_add(1, std::memory_order_seq_cst);
    struct Leave {
        std::atomic<int>& waiting;
        ~Leave() { waiting.fetch_sub(1, std::memory_order_seq_cst); }
    } leave{m_waiting};
    if (m_claimable.load(std::memory_order_seq_cst) > 0)
        co_return Result<void>{};
    co_await m_changed.wait(lock);
    co_return Result<void>{};
}

void MemoryOutbox::close()
{
    {
        const MutexLock guard(m_wait_mutex);
        m_closed = true;
    }
    m_changed.notifyAll();
}

} // namespace orderlab
