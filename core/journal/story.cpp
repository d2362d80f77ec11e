#include "journal/story.h"

#include "base/money.h"
#include "journal/story_teller.h"

#include <algorithm>
#include <cstdio>

namespace orderlab {

std::string amountText(std::int64_t minor)
{
    return Money{minor, Currency{}}.amountText();
}

std::string durationText(std::int64_t us)
{
    char text[64];
    if (us < 1'000)
        std::snprintf(text, sizeof text, "%lld µs", static_cast<long long>(us));
    else if (us < 100'000)
        std::snprintf(text, sizeof text, us < 10'000 ? "%.1f ms" : "%.0f ms", double(us) / 1e3);
    else if (us < 60'000'000)
        std::snprintf(text, sizeof text, "%.1f s", double(us) / 1e6);
    else
        std::snprintf(text, sizeof text, "%lld min %lld s", static_cast<long long>(us / 60'000'000),
                      static_cast<long long>(us / 1'000'000 % 60));
    return text;
}

namespace {

bool isOwn(const Entry& entry)
{
    return !entry.order.isNull();
}

/// The relay and a worker may have told of an order before the thread that accepted it has: causes come first here.
std::vector<Entry> withAcceptanceFirst(std::span<const Entry> entries)
{
    std::vector<Entry> ordered(entries.begin(), entries.end());
    const auto accepted = std::find_if(ordered.begin(), ordered.end(),
                                       [](const Entry& entry) { return entry.kind == EntryKind::OrderAccepted; });
    const auto first = std::find_if(ordered.begin(), ordered.end(), [](const Entry& entry) {
        return isOwn(entry) && entry.kind != EntryKind::ClientAsked && entry.kind != EntryKind::FaultInjected;
    });
    if (accepted != ordered.end() && first < accepted)
        std::rotate(first, accepted, accepted + 1);
    return ordered;
}

/// Who emitted what `entries[at]` tells of: a group's handler, whose transaction is told before that it has handled its
/// event. 0: not told.
NameId emitterOf(std::span<const Entry> entries, std::size_t at)
{
    const auto handled = std::find_if(entries.begin() + std::ptrdiff_t(at), entries.end(), [](const Entry& entry) {
        return isOwn(entry) && entry.kind == EntryKind::EventHandled;
    });
    return handled == entries.end() ? NameId{0} : handled->group;
}

} // namespace

Story tellStory(std::span<const Entry> entries, const Names& names)
{
    Teller teller(names);
    const auto first = std::find_if(entries.begin(), entries.end(), isOwn);
    if (first != entries.end())
        teller.story.facts.accepted_us = first->time_us;
    const std::vector<Entry> ordered = withAcceptanceFirst(entries);
    for (std::size_t at = 0; at < ordered.size(); ++at)
        teller.tell(ordered[at], ordered[at].kind == EntryKind::EventEmitted ? emitterOf(ordered, at) : NameId{0});
    return std::move(teller.story);
}

std::string storyText(OrderId order, const Story& story)
{
    const StoryFacts& facts = story.facts;
    std::string text = "Order " + order.toString();
    if (!facts.customer.empty())
        text += " of " + facts.customer + ", " + amountText(facts.amount_minor) + ' ' + facts.currency;
    text += ": " + facts.status + ".\n";
    std::size_t unusual = 0;
    for (const StoryStep& step : story.steps) {
        const std::int64_t after_us = step.entry.time_us - facts.accepted_us;
        std::string after(after_us < 0 ? "-" : "+");
        after += durationText(after_us < 0 ? -after_us : after_us);
        std::size_t width = 0; // In characters: "µ" has two bytes.
        for (const char c : after)
            width += (std::uint8_t(c) & 0xc0) != 0x80;
        text += step.is_unusual ? "! " : "  ";
        text += std::string(width < 12 ? 12 - width : 0, ' ') + after + "  " + step.title + ". " + step.sentence + '\n';
        unusual += step.is_unusual;
    }
    text += unusual == 0
                ? "Nothing unusual happened.\n"
                : std::to_string(unusual) + " of " + std::to_string(story.steps.size()) + " steps were unusual (!).\n";
    return text;
}

} // namespace orderlab
