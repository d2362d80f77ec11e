#include "service/dead_letter_service.h"

#include "base/json_fields.h"
#include "base/utf8.h"
#include "domain/event_codec.h"

#include <algorithm>
#include <map>

namespace orderlab {

namespace {

constexpr std::size_t page_letters = 100;
constexpr std::size_t forecast_letters_max = 10'000;

Result<void> checkText(const char* field, const std::string& text, std::size_t min, std::size_t max)
{
    const auto length = printableLength(text);
    if (text.size() < min || !length || *length > max)
        return invalidArgument(field, "must have " + std::to_string(min) + " to " + std::to_string(max)
                                          + " printable characters");
    return {};
}

/// An event that was received may have members that we do not know; a person who writes one has erred.
Result<void> checkMembers(const EventDetails& details, std::string_view text)
{
    JsonProblem problem;
    const auto object = parseJsonTree(text, problem);
    if (!object)
        return invalidArgument("data", problem.reason);
    std::vector<JsonProblem> problems;
    JsonFields fields(*object, "data", problems);
    for (const char* name : {"user_id", "amount", "currency"})
        fields.take(name);
    forEachMember(details, [&](std::string_view name, const auto&) { fields.take(name); });
    fields.finish();
    if (!problems.empty())
        return invalidArgument(problems.front().field, problems.front().reason);
    return {};
}

/// The data that a person wrote; errors name the member as "data.amount".
Result<EventData> editedData(EventType type, std::string_view text)
{
    auto data = decodeData(type, text);
    if (data) {
        ORDERLAB_TRY(return, checkMembers(data->details, text));
        return data;
    }
    const std::string& field = data.error().field;
    return invalidArgument(field.empty() || field == "data" ? "data" : "data." + field, data.error().message);
}

} // namespace

std::string DeadLetterForecast::sentence() const
{
    const std::string rest =
        undecodable == 0 ? "" : ' ' + std::to_string(undecodable) + " could not be decoded and can only be discarded.";
    if (to_replay == 0)
        return "Nothing to replay." + rest;
    return std::to_string(to_replay) + (is_complete ? "" : " or more") + " to replay: " + std::to_string(duplicates)
           + " would be skipped as duplicates, " + std::to_string(run_again) + " would run again." + rest;
}

Result<void> DeadLetterDecision::validate() const
{
    ORDERLAB_TRY(return, checkText("by", by, 1, 100));
    return checkText("reason", reason, 0, 300);
}

Result<void> ReplayLimits::validate() const
{
    if (!(rate_per_s > 0) || rate_per_s > 100'000)
        return invalidArgument("rate", "must be a number of dead letters a second, above 0 and at most 100000");
    if (letters_max < 1 || letters_max > 10'000)
        return invalidArgument("limit", "must be a whole number from 1 to 10000");
    return {};
}

/// With the group's name as in rows.
DeadLetterFilter DeadLetterService::resolved(DeadLetterFilter filter) const
{
    if (!filter.group.empty())
        filter.group = storedGroupName(filter.group, m_deps.group_prefix);
    return filter;
}

/// With the group's name as on the bus.
DeadLetter DeadLetterService::shown(DeadLetter letter) const
{
    letter.group = groupNameOnBus(letter.group, m_deps.group_prefix);
    return letter;
}

Task<Result<DeadLetterPage>> DeadLetterService::list(DeadLetterQuery query)
{
    query.filter = resolved(std::move(query.filter));
    auto page = co_await m_deps.store.queryDeadLetters(std::move(query));
    for (std::size_t i = 0; page && i < page->letters.size(); ++i)
        page->letters[i] = shown(std::move(page->letters[i]));
    co_return page;
}

Task<Result<std::vector<DeadLetterCause>>> DeadLetterService::causes(DeadLetterFilter filter)
{
    auto causes = co_await m_deps.store.countDeadLetters(resolved(std::move(filter)));
    for (std::size_t i = 0; causes && i < causes->size(); ++i)
        (*causes)[i].group = groupNameOnBus((*causes)[i].group, m_deps.group_prefix);
    co_return causes;
}

Task<Result<DeadLetter>> DeadLetterService::find(Uuid id)
{
    auto letter = co_await findStored(id);
    if (!letter)
        co_return letter.error();
    co_return shown(std::move(*letter));
}

Task<Result<DeadLetter>> DeadLetterService::findStored(Uuid id)
{
    auto letter = co_await m_deps.store.findDeadLetter(id);
    if (!letter)
        co_return letter.error();
    if (!*letter)
        co_return Error{ErrorCode::NotFound, Retry::Never, "there is no dead letter with this id", {}};
    co_return std::move(**letter);
}

Task<Result<DeadLetter>> DeadLetterService::findWaiting(Uuid id)
{
    auto letter = co_await findStored(id);
    if (letter && letter->state != DeadLetterState::Waiting) {
        co_return Error{ErrorCode::IllegalTransition,
                        Retry::Never,
                        "this dead letter does not wait any more: it is " + std::string(name(letter->state)),
                        {}};
    }
    co_return letter;
}

/// One that its group can be given again.
Task<Result<DeadLetter>> DeadLetterService::findReplayable(Uuid id)
{
    auto letter = co_await findWaiting(id);
    if (letter && letter->event.undecodable) {
        co_return Error{ErrorCode::IllegalTransition,
                        Retry::Never,
                        "this dead letter could not be decoded (" + letter->error
                            + "): it is no event that a group could be given again. It can only be discarded",
                        {}};
    }
    co_return letter;
}

/// How many of them their group has done already. While the store has no inbox nothing would be skipped for its rows.
Task<Result<std::int64_t>> DeadLetterService::duplicatesAmong(std::span<const DeadLetter> letters)
{
    if (!m_deps.faults.isOn(Guarantee::Inbox) || !m_deps.faults.isOn(Guarantee::DurableInbox))
        co_return 0;
    std::map<std::string, std::vector<EventId>> by_group;
    for (const DeadLetter& letter : letters)
        by_group[letter.group].push_back(letter.event.id);
    std::int64_t duplicates = 0;
    for (const auto& [group, events] : by_group) {
        const auto done = co_await m_deps.store.findProcessed(group, events);
        if (!done)
            co_return done.error();
        duplicates += std::count(done->begin(), done->end(), true);
    }
    co_return duplicates;
}

Task<Result<DeadLetterForecast>> DeadLetterService::forecast(DeadLetterFilter filter)
{
    DeadLetterQuery query;
    query.filter = resolved(std::move(filter));
    query.filter.state = DeadLetterState::Waiting;
    query.filter.undecodable = true;
    DeadLetterForecast forecast;
    const auto undecodable = co_await count(query.filter);
    if (!undecodable)
        co_return undecodable.error();
    forecast.undecodable = *undecodable;
    query.filter.undecodable = false;
    query.oldest_first = true;
    query.limit = 500;
    do {
        const auto page = co_await m_deps.store.queryDeadLetters(query);
        if (!page)
            co_return page.error();
        const auto duplicates = co_await duplicatesAmong(page->letters);
        if (!duplicates)
            co_return duplicates.error();
        forecast.to_replay += std::int64_t(page->letters.size());
        forecast.duplicates += *duplicates;
        query.cursor = page->next_cursor;
    } while (!query.cursor.empty() && forecast.to_replay < std::int64_t(forecast_letters_max));
    forecast.run_again = forecast.to_replay - forecast.duplicates;
    forecast.is_complete = query.cursor.empty();
    co_return forecast;
}

Task<Result<DeadLetterForecast>> DeadLetterService::forecast(Uuid id)
{
    const auto letter = co_await findReplayable(id);
    if (!letter)
        co_return letter.error();
    const auto duplicates = co_await duplicatesAmong(std::span(&*letter, 1));
    if (!duplicates)
        co_return duplicates.error();
    co_return DeadLetterForecast{1, *duplicates, 1 - *duplicates};
}

/// Marks `letter`, which waits, and puts its event into the outbox: both or neither.
Task<Result<void>> DeadLetterService::replayNow(DeadLetter& letter, const DeadLetterDecision& decision, TimePoint now)
{
    letter.state = DeadLetterState::Replayed;
    letter.note({DeadLetterAct::Kind::Replayed, now, decision.by, decision.reason});
    Event event = letter.event;
    setTargetGroup(event, letter.group);
    const auto transaction = m_deps.store.begin();
    transaction->updateDeadLetter(letter);
    transaction->emit(std::move(event));
    auto committed = co_await transaction->commit(now);
    co_return committed;
}

Task<Result<DeadLetter>> DeadLetterService::replay(Uuid id, DeadLetterDecision decision, std::string data)
{
    ORDERLAB_TRY(co_return, decision.validate());
    auto letter = co_await findReplayable(id);
    if (!letter)
        co_return letter.error();
    const TimePoint now = m_deps.runtime.now();
    if (!data.empty()) {
        auto edited = editedData(letter->event.type, data);
        if (!edited)
            co_return edited.error();
        // Dated like the replay, so that the two are seen to belong together.
        letter->note({DeadLetterAct::Kind::Edited, now, decision.by, encodeData(letter->event.data)});
        letter->event.data = std::move(*edited);
    }
    const auto replayed = co_await replayNow(*letter, decision, now);
    if (!replayed)
        co_return replayed.error();
    co_return shown(std::move(*letter));
}

Task<Result<std::int64_t>> DeadLetterService::count(DeadLetterFilter filter)
{
    const auto causes = co_await m_deps.store.countDeadLetters(std::move(filter));
    if (!causes)
        co_return causes.error();
    std::int64_t all = 0;
    for (const DeadLetterCause& cause : *causes)
        all += cause.count;
    co_return all;
}

Task<Result<ReplayReport>> DeadLetterService::replayAll(DeadLetterFilter filter, DeadLetterDecision decision,
                                                        ReplayLimits limits)
{
    ORDERLAB_TRY(co_return, decision.validate());
    ORDERLAB_TRY(co_return, limits.validate());
    const TimePoint start = m_deps.runtime.now();
    DeadLetterQuery query;
    query.filter = resolved(std::move(filter));
    query.filter.state = DeadLetterState::Waiting;
    query.filter.undecodable = false;
    query.filter.given_up_before = std::min(query.filter.given_up_before.value_or(start), start);
    query.oldest_first = true;
    query.limit = std::min(page_letters, limits.letters_max);
    const Duration pause{std::int64_t(1e6 / limits.rate_per_s)};
    ReplayReport report;
    bool is_over = false;
    std::size_t taken = 0;
    while (!is_over) {
        auto page = co_await m_deps.store.queryDeadLetters(query);
        if (!page)
            report.failure = page.error();
        is_over = !page || page->letters.empty() || page->next_cursor.empty();
        for (std::size_t i = 0; page && i < page->letters.size(); ++i) {
            const Duration due = pause * std::int64_t(taken) - (m_deps.runtime.now() - start);
            if (taken == limits.letters_max || pause * std::int64_t(taken) > limits.time_limit
                || m_deps.runtime.now() - start > limits.time_limit) {
                is_over = true;
                break;
            }
            if (due.count() > 0)
                co_await m_deps.runtime.sleep(due);
            ++taken;
            const auto replayed = co_await replayNow(page->letters[i], decision, m_deps.runtime.now());
            report.replayed += replayed ? 1 : 0;
            if (replayed)
                continue;
            if (replayed.error().code == ErrorCode::Conflict) {
                ++report.skipped;
                continue;
            }
            report.failure = replayed.error();
            is_over = true;
            break;
        }
        if (page)
            query.cursor = page->next_cursor;
    }
    if (report.failure && report.replayed == 0)
        co_return *report.failure;
    const auto remaining = co_await count(query.filter);
    if (remaining)
        report.remaining = *remaining;
    else if (!report.failure)
        report.failure = remaining.error();
    co_return report;
}

Task<Result<DeadLetter>> DeadLetterService::discard(Uuid id, DeadLetterDecision decision)
{
    ORDERLAB_TRY(co_return, decision.validate());
    auto letter = co_await findWaiting(id);
    if (!letter)
        co_return letter.error();
    const TimePoint now = m_deps.runtime.now();
    letter->state = DeadLetterState::Discarded;
    letter->note({DeadLetterAct::Kind::Discarded, now, std::move(decision.by), std::move(decision.reason)});
    const auto transaction = m_deps.store.begin();
    transaction->updateDeadLetter(*letter);
    const auto committed = co_await transaction->commit(now);
    if (!committed)
        co_return committed.error();
    co_return shown(std::move(*letter));
}

} // namespace orderlab
