#pragma once
#include "bus/topic_pages.h"
#include "ui/bridge/capabilities.h"
#include "ui/bridge/frame_pump.h"
#include "ui/bridge/system_core.h"

#include <QObject>
#include <QPointer>

namespace orderlab::ui {

/// Where each partition of our topics ends for whoever looks, by topic; nothing: where the log does.
using TopicEnds = std::array<std::vector<std::int64_t>, event_type_count>;

/// What is asked of a log: its topics, and a page of one of them.
struct TopicQuestion {
    TopicPageQuery page; ///< With an empty topic only the list; TopicPageQuery::until is the desk's.
    /// In place of TopicPageQuery::from: the first records from this time on; where the newest are first, the last
    /// before it.
    std::optional<TimePoint> time = {};
};

struct TopicAnswer {
    struct Topic {
        BrowsedTopic topic;
        std::vector<LogEnds> ends; ///< Of each partition; empty for other programs' topics, which are not asked.
        std::int64_t size() const;
    };
    std::vector<Topic> topics;
    TopicPageQuery asked; ///< As it was put to the log.
    std::optional<TopicPage> page;
    std::optional<Error> page_problem; ///< Why there is no page.
    std::int64_t at_us = 0;            ///< The moment shown when it was asked.
};

/// Opens the log, on a thread of the runtime. It asks now and then whether to give up.
using OpenBrowser = std::function<Result<std::shared_ptr<TopicBrowser>>(const std::function<bool()>& is_given_up)>;

/// Where a group is in a partition, at the moment shown.
struct ReaderPlace {
    NameId group = 0;
    std::int64_t committed = 0; ///< It has read what comes before this offset.
    bool operator==(const ReaderPlace&) const = default;
};

/// The topics of the system that is shown, read behind the window: as of the moment shown. This one has none, and says
/// why. GUI thread.
class TopicDesk : public QObject {
    Q_OBJECT
public:
    TopicDesk(SystemCore& core, const FramePump& frames, const Capabilities& capabilities, const QString& why_none,
              QObject* parent);
    ~TopicDesk() override;

    /// A sentence; empty: there are topics, as far as the system runs.
    const QString& whyNone() const { return m_why_none; }
    /// Why nothing can be published by hand; empty: it can.
    const QString& whyNoPublishing() const { return m_capabilities.whyNot(Ask::PublishEvents); }

    /// One question at a time: false while another is being answered, or where there are too many. `take` is called
    /// here unless `receiver` is gone by then; `tell` meanwhile, with the number of records that were looked at.
    bool ask(QObject* receiver, TopicQuestion question, std::function<void(const Result<TopicAnswer>&)> take,
             std::function<void(std::size_t)> tell = {});
    bool isAsking() const { return m_question != nullptr; }
    /// Ends the question that is being answered: what was found so far is the answer.
    void cancel();
    /// Ends everything; call it before the system ends. Idempotent.
    void stop();
    /// Nobody looks: what is kept to answer faster is given back.
    virtual void rest() {}

    /// Appends an event, or a record that is none (Event::undecodable), to its topic. `done` gets what is wrong, as a
    /// sentence, or nothing.
    virtual void publish(Event event, std::function<void(const QString&)> done);

    /// The groups that read a topic, at the moment shown, in their order.
    std::vector<ReaderPlace> placesIn(EventType topic, std::uint16_t partition) const;
    /// All groups that have a place in the topic.
    std::vector<NameId> readersOf(EventType topic) const;

Q_SIGNALS:
    /// Other records may be there now: another moment, world or log.
    void stale();

protected:
    virtual OpenBrowser opener() const { return {}; }
    /// Where the log is to be seen to, at the moment shown, as offsets; the time is for logs that do not know.
    virtual TopicEnds endsShown() const { return {}; }
    virtual std::optional<TimePoint> timeShown() const { return {}; }
    /// What the journal says of the moment: exact for a log that began with it.
    TopicEnds endsInJournal(std::size_t partitions) const;

    SystemCore& m_core;
    const FramePump& m_frames;
    const Capabilities& m_capabilities;
    Answers::Receiver m_receiver;

private:
    struct Question;
    static Task<void> look(TopicDesk& desk, std::shared_ptr<const Question> question, Answers::Reply reply);
    static Task<Result<TopicAnswer>> answer(const Question& question);
    void finish(const Question& question, const Result<TopicAnswer>& answer);

    const QString m_why_none;
    std::shared_ptr<const Question> m_question; ///< That is being answered.
};

/// Of a Lab in this process: the bus in use. GUI thread.
class LabTopicDesk final : public TopicDesk {
    Q_OBJECT
public:
    LabTopicDesk(LabCore& core, const FramePump& frames, const Capabilities& capabilities, QObject* parent);

    void publish(Event event, std::function<void(const QString&)> done) override;

protected:
    OpenBrowser opener() const override;
    TopicEnds endsShown() const override;
    std::optional<TimePoint> timeShown() const override;

private:
    using Done = std::function<void(const QString&)>;
    static Task<void> append(Lab& lab, Event event, Done done, Answers::Reply reply);

    LabCore& m_lab_core;
};

} // namespace orderlab::ui
