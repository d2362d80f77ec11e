#pragma once
#include "simulation/simulate.h"

namespace orderlab {

struct FateOptions {
    std::string invariant;     ///< Empty: the one that is broken first.
    OrderId order;             ///< Whose violation; null: the first one of the invariant.
    std::size_t moments = 40;  ///< At most so many before the violation; 1 to moments_max.
    std::uint64_t worlds = 50; ///< Runs from each moment; 1 to worlds_max.
    unsigned threads = 0;      ///< 0: one a core.
    /// How many of how many runs are done. On a thread of the runs, one call at a time. May be empty.
    std::function<void(std::size_t done, std::size_t all)> on_progress = {};
    /// Asked now and then, on any thread of the runs; true: it ends soon with Canceled. May be empty.
    std::function<bool()> give_up = {};

    static constexpr std::size_t moments_max = 1'000;
    static constexpr std::uint64_t worlds_max = 10'000;
};

/// How likely the violation was after an entry of the run.
struct FatePoint {
    double virtual_seconds = 0; ///< When the entry was journalled; chance is drawn anew just behind it.
    std::uint64_t entry = 0;    ///< Its number in the journal, from 0.
    std::string what;           ///< What it says, for people: "fault-injected gateway-call lose-answer".
    double probability = 0;     ///< The part of the worlds in which the promise is broken.
    std::vector<std::pair<Guarantee, double>> with; ///< The same if the guarantee is on from here; those that are off.
};

/// When a broken promise became inevitable.
struct FateReport {
    /// Up to it a guarantee would have kept the promise in every world.
    struct Saver {
        Guarantee guarantee = Guarantee::Outbox;
        double until_virtual_seconds = 0; ///< The last point at which it would have.
        std::uint64_t until_entry = 0;
    };
    std::uint64_t seed = 0;
    Violation violation;
    std::vector<FatePoint> points; ///< By time; the last one is the violation, where the probability is 1.
    std::size_t jump = 0; ///< The point with the greatest rise over the one before it; the first one rises from 0.
    std::vector<Saver> savers;
    std::size_t runs = 0;

    /// What the probability was before points[jump].
    double beforeJump() const { return jump == 0 ? 0 : points[jump - 1].probability; }
    /// One JSON object, as `orderlabd fate --json` prints it.
    std::string toJson() const;
};

/// Looks for the point of no return of a broken promise in the run of `scenario` with `seed`: from each moment of the
/// order's story before the violation many worlds are run in which chance is drawn anew from there on (Reseed), as the
/// run was, and with each guarantee switched on that the scenario has off. A violation that is about no order: any of
/// its invariant counts, and moments are spread over the whole journal. Blocks.
/// Errors: InvalidArgument with the option's name; NotFound when the run breaks no such promise; Rejected when its
/// clock jumps, so that its times do not tell moments apart; those of simulate().
Result<FateReport> fate(const Scenario& scenario, std::uint64_t seed, const FateOptions& options);

} // namespace orderlab
