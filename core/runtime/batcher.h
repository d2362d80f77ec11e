#pragma once
#include "base/mutex.h"
#include "base/result.h"
#include "runtime/notifier.h"
#include "runtime/runtime.h"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace orderlab {

/// Keeps batches from becoming many and small while there is much to do.
struct BatchPace {
    Runtime* runtime = nullptr; ///< Null: no pace. Outlives the Batcher.
    Duration interval{0};       ///< From the beginning of a batch that was large to that of the next, at least.
    std::size_t large = 0;      ///< What a large one weighs. After smaller ones, as of a lone request, nobody waits.
};

/// Group commit: requests that come while a batch is under way go together in the next one. A lone request goes at
/// once. One of the callers does the work for all of its batch, on its own executor, and is not cancelled meanwhile.
/// Any thread.
template <typename Request, typename Answer>
class Batcher {
public:
    /// Answers every request, in order. Throws nothing.
    using Work = std::function<Task<std::vector<Answer>>(std::vector<Request>)>;
    /// Whether `next` may be in one batch with those before it.
    using Fits = std::function<bool(const std::vector<Request>& batch, const Request& next)>;

    /// What a request adds to a batch; at least 1.
    using Weight = std::function<std::size_t(const Request&)>;

    Batcher(std::size_t batch_max, std::size_t batches_max, Work work, Fits fits = {})
        : m_batch_max(batch_max), m_batches_max(batches_max), m_work(std::move(work)), m_fits(std::move(fits))
    {}
    /// `batch_max`: in weight; a request that weighs more goes alone.
    Batcher(std::size_t batch_max, std::size_t batches_max, Work work, Weight weight, BatchPace pace)
        : m_batch_max(batch_max), m_batches_max(batches_max), m_work(std::move(work)), m_weight(std::move(weight)),
          m_pace(pace)
    {}

    /// Not cut short by cancellation, as the request may be under way with others: it ends with the answer, then
    /// throws.
    Task<Answer> ask(Request request)
    {
        namespace this_coro = boost::asio::this_coro;
        co_await this_coro::throw_if_cancelled(false);
        co_await this_coro::reset_cancellation_state(boost::asio::enable_terminal_cancellation(),
                                                     boost::asio::disable_cancellation());
        Answer answer = co_await answerTo(std::move(request));
        const auto state = co_await this_coro::cancellation_state;
        const bool is_cancelled = state.cancelled() != boost::asio::cancellation_type::none;
        co_await this_coro::reset_cancellation_state(boost::asio::enable_terminal_cancellation());
        co_await this_coro::throw_if_cancelled(true);
        if (is_cancelled)
            throw boost::system::system_error(boost::asio::error::operation_aborted);
        co_return answer;
    }

private:
    struct Waiting {
        explicit Waiting(Request r) : request(std::move(r)) {}
        Request request;
        bool is_taken = false; ///< Guarded by the Batcher's mutex, as is the answer.
        std::optional<Answer> answer;
    };

    Task<Answer> answerTo(Request request)
    {
        auto own = std::make_shared<Waiting>(std::move(request));
        const Executor executor = co_await boost::asio::this_coro::executor;
        {
            const MutexLock guard(m_mutex);
            m_waiting.push_back(own);
        }
        // Others of this thread who are about to ask come along.
        co_await boost::asio::post(executor, boost::asio::use_awaitable);
        for (;;) {
            MutexLock lock(m_mutex);
            if (own->answer)
                co_return std::move(*own->answer);
            if (own->is_taken || m_batches >= m_batches_max) {
                co_await m_changed.wait(lock);
                continue;
            }
            ++m_batches;
            const Duration wait = pause();
            if (wait.count() > 0) {
                lock.unlock();
                co_await m_pace.runtime->sleep(wait);
                lock.lock();
            }
            if (m_pace.runtime)
                m_last_began = m_pace.runtime->now();
            std::vector<std::shared_ptr<Waiting>> batch = take();
            lock.unlock();
            co_await lead(std::move(batch));
        }
    }

    /// Until the next batch may begin.
    Duration pause() const ORDERLAB_REQUIRES(m_mutex)
    {
        if (!m_pace.runtime || m_last_weight < m_pace.large)
            return Duration{0};
        return std::clamp(m_last_began + m_pace.interval - m_pace.runtime->now(), Duration{0}, m_pace.interval);
    }

    std::vector<std::shared_ptr<Waiting>> take() ORDERLAB_REQUIRES(m_mutex)
    {
        std::size_t weight = 0;
        std::vector<std::shared_ptr<Waiting>> batch;
        std::vector<Request> requests;
        std::deque<std::shared_ptr<Waiting>> left;
        for (auto& waiting : m_waiting) {
            const std::size_t more = m_weight ? std::max<std::size_t>(1, m_weight(waiting->request)) : 1;
            if ((batch.empty() || weight + more <= m_batch_max) && (!m_fits || m_fits(requests, waiting->request))) {
                weight += more;
                waiting->is_taken = true;
                if (m_fits)
                    requests.push_back(waiting->request);
                batch.push_back(std::move(waiting));
            } else {
                left.push_back(std::move(waiting));
            }
        }
        m_waiting = std::move(left);
        m_last_weight = weight;
        return batch;
    }

    Task<void> lead(std::vector<std::shared_ptr<Waiting>> batch)
    {
        std::vector<Request> requests;
        requests.reserve(batch.size());
        for (const auto& waiting : batch)
            requests.push_back(std::move(waiting->request));
        std::vector<Answer> answers;
        if (!batch.empty()) // Else another batch has taken them all while this one waited.
            answers = co_await m_work(std::move(requests));
        {
            const MutexLock guard(m_mutex);
            for (std::size_t i = 0; i < batch.size(); ++i)
                batch[i]->answer = std::move(answers[i]);
            --m_batches;
        }
        m_changed.notifyAll();
    }

    const std::size_t m_batch_max;
    const std::size_t m_batches_max;
    const Work m_work;
    const Fits m_fits;
    const Weight m_weight;
    const BatchPace m_pace;
    Mutex m_mutex;
    std::deque<std::shared_ptr<Waiting>> m_waiting ORDERLAB_GUARDED_BY(m_mutex);
    std::size_t m_batches ORDERLAB_GUARDED_BY(m_mutex) = 0; ///< Under way.
    std::size_t m_last_weight ORDERLAB_GUARDED_BY(m_mutex) = 0;
    TimePoint m_last_began ORDERLAB_GUARDED_BY(m_mutex);
    Notifier m_changed;
};

} // namespace orderlab
