#pragma once
#include "base/mutex.h"

#include <string>
#include <utility>

namespace orderlab {

/// Whether brokers can be reached, by the last question that they were asked. What clients tell of their connections is
/// only a reason to ask: brokers also close connections that idle. Any thread.
class KafkaReach {
public:
    void answered() { set({}); }
    /// `why`: for people.
    void failed(std::string why) { set(std::move(why)); }
    /// A client has lost brokers.
    void doubt()
    {
        const MutexLock guard(m_mutex);
        m_is_doubtful = true;
    }
    /// Whether brokers are to be asked, as it is not known how they are, or they were away.
    bool isToBeAsked() const
    {
        const MutexLock guard(m_mutex);
        return m_is_doubtful || !m_trouble.empty();
    }
    /// Empty: they could be reached.
    std::string trouble() const
    {
        const MutexLock guard(m_mutex);
        return m_trouble;
    }

private:
    void set(std::string trouble)
    {
        const MutexLock guard(m_mutex);
        m_trouble = std::move(trouble);
        m_is_doubtful = false;
    }

    mutable Mutex m_mutex;
    std::string m_trouble ORDERLAB_GUARDED_BY(m_mutex);
    bool m_is_doubtful ORDERLAB_GUARDED_BY(m_mutex) = false;
};

} // namespace orderlab
