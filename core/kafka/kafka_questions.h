#pragma once
#include "base/mutex.h"
#include "kafka/kafka_context.h"

#include <utility>

namespace orderlab {

/// Questions to a cluster, one at a time, each on a thread that may wait. Any thread.
class KafkaQuestions {
public:
    /// `context` outlives it.
    explicit KafkaQuestions(KafkaContext& context) : m_context(context) {}

    /// What `question` answers, once those before it have been answered. Errors: its own; Closed after refuse().
    template <typename T>
    Task<Result<T>> ask(std::function<Result<T>()> question)
    {
        for (;;) {
            MutexLock lock(m_mutex);
            if (m_is_closed)
                co_return closedError("bus");
            if (!std::exchange(m_is_asking, true))
                break;
            co_await m_changed.wait(lock);
        }
        auto answer = co_await m_context.blocking<Result<T>>(std::move(question));
        {
            const MutexLock guard(m_mutex);
            m_is_asking = false;
        }
        m_changed.notifyAll();
        co_return answer;
    }
    /// No question is asked from now on; one that is being asked goes on.
    void refuse();
    /// Refuses, and resumes when no question is being asked.
    Task<void> close();

private:
    KafkaContext& m_context;
    Mutex m_mutex;
    bool m_is_asking ORDERLAB_GUARDED_BY(m_mutex) = false;
    bool m_is_closed ORDERLAB_GUARDED_BY(m_mutex) = false;
    Notifier m_changed;
};

} // namespace orderlab
