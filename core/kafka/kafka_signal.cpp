#include "kafka/kafka_signal.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

namespace orderlab {

namespace asio = boost::asio;

namespace {

constexpr std::uint64_t one = 1;

} // namespace

KafkaSignal::KafkaSignal() : m_descriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    if (m_descriptor < 0)
        throw std::system_error(errno, std::generic_category(), "eventfd");
}

KafkaSignal::~KafkaSignal()
{
    if (m_stream)
        m_stream->release();
    ::close(m_descriptor);
}

void KafkaSignal::watch(rd_kafka_queue_t* queue)
{
    rd_kafka_queue_io_event_enable(queue, m_descriptor, &one, sizeof one);
}

void KafkaSignal::raise()
{
    const auto written = ::write(m_descriptor, &one, sizeof one);
    (void)written; // A counter that is full is raised.
}

Task<void> KafkaSignal::wait()
{
    const Executor executor = co_await asio::this_coro::executor;
    if (!m_stream)
        m_stream.emplace(executor, m_descriptor);
    boost::system::error_code error;
    co_await m_stream->async_wait(asio::posix::stream_descriptor::wait_read,
                                  asio::redirect_error(asio::use_awaitable, error));
    std::uint64_t raised = 0;
    const auto read = ::read(m_descriptor, &raised, sizeof raised);
    (void)read; // Nothing to read: the wait was cut short.
    if (error == asio::error::operation_aborted)
        throw boost::system::system_error(error);
}

} // namespace orderlab
