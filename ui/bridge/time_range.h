#pragma once
#include <QObject>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace orderlab::ui {

/// A part of the run that somebody looks at: tables and charts show only what was under way in it. GUI thread.
class TimeRange final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    struct Span {
        std::int64_t from_us = 0, to_us = 0; ///< Both ends belong to it.
        bool meets(std::int64_t begin_us, std::int64_t end_us) const { return begin_us <= to_us && end_us >= from_us; }
        bool operator==(const Span&) const = default;
    };
    /// Nothing: the whole run.
    const std::optional<Span>& span() const { return m_span; }
    /// In either order.
    void set(std::int64_t one_us, std::int64_t other_us)
    {
        put(Span{std::min(one_us, other_us), std::max(one_us, other_us)});
    }
    void clear() { put(std::nullopt); }

Q_SIGNALS:
    void changed();

private:
    void put(const std::optional<Span>& span)
    {
        if (span == m_span)
            return;
        m_span = span;
        Q_EMIT changed();
    }

    std::optional<Span> m_span;
};

} // namespace orderlab::ui
