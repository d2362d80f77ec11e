#include "store/store.h"

#include <algorithm>

namespace orderlab {

Task<Result<std::vector<DeadLetter>>> Store::findDeadLetters(std::size_t limit)
{
    std::vector<DeadLetter> letters;
    std::string cursor;
    while (letters.size() < limit) {
        DeadLetterQuery query;
        query.limit = std::min<std::size_t>(limit - letters.size(), 500);
        query.cursor = cursor;
        auto page = co_await queryDeadLetters(std::move(query));
        if (!page)
            co_return page.error();
        std::move(page->letters.begin(), page->letters.end(), std::back_inserter(letters));
        cursor = page->next_cursor;
        if (cursor.empty())
            break;
    }
    co_return letters;
}

} // namespace orderlab
