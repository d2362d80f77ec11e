#pragma once
#include "journal/world_state.h"
#include "ui/bridge/journal_names.h"

#include <QString>

#include <vector>

namespace orderlab::ui {

/// What is wrong with something on the canvas, in words.
struct Trouble {
    QString what; ///< "crashed"
    QString when; ///< "back in 1.2 s"; may be empty.
    bool isEmpty() const { return what.isEmpty(); }
    /// "crashed · back in 1.2 s"
    QString text() const { return when.isEmpty() ? what : what + QStringLiteral(" · ") + when; }
    bool operator==(const Trouble&) const = default;
};

/// Of a group's card.
struct GroupTrouble {
    Trouble trouble;         ///< Of the member that is worst off.
    bool is_crashed = false; ///< That one; else it hangs.
    bool is_down = false;    ///< No member runs.
    bool operator==(const GroupTrouble&) const = default;
};

/// A fault that has just struck.
struct Flash {
    StrikePlace place = StrikePlace::System;
    int group = -1; ///< Place of the group's card, for StrikePlace::Group.
    QString words;  ///< "answer lost"; empty where the trouble it makes is told already.
    std::int64_t time_us = 0;
    bool operator==(const Flash&) const = default;
};

/// How failures look on the canvas at one moment.
struct FailureMarks {
    static constexpr std::int64_t flash_us = 900'000; ///< How long a strike is seen.

    Trouble api, store, bus, relay, circuit;
    std::vector<GroupTrouble> groups; ///< By place, as asked for.
    std::vector<Flash> flashes;
    /// Whether it will look different a moment later although nothing is journalled.
    bool isMoving() const;
};

/// A group as the canvas knows it.
struct GroupPlace {
    QString name;            ///< Without prefix.
    std::size_t members = 0; ///< That should run.
};

/// Pure: `world` and `now_us` may be live, or of any moment that is looked back at.
FailureMarks failureMarks(const WorldState& world, const JournalNames& names, const std::vector<GroupPlace>& groups,
                          std::int64_t now_us);

} // namespace orderlab::ui
