#pragma once
#include "base/mutex.h"

#include <cassert>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace orderlab::ui {

/// The one way from the lab's threads to the window's: a bounded queue of closures that the window's thread runs in
/// drain(), in the order in which they were posted. Each is for a Receiver; once that is gone, what comes for it does
/// nothing, so a closure may capture its receiver by reference. Answers, receivers and drain(): the window's thread.
/// Replies and news are posted on any thread, also after the queue is gone.
///
/// No answer is lost: a question takes its place in the queue when it is asked (Receiver::ask()), and is refused when
/// there is none. What is told without being asked goes as News, of which at most one waits.
class Answers {
    struct Queue;

public:
    /// Questions that are under way, or whose answers wait. Above what a person asks for; below what memory would
    /// notice.
    static constexpr std::size_t places_max = 1'000;

    /// A question's place in the queue: for one answer, or for none (the place is given back). Move-only; one thread at
    /// a time.
    class Reply {
    public:
        Reply(Reply&&) = default;
        Reply& operator=(Reply&&) = delete;
        ~Reply()
        {
            if (m_queue)
                m_queue->giveBack();
        }
        /// `run` is called on the window's thread. Once.
        void answer(std::function<void()> run)
        {
            assert(m_queue);
            const std::shared_ptr<Queue> queue = std::move(m_queue);
            queue->post({std::move(m_receiver), std::move(run), true});
        }

    private:
        friend class Answers;
        Reply(std::shared_ptr<Queue> queue, std::weak_ptr<void> receiver)
            : m_queue(std::move(queue)), m_receiver(std::move(receiver))
        {}
        std::shared_ptr<Queue> m_queue; ///< Until it has answered.
        std::weak_ptr<void> m_receiver;
    };

    /// A member of who asks; its end is the end of what it asked for.
    class Receiver {
    public:
        explicit Receiver(Answers& answers) : m_queue(answers.m_queue) {}
        Receiver(const Receiver&) = delete;
        Receiver& operator=(const Receiver&) = delete;
        /// Nothing when `places_max` are taken: what was to be asked has to be refused.
        std::optional<Reply> ask()
        {
            if (!m_queue->take())
                return std::nullopt;
            return Reply(m_queue, m_alive);
        }

    private:
        friend class Answers;
        std::shared_ptr<Queue> m_queue;
        std::shared_ptr<void> m_alive = std::make_shared<int>(0);
    };

    /// What is told again and again, as progress is. While one waits, newer ones are merged into it. Copies tell the
    /// same.
    template <typename T>
    class News {
    public:
        using Take = std::function<void(T)>;
        using Merge = std::function<void(T& waiting, T&& newer)>;
        /// `take` is called on the window's thread. `merge` on the teller's, under a lock; empty: the newer one
        /// replaces.
        News(Receiver& receiver, Take take, Merge merge = {})
            : m_shared(std::make_shared<Shared>()), m_queue(receiver.m_queue), m_receiver(receiver.m_alive)
        {
            m_shared->take = std::move(take);
            m_shared->merge = std::move(merge);
        }
        void tell(T news) const
        {
            {
                const MutexLock lock(m_shared->mutex);
                if (m_shared->waiting) {
                    if (m_shared->merge)
                        m_shared->merge(*m_shared->waiting, std::move(news));
                    else
                        *m_shared->waiting = std::move(news);
                    return;
                }
                m_shared->waiting = std::move(news);
            }
            m_queue->post({m_receiver, [shared = m_shared] { shared->run(); }, false});
        }

    private:
        struct Shared {
            void run()
            {
                std::optional<T> news;
                {
                    const MutexLock lock(mutex);
                    news.swap(waiting);
                }
                take(std::move(*news));
            }
            Take take; ///< These two are constant once it is shared.
            Merge merge;
            Mutex mutex;
            std::optional<T> waiting ORDERLAB_GUARDED_BY(mutex);
        };
        std::shared_ptr<Shared> m_shared;
        std::shared_ptr<Queue> m_queue;
        std::weak_ptr<void> m_receiver;
    };

    /// Runs what has been posted so far. How many closures it has run. A closure may call it again (it may open a
    /// dialog, with an event loop): the order stays.
    std::size_t drain()
    {
        m_queue->moveInto(m_taken);
        std::size_t run = 0;
        while (!m_taken.empty()) {
            const Posted next = std::move(m_taken.front());
            m_taken.pop_front();
            if (next.has_place)
                m_queue->giveBack();
            if (const auto receiver = next.receiver.lock()) {
                next.run();
                ++run;
            }
        }
        return run;
    }

private:
    struct Posted {
        std::weak_ptr<void> receiver;
        std::function<void()> run;
        bool has_place = false;
    };
    struct Queue {
        bool take()
        {
            const MutexLock lock(mutex);
            if (places == places_max)
                return false;
            ++places;
            return true;
        }
        void giveBack()
        {
            const MutexLock lock(mutex);
            --places;
        }
        void post(Posted posted)
        {
            const MutexLock lock(mutex);
            waiting.push_back(std::move(posted));
        }
        void moveInto(std::deque<Posted>& taken)
        {
            std::deque<Posted> fresh;
            {
                const MutexLock lock(mutex);
                fresh.swap(waiting);
            }
            for (Posted& posted : fresh)
                taken.push_back(std::move(posted));
        }
        Mutex mutex;
        std::size_t places ORDERLAB_GUARDED_BY(mutex) = 0;
        std::deque<Posted> waiting ORDERLAB_GUARDED_BY(mutex);
    };

    std::shared_ptr<Queue> m_queue = std::make_shared<Queue>();
    std::deque<Posted> m_taken; ///< By a drain() that is under way.
};

} // namespace orderlab::ui
