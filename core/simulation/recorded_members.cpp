#include "simulation/compare_track.h"
#include "simulation/recorded_run.h"

#include <algorithm>
#include <set>

namespace orderlab {

namespace {

/// Members that join or leave within this time do so because of one request.
constexpr std::int64_t one_request_us = 1'000'000;
constexpr std::size_t recorded_members_max = 16; ///< Of a scenario.

/// A member's coming or going.
struct Move {
    std::int64_t time_us = 0;
    std::string group;
    std::string member;
    bool joins = true;
};

/// Those that are for good: who crashed and restarts, or left and came back, was a member all the while. At the end of
/// a system all leave: that is no request either.
std::vector<Move> lastingMoves(const RecordedRun& run)
{
    std::vector<Move> moves;
    std::set<std::pair<std::string, std::string>> crashed;
    for (const Entry& entry : run.recording.entries) {
        const std::pair who(std::string(shortGroup(run.text(entry.group))), std::string(run.text(entry.actor)));
        if (entry.kind == EntryKind::ProcessCrashed && entry.group != 0)
            crashed.insert(who);
        if (entry.kind != EntryKind::MemberJoined && entry.kind != EntryKind::MemberLeft)
            continue;
        const bool joins = entry.kind == EntryKind::MemberJoined;
        if (crashed.contains(who)) {
            if (joins)
                crashed.erase(who);
            continue;
        }
        moves.push_back({entry.time_us, who.first, who.second, joins});
    }
    std::vector<bool> is_taken(moves.size());
    for (std::size_t i = 0; i < moves.size(); ++i) {
        if (moves[i].joins || is_taken[i])
            continue;
        const auto back = std::find_if(moves.begin() + std::ptrdiff_t(i), moves.end(), [&](const Move& later) {
            return later.joins && later.group == moves[i].group && later.member == moves[i].member;
        });
        if (back != moves.end())
            is_taken[i] = is_taken[std::size_t(back - moves.begin())] = true;
    }
    std::vector<Move> lasting;
    for (std::size_t i = 0; i < moves.size(); ++i) {
        if (!is_taken[i])
            lasting.push_back(moves[i]);
    }
    return lasting;
}

} // namespace

RecordedMembers membersOf(const RecordedRun& run, std::int64_t first_us, std::int64_t origin_us)
{
    RecordedMembers members;
    std::map<std::string, std::set<std::string>> present;
    struct Request {
        std::int64_t first_us = 0, last_us = 0;
        std::string group;
        std::size_t members = 0;
    };
    std::vector<Request> requests;
    for (const Move& move : lastingMoves(run)) {
        auto& group = present[move.group];
        if (move.joins)
            group.insert(move.member);
        else
            group.erase(move.member);
        if (move.time_us <= first_us) {
            members.at_start[move.group] = group.size();
            continue;
        }
        const auto same = std::find_if(requests.rbegin(), requests.rend(),
                                       [&](const Request& one) { return one.group == move.group; });
        if (same != requests.rend() && move.time_us - same->last_us <= one_request_us) {
            same->last_us = move.time_us;
            same->members = group.size();
        } else {
            requests.push_back({move.time_us, move.time_us, move.group, group.size()});
        }
    }
    for (const Request& request : requests) {
        if (request.members == 0) // The system has ended.
            continue;
        members.changes.push_back({Duration{request.first_us - origin_us},
                                   SetMembers{std::min(request.members, recorded_members_max), request.group}});
    }
    return members;
}

} // namespace orderlab
