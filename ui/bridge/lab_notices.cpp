#include "ui/bridge/lab_notices.h"

#include "ui/models/format.h"

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr qsizetype waiting_max = 20; ///< Sentences that the window has not taken yet: the newest.

} // namespace

/// Called on the Lab's threads. Constant from the Lab's start on.
struct LabNotices::Teller {
    std::optional<Answers::News<QStringList>> news;
    Lab* lab = nullptr;

    void tell(const std::string& sentence) const
    {
        QString text = toQt(sentence);
        if (!text.isEmpty())
            text[0] = text[0].toUpper(); // A log's line begins otherwise.
        if (news)
            news->tell({text});
    }
    /// Failures that were set here are seen in the event flow.
    void tellOfBus(const HealthPart& part) const
    {
        if (part.name == "bus" && !part.is_ready && lab && lab->faults().faults().empty())
            tell("The bus does not work: " + part.reason);
    }
};

LabNotices::LabNotices(QObject* parent) : QObject(parent), m_teller(std::make_shared<Teller>()) {}

LabNotices::~LabNotices() = default;

LabConfig LabNotices::configured(LabConfig config) const
{
    config.watch_health = true;
    config.on_groups_renamed = config.on_log_loss =
        config.on_other_logs = [teller = m_teller](const std::string& sentence) { teller->tell(sentence); };
    config.on_health = [teller = m_teller](const HealthPart& part, Duration) { teller->tellOfBus(part); };
    return config;
}

void LabNotices::listenTo(LabCore& core)
{
    m_receiver.emplace(core.answers);
    m_teller->lab = &core.lab;
    m_teller->news.emplace(
        *m_receiver,
        [this](const QStringList& sentences) {
            for (const QString& sentence : sentences)
                Q_EMIT told(sentence);
        },
        [](QStringList& waiting, QStringList&& newer) {
            waiting += newer;
            waiting = waiting.last(std::min(waiting_max, waiting.size()));
        });
}

} // namespace orderlab::ui
