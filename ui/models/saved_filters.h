#pragma once
#include <QString>

#include <optional>
#include <vector>

namespace orderlab::ui {

/// A filter of orders with a name. A value.
struct SavedFilter {
    static constexpr qsizetype name_max = 40, text_max = 100; ///< Characters.

    QString name;
    QString status; ///< As OrdersFilter::setStatus() takes it.
    QString text;   ///< As OrdersFilter::setText() takes it.
    bool operator==(const SavedFilter&) const = default;
};

/// Filters that a person has named, by name. A value.
class SavedFilters {
public:
    static constexpr std::size_t filters_max = 20; ///< A menu that is read at a glance.

    const std::vector<SavedFilter>& all() const { return m_all; }
    const SavedFilter* find(const QString& name) const;
    /// Replaces one of that name. Why it cannot be kept, as a sentence; empty: it is.
    QString keep(SavedFilter filter);
    void forget(const QString& name);

    /// `[{"name":"declined","status":"failed","text":""}]`
    QString toText() const;
    /// What toText() has written. Nothing: it is broken.
    static std::optional<SavedFilters> parse(const QString& text);

    bool operator==(const SavedFilters&) const = default;

private:
    std::vector<SavedFilter> m_all;
};

} // namespace orderlab::ui
