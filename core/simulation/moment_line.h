#pragma once
#include "simulation/scenario.h"

namespace orderlab {

/// A moment of a simulated run in one line, for messages, tickets and command lines:
///   orderlab:double-charge?seed=5&without=inbox&change=0.9s,payment-key=on&t=1.083s&order=UUID&sha=44636f4e
/// The scenario is one that every program knows by its name: a shipped one, swarm-17, or `custom`, the program's
/// default; or it is in the line itself (scenario=JSON). A value.
struct MomentLine {
    static constexpr std::string_view scheme = "orderlab:";
    static constexpr std::size_t bytes_max = 2'000; ///< So that it passes through mail, chats and browsers.
    static constexpr std::size_t sha_digits = 8;

    std::string name = "custom"; ///< Of the scenario.
    std::optional<Scenario> own; ///< One that nobody else knows; it is called `name`.
    std::uint64_t seed = 1;
    std::vector<Guarantee> without; ///< Off besides those that the scenario has off; each once, in their order.
    std::vector<Change> changes;    ///< After the scenario's own.
    std::optional<Duration> at;     ///< All that happened up to this time, since the start. Neither: the whole run.
    std::optional<std::uint64_t>
        entry;       ///< All up to this entry of the journal, counted from 0. Not together with `at`.
    OrderId order;   ///< What it is about; null: no order in particular.
    std::string sha; ///< The first digits of the SHA-256 of the journal up to the moment; empty: not known.

    bool operator==(const MomentLine&) const = default;

    static bool isLine(std::string_view text) { return text.starts_with(scheme); }
    /// Error: InvalidArgument, field "moment", with the number of the character where the wrong part begins.
    static Result<MomentLine> parse(std::string_view text);
    /// The start of a run of `scenario`: by its name where it is a known one, else with the scenario in the line. What
    /// only readers need (description, expectation) is left out.
    static MomentLine of(const Scenario& scenario, std::uint64_t seed);
    /// As parse() reads it, always in the same form. Error: Exhausted when it is longer than bytes_max.
    Result<std::string> print() const;
    /// The scenario with everything that the line changes, and its seed. Error: NotFound for a name that this program
    /// does not know.
    Result<Scenario> scenario() const;
};

} // namespace orderlab
