#include "http/dead_letter_api.h"

#include "http/dead_letter_json.h"
#include "http/dead_letter_requests.h"
#include "http/operations.h"

#include <variant>

namespace orderlab {

namespace {

/// What a replay answers: what it would do, or has done.
template <typename Done>
using ForecastOr = std::variant<DeadLetterForecast, Done>;

template <typename Done, typename Output>
Result<ForecastOr<Done>> outcomeOf(Result<Output> output)
{
    if (!output)
        return output.error();
    return ForecastOr<Done>(std::move(*output));
}

Task<Result<DeadLetter>> discard(DeadLetterService& letters, DiscardRequest request)
{
    return letters.discard(request.id, std::move(request.decision));
}

Task<Result<ForecastOr<DeadLetter>>> replay(DeadLetterService& letters, ReplayRequest request)
{
    if (request.dry_run) {
        auto forecast = co_await letters.forecast(request.id);
        co_return outcomeOf<DeadLetter>(std::move(forecast));
    }
    auto letter = co_await letters.replay(request.id, std::move(request.decision), std::move(request.data));
    co_return outcomeOf<DeadLetter>(std::move(letter));
}

Task<Result<ForecastOr<ReplayReport>>> replayAll(DeadLetterService& letters, ReplayAllRequest request)
{
    if (request.dry_run) {
        auto forecast = co_await letters.forecast(std::move(request.filter));
        co_return outcomeOf<ReplayReport>(std::move(forecast));
    }
    auto report = co_await letters.replayAll(std::move(request.filter), std::move(request.decision), request.limits);
    co_return outcomeOf<ReplayReport>(std::move(report));
}

JsonNode letterJson(const DeadLetter& letter)
{
    return deadLetterJson(letter);
}

JsonNode replayJson(const ForecastOr<DeadLetter>& outcome)
{
    const auto* forecast = std::get_if<DeadLetterForecast>(&outcome);
    return forecast ? forecastJson(*forecast) : deadLetterJson(std::get<DeadLetter>(outcome));
}

JsonNode replayAllJson(const ForecastOr<ReplayReport>& outcome)
{
    const auto* forecast = std::get_if<DeadLetterForecast>(&outcome);
    return forecast ? forecastJson(*forecast) : replayReportJson(std::get<ReplayReport>(outcome));
}

} // namespace

void addDeadLetterApi(Router& router, std::function<DeadLetterService*()> service)
{
    const auto find_causes = [](DeadLetterService& letters, DeadLetterCauses asked) {
        return letters.causes(std::move(asked.filter));
    };

    Operations<DeadLetterService> letters(router, std::move(service));
    letters.add({"GET", "/dead-letters", "listDeadLetters", "Events that a group gave up on"}, deadLetterQueryReader(),
                &DeadLetterService::list, deadLetterPageJson);
    letters.add({"GET", "/dead-letters/causes", "countDeadLetters", "Dead letters by cause, the most frequent first"},
                deadLetterCausesReader(), find_causes, deadLetterCausesJson);
    letters.add({"POST", "/dead-letters/replay", "replayDeadLetters",
                 "Give waiting dead letters back to the groups that failed"},
                replayAllReader(), replayAll, replayAllJson);
    letters.add({"GET", "/dead-letters/{id}", "getDeadLetter", "One dead letter, whole"}, deadLetterIdReader(),
                &DeadLetterService::find, letterJson);
    letters.add({"DELETE",
                 "/dead-letters/{id}",
                 "discardDeadLetter",
                 "Decide that a dead letter is not to be done",
                 {200, 409}},
                discardReader(), discard, letterJson);
    letters.add({"POST",
                 "/dead-letters/{id}/replay",
                 "replayDeadLetter",
                 "Give one dead letter back to the group that failed",
                 {200, 409}},
                replayReader(), replay, replayJson);
}

} // namespace orderlab
