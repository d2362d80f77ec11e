#pragma once
#include "base/mutex.h"

#include <cstddef>
#include <memory_resource>
#include <vector>

namespace orderlab {

/// Memory for blocks of rows that live as long as their owner: cut from ever larger chunks and given back by the
/// destructor, all at once; deallocate() does nothing. A table that grows costs the system a call a chunk then, not one
/// a block. Any thread; one lock a call, so ask for blocks, not for rows. Throws std::bad_alloc.
class BlockArena final : public std::pmr::memory_resource {
public:
    BlockArena() = default;
    ~BlockArena() override;
    BlockArena(const BlockArena&) = delete;
    BlockArena& operator=(const BlockArena&) = delete;

private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override;
    void do_deallocate(void*, std::size_t, std::size_t) override {}
    bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override { return this == &other; }
    void addChunk(std::size_t bytes_min) ORDERLAB_REQUIRES(m_mutex);

    Mutex m_mutex;
    std::vector<void*> m_chunks ORDERLAB_GUARDED_BY(m_mutex);
    std::size_t m_chunk_bytes ORDERLAB_GUARDED_BY(m_mutex) = 0; ///< Of the last one.
    void* m_free ORDERLAB_GUARDED_BY(m_mutex) = nullptr;
    std::size_t m_free_bytes ORDERLAB_GUARDED_BY(m_mutex) = 0;
};

} // namespace orderlab
