#pragma once
#include "handlers/handler.h"
#include "own_worker/own_handler.h"
#include "own_worker/worker_link.h"

namespace orderlab {

/// One attempt of a worker's process to handle an event: does what it asks for, until it says done or fail. Used by one
/// coroutine; the destructor gives the attempt up where the worker has not ended it.
class WorkerAttempt {
public:
    WorkerAttempt(const OwnHandlerDeps& deps, std::span<const EventType> taken, std::shared_ptr<WorkerLink> link,
                  const Event& event, HandlerContext& context)
        : m_deps(deps), m_taken(taken), m_link(std::move(link)), m_event(event), m_context(context)
    {}
    ~WorkerAttempt();
    WorkerAttempt(const WorkerAttempt&) = delete;
    WorkerAttempt& operator=(const WorkerAttempt&) = delete;

    /// Errors: what the worker said of its failure, or what became of its process.
    Task<Result<void>> run();

private:
    /// The JSON of an answer.
    using Answer = Result<std::string>;
    Task<Answer> answerTo(const WorkerMessage& message);
    Task<Answer> read(const WorkerMessage& message);
    Task<Answer> charge(const WorkerMessage& message);
    Task<Answer> refund(const WorkerMessage& message);
    Task<Answer> setStatus(const WorkerMessage& message);
    Task<Answer> letTimePass(const WorkerMessage& message);
    Result<void> doEffect(const WorkerMessage& message);
    Result<void> write(const WorkerMessage& message);
    Result<void> emit(const WorkerMessage& message);
    Error failureOf(const WorkerMessage& message) const;
    WorkerStateKey stateKey(const std::string& key) const { return {std::string(m_context.stored_group), key}; }
    Uuid paymentKey(const std::string& key) const;

    const OwnHandlerDeps& m_deps;
    const std::span<const EventType> m_taken;
    const std::shared_ptr<WorkerLink> m_link;
    const Event& m_event;
    HandlerContext& m_context;
    std::shared_ptr<WorkerExchange> m_exchange;
    std::optional<Error> m_outage;               ///< What the last answer said, where it was an outage.
    std::map<std::string, std::uint32_t> m_read; ///< Writes of the transaction under a key, when it was read last.
};

} // namespace orderlab
