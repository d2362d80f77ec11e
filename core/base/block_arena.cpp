#include "base/block_arena.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>

namespace orderlab {

namespace {
constexpr std::size_t first_chunk_bytes = std::size_t{256} << 10;
constexpr std::size_t chunk_bytes_max = std::size_t{32} << 20;
} // namespace

BlockArena::~BlockArena()
{
    for (void* chunk : m_chunks)
        std::free(chunk);
}

void* BlockArena::do_allocate(std::size_t bytes, std::size_t alignment)
{
    const MutexLock guard(m_mutex);
    if (!std::align(alignment, bytes, m_free, m_free_bytes)) {
        addChunk(bytes);
        if (!std::align(alignment, bytes, m_free, m_free_bytes))
            throw std::bad_alloc();
    }
    void* block = m_free;
    m_free = static_cast<std::byte*>(m_free) + bytes;
    m_free_bytes -= bytes;
    return block;
}

void BlockArena::addChunk(std::size_t bytes_min)
{
    std::size_t bytes = std::clamp(m_chunk_bytes * 2, first_chunk_bytes, chunk_bytes_max);
    while (bytes < bytes_min)
        bytes *= 2;
    m_chunks.reserve(m_chunks.size() + 1);
    void* chunk = std::malloc(bytes);
    if (!chunk)
        throw std::bad_alloc();
    m_chunks.push_back(chunk);
    m_chunk_bytes = bytes;
    m_free = chunk;
    m_free_bytes = bytes;
}

} // namespace orderlab
