#include "kafka/kafka_questions.h"

namespace orderlab {

void KafkaQuestions::refuse()
{
    {
        const MutexLock guard(m_mutex);
        m_is_closed = true;
    }
    m_changed.notifyAll(); // Who waits for a turn learns that there is none.
}

Task<void> KafkaQuestions::close()
{
    refuse();
    for (;;) {
        MutexLock lock(m_mutex);
        if (!m_is_asking)
            break;
        co_await m_changed.wait(lock);
    }
}

} // namespace orderlab
