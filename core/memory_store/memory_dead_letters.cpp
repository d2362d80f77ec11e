#include "memory_store/memory_dead_letters.h"

#include <algorithm>
#include <tuple>

namespace orderlab {

DeadLetterPage pageOf(const std::map<Uuid, DeadLetter>& letters, const DeadLetterQuery& query, const RowCursor& cursor)
{
    const auto place = [](const DeadLetter& letter) { return std::pair(letter.created_at, letter.id); };
    const std::pair from(cursor.created_at, cursor.id);
    std::vector<const DeadLetter*> matching;
    for (const auto& [id, letter] : letters) {
        const bool follows = query.cursor.empty() || (query.oldest_first ? place(letter) > from : place(letter) < from);
        if (follows && query.filter.matches(letter))
            matching.push_back(&letter);
    }
    const std::size_t wanted = std::min(matching.size(), query.limit + 1);
    std::partial_sort(matching.begin(), matching.begin() + std::ptrdiff_t(wanted), matching.end(),
                      [&](const DeadLetter* a, const DeadLetter* b) {
                          return query.oldest_first ? place(*a) < place(*b) : place(*a) > place(*b);
                      });
    DeadLetterPage page;
    for (std::size_t i = 0; i < std::min(wanted, query.limit); ++i)
        page.letters.push_back(*matching[i]);
    if (wanted > query.limit)
        page.next_cursor = RowCursor::at(page.letters.back().created_at, page.letters.back().id).toString();
    return page;
}

std::vector<DeadLetterCause> causesOf(const std::map<Uuid, DeadLetter>& letters, const DeadLetterFilter& filter)
{
    using Key = std::tuple<std::string, EventType, ErrorCode, std::string>;
    std::map<Key, DeadLetterCause> by_key;
    for (const auto& [id, letter] : letters) {
        if (!filter.matches(letter))
            continue;
        DeadLetterCause& cause = by_key[{letter.group, letter.event.type, letter.code, letter.error}];
        if (cause.count++ == 0) {
            cause.group = letter.group;
            cause.event_type = letter.event.type;
            cause.code = letter.code;
            cause.error = letter.error;
            cause.oldest = cause.newest = letter.created_at;
        }
        cause.oldest = std::min(cause.oldest, letter.created_at);
        cause.newest = std::max(cause.newest, letter.created_at);
    }
    std::vector<DeadLetterCause> causes;
    for (auto& [key, cause] : by_key)
        causes.push_back(std::move(cause));
    std::stable_sort(causes.begin(), causes.end(), [](const DeadLetterCause& a, const DeadLetterCause& b) {
        return std::tie(b.count, a.group, a.error) < std::tie(a.count, b.group, b.error);
    });
    if (causes.size() > dead_letter_causes_max)
        causes.resize(dead_letter_causes_max);
    return causes;
}

namespace {

class MemoryDeadLetterClaim final : public DeadLetterClaim {
public:
    MemoryDeadLetterClaim(std::shared_ptr<MemoryData> data, std::vector<DeadLetter> letters)
        : m_data(std::move(data)), m_letters(std::move(letters))
    {}
    ~MemoryDeadLetterClaim() override
    {
        const MutexLock guard(m_data->tables.effects.mutex);
        m_data->tables.effects.dead_letters_claimed = false;
    }
    std::span<const DeadLetter> letters() const override { return m_letters; }
    Task<Result<void>> markPublished() override
    {
        if (const Duration latency = m_data->runtime.hopLatency(Hop::StoreCommit); latency.count() > 0)
            co_await m_data->runtime.sleep(latency);
        const MutexLock guard(m_data->tables.effects.mutex);
        for (const DeadLetter& letter : m_letters)
            m_data->tables.effects.unpublished_dead_letters.erase({letter.created_at, letter.id});
        co_return Result<void>{};
    }

private:
    const std::shared_ptr<MemoryData> m_data;
    const std::vector<DeadLetter> m_letters;
};

} // namespace

Task<Result<std::unique_ptr<DeadLetterClaim>>> claimDeadLetters(std::shared_ptr<MemoryData> data, std::size_t max)
{
    if (const Duration latency = data->runtime.hopLatency(Hop::StoreRead); latency.count() > 0)
        co_await data->runtime.sleep(latency);
    MemoryEffects& effects = data->tables.effects;
    const MutexLock guard(effects.mutex);
    if (effects.dead_letters_claimed || effects.unpublished_dead_letters.empty())
        co_return std::unique_ptr<DeadLetterClaim>();
    std::vector<DeadLetter> letters;
    for (auto next = effects.unpublished_dead_letters.begin();
         letters.size() < max && next != effects.unpublished_dead_letters.end(); ++next)
        letters.push_back(effects.dead_letters.at(next->second));
    effects.dead_letters_claimed = true;
    co_return std::make_unique<MemoryDeadLetterClaim>(std::move(data), std::move(letters));
}

} // namespace orderlab
