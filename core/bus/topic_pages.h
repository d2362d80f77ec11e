#pragma once
#include "bus/topic_browser.h"

#include <functional>

namespace orderlab {

/// Which records a person wants to see: all that match each part that is set. Without regard to the case of ASCII
/// letters.
struct RecordFilter {
    std::string key;  ///< In the key.
    std::string type; ///< In the header ce_type; "none" finds records without one.
    std::string text; ///< In the key, a header's name or value, or the value.

    bool isEmpty() const { return key.empty() && type.empty() && text.empty(); }
    bool matches(const LogRecord& record) const;
    bool operator==(const RecordFilter&) const = default;
    /// "key:ada type:payment some text": words with a prefix are what it says, the rest is text.
    static RecordFilter parse(std::string_view text);
};

enum class PageOrder : std::uint8_t { NewestFirst, OldestFirst };

/// A page of one topic, whose partitions are merged by when the log got their records.
struct TopicPageQuery {
    static constexpr std::size_t look_limit = 1'000'000;

    std::string topic;
    std::optional<std::uint16_t> partition; ///< Only this one.
    PageOrder order = PageOrder::NewestFirst;
    /// For each partition of the topic where to begin: the first offset, or where the newest are first, one past it.
    /// Empty: at the end that comes first.
    std::vector<std::int64_t> from = {};
    /// For each partition where the topic ends for whoever looks; empty: where it ends.
    std::vector<std::int64_t> until = {};
    std::size_t records_max = 100;
    RecordFilter filter = {};
    std::size_t look_max = 100'000; ///< Records to look at; what is found by then is the page.

    /// Error: InvalidArgument with the field.
    Result<void> validate() const;
};

struct TopicPage {
    std::vector<LogEnds> ends;      ///< Of each partition, as far as `until` lets see.
    std::vector<LogRecord> records; ///< In the order asked for.
    std::vector<std::int64_t> from; ///< Where it began.
    std::vector<std::int64_t> next; ///< Where to go on in the same order.
    std::size_t looked_at = 0;      ///< Records that were read for it and count: those after them are read again.
    bool has_more = false;          ///< There are records that were not looked at.
    /// Of all partitions that were asked for.
    std::int64_t size = 0;
};

/// Reads the page in steps of at most a thousand records of a partition, and no more than it needs. `go_on` is asked
/// after each step with the number of records looked at so far; false: what was found is the page. Errors: those of the
/// browser; InvalidArgument.
Task<Result<TopicPage>> readTopicPage(TopicBrowser& browser, TopicPageQuery query,
                                      std::function<bool(std::size_t looked_at)> go_on = {});

} // namespace orderlab
