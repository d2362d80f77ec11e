#pragma once
#include "journal/query_matcher.h"
#include "ui/bridge/lab_bridge.h"

namespace orderlab::ui {

/// Finds what a query means in the world that is shown, also as it grows: some entries a frame, so that the window
/// never waits. GUI thread.
class EntryFinder final : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t entries_per_frame = 32'768;
    static constexpr std::size_t hits_max = 100'000; ///< The first ones.

    EntryFinder(LabBridge& bridge, QObject* parent);

    /// Looks for `text`; empty: for nothing. Where it is no query, problem() says why, and nothing is found.
    void find(const QString& text);
    const QString& text() const { return m_text; }
    /// A sentence with the column; empty: there is none.
    const QString& problem() const { return m_problem; }
    struct Hit {
        std::uint64_t index = 0;
        std::int64_t time_us = 0;
    };
    /// In the order of the entries.
    const std::vector<Hit>& hits() const { return m_hits; }
    /// Whether all entries that are known have been looked at.
    bool isDone() const;
    /// To the next hit after the moment, or the one before; holds there. False: there is none.
    bool goToNext(bool forward);

Q_SIGNALS:
    void changed();

private:
    void restart();
    void look();
    void take(std::vector<std::uint64_t> found);

    LabBridge& m_bridge;
    QString m_text;
    QString m_problem;
    std::optional<Query> m_query;
    std::optional<QueryMatcher> m_matcher;
    std::uint64_t m_first = 0; ///< The entry that the matcher counts as 0.
    std::uint64_t m_next = 0;
    bool m_is_finished = false;
    std::vector<Hit> m_hits;
};

} // namespace orderlab::ui
