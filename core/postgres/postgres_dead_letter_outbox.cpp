#include "postgres/postgres_dead_letter_outbox.h"

#include "postgres/postgres_dead_letters.h"

namespace orderlab {

class PostgresDeadLetterOutbox::Claim final : public DeadLetterClaim {
public:
    Claim(std::shared_ptr<PostgresDeadLetterOutbox> outbox, PostgresLease lease, std::vector<DeadLetter> letters)
        : m_outbox(std::move(outbox)), m_lease(std::move(lease)), m_letters(std::move(letters))
    {}
    ~Claim() override
    {
        if (m_lease)
            m_outbox->m_tasks.spawn(rollBack(std::move(*m_lease)));
    }
    std::span<const DeadLetter> letters() const override { return m_letters; }
    Task<Result<void>> markPublished() override;

private:
    const std::shared_ptr<PostgresDeadLetterOutbox> m_outbox;
    std::optional<PostgresLease> m_lease; ///< Within the transaction that holds the lock.
    const std::vector<DeadLetter> m_letters;
};

Task<Result<void>> PostgresDeadLetterOutbox::Claim::markPublished()
{
    if (!m_lease)
        co_return internalError("a claim of dead letters was marked twice");
    std::vector<PostgresStatement> statements;
    statements.push_back(markDeadLettersStatement(m_letters, m_outbox->m_runtime.now()));
    statements.push_back({"COMMIT", {}, {}});
    const auto marked = co_await (*m_lease)->run(std::move(statements));
    if (!marked)
        co_return marked.error(); // Rolled back when the claim is dropped.
    m_lease.reset();
    co_return Result<void>{};
}

Task<void> PostgresDeadLetterOutbox::rollBack(PostgresLease lease)
{
    std::vector<PostgresStatement> end;
    end.push_back({"ROLLBACK", {}, {}});
    // A connection on which even this fails is closed, which ends the transaction as well.
    if (lease->isInTransaction())
        co_await lease->run(std::move(end));
}

Task<Result<std::unique_ptr<DeadLetterClaim>>> PostgresDeadLetterOutbox::claim(std::size_t max)
{
    auto lease = co_await m_pool->take();
    if (!lease)
        co_return lease.error();
    std::vector<PostgresStatement> statements;
    statements.push_back({"BEGIN", {}, {}});
    statements.push_back(lockDeadLetterOutboxStatement());
    statements.push_back(unpublishedDeadLettersStatement(max));
    const auto results = co_await (*lease)->run(std::move(statements));
    std::vector<DeadLetter> letters;
    Result<void> read;
    if (!results)
        read = results.error();
    for (int row = 0; read && row < (*results)[2].rows(); ++row) {
        auto letter = deadLetterOf((*results)[2], row);
        if (letter)
            letters.push_back(std::move(*letter));
        else
            read = letter.error();
    }
    if (read && !letters.empty())
        co_return std::make_unique<Claim>(shared_from_this(), std::move(*lease), std::move(letters));
    co_await rollBack(std::move(*lease));
    if (!read)
        co_return read.error();
    co_return std::unique_ptr<DeadLetterClaim>();
}

Task<void> PostgresDeadLetterOutbox::close()
{
    m_given_up.close();
    m_tasks.cancel();
    co_await m_tasks.join();
}

} // namespace orderlab
