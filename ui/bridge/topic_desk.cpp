#include "ui/bridge/topic_desk.h"

#include "bus/event_bus.h"

#include <algorithm>

namespace orderlab::ui {

std::int64_t TopicAnswer::Topic::size() const
{
    std::int64_t size = 0;
    for (const LogEnds& log : ends)
        size += log.size();
    return size;
}

/// Shared by the window and the thread that answers.
struct TopicDesk::Question {
    TopicQuestion asked;
    OpenBrowser open;
    TopicEnds ends;
    std::optional<TimePoint> until;
    std::int64_t at_us = 0;
    QPointer<QObject> receiver; ///< The window's, as the next.
    std::function<void(const Result<TopicAnswer>&)> take;
    std::optional<Answers::News<std::size_t>> progress;
    mutable std::atomic<bool> is_canceled{false};
};

TopicDesk::TopicDesk(SystemCore& core, const FramePump& frames, const Capabilities& capabilities,
                     const QString& why_none, QObject* parent)
    : QObject(parent), m_core(core), m_frames(frames), m_capabilities(capabilities), m_receiver(core.answers),
      m_why_none(why_none)
{
    connect(&frames, &FramePump::frame, this, &TopicDesk::stale);
    connect(&frames, &FramePump::momentChanged, this, &TopicDesk::stale);
    connect(&frames, &FramePump::worldChanged, this, &TopicDesk::stale);
}

TopicDesk::~TopicDesk()
{
    stop();
}

bool TopicDesk::ask(QObject* receiver, TopicQuestion question, std::function<void(const Result<TopicAnswer>&)> take,
                    std::function<void(std::size_t)> tell)
{
    if (!m_why_none.isEmpty() || m_question)
        return false;
    auto reply = m_receiver.ask();
    if (!reply)
        return false;
    auto shared = std::make_shared<Question>();
    shared->asked = std::move(question);
    shared->open = opener();
    shared->ends = endsShown();
    shared->until = timeShown();
    shared->at_us = m_frames.nowUs();
    shared->receiver = receiver;
    shared->take = std::move(take);
    if (tell) {
        const QPointer<QObject> guard(receiver);
        shared->progress.emplace(m_receiver, [tell = std::move(tell), guard](std::size_t looked_at) {
            if (guard)
                tell(looked_at);
        });
    }
    m_question = shared;
    m_core.tasks.spawn(look(*this, m_question, std::move(*reply)));
    return true;
}

void TopicDesk::cancel()
{
    if (m_question)
        m_question->is_canceled = true;
}

void TopicDesk::stop()
{
    cancel();
}

void TopicDesk::publish(Event, std::function<void(const QString&)> done)
{
    done(whyNoPublishing().isEmpty() ? m_why_none : whyNoPublishing());
}

Task<void> TopicDesk::look(TopicDesk& desk, std::shared_ptr<const Question> question, Answers::Reply reply)
{
    auto got = std::make_shared<Result<TopicAnswer>>(co_await answer(*question));
    reply.answer([&desk, question, got] { desk.finish(*question, *got); });
}

void TopicDesk::finish(const Question& question, const Result<TopicAnswer>& answer)
{
    m_question.reset();
    if (question.receiver)
        question.take(answer);
}

namespace {

std::vector<std::int64_t> untilOf(const BrowsedTopic& topic, const TopicEnds& ends)
{
    if (!topic.type)
        return {};
    return ends[std::size_t(*topic.type)];
}

} // namespace

Task<Result<TopicAnswer>> TopicDesk::answer(const Question& question)
{
    const auto opened = question.open([&question] { return question.is_canceled.load(); });
    if (!opened)
        co_return opened.error();
    const std::shared_ptr<TopicBrowser> browser = *opened;
    const auto listed = co_await browser->topics();
    if (!listed)
        co_return listed.error();
    TopicAnswer answer;
    answer.at_us = question.at_us;
    answer.asked = question.asked.page;
    for (const BrowsedTopic& topic : *listed) {
        TopicAnswer::Topic& shown = answer.topics.emplace_back();
        shown.topic = topic;
        const bool is_asked = topic.name == answer.asked.topic;
        if (!topic.isOurs() && !is_asked)
            continue;
        const auto ends = co_await browser->ends(topic.name);
        if (!ends)
            continue; // It went away meanwhile.
        shown.ends = *ends;
        std::vector<std::int64_t> until = untilOf(topic, question.ends);
        if (question.until) {
            constexpr Duration just_after{1};
            auto found = co_await browser->offsetsAt(topic.name, *question.until + just_after);
            if (found)
                until = std::move(*found);
        }
        for (std::size_t i = 0; i < std::min(shown.ends.size(), until.size()); ++i)
            shown.ends[i].end = std::clamp(until[i], shown.ends[i].earliest, shown.ends[i].end);
        if (is_asked)
            answer.asked.until = std::move(until);
    }
    if (answer.asked.topic.empty())
        co_return answer;
    if (question.asked.time) {
        auto from = co_await browser->offsetsAt(answer.asked.topic, *question.asked.time);
        if (!from)
            co_return from.error();
        answer.asked.from = std::move(*from);
    }
    const std::function<bool(std::size_t)> go_on = [&question](std::size_t looked_at) {
        if (question.progress)
            question.progress->tell(looked_at);
        return !question.is_canceled;
    };
    auto page = co_await readTopicPage(*browser, answer.asked, go_on);
    if (page)
        answer.page = std::move(*page);
    else
        answer.page_problem = page.error();
    co_return answer;
}

TopicEnds TopicDesk::endsInJournal(std::size_t partitions) const
{
    TopicEnds ends;
    for (std::vector<std::int64_t>& of_topic : ends)
        of_topic.assign(partitions, 0); // Nothing was published yet.
    for (const TopicState& topic : m_frames.world().topics()) {
        const auto type = m_frames.names().topic(topic.name);
        if (!type)
            continue;
        std::vector<std::int64_t>& of_topic = ends[std::size_t(*type)];
        of_topic.resize(std::max(partitions, topic.partitions.size()), 0);
        for (std::size_t i = 0; i < topic.partitions.size(); ++i)
            of_topic[i] = topic.partitions[i].end;
    }
    return ends;
}

std::vector<ReaderPlace> TopicDesk::placesIn(EventType topic, std::uint16_t partition) const
{
    std::vector<ReaderPlace> places;
    for (const GroupState& group : m_frames.world().groups()) {
        for (const GroupPartitionState& place : group.partitions) {
            if (place.partition == partition && m_frames.names().topic(place.topic) == topic)
                places.push_back({group.name, place.committed});
        }
    }
    return places;
}

std::vector<NameId> TopicDesk::readersOf(EventType topic) const
{
    std::vector<NameId> readers;
    for (const GroupState& group : m_frames.world().groups()) {
        const bool reads = std::ranges::any_of(group.partitions, [&](const GroupPartitionState& place) {
            return m_frames.names().topic(place.topic) == topic;
        });
        if (reads)
            readers.push_back(group.name);
    }
    return readers;
}

// A Lab ---------------------------------------------------------------------------------------------------------------

LabTopicDesk::LabTopicDesk(LabCore& core, const FramePump& frames, const Capabilities& capabilities, QObject* parent)
    : TopicDesk(core, frames, capabilities, {}, parent), m_lab_core(core)
{}

OpenBrowser LabTopicDesk::opener() const
{
    return [&lab = m_lab_core.lab](const std::function<bool()>&) -> Result<std::shared_ptr<TopicBrowser>> {
        auto browser = lab.bus().browser();
        if (!browser)
            return unavailable("the event bus is being switched");
        return browser;
    };
}

// While the moment is held, the log is shown as it was then. One that ends with its process began with the journal.

TopicEnds LabTopicDesk::endsShown() const
{
    const bool is_told = !m_frames.isFollowing() && m_lab_core.lab.bus().identity().empty();
    return is_told ? endsInJournal(m_lab_core.lab.bus().partitionCount()) : TopicEnds{};
}

std::optional<TimePoint> LabTopicDesk::timeShown() const
{
    if (m_frames.isFollowing() || m_lab_core.lab.bus().identity().empty())
        return std::nullopt;
    return fromMicros(m_frames.nowUs());
}

Task<void> LabTopicDesk::append(Lab& lab, Event event, Done done, Answers::Reply reply)
{
    const std::vector<Event> events{std::move(event)};
    const auto published = co_await lab.bus().publish(events);
    const QString problem = published ? QString() : sentence(published.error());
    reply.answer([done = std::move(done), problem] { done(problem); });
}

void LabTopicDesk::publish(Event event, Done done)
{
    auto reply = m_receiver.ask();
    if (!reply) {
        done(tooManyQuestions());
        return;
    }
    m_core.tasks.spawn(append(m_lab_core.lab, std::move(event), std::move(done), std::move(*reply)));
}

} // namespace orderlab::ui
