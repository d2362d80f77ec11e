#pragma once
#include "http/order_api.h"
#include "journal/timeline.h"
#include "runtime/task_group.h"

#include <mutex>

namespace orderlab {

/// Follows the journal and keeps the last entries, so that a server can tell the story of an order. Any thread.
class JournalArchive final : public OrderStorySource {
public:
    JournalArchive(Runtime& runtime, const Journal& journal, std::size_t entries_max = 500'000);

    void start();
    Task<void> stop();

    std::vector<Entry> story(OrderId order, std::size_t max) override;
    const Names& names() const override { return m_journal.names(); }

private:
    Task<void> follow();
    void readNew();

    Runtime& m_runtime;
    const Journal& m_journal;
    JournalReader m_reader;
    std::mutex m_mutex; ///< Guards m_timeline.
    Timeline m_timeline;
    TaskGroup m_running;
};

} // namespace orderlab
