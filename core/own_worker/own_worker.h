#pragma once
#include "base/result.h"
#include "base/time.h"
#include "domain/event_types.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace orderlab {

class WorkerTranscript;

/// A consumer group whose handler is a program in any language, which speaks docs/worker-protocol.md. A value.
struct OwnWorker {
    std::string group;             ///< Without prefix. That of a group of the registry: the program takes its place.
    std::string command;           ///< Program and arguments, see splitCommand(); no shell runs it.
    std::vector<EventType> topics; ///< What it takes; in the place of a group of the registry, what that one takes.

    bool operator==(const OwnWorker&) const = default;
};

/// Further groups beside those of the registry: what invariants can tell apart.
inline constexpr std::size_t own_groups_max = 4;

/// A line that the process of `member` has written to standard error. Any thread; must not block for long.
using OwnWorkerLog = std::function<void(std::string_view member, std::string_view line)>;

struct OwnWorkerOptions {
    /// Time stands still while a process computes: whoever waits for it blocks the thread, and each process handles one
    /// attempt at a time.
    bool is_simulated = false;
    std::uint64_t seed = 0; ///< Of the run; in real time processes get random ones.
    /// By the wall's clock, from Orderlab's last line to the worker's next while an attempt waits for it.
    Duration patience{std::chrono::seconds{10}};
    WorkerTranscript* transcript = nullptr; ///< Of a simulated run; outlives it. Null: none is kept.
    OwnWorkerLog on_output = {};
    /// Asked several times a second by whoever waits for a process and blocks meanwhile; true: the process is killed.
    std::function<bool()> give_up = {};
};

/// "payment=python3 my_payment.py" of each --worker, and of each --topics what further groups take: "order-created,…"
/// for all of them, or "loyalty=order-created,…" for one. Error: InvalidArgument, field "worker" or "topics".
Result<std::vector<OwnWorker>> parseOwnWorkers(std::span<const std::string> workers,
                                               std::span<const std::string> topics);
/// Error: InvalidArgument, field "worker": a name or a command that is none, a group twice, no topics, too many.
Result<void> validateOwnWorkers(std::span<const OwnWorker> workers);
/// Null: the group is not one of them.
const OwnWorker* findOwnWorker(std::span<const OwnWorker> workers, std::string_view group);

/// Starts each program for a try, until it has said that it is ready. Blocks, for at most `options.patience` each.
/// Error: InvalidArgument, field "worker": what is wrong with the command, with the program's own words.
Result<void> tryOwnWorkers(std::span<const OwnWorker> workers, const OwnWorkerOptions& options = {});

/// The words of a command as a shell splits it: blanks, quotes and backslashes; nothing else means anything. Error:
/// InvalidArgument: a quote that does not end, or no word.
Result<std::vector<std::string>> splitCommand(std::string_view command);

} // namespace orderlab
