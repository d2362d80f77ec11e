#pragma once
#include "journal/entry.h"
#include "ui/bridge/journal_names.h"
#include "ui/canvas/routes.h"

#include <span>
#include <unordered_map>
#include <vector>

namespace orderlab::ui {

/// What a token looks like: an event type, or a dead letter.
enum class TokenFace : std::uint8_t { Dead = event_type_count };
inline constexpr std::size_t token_face_count = event_type_count + 1;
constexpr TokenFace faceOfTopic(EventType type)
{
    return TokenFace(type);
}
inline constexpr TokenFace new_order_face = faceOfTopic(EventType::OrderCreated);

/// A mark on its way between two nodes.
struct Token {
    RouteKey route;
    double start_s = 0; ///< Animation time.
    double duration_s = 1;
    OrderId order;
    TokenFace face = new_order_face;
    bool is_backward = false; ///< From the end of the way to its beginning.
};

/// Turns journal entries into tokens that move in animation time.
///
/// The system needs milliseconds for what takes the eye seconds. So each hop of an event starts when its hop before has
/// arrived (at most `delay_max_s` late), and a chain of causes looks like one. When more happens than can be shown, the
/// tokens of one order in `sampled()` are shown, whole chains, chosen by the order's id. GUI thread. Bounded at
/// `tokens_max` tokens.
class TokenField {
public:
    static constexpr std::size_t tokens_max = 12'000;
    static constexpr double delay_max_s = 8;

    /// `tokens_wanted`: how many may be on their way before sampling begins. More can be drawn, but not followed by
    /// eye.
    explicit TokenField(std::size_t tokens_wanted = 900) : m_wanted(tokens_wanted) {}

    /// `group_place`: a group's name to its place among the routes, -1 when it has none. Backwards, the entries come
    /// latest first, and their tokens go the same ways back.
    void add(std::span<const Entry> entries, const Routes& routes, const JournalNames& names,
             const std::vector<int>& group_place, bool is_backward = false);
    /// Time goes on by `seconds` of animation; tokens that have arrived go.
    void advance(double seconds);
    void setWanted(std::size_t tokens) { m_wanted = tokens; }
    /// The place of the group that emits events of a type; -1: they come from the API, or it does not run here.
    using Emitters = std::array<int, event_type_count>;
    /// `payer`: the place of the group that an order waits for first; -1: it does not run here.
    void setGroups(const Emitters& emitters, int payer)
    {
        m_emitters = emitters;
        m_payer = payer;
    }
    /// Nothing is on its way any more, and everything has arrived.
    void clear();
    /// How many times longer a hop takes on the screen than it took in the system, as of the latest ones; 0: not known.
    double slowness() const { return m_took_s > 0 ? m_shown_s / m_took_s : 0; }

    double time() const { return m_time_s; }
    const std::vector<Token>& tokens() const { return m_tokens; }
    bool isEmpty() const { return m_tokens.empty(); }
    /// 1: every order is shown; 20: one in twenty.
    std::uint64_t sampled() const { return m_sample; }
    /// Nothing moves, and what has arrived has had its time to fade: drawn again, the picture would be the same.
    bool isSettled() const { return m_tokens.empty() && m_time_s >= m_settled_s; }
    /// When the event's cell is to appear, in animation time; in the past for what is not animated.
    double arrivalOf(const Uuid& event) const;
    /// When `group`'s place last had a token arrive.
    double lastArrivalAt(std::size_t group) const;
    TokenFace lastFaceAt(std::size_t group) const;
    static QPointF positionOf(const Token& token, const Routes& routes, double time_s);

private:
    static constexpr Emitters noEmitters()
    {
        Emitters none;
        none.fill(-1);
        return none;
    }
    struct Hop {
        RouteKey route;
        double speed; ///< Pixels a second.
        TokenFace face;
    };
    std::optional<Hop> hopOf(const Entry& entry, std::optional<EventType> topic, int group) const;
    void sendOn(const Hop& hop, const Routes& routes, const Entry& entry, bool pays);
    void sendBack(const Hop& hop, const Routes& routes, const Entry& entry);
    void noteSlowness(const Entry& entry, double shown_s);
    double send(const Hop& hop, const Routes& routes, double not_before, const Entry& entry);
    double readyAt(const std::unordered_map<Uuid, double, UuidHash>& times, const Uuid& id) const;
    void adaptSampling();
    void forgetOld();

    std::size_t m_wanted;
    Emitters m_emitters = noEmitters();
    int m_payer = -1;
    bool m_is_backward = false;                                ///< What is sent now.
    double m_took_s = 0, m_shown_s = 0;                        ///< Of the latest hops, in the system and on the screen.
    std::unordered_map<Uuid, std::int64_t, UuidHash> m_hop_us; ///< When the event's last hop was, in the system's time.
    double m_settled_s = 0; ///< When the last of what was sent has arrived and faded.
    double m_time_s = 0;
    std::vector<Token> m_tokens;
    std::unordered_map<Uuid, double, UuidHash> m_event_ready; ///< When the event's last hop arrives.
    std::unordered_map<Uuid, double, UuidHash> m_order_ready; ///< When the order's last hop to a worker arrives.
    std::vector<double> m_last_arrival;
    std::vector<TokenFace> m_last_face;
    std::uint64_t m_sample = 1;
    double m_offered = 0; ///< Tokens that all entries since the last look would have made.
    double m_last_look_s = 0;
    double m_last_forget_s = 0;
};

} // namespace orderlab::ui
