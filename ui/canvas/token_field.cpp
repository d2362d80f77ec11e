#include "ui/canvas/token_field.h"

#include <algorithm>
#include <cmath>

namespace orderlab::ui {

namespace {

constexpr double speed_px_s = 430;
constexpr double effects_speed_px_s = 1'500; ///< A long way round; it should not take longer than the rest.
constexpr double duration_min_s = 0.3;
constexpr double fade_s = 2; ///< Longer than a cell stays bright and a ring glows behind an arrival.
constexpr double look_every_s = 0.5;
constexpr double seconds_on_the_way = 0.8; ///< Of a usual token; to tell tokens on the way from tokens a second.

} // namespace

void TokenField::add(std::span<const Entry> entries, const Routes& routes, const JournalNames& names,
                     const std::vector<int>& group_place, bool is_backward)
{
    m_is_backward = is_backward;
    if (m_last_arrival.size() < routes.groupCount()) {
        m_last_arrival.resize(routes.groupCount(), -1e9);
        m_last_face.resize(routes.groupCount(), new_order_face);
    }
    for (const Entry& entry : entries) {
        const auto topic = names.topic(entry.topic);
        const int group = entry.group < group_place.size() ? group_place[entry.group] : -1;
        const std::optional<Hop> hop = hopOf(entry, topic, group);
        if (hop && is_backward)
            sendBack(*hop, routes, entry);
        else if (hop)
            sendOn(*hop, routes, entry, group == m_payer);
        else if (!is_backward && entry.kind == EntryKind::EventEmitted && topic)
            m_event_ready[entry.event] = readyAt(m_order_ready, entry.order); // Comes from the API with its order.
    }
    if (!entries.empty())
        m_settled_s = std::max(m_settled_s, m_time_s + fade_s);
}

/// The way that an entry's token goes, in whichever direction; nothing where none moves.
std::optional<TokenField::Hop> TokenField::hopOf(const Entry& entry, std::optional<EventType> topic, int group) const
{
    const auto place = std::uint8_t(std::max(group, 0));
    const TokenFace face = topic ? faceOfTopic(*topic) : new_order_face;
    switch (entry.kind) {
    case EntryKind::OrderAccepted: return Hop{{RouteKey::Kind::Accept}, speed_px_s, new_order_face};
    case EntryKind::EventEmitted:
        if (const int emitter = topic ? m_emitters[std::size_t(*topic)] : -1; emitter >= 0)
            return Hop{{RouteKey::Kind::Effects, *topic, 0, std::uint8_t(emitter)}, effects_speed_px_s, face};
        break;
    case EntryKind::EventPublished:
        if (topic)
            return Hop{{RouteKey::Kind::Publish, *topic, entry.partition}, speed_px_s, face};
        break;
    case EntryKind::EventDelivered:
        if (topic && group >= 0)
            return Hop{{RouteKey::Kind::Deliver, *topic, entry.partition, place}, speed_px_s, face};
        break;
    case EntryKind::DeadLettered:
        if (group >= 0)
            return Hop{{RouteKey::Kind::Dead, EventType::OrderCreated, 0, place}, speed_px_s, TokenFace::Dead};
        break;
    default: break; // Nothing moves.
    }
    return std::nullopt;
}

/// Each hop waits for the one that caused it. `pays`: it goes to the group that an order waits for first.
void TokenField::sendOn(const Hop& hop, const Routes& routes, const Entry& entry, bool pays)
{
    switch (hop.route.kind) {
    case RouteKey::Kind::Accept: m_order_ready[entry.order] = send(hop, routes, m_time_s, entry); break;
    case RouteKey::Kind::Effects:
        m_event_ready[entry.event] = send(hop, routes, readyAt(m_order_ready, entry.order), entry);
        break;
    case RouteKey::Kind::Publish:
        m_event_ready[entry.event] = send(hop, routes, readyAt(m_event_ready, entry.event), entry);
        break;
    case RouteKey::Kind::Deliver: {
        const double arrival = send(hop, routes, readyAt(m_event_ready, entry.event), entry);
        if (pays)
            m_order_ready[entry.order] = arrival;
        break;
    }
    case RouteKey::Kind::Dead: send(hop, routes, readyAt(m_order_ready, entry.order), entry); break;
    }
}

/// The hops of an event are undone in the opposite order: each waits for the one that came after it.
void TokenField::sendBack(const Hop& hop, const Routes& routes, const Entry& entry)
{
    switch (hop.route.kind) {
    case RouteKey::Kind::Accept: send(hop, routes, readyAt(m_order_ready, entry.order), entry); break;
    case RouteKey::Kind::Effects: send(hop, routes, readyAt(m_event_ready, entry.event), entry); break;
    case RouteKey::Kind::Publish:
        m_event_ready[entry.event] = m_order_ready[entry.order] =
            send(hop, routes, readyAt(m_event_ready, entry.event), entry);
        break;
    case RouteKey::Kind::Deliver: m_event_ready[entry.event] = send(hop, routes, m_time_s, entry); break;
    case RouteKey::Kind::Dead: send(hop, routes, m_time_s, entry); break;
    }
}

void TokenField::noteSlowness(const Entry& entry, double shown_s)
{
    constexpr double kept = 0.98; ///< Of the sums with each hop, so that the latest fifty or so count.
    const Uuid& who = entry.event.isNull() ? entry.order : entry.event;
    const auto [before, is_new] = m_hop_us.try_emplace(who, entry.time_us);
    if (is_new)
        return;
    m_took_s = kept * m_took_s + double(std::abs(entry.time_us - before->second)) / 1e6;
    m_shown_s = kept * m_shown_s + shown_s;
    before->second = entry.time_us;
}

double TokenField::readyAt(const std::unordered_map<Uuid, double, UuidHash>& times, const Uuid& id) const
{
    const auto found = times.find(id);
    return found == times.end() ? m_time_s : std::clamp(found->second, m_time_s, m_time_s + delay_max_s);
}

double TokenField::send(const Hop& hop, const Routes& routes, double not_before, const Entry& entry)
{
    m_offered += 1;
    if (m_sample > 1 && hashValue(entry.order) % m_sample != 0)
        return m_time_s;
    if (m_tokens.size() >= tokens_max)
        return not_before;
    // Orders accepted in the same millisecond would lie on top of each other.
    const double jitter = double(hashValue(entry.event.isNull() ? entry.order : entry.event) % 100) / 1000.0;
    const double start = std::max(m_time_s, not_before) + (not_before <= m_time_s ? jitter : 0);
    const double duration = std::max(duration_min_s, routes.at(hop.route).length() / hop.speed);
    m_tokens.push_back({hop.route, start, duration, OrderId(entry.order), hop.face, m_is_backward});
    noteSlowness(entry, duration);
    m_settled_s = std::max(m_settled_s, start + duration + fade_s);
    return start + duration;
}

void TokenField::advance(double seconds)
{
    m_time_s += seconds;
    std::erase_if(m_tokens, [this](const Token& token) {
        const double arrival = token.start_s + token.duration_s;
        if (arrival > m_time_s)
            return false;
        if (!token.is_backward && token.route.kind == RouteKey::Kind::Deliver
            && token.route.group < m_last_arrival.size()) {
            m_last_arrival[token.route.group] = arrival;
            m_last_face[token.route.group] = token.face;
        }
        return true;
    });
    if (m_time_s - m_last_look_s >= look_every_s)
        adaptSampling();
    if (m_time_s - m_last_forget_s >= 2)
        forgetOld();
}

void TokenField::adaptSampling()
{
    const double rate = m_offered / (m_time_s - m_last_look_s);
    m_offered = 0;
    m_last_look_s = m_time_s;
    const double on_the_way = rate * seconds_on_the_way;
    const double needed = on_the_way / double(m_wanted);
    // Round figures are easier to read, and keep the choice of orders the same for a while.
    static constexpr std::uint64_t steps[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1'000, 2'000, 5'000, 10'000, 100'000};
    std::uint64_t wanted = 1;
    for (const std::uint64_t step : steps) {
        wanted = step;
        if (double(step) >= needed)
            break;
    }
    // A single burst settles by itself; only a lasting load is sampled down, and quickly up again.
    m_sample = wanted;
}

void TokenField::forgetOld()
{
    m_last_forget_s = m_time_s;
    const auto old = [this](const auto& item) { return item.second < m_time_s - 3; };
    std::erase_if(m_event_ready, old);
    std::erase_if(m_order_ready, old);
    if (m_hop_us.size() > tokens_max)
        m_hop_us.clear(); // Hops that are under way count from their next one on.
}

void TokenField::clear()
{
    m_tokens.clear();
    m_event_ready.clear();
    m_order_ready.clear();
    m_last_arrival.clear();
    m_last_face.clear();
    m_hop_us.clear();
    m_offered = 0;
    m_settled_s = m_time_s;
}

double TokenField::arrivalOf(const Uuid& event) const
{
    const auto found = m_event_ready.find(event);
    return found == m_event_ready.end() ? -1e9 : found->second;
}

double TokenField::lastArrivalAt(std::size_t group) const
{
    return group < m_last_arrival.size() ? m_last_arrival[group] : -1e9;
}

TokenFace TokenField::lastFaceAt(std::size_t group) const
{
    return group < m_last_face.size() ? m_last_face[group] : new_order_face;
}

QPointF TokenField::positionOf(const Token& token, const Routes& routes, double time_s)
{
    const double passed = (time_s - token.start_s) / token.duration_s;
    const double part = token.is_backward ? 1 - passed : passed;
    // Ease in and out, so that tokens leave and arrive instead of appearing.
    const double eased = part <= 0 ? 0 : part >= 1 ? 1 : part * part * (3 - 2 * part);
    return routes.at(token.route).at(0.35 * eased + 0.65 * std::clamp(part, 0.0, 1.0));
}

} // namespace orderlab::ui
