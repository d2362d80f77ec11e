#pragma once
#include "base/mutex.h"
#include "base/uuid.h"
#include "domain/event.h"
#include "runtime/runtime.h"

#include <span>
#include <unordered_map>
#include <vector>

namespace orderlab {

/// An inbox in Redis instead of the store, as it is often built: each event is marked by SET NX before it is handled,
/// and the mark is taken back when handling fails. For the guarantee DurableInbox. This is no connection to Redis but
/// its semantics in memory, so that simulation has them, too: it survives its clients, it takes part in no transaction,
/// and at its maxmemory it evicts by allkeys-lru: of five keys taken at random, the one that was not used for longest.
/// Any thread.
class ForgetfulInbox {
public:
    /// Its maxmemory: so small that a run of a hundred orders shows what a busy Redis does in an hour.
    static constexpr std::size_t keys_max = 32;

    explicit ForgetfulInbox(Runtime& runtime) : m_runtime(runtime) {}

    /// For each event whether it was marked by this call (SET NX).
    std::vector<bool> mark(std::span<const EventId> events);
    /// Takes the marks back that mark() has made.
    void unmark(std::span<const EventId> events, const std::vector<bool>& marked);

private:
    struct Key {
        EventId event;
        std::uint64_t used = 0; ///< A number that grows with each use.
    };
    void evictOne() ORDERLAB_REQUIRES(m_mutex);
    void erase(std::size_t place) ORDERLAB_REQUIRES(m_mutex);

    Runtime& m_runtime;
    Mutex m_mutex;
    std::vector<Key> m_keys ORDERLAB_GUARDED_BY(m_mutex);
    std::unordered_map<Uuid, std::size_t, UuidHash> m_places ORDERLAB_GUARDED_BY(m_mutex);
    std::uint64_t m_uses ORDERLAB_GUARDED_BY(m_mutex) = 0;
};

} // namespace orderlab
