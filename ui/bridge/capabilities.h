#pragma once
#include "base/result.h"

#include <QString>

#include <array>

namespace orderlab::ui {

/// What a person may ask of a system.
enum class Ask : std::uint8_t {
    CreateOrders,
    ImportOrders,
    CancelOrders,
    ScaleGroups,
    SwitchBus,
    InjectFailures,
    ChangeGuarantees,
    DecideDeadLetters,
    PublishEvents, ///< By hand, to a topic.
    ResetOffsets,
    ReplaceHandlers, ///< By programs of one's own.
};
inline constexpr std::size_t ask_count = std::size_t(Ask::ReplaceHandlers) + 1;

/// What a system can be asked at all, as long as it is there. A value.
class Capabilities {
public:
    /// Everything.
    Capabilities() = default;
    /// Nothing, for this reason: a sentence for a person.
    explicit Capabilities(const QString& why_not) { m_why_not.fill(why_not); }
    /// The same but for one, which has a reason of its own; empty: it can.
    Capabilities with(Ask ask, const QString& why_not) const
    {
        Capabilities other = *this;
        other.m_why_not[std::size_t(ask)] = why_not;
        return other;
    }

    bool can(Ask ask) const { return whyNot(ask).isEmpty(); }
    /// A sentence for a person, as a tooltip shows it; empty: it can.
    const QString& whyNot(Ask ask) const { return m_why_not[std::size_t(ask)]; }
    /// The same as an error.
    Error refusal(Ask ask) const { return {ErrorCode::Conflict, Retry::Never, whyNot(ask).toStdString(), {}}; }

private:
    std::array<QString, ask_count> m_why_not;
};

} // namespace orderlab::ui
