#pragma once
#include <QObject>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>

namespace orderlab::ui {

/// Long work on a thread of its own, one at a time, that can be given up. Its end and its news come to the window's
/// thread, and to nobody once this is gone. GUI thread.
class Background final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    ~Background() override { giveUp(); }

    bool isRunning() const { return m_thread != nullptr; }
    /// `work` is called on the thread with a question whether to give up. `done` is called afterwards, here, unless it
    /// was given up.
    void start(std::function<void(const std::function<bool()>&)> work, std::function<void()> done)
    {
        giveUp();
        m_is_given_up = std::make_shared<std::atomic<bool>>(false);
        m_thread.reset(QThread::create([work = std::move(work), is_given_up = m_is_given_up] {
            work([&is_given_up] { return is_given_up->load(); });
        }));
        connect(m_thread.get(), &QThread::finished, this, [this, done = std::move(done)] {
            m_thread->wait();
            m_thread.release()->deleteLater();
            done();
        });
        m_thread->start();
    }
    /// Waits for the end, which comes soon.
    void giveUp()
    {
        if (!m_thread)
            return;
        *m_is_given_up = true;
        m_thread->disconnect(this);
        m_thread->wait();
        m_thread.reset();
    }
    /// From the thread: calls `tell` here, unless the work was given up meanwhile.
    void post(std::function<void()> tell)
    {
        QMetaObject::invokeMethod(
            this,
            [tell = std::move(tell), is_given_up = m_is_given_up] {
                if (!*is_given_up)
                    tell();
            },
            Qt::QueuedConnection);
    }

private:
    std::unique_ptr<QThread> m_thread;
    std::shared_ptr<std::atomic<bool>> m_is_given_up;
};

} // namespace orderlab::ui
