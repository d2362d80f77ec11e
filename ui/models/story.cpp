#include "ui/models/story.h"

#include "ui/models/format.h"
#include "ui/theme/core_text.h"

#include <algorithm>

#include <QCoreApplication>

namespace orderlab::ui {

namespace {

struct StoryWords {
    Q_DECLARE_TR_FUNCTIONS(StoryWords)
};

} // namespace

Story tellStory(std::span<const Entry> entries, const JournalNames& names)
{
    orderlab::Story told = orderlab::tellStory(entries, names.names());
    Story story;
    const auto own =
        std::find_if(entries.begin(), entries.end(), [](const Entry& entry) { return !entry.order.isNull(); });
    if (own != entries.end())
        story.order = OrderId(own->order);
    const orderlab::StoryFacts& facts = told.facts;
    story.facts = {toQt(facts.customer), toQt(facts.currency), facts.amount_minor, facts.failed_attempts,
                   facts.duplicates,     facts.dead_letters,   facts.charges,      facts.refunds};
    story.steps.reserve(told.steps.size());
    for (const orderlab::StoryStep& step : told.steps) {
        story.steps.push_back({step.entry, step.from, step.to, step.tone, step.is_unusual, toQt(step.label),
                               toQt(step.title), toQt(step.sentence), step.topic});
    }
    return story;
}

QString afterText(std::int64_t after_us)
{
    return after_us < 0 ? StoryWords::tr("before") : QLatin1Char('+') + durationText(after_us);
}

std::vector<std::pair<QString, QString>> detailsOf(const StoryStep& step, std::int64_t first_us,
                                                   const JournalNames& names)
{
    const Entry& entry = step.entry;
    std::vector<std::pair<QString, QString>> rows;
    const auto add = [&rows](const QString& name, const QString& value) {
        if (!value.isEmpty())
            rows.emplace_back(name, value);
    };
    add(StoryWords::tr("entry"), coreText(name(entry.kind)));
    add(StoryWords::tr("time of day"), clockText(entry.time_us));
    add(StoryWords::tr("after start"), afterText(entry.time_us - first_us));
    if (entry.offset >= 0)
        add(StoryWords::tr("partition · offset"), QStringLiteral("%1 · %2").arg(entry.partition).arg(entry.offset));
    add(StoryWords::tr("group"), names.groupLabel(entry.group));
    add(StoryWords::tr("actor"), names.groupLabel(entry.actor));
    if (entry.attempt > 0)
        add(StoryWords::tr("attempt"), QString::number(entry.attempt));
    if (entry.kind == EntryKind::EventHandled)
        add(StoryWords::tr("took"), durationText(entry.value));
    add(StoryWords::tr("detail"), names.text(entry.detail));
    return rows;
}

} // namespace orderlab::ui
