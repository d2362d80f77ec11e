#include "worker/middleware/infrastructure_pause.h"

namespace orderlab {

namespace {

class InfrastructurePause {
public:
    InfrastructurePause(WorkerDeps deps, InfrastructurePauseOptions options, Next next)
        : m_deps(deps), m_options(options), m_next(std::move(next))
    {
    }

    Task<Result<void>> run(Attempt& attempt)
    {
        int conflicts = 0;
        Duration pause{0};
        for (;;) {
            auto result = co_await m_next(attempt);
            if (result || !isInfrastructure(result.error())) {
                if (pause.count() > 0)
                    m_deps.journal.append(attempt.partitionEntry(EntryKind::WorkResumed, m_deps.runtime.now()));
                co_return result;
            }
            if (result.error().code == ErrorCode::Conflict && ++conflicts <= m_options.conflicts_max)
                continue;
            if (pause.count() == 0) {
                Entry entry = attempt.partitionEntry(EntryKind::WorkPaused, m_deps.runtime.now());
                entry.detail = m_deps.journal.names().intern(result.error().message);
                m_deps.journal.append(entry);
            }
            pause = std::min(std::max(pause * 2, m_options.initial_pause), m_options.max_pause);
            co_await m_deps.runtime.sleep(pause);
        }
    }

private:
    WorkerDeps m_deps;
    const InfrastructurePauseOptions m_options;
    const Next m_next;
};

} // namespace

Next withInfrastructurePause(WorkerDeps deps, InfrastructurePauseOptions options, Next next)
{
    return [policy = std::make_shared<InfrastructurePause>(deps, options, std::move(next))](Attempt& attempt) {
        return policy->run(attempt);
    };
}

} // namespace orderlab
