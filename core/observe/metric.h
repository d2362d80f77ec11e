#pragma once
#include "base/uuid.h"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace orderlab {

enum class MetricType : std::uint8_t {
    Counter,   ///< Its name ends with "_total".
    Gauge,     ///< May go down.
    Histogram, ///< Of seconds.
    Info,      ///< Always 1; what it says is in its labels. Its name ends with "_info".
};

/// A short list of constants. At most `max`.
template <typename T, std::size_t max>
class Few {
public:
    constexpr Few() = default;
    constexpr Few(std::initializer_list<T> items)
    {
        for (const T& item : items)
            m_items[m_size++] = item; // Beyond `max` it does not compile.
    }
    constexpr const T* begin() const { return m_items.data(); }
    constexpr const T* end() const { return m_items.data() + m_size; }
    constexpr std::size_t size() const { return m_size; }
    constexpr bool empty() const { return m_size == 0; }
    constexpr const T& operator[](std::size_t i) const { return m_items[i]; }

private:
    std::array<T, max> m_items{};
    std::size_t m_size = 0;
};

/// What a metric is, by the conventions of Prometheus: base units, and the unit last in the name. Constant.
struct MetricKind {
    std::string_view name;
    MetricType type = MetricType::Counter;
    std::string_view help;                ///< One sentence.
    Few<std::string_view, 3> labels = {}; ///< Names, in the order of MetricSample::labels.
};

/// One observation that a counter or a bucket has counted: which entry of the journal it was.
struct Exemplar {
    std::uint64_t entry = 0; ///< Number in the journal.
    OrderId order;           ///< Null: the entry is about no order.
    double value = 0;        ///< What was added, or observed.
    std::int64_t time_us = 0;
    Uuid trace = {}; ///< Null: not known.
};

struct MetricSample {
    std::vector<std::string> labels; ///< Values; any text.
    double value = 0;                ///< Of a histogram the sum of all observations.
    /// Of a histogram: observations in each bucket alone; one more than `bounds` of the family.
    std::vector<std::uint64_t> buckets = {};
    /// The latest; of a histogram one for each bucket. May be empty.
    std::vector<std::optional<Exemplar>> exemplars = {};
};

/// A metric with all its series. `kind` outlives it.
struct MetricFamily {
    const MetricKind* kind = nullptr;
    std::vector<MetricSample> samples;
    std::span<const double> bounds = {}; ///< Upper bounds of a histogram's buckets but the last, which has none.
};

} // namespace orderlab
