#pragma once
#include "base/mutex.h"
#include "tables/tables.h"
#include "ui/bridge/answers.h"

#include <atomic>
#include <deque>
#include <thread>

namespace orderlab::ui {

/// Opens the tables of a moment, on the worker's thread. It asks now and then whether to give up.
using OpenTables = std::function<Result<std::shared_ptr<Tables>>(const std::function<bool()>& is_given_up)>;

/// A thread that reads tables, so that the window never waits for a database. Questions are answered one after the
/// other. Any thread may ask and cancel; the window's does.
class TableWorker {
public:
    /// Questions that wait. A panel asks one thing at a time, so more is a mistake.
    static constexpr std::size_t waiting_max = 8;

    /// What to do with the tables, or with the reason why they cannot be had. On the worker's thread; what it returns
    /// is called on the window's.
    using Look = std::function<std::function<void()>(const Result<std::shared_ptr<Tables>>&)>;
    struct Question {
        std::string moment; ///< Tables of the same one are opened once. Empty: opened anew.
        OpenTables open;
        Look look;
    };

    TableWorker();
    ~TableWorker();
    TableWorker(const TableWorker&) = delete;
    TableWorker& operator=(const TableWorker&) = delete;

    /// False: too many wait, or it has stopped.
    bool ask(Question question, Answers::Reply reply);
    /// Ends the question that is being answered, soon; those that wait stay.
    void cancel();
    /// Ends everything; waits for the end, which comes soon. Questions that wait are dropped. Idempotent.
    void stop();

private:
    struct Waiting {
        Question question;
        Answers::Reply reply;
    };
    void run();
    void answer(Waiting waiting);
    Result<std::shared_ptr<Tables>> tablesFor(const Question& question);

    Mutex m_mutex;
    Condition m_changed;
    std::deque<Waiting> m_waiting ORDERLAB_GUARDED_BY(m_mutex);
    std::shared_ptr<Tables> m_in_use ORDERLAB_GUARDED_BY(m_mutex); ///< While a question is answered.
    bool m_is_stopped ORDERLAB_GUARDED_BY(m_mutex) = false;
    std::atomic<bool> m_is_canceled{false}; ///< The question that is being answered.
    std::string m_moment;                   ///< The thread's, as the next: of m_open.
    std::shared_ptr<Tables> m_open;
    std::thread m_thread;
};

} // namespace orderlab::ui
