#pragma once
#include "runtime/notifier.h"
#include "runtime/runtime.h"

#include <functional>
#include <string>

namespace orderlab {

/// The children of one owner: spawned together, cancelled together, awaited together. Any thread.
/// Nothing outlives its group: join() before destruction (the destructor asserts it).
/// An exception other than cancellation that leaves a child is a bug: it ends the program with a message.
class TaskGroup {
public:
    explicit TaskGroup(Runtime& runtime);
    ~TaskGroup();

    /// Starts `task` on a strand of its own, or on `executor`. After cancel() the task is dropped unstarted.
    void spawn(Task<void> task);
    void spawn(Executor executor, Task<void> task);
    /// Asks every child to end at its next suspension. Children spawned later end at once.
    void cancel();
    /// Resumes when no child is left. Does not cancel.
    Task<void> join();
    /// The same, but false instead of the exception.
    Task<bool> joinUnlessCancelled();
    std::size_t size() const;

private:
    struct Child;
    struct State;
    Runtime& m_runtime;
    std::shared_ptr<State> m_state;
};

/// Runs `task`, but at most `limit`: then it is cancelled and the result is `ErrorCode::Timeout`, `Retry::Later`.
/// `what` names the work in the message. Cancelled from outside, the result is canceledError(): see Task.
template <typename T>
Task<Result<T>> withTimeout(Runtime& runtime, Duration limit, std::string_view what, Task<Result<T>> task);

} // namespace orderlab

#include "runtime/with_timeout.h"
