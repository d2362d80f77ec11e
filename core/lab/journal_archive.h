#pragma once
#include "base/mutex.h"
#include "http/order_api.h"
#include "journal/timeline.h"
#include "runtime/task_group.h"

namespace orderlab {

/// Follows the journal and keeps the newest `entries_max` entries, so that a server can tell the story of an order. Any
/// thread.
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
    Mutex m_mutex;
    Timeline m_timeline ORDERLAB_GUARDED_BY(m_mutex);
    TaskGroup m_running;
};

} // namespace orderlab
