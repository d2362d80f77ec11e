#include "observe/journal_metrics.h"

#include "base/utf8.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::uint64_t group_part = 0xffff, topic_part = group_part << 16, detail_part = group_part << 32,
                        kind_part = std::uint64_t{0xff} << 48;

std::uint64_t partOf(LabelFrom from)
{
    switch (from) {
    case LabelFrom::Group: return group_part;
    case LabelFrom::Topic: return topic_part;
    case LabelFrom::Kind: return kind_part;
    case LabelFrom::Status: return detail_part | kind_part;
    case LabelFrom::Detail:
    case LabelFrom::ErrorCode:
    case LabelFrom::FaultSeam:
    case LabelFrom::FaultAction: return detail_part;
    }
    return 0;
}

std::uint64_t keyOf(const Entry& entry)
{
    return std::uint64_t{entry.group} | std::uint64_t{entry.topic} << 16 | std::uint64_t{entry.detail} << 32
           | std::uint64_t(entry.kind) << 48;
}

/// As a label's value: one word for what the entry says happened.
std::string_view wordOf(EntryKind kind)
{
    switch (kind) {
    case EntryKind::EventEmitted: return "emitted";
    case EntryKind::EventPublished: return "published";
    case EntryKind::EventRepublished: return "republished";
    case EntryKind::EventDelivered: return "delivered";
    case EntryKind::EventHandled: return "handled";
    case EntryKind::DuplicateSkipped: return "skipped";
    case EntryKind::AttemptFailed: return "failed";
    case EntryKind::RetryScheduled: return "blocking";
    case EntryKind::EventParked: return "topic";
    case EntryKind::DeadLettered: return "dead_lettered";
    case EntryKind::DeadLetterReplayed: return "replayed";
    case EntryKind::DeadLetterDiscarded: return "discarded";
    case EntryKind::MemberJoined: return "member_joined";
    case EntryKind::MemberLeft: return "member_left";
    case EntryKind::PartitionAssigned: return "partition_assigned";
    case EntryKind::PartitionRevoked: return "partition_revoked";
    case EntryKind::GatewayCharged: return "charged";
    case EntryKind::GatewayDeclined: return "declined";
    case EntryKind::GatewayFailed: return "failed";
    case EntryKind::GatewayRefunded: return "refunded";
    default: return name(kind);
    }
}

std::string valueOf(std::string_view text)
{
    return shortened(text, JournalMetrics::label_bytes_max);
}

} // namespace

JournalMetrics::JournalMetrics(const Names& names) : m_names(names), m_rows_of(256)
{
    for (const JournalMetric& metric : journalMetrics()) {
        Row row;
        row.metric = &metric;
        for (const LabelFrom from : metric.labels)
            row.key_mask |= partOf(from);
        for (const EntryKind kind : metric.entries)
            m_rows_of[std::size_t(kind)].push_back(std::uint16_t(m_rows.size()));
        m_rows.push_back(std::move(row));
        if (metric.labels.empty())
            m_rows.back().index.emplace(0, addSeries(m_rows.back(), {}));
    }
}

std::string JournalMetrics::labelOf(LabelFrom from, const Entry& entry) const
{
    const std::string_view detail = m_names.text(entry.detail);
    switch (from) {
    case LabelFrom::Group: return valueOf(m_names.text(entry.group));
    case LabelFrom::Topic: return valueOf(m_names.text(entry.topic));
    case LabelFrom::Kind: return std::string(wordOf(entry.kind));
    case LabelFrom::Status: return entry.kind == EntryKind::OrderAccepted ? "created" : valueOf(detail);
    case LabelFrom::Detail: return valueOf(detail);
    case LabelFrom::ErrorCode: {
        const auto code = m_names.errorCode(entry.detail);
        return std::string(code ? name(*code) : std::string_view("other"));
    }
    case LabelFrom::FaultSeam: return valueOf(detail.substr(0, detail.find(' ')));
    case LabelFrom::FaultAction:
        return valueOf(detail.find(' ') == std::string_view::npos ? "" : detail.substr(detail.find(' ') + 1));
    }
    return {};
}

std::uint32_t JournalMetrics::addSeries(Row& row, std::vector<std::string> labels)
{
    MetricSample series;
    series.labels = std::move(labels);
    const bool is_histogram = row.metric->kind.type == MetricType::Histogram;
    series.buckets.resize(is_histogram ? durationBounds().size() + 1 : 0);
    series.exemplars.resize(is_histogram ? durationBounds().size() + 1 : 1);
    row.series.push_back(std::move(series));
    return std::uint32_t(row.series.size() - 1);
}

std::uint32_t JournalMetrics::seriesAt(Row& row, const Entry& entry, std::uint64_t key)
{
    const auto [found, is_new] = row.index.try_emplace(key, 0);
    if (!is_new)
        return found->second;
    std::vector<std::string> labels;
    for (const LabelFrom from : row.metric->labels)
        labels.push_back(row.series.size() + 1 < series_max ? labelOf(from, entry) : "other");
    // Two keys may read alike: texts that differ behind their end, or that both are "other".
    const auto same = std::find_if(row.series.begin(), row.series.end(),
                                   [&](const MetricSample& one) { return one.labels == labels; });
    found->second =
        same != row.series.end() ? std::uint32_t(same - row.series.begin()) : addSeries(row, std::move(labels));
    return found->second;
}

void JournalMetrics::apply(Row& row, const Entry& entry, std::uint64_t number)
{
    const double value = row.metric->value ? row.metric->value(entry) : 1;
    const std::uint64_t key = keyOf(entry) & row.key_mask;
    if (key != row.last_key) {
        row.last = seriesAt(row, entry, key);
        row.last_key = key;
    }
    MetricSample& sample = row.series[row.last];
    sample.value += value;
    std::size_t place = 0;
    if (row.metric->kind.type == MetricType::Histogram) {
        const auto bounds = durationBounds();
        place = std::size_t(std::lower_bound(bounds.begin(), bounds.end(), value) - bounds.begin());
        ++sample.buckets[place];
    }
    sample.exemplars[place] = Exemplar{number, OrderId(entry.order), value, entry.time_us};
}

void JournalMetrics::apply(std::span<const Entry> entries, std::uint64_t first)
{
    for (const Entry& entry : entries) {
        for (const std::uint16_t row : m_rows_of[std::size_t(entry.kind)])
            apply(m_rows[row], entry, first);
        ++first;
    }
}

void JournalMetrics::collect(std::vector<MetricFamily>& out) const
{
    for (const Row& row : m_rows) {
        MetricFamily family;
        family.kind = &row.metric->kind;
        family.samples = row.series;
        if (family.kind->type == MetricType::Histogram)
            family.bounds = durationBounds();
        out.push_back(std::move(family));
    }
}

} // namespace orderlab
