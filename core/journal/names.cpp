#include "journal/names.h"

namespace orderlab {

namespace {
constexpr NameId other_id = 1;
}

Names::Names()
{
    intern("");
    intern("(other)");
}

Names::~Names()
{
    for (auto& text : m_texts)
        delete text.load(std::memory_order_relaxed);
}

NameId Names::intern(std::string_view name)
{
    const std::scoped_lock guard(m_mutex);
    if (const auto found = m_ids.find(name); found != m_ids.end())
        return found->second;
    const std::size_t id = m_size.load(std::memory_order_relaxed);
    if (id == capacity)
        return other_id;
    const auto* text = new std::string(name);
    m_texts[id].store(text, std::memory_order_release);
    m_ids.emplace(*text, NameId(id));
    m_size.store(id + 1, std::memory_order_release);
    return NameId(id);
}

std::string_view Names::text(NameId id) const
{
    const std::string* text = m_texts[id].load(std::memory_order_acquire);
    return text ? std::string_view(*text) : std::string_view();
}

std::size_t Names::size() const
{
    return m_size.load(std::memory_order_acquire);
}

} // namespace orderlab
