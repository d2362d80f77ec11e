#include "ui/canvas/failure_marks.h"

#include "fault_model/fault_words.h"
#include "ui/models/format.h"
#include "ui/theme/core_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace orderlab::ui {

namespace {

class MarkTexts {
    Q_DECLARE_TR_FUNCTIONS(MarkTexts)
};

/// A crashed member that is overdue for so long, and that its group does not know, was taken away meanwhile.
constexpr std::int64_t overdue_max_us = 10'000'000;

/// Tenths: what counts down is not to flicker.
QString inTenths(std::int64_t us)
{
    return durationText(std::max<std::int64_t>((us + 99'999) / 100'000 * 100'000, 100'000));
}

QString backText(std::int64_t until_us, std::int64_t now_us)
{
    return until_us > now_us ? MarkTexts::tr("back in %1").arg(inTenths(until_us - now_us))
                             : MarkTexts::tr("starting again");
}

Trouble troubleOf(const ServiceState& service, std::int64_t now_us)
{
    if (!service.is_away)
        return {};
    if (service.until_us > 0)
        return {MarkTexts::tr("away"), backText(service.until_us, now_us)};
    return {MarkTexts::tr("away"), MarkTexts::tr("for %1").arg(inTenths(now_us - service.since_us))};
}

Trouble troubleOf(const CircuitState& circuit, std::int64_t now_us)
{
    if (!circuit.is_open)
        return {};
    return {MarkTexts::tr("circuit open"),
            circuit.until_us > now_us ? inTenths(circuit.until_us - now_us) : MarkTexts::tr("probing")};
}

bool isGone(const WorldState& world, const ProcessState& process, std::int64_t now_us)
{
    if (process.group == 0 || now_us < process.until_us + overdue_max_us)
        return false;
    const GroupState* group = world.findGroup(process.group);
    return !group || std::none_of(group->members.begin(), group->members.end(), [&](const MemberState& member) {
        return member.name == process.name;
    });
}

int placeOf(const std::vector<GroupPlace>& groups, const QString& name)
{
    const auto place =
        std::find_if(groups.begin(), groups.end(), [&](const GroupPlace& group) { return group.name == name; });
    return place == groups.end() ? -1 : int(place - groups.begin());
}

void addProcess(FailureMarks& marks, std::vector<std::size_t>& down, const ProcessState& process,
                const JournalNames& names, const std::vector<GroupPlace>& groups, std::int64_t now_us)
{
    const ProcessCondition condition = process.conditionAt(now_us);
    const bool is_crashed = condition == ProcessCondition::Crashed;
    Trouble trouble{is_crashed ? MarkTexts::tr("crashed") : MarkTexts::tr("hangs"),
                    is_crashed ? backText(process.until_us, now_us) : inTenths(process.until_us - now_us)};
    if (process.group == 0) {
        (names.text(process.name) == QLatin1String("api") ? marks.api : marks.relay) = std::move(trouble);
        return;
    }
    const int place = placeOf(groups, names.groupLabel(process.group));
    if (place < 0)
        return;
    GroupTrouble& group = marks.groups[std::size_t(place)];
    ++down[std::size_t(place)];
    if (!group.trouble.isEmpty() && (group.is_crashed || !is_crashed))
        return;
    if (groups[std::size_t(place)].members > 1)
        trouble.what = names.text(process.name) + QLatin1Char(' ') + trouble.what;
    group.trouble = std::move(trouble);
    group.is_crashed = is_crashed;
}

} // namespace

bool FailureMarks::isMoving() const
{
    return !flashes.empty() || !api.isEmpty() || !store.isEmpty() || !bus.isEmpty() || !relay.isEmpty()
           || !circuit.isEmpty() || std::any_of(groups.begin(), groups.end(), [](const GroupTrouble& group) {
                  return !group.trouble.isEmpty();
              });
}

FailureMarks failureMarks(const WorldState& world, const JournalNames& names, const std::vector<GroupPlace>& groups,
                          std::int64_t now_us)
{
    FailureMarks marks;
    marks.groups.resize(groups.size());
    std::vector<std::size_t> down(groups.size(), 0);
    const Disturbances& broken = world.disturbances();
    for (const ProcessState& process : broken.processes()) {
        if (process.conditionAt(now_us) != ProcessCondition::Runs && !isGone(world, process, now_us))
            addProcess(marks, down, process, names, groups, now_us);
    }
    for (std::size_t g = 0; g < groups.size(); ++g)
        marks.groups[g].is_down = down[g] > 0 && down[g] >= groups[g].members;
    marks.store = troubleOf(world.database(now_us), now_us);
    marks.bus = troubleOf(world.broker(now_us), now_us);
    marks.circuit = troubleOf(broken.circuit(), now_us);
    for (const StrikeState& strike : broken.strikes()) {
        if (now_us < strike.time_us || now_us - strike.time_us >= FailureMarks::flash_us)
            continue;
        const int group = strike.place == StrikePlace::Group ? placeOf(groups, names.groupLabel(strike.group)) : -1;
        if (strike.place == StrikePlace::Group && group < 0)
            continue;
        const bool is_told = strike.action == FaultAction::Away || strike.action == FaultAction::Crash
                             || strike.action == FaultAction::Hang;
        QString words = is_told ? QString() : coreText(strikeWords(strike.action));
        if (strike.place == StrikePlace::System && strike.seam == Seam::Network)
            words = MarkTexts::tr("network: %1").arg(words);
        marks.flashes.push_back({strike.place, group, std::move(words), strike.time_us});
    }
    return marks;
}

} // namespace orderlab::ui
