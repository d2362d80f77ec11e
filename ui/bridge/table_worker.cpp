#include "ui/bridge/table_worker.h"

namespace orderlab::ui {

TableWorker::TableWorker() : m_thread([this] { run(); }) {}

TableWorker::~TableWorker()
{
    stop();
}

bool TableWorker::ask(Question question, Answers::Reply reply)
{
    {
        const MutexLock lock(m_mutex);
        if (m_is_stopped || m_waiting.size() == waiting_max)
            return false;
        m_waiting.push_back({std::move(question), std::move(reply)});
    }
    m_changed.notifyOne();
    return true;
}

void TableWorker::cancel()
{
    m_is_canceled = true;
    std::shared_ptr<Tables> tables;
    {
        const MutexLock lock(m_mutex);
        tables = m_in_use;
    }
    if (tables)
        tables->cancel();
}

void TableWorker::stop()
{
    if (!m_thread.joinable())
        return;
    {
        const MutexLock lock(m_mutex);
        m_is_stopped = true;
        m_waiting.clear();
    }
    cancel();
    m_changed.notifyOne();
    m_thread.join();
}

void TableWorker::run()
{
    for (;;) {
        std::optional<Waiting> next;
        {
            MutexLock lock(m_mutex);
            while (!m_is_stopped && m_waiting.empty())
                m_changed.wait(lock);
            if (m_is_stopped)
                break;
            next.emplace(std::move(m_waiting.front()));
            m_waiting.pop_front();
            m_is_canceled = false;
        }
        answer(std::move(*next));
    }
    m_open.reset(); // Where it was opened.
}

Result<std::shared_ptr<Tables>> TableWorker::tablesFor(const Question& question)
{
    if (m_open && !question.moment.empty() && m_moment == question.moment)
        return m_open;
    m_open.reset(); // Before the next: two may be large.
    auto opened = question.open([this] { return m_is_canceled.load(); });
    if (!opened)
        return opened;
    m_open = *opened;
    m_moment = question.moment;
    return m_open;
}

void TableWorker::answer(Waiting waiting)
{
    const auto tables = tablesFor(waiting.question);
    {
        const MutexLock lock(m_mutex);
        m_in_use = tables ? *tables : nullptr;
    }
    auto take = m_is_canceled ? waiting.question.look(Result<std::shared_ptr<Tables>>(canceledError()))
                              : waiting.question.look(tables);
    {
        const MutexLock lock(m_mutex);
        m_in_use.reset();
    }
    waiting.reply.answer(std::move(take));
}

} // namespace orderlab::ui
