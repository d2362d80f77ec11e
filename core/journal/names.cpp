#include "journal/names.h"

namespace orderlab {

namespace {

constexpr std::string_view other_names[name_use_count] = {"(other)", "(another customer)", "(another text)"};
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
    intern(other_names[std::size_t(NameUse::Word)]);
}

Names::~Names()
{
    for (auto& block : m_blocks)
        delete block.load(std::memory_order_relaxed);
}

NameId Names::intern(std::string_view name, NameUse use)
{
    CachedName& cached = name_cache[std::hash<std::string_view>{}(name) % cached_names];
    if (cached.instance == m_instance && cached.text == name)
        return cached.id;
    const NameId id = internShared(name, use);
    if (text(id) == name)
        cached = {m_instance, text(id), id};
    return id;
}

NameId Names::internShared(std::string_view name, NameUse use)
{
    // Room for what each "other" is called is the words'.
    constexpr std::size_t most[name_use_count] = {capacity - customers_max - texts_max - name_use_count, customers_max,
                                                  texts_max};
    const MutexLock guard(m_mutex);
    if (const auto found = m_ids.find(name); found != m_ids.end())
        return found->second;
    if (m_used[std::size_t(use)] < most[std::size_t(use)])
        return add(name, use);
    const std::string_view other = other_names[std::size_t(use)];
    const auto found = m_ids.find(other);
    return found != m_ids.end() ? found->second : add(other, NameUse::Word);
}

NameId Names::add(std::string_view name, NameUse use)
{
    const std::size_t id = m_size.load(std::memory_order_relaxed);
    auto& block = m_blocks[id / block_size];
    if (id % block_size == 0)
        block.store(new Block, std::memory_order_relaxed);
    std::string& text = (*block.load(std::memory_order_relaxed))[id % block_size].text;
    text = name;
    m_ids.emplace(text, NameId(id));
    ++m_used[std::size_t(use)];
    m_size.store(id + 1, std::memory_order_release);
    return NameId(id);
}

void Names::copy(const Names& other)
{
    std::array<std::size_t, name_use_count> used;
    {
        const MutexLock guard(other.m_mutex);
        used = other.m_used;
    }
    const MutexLock guard(m_mutex);
    for (std::size_t id = m_size.load(std::memory_order_relaxed); id < other.size(); ++id)
        find(add(other.text(NameId(id)), NameUse::Word))->error = other.find(NameId(id))->error.load();
    m_used = used;
}

Names::Name* Names::find(NameId id) const
{
    if (id >= m_size.load(std::memory_order_acquire))
        return nullptr;
    return &(*m_blocks[id / block_size].load(std::memory_order_relaxed))[id % block_size];
}

std::string_view Names::text(NameId id) const
{
    const Name* name = find(id);
    return name ? std::string_view(name->text) : std::string_view();
}

NameId Names::internError(const Error& error)
{
    NameId id = intern(error.message, NameUse::Text);
    if (text(id) != error.message)
        id = intern("(another error: " + std::string(name(error.code)) + ')');
    if (Name* named = find(id))
        named->error.store(std::uint8_t(std::uint8_t(error.code) + 1), std::memory_order_relaxed);
    return id;
}

std::optional<ErrorCode> Names::errorCode(NameId id) const
{
    const Name* name = find(id);
    const std::uint8_t code = name ? name->error.load(std::memory_order_relaxed) : std::uint8_t{0};
    return code == 0 ? std::nullopt : std::optional(ErrorCode(code - 1));
}

std::size_t Names::size() const
{
    return m_size.load(std::memory_order_acquire);
}

} // namespace orderlab
