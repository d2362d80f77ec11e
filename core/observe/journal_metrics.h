#pragma once
#include "journal/journal.h"
#include "observe/metric.h"

#include <unordered_map>

namespace orderlab {

/// What a label says about an entry.
enum class LabelFrom : std::uint8_t {
    Group,     ///< As on the bus.
    Topic,     ///< Without prefix.
    Kind,      ///< What happened, in a word: "published", "handled"…
    Status,    ///< The order's.
    Detail,    ///< The entry's text, at most label_bytes_max of it.
    ErrorCode, ///< That of the entry's error, see Names::errorCode(): "peer-failed".
    FaultSeam, ///< "broker" of "broker away".
    FaultAction,
};

/// One metric that is fed by the journal.
struct JournalMetric {
    MetricKind kind;
    Few<EntryKind, 6> entries;               ///< Which of them count.
    Few<LabelFrom, 3> labels = {};           ///< Beside kind.labels.
    double (*value)(const Entry&) = nullptr; ///< What is added, or observed; null: 1. Never below 0.
};

/// All of them. A new one is a row in journal_metric_table.cpp.
std::span<const JournalMetric> journalMetrics();
/// The upper bounds of all histograms but the last, in seconds: from the memory bus' microseconds to half a minute.
std::span<const double> durationBounds();

/// Folds the journal into the metrics of that table. Memory is bounded: a metric has at most series_max series; what
/// would be one more is counted in one whose labels all say "other". One thread at a time.
class JournalMetrics {
public:
    static constexpr std::size_t series_max = 200;
    static constexpr std::size_t label_bytes_max = 80;

    explicit JournalMetrics(const Names& names);
    JournalMetrics(const JournalMetrics&) = delete;
    JournalMetrics& operator=(const JournalMetrics&) = delete;

    /// Consecutive entries; `first` is the number of the first.
    void apply(std::span<const Entry> entries, std::uint64_t first);
    /// Appends a family for each metric; one without labels has a series from the beginning on.
    void collect(std::vector<MetricFamily>& out) const;

private:
    /// Of one row of the table.
    struct Row {
        const JournalMetric* metric = nullptr;
        std::uint64_t key_mask = 0; ///< The parts of an entry that tell its series.
        std::vector<MetricSample> series;
        std::unordered_map<std::uint64_t, std::uint32_t> index;
        std::uint64_t last_key = ~std::uint64_t{0}; ///< Entries come in runs that are alike.
        std::uint32_t last = 0;
    };

    void apply(Row& row, const Entry& entry, std::uint64_t number);
    std::uint32_t seriesAt(Row& row, const Entry& entry, std::uint64_t key);
    std::uint32_t addSeries(Row& row, std::vector<std::string> labels);
    std::string labelOf(LabelFrom from, const Entry& entry) const;

    const Names& m_names;
    std::vector<Row> m_rows;
    std::vector<std::vector<std::uint16_t>> m_rows_of; ///< By EntryKind.
};

} // namespace orderlab
