#include "ui/worlds/comparison.h"

#include "ui/worlds/worlds.h"

#include <algorithm>
#include <unordered_set>

namespace orderlab::ui {

namespace {

std::vector<Entry> allOf(const Timeline& timeline)
{
    std::vector<Entry> entries;
    entries.reserve(std::size_t(timeline.endIndex() - timeline.firstIndex()));
    timeline.forEach([&](const Entry& entry) { entries.push_back(entry); });
    return entries;
}

/// What customers call their purchases, in the order in which they come. Both worlds call them the same.
std::vector<Uuid> purchasesOf(const std::vector<Entry>& first, const std::vector<Entry>& second)
{
    std::vector<Uuid> purchases;
    std::unordered_set<Uuid, UuidHash> known;
    for (const std::vector<Entry>* entries : {&first, &second}) {
        for (const Entry& entry : *entries) {
            const bool is_purchase = entry.kind == EntryKind::ClientAsked || entry.kind == EntryKind::OrderAccepted;
            if (is_purchase && !entry.event.isNull() && known.insert(entry.event).second)
                purchases.push_back(entry.event);
        }
    }
    return purchases;
}

OrderId orderOf(const Uuid& purchase, const std::vector<Entry>& entries)
{
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) {
        return entry.kind == EntryKind::OrderAccepted && entry.event == purchase;
    });
    return found == entries.end() ? OrderId() : OrderId(found->order);
}

} // namespace

WorldComparison::WorldComparison(LabBridge& bridge, int id, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_id(id), m_name(bridge.worlds()->find(id)->name),
      m_frames(
          bridge.frames().names().names(), bridge.session().config().topic_prefix,
          bridge.session().config().group_prefix, [] { return TimePoint{}; }, nullptr),
      m_store(m_frames, nullptr), m_commands(bridge.commands().capabilities(), bridge.session(), m_frames, nullptr),
      m_letters(bridge.commands().capabilities(), nullptr)
{
    const World& world = *bridge.worlds()->find(id);
    m_run = std::make_shared<WorldRun>(world.scenario, world.seed, bridge.worlds()->names());
    m_frames.replace(std::make_unique<WorldSource>(m_run), bridge.frames().nowUs());
    connect(&bridge, &LabBridge::ticked, this, &WorldComparison::follow);
    connect(&bridge.frames(), &FramePump::momentChanged, this, &WorldComparison::followMoment);
    connect(&bridge.player(), &Player::changed, this, &WorldComparison::followMoment);
    connect(&bridge.frames(), &FramePump::grown, this, [this] { m_is_stale = true; });
    connect(&m_frames, &FramePump::frame, this, &WorldComparison::frame);
}

WorldComparison::~WorldComparison() = default;

FlowSource WorldComparison::otherSource() const
{
    return {m_frames, m_bridge.session(), m_commands, m_store, m_letters};
}

const SimulationReport* WorldComparison::otherOutcome() const
{
    return m_run->isOver() && m_run->report() ? &*m_run->report() : nullptr;
}

void WorldComparison::follow()
{
    if (m_frames.read())
        m_is_stale = true;
    m_store.follow();
    if (m_is_stale && m_frames.isWhole() && m_bridge.frames().isWhole()) {
        m_is_stale = false;
        compare();
        followMoment();
        Q_EMIT changed();
    }
}

void WorldComparison::followMoment()
{
    const FramePump& shown = m_bridge.frames();
    const bool plays = m_bridge.player().isPlaying();
    if (m_frames.summary().isEmpty())
        return;
    // Several entries have one time: where both worlds are the same, the same one is meant.
    if (!plays && shown.index() <= m_equal)
        m_frames.goTo(shown.index());
    else
        m_frames.goToTime(shown.nowUs(), plays);
}

void WorldComparison::compare()
{
    const std::vector<Entry> other = allOf(m_frames.timeline());
    const std::vector<Entry> shown = allOf(m_bridge.frames().timeline());
    const std::vector<Uuid> purchases = purchasesOf(other, shown);
    m_equal =
        std::uint64_t(std::mismatch(other.begin(), other.end(), shown.begin(), shown.end()).first - other.begin());
    const Names& names = m_bridge.frames().names().names();
    m_result = compareRuns({"in the other world", other, names, purchases}, {"here", shown, names, purchases},
                           differences_max);
    m_places.clear();
    for (const Difference& difference : m_result->differences) {
        const std::vector<Entry>& entries = difference.at.first.empty() ? shown : other;
        Place place;
        place.kind = difference.kind;
        place.explanation = QString::fromStdString(difference.explanation);
        if (difference.at.index < entries.size())
            place.time_us = entries[std::size_t(difference.at.index)].time_us;
        if (difference.order >= 1 && difference.order <= purchases.size()) {
            const Uuid& purchase = purchases[std::size_t(difference.order - 1)];
            place.order = orderOf(purchase, shown);
            if (place.order.isNull())
                place.order = orderOf(purchase, other);
        }
        m_places.push_back(std::move(place));
    }
    std::stable_sort(m_places.begin(), m_places.end(),
                     [](const Place& a, const Place& b) { return a.time_us < b.time_us; });
}

bool WorldComparison::isStillTrue() const
{
    const Worlds& worlds = *m_bridge.worlds();
    const World* const world = worlds.find(m_id);
    return world && world != &worlds.shown() && world->scenario == m_run->scenario() && world->seed == m_run->seed();
}

const WorldComparison::Place* WorldComparison::goToNext(bool forward)
{
    const std::int64_t now_us = m_bridge.frames().nowUs();
    const Place* found = nullptr;
    for (const Place& place : m_places) {
        if (forward ? place.time_us > now_us : place.time_us < now_us) {
            found = &place;
            if (forward)
                break;
        }
    }
    if (found)
        m_bridge.frames().goToTime(found->time_us);
    return found;
}

} // namespace orderlab::ui
