#include "journal/names.h"

namespace orderlab {

namespace {

constexpr NameId other_id = 1;
std::atomic<std::uint64_t> instances{0};

/// What a thread interned lately, by hash.
struct CachedName {
    std::uint64_t instance = 0;
    std::string_view text; ///< In that table.
    NameId id = 0;
};
constexpr std::size_t cached_names = 512;
thread_local std::array<CachedName, cached_names> name_cache;

} // namespace

Names::Names() : m_instance(++instances)
{
    intern("");
    intern("(other)");
}

Names::~Names()
{
    for (auto& block : m_blocks)
        delete block.load(std::memory_order_relaxed);
}

NameId Names::intern(std::string_view name)
{
    CachedName& cached = name_cache[std::hash<std::string_view>{}(name) % cached_names];
    if (cached.instance == m_instance && cached.text == name)
        return cached.id;
    const NameId id = internShared(name);
    if (id != other_id)
        cached = {m_instance, text(id), id};
    return id;
}

NameId Names::internShared(std::string_view name)
{
    const std::scoped_lock guard(m_mutex);
    if (const auto found = m_ids.find(name); found != m_ids.end())
        return found->second;
    const std::size_t id = m_size.load(std::memory_order_relaxed);
    if (id == capacity)
        return other_id;
    auto& block = m_blocks[id / block_size];
    if (id % block_size == 0)
        block.store(new Block, std::memory_order_relaxed);
    std::string& text = (*block.load(std::memory_order_relaxed))[id % block_size];
    text = name;
    m_ids.emplace(text, NameId(id));
    m_size.store(id + 1, std::memory_order_release);
    return NameId(id);
}

std::string_view Names::text(NameId id) const
{
    if (id >= m_size.load(std::memory_order_acquire))
        return {};
    return (*m_blocks[id / block_size].load(std::memory_order_relaxed))[id % block_size];
}

std::size_t Names::size() const
{
    return m_size.load(std::memory_order_acquire);
}

} // namespace orderlab
