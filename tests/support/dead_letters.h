#pragma once
#include "store/store.h"

namespace orderlab::test {

/// The newest dead letters, whatever their state: at most 500, as many as a page has.
inline Task<Result<std::vector<DeadLetter>>> findDeadLetters(Store& store, std::size_t limit)
{
    DeadLetterQuery query;
    query.limit = limit;
    auto page = co_await store.queryDeadLetters(std::move(query));
    if (!page)
        co_return page.error();
    co_return std::move(page->letters);
}

} // namespace orderlab::test
