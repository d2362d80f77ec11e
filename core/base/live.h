#pragma once
#include "base/mutex.h"

namespace orderlab {

/// A value that may be replaced while it is used: readers take a copy and keep to it for one decision. Any thread.
template <typename T>
class Live {
public:
    Live() = default;
    explicit Live(T value) : m_value(std::move(value)) {}
    Live(const Live&) = delete;
    Live& operator=(const Live&) = delete;

    T get() const
    {
        const MutexLock guard(m_mutex);
        return m_value;
    }
    void set(T value)
    {
        const MutexLock guard(m_mutex);
        m_value = std::move(value);
    }

private:
    mutable Mutex m_mutex;
    T m_value ORDERLAB_GUARDED_BY(m_mutex){};
};

} // namespace orderlab
