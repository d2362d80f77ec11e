#pragma once
#include "domain/group_name.h"
#include "domain/group_roles.h"
#include "fault_model/seam.h"
#include "journal/story.h"

#include <set>
#include <tuple>

namespace orderlab {

/// "19.99" from minor units.
std::string amountText(std::int64_t minor);

/// Tells one entry after the other; what earlier entries said helps to tell later ones. Only for story.cpp: what goes
/// as it should is told in story_teller.cpp, what goes wrong in story_trouble.cpp.
class Teller {
public:
    explicit Teller(const Names& names) : m_names(names) {}

    /// `emitter`: the group that emitted the event, where the entry tells of that; 0: not known.
    void tell(const Entry& entry, NameId emitter = 0);

    Story story;

private:
    /// Behind the prefix: "payment".
    std::string labelOf(NameId name) const
    {
        return std::string(
            shortGroupName(m_names.text(name), {group_roles.pays, group_roles.moves_orders, group_roles.notifies}));
    }
    Lifeline group() const { return {Lifeline::Kind::Group, m_entry->group}; }
    Lifeline groupOrStore() const { return m_entry->group != 0 ? group() : store; }
    Lifeline emitter() const;
    /// The gateway is only asked by the payment group; its entries do not name it.
    Lifeline payer() const { return m_payment.group != 0 ? m_payment : store; }
    std::string detail() const { return std::string(m_names.text(m_entry->detail)); }
    std::string actor() const { return std::string(m_names.text(m_entry->actor)); }
    std::string money() const { return amountText(m_entry->value) + ' ' + story.facts.currency; }
    std::string attempt() const { return std::to_string(m_entry->attempt); }
    std::string milliseconds() const { return durationText(std::int64_t(m_entry->value) * 1'000); }
    std::string place() const { return m_topic + ", " + offset(); }
    std::string offset() const
    {
        return "partition " + std::to_string(m_entry->partition) + ", offset " + std::to_string(m_entry->offset);
    }
    /// The reason as a sentence behind another, or nothing.
    std::string because() const;
    static std::string capital(std::string text);
    /// Nothing for a fault of a newer program.
    std::optional<FaultAction> strikeActionOf(const Entry& fault) const;
    bool isOff(const char* guarantee) const { return m_off.contains(guarantee); }

    bool add(Lifeline from, Lifeline to, Tone tone, std::string label, std::string title, std::string sentence,
             bool is_unusual = false);
    bool unusual(Lifeline from, Lifeline to, Tone tone, std::string label, std::string title, std::string sentence);

    // Each: false when the entry is not for it.
    bool tellOrder();
    bool tellAsked();
    bool tellAcceptance();
    bool tellStatus();
    bool tellPublishing();
    bool tellPublished();
    bool tellDelivery();
    bool tellHandled();
    bool tellSkipped();
    bool tellGateway();
    bool tellEffects();
    bool tellFailure();
    bool tellGatewayFailure();
    bool tellRefusal();
    bool tellLetters();
    bool tellDisturbance();
    bool tellFault();
    bool tellGuarantee();

    static constexpr Lifeline api{Lifeline::Kind::Api, 0};
    static constexpr Lifeline store{Lifeline::Kind::Store, 0};
    static constexpr Lifeline bus{Lifeline::Kind::Bus, 0};
    static constexpr Lifeline gateway{Lifeline::Kind::Gateway, 0};

    const Names& m_names;
    const Entry* m_entry = nullptr;
    NameId m_emitter = 0;
    std::string m_topic, m_event, m_group;
    Lifeline m_payment = store;
    Lifeline m_status_group = store;
    Lifeline m_notifier = store;
    bool m_replaying = false; ///< A dead letter was replayed and is not published yet.
    std::set<Uuid> m_published, m_notified;
    std::set<std::tuple<NameId, Uuid, std::int64_t>> m_delivered;
    std::set<std::string> m_off; ///< Guarantees.
    /// The step of the last fault that struck a call of the gateway, since the payment group was asked.
    std::size_t m_gateway_fault = SIZE_MAX;
};

} // namespace orderlab
