#include "own_worker/worker_link.h"

#include "own_worker/worker_transcript.h"

#include <algorithm>
#include <cerrno>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace orderlab {

namespace {

constexpr Duration end_patience{std::chrono::seconds{2}};               ///< After shutdown.
constexpr Duration last_words_patience{std::chrono::milliseconds{500}}; ///< After the end of its output.
constexpr std::size_t error_line_bytes_max = 1'000;
constexpr std::size_t read_bytes = 64 * 1024;
constexpr int look_ms = 100; ///< Between questions whether to give up.

void setTimer(int timer, Duration after)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(after);
    itimerspec when{};
    when.it_value.tv_sec = seconds.count();
    when.it_value.tv_nsec = long((after - seconds).count()) * 1'000;
    ::timerfd_settime(timer, 0, &when, nullptr);
}

std::string secondsText(Duration duration)
{
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(duration).count()) + " s";
}

} // namespace

Result<std::shared_ptr<WorkerLink>> WorkerLink::start(std::string_view command, WorkerLinkOptions options)
{
    auto words = splitCommand(command);
    if (!words)
        return words.error();
    auto process = ChildProcess::start(std::move(*words), options.is_simulated);
    if (!process)
        return process.error();
    std::shared_ptr<WorkerLink> link(new WorkerLink(std::move(*process), std::move(options)));
    {
        const MutexLock guard(link->m_mutex);
        const WorkerLinkOptions& of = link->m_options;
        link->send(initLine(of.group, of.member, of.seed, of.is_simulated, of.topics));
    }
    if (!link->m_options.is_simulated)
        link->m_thread = std::thread([raw = link.get()] { raw->runThread(); });
    return link;
}

WorkerLink::WorkerLink(std::unique_ptr<ChildProcess> process, WorkerLinkOptions options)
    : m_options(std::move(options)), m_process(std::move(process)),
      m_patience(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)),
      m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{}

WorkerLink::~WorkerLink()
{
    {
        const MutexLock guard(m_mutex);
        if (!m_ends)
            fail("the worker was ended");
    }
    wakeThread();
    if (m_thread.joinable())
        m_thread.join();
}

bool WorkerLink::isAlive() const
{
    const MutexLock guard(m_mutex);
    return !m_failure && !m_ends;
}

bool WorkerLink::isReady() const
{
    const MutexLock guard(m_mutex);
    return m_is_ready;
}

Result<void> WorkerLink::waitUntilReady()
{
    readFor(nullptr);
    const MutexLock guard(m_mutex);
    if (m_failure)
        return *m_failure;
    return {};
}

Task<Result<void>> WorkerLink::becomeReady()
{
    for (;;) {
        MutexLock lock(m_mutex);
        if (m_failure)
            co_return *m_failure;
        if (m_is_ready || m_ends)
            co_return Result<void>{};
        const bool goes_on = co_await m_room.waitUnlessCancelled(lock);
        if (!goes_on)
            co_return canceledError();
    }
}

Task<Result<std::shared_ptr<WorkerExchange>>> WorkerLink::open(std::string text)
{
    if (m_options.is_simulated) {
        const auto ready = waitUntilReady();
        if (!ready)
            co_return ready.error();
    }
    for (;;) {
        MutexLock lock(m_mutex);
        if (m_failure)
            co_return *m_failure;
        if (m_ends)
            co_return Error{ErrorCode::PeerFailed, Retry::Later, "the worker is ending", {}};
        if (m_is_ready && m_exchanges.size() < m_pipeline) {
            auto exchange = std::make_shared<WorkerExchange>();
            exchange->id = m_next_id++;
            m_exchanges.emplace(exchange->id, exchange);
            send(R"({"type":"event","id":)" + std::to_string(exchange->id) + text);
            co_return exchange;
        }
        const bool goes_on = co_await m_room.waitUnlessCancelled(lock);
        if (!goes_on)
            co_return canceledError();
    }
}

Task<Result<WorkerMessage>> WorkerLink::next(WorkerExchange& exchange)
{
    if (m_options.is_simulated)
        readFor(&exchange);
    for (;;) {
        MutexLock lock(m_mutex);
        if (!exchange.arrived.empty()) {
            WorkerMessage message = std::move(exchange.arrived.front());
            exchange.arrived.pop_front();
            co_return message;
        }
        if (m_failure)
            co_return *m_failure;
        const bool goes_on = co_await exchange.changed.waitUnlessCancelled(lock);
        if (!goes_on)
            co_return canceledError();
    }
}

void WorkerLink::answer(WorkerExchange& exchange, std::string line)
{
    const MutexLock guard(m_mutex);
    if (!exchange.has_question)
        return;
    exchange.has_question = false;
    --m_questions;
    send(std::move(line));
}

void WorkerLink::close(WorkerExchange& exchange)
{
    const MutexLock guard(m_mutex);
    forget(exchange.id);
}

void WorkerLink::abandon(WorkerExchange& exchange)
{
    const MutexLock guard(m_mutex);
    if (!m_exchanges.contains(exchange.id))
        return;
    exchange.is_abandoned = true;
    const bool has_ended =
        std::any_of(exchange.arrived.begin(), exchange.arrived.end(), [](const WorkerMessage& message) {
            return message.what == WorkerSays::Done || message.what == WorkerSays::Fail;
        });
    if (exchange.has_question) {
        exchange.has_question = false;
        --m_questions;
        send(errorLine(exchange.id, canceledError()));
    }
    // Simulated, the worker ends it before it looks at the next event.
    if (has_ended || m_options.is_simulated)
        forget(exchange.id);
}

void WorkerLink::kill()
{
    const MutexLock guard(m_mutex);
    fail("the worker was killed");
}

void WorkerLink::shutDown()
{
    const MutexLock guard(m_mutex);
    if (m_options.is_simulated)
        return fail("the worker was ended");
    if (m_failure || m_ends)
        return;
    send(R"({"type":"shutdown"})");
    m_ends = true;
    setTimer(m_patience.get(), end_patience);
    wakeThread();
}

/// Appends what is there; false: its end.
bool WorkerLink::readInto(int fd, std::string& buffer)
{
    char bytes[read_bytes];
    const ssize_t count = ::read(fd, bytes, sizeof bytes);
    if (count > 0)
        buffer.append(bytes, std::size_t(count));
    return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
}

/// Whole lines of standard error go to the log; at the end the rest, too.
void WorkerLink::sayOutputs(bool is_end)
{
    for (;;) {
        const std::size_t end = m_errors.find('\n');
        if (end == std::string::npos && m_errors.size() <= error_line_bytes_max && !(is_end && !m_errors.empty()))
            return;
        const std::string line = shownText(std::string_view(m_errors).substr(0, end), error_line_bytes_max);
        m_errors.erase(0, end == std::string::npos ? m_errors.size() : end + 1);
        if (line.find_first_not_of(' ') != std::string::npos)
            m_last_words = shownText(line);
        if (m_options.on_output)
            m_options.on_output(m_options.member, line);
    }
}

/// One look at all streams.
WorkerLink::Heard WorkerLink::listen(bool may_block)
{
    bool wants_to_write = false;
    {
        const MutexLock guard(m_mutex);
        wants_to_write = !m_outgoing.empty();
    }
    pollfd fds[] = {{m_process->output(), POLLIN, 0},
                    {m_has_errors ? m_process->errors() : -1, POLLIN, 0},
                    {m_patience.get(), POLLIN, 0},
                    {m_wake.get(), POLLIN, 0},
                    {wants_to_write ? m_process->input() : -1, POLLOUT, 0}};
    const int wait_ms = m_options.give_up ? look_ms : -1;
    if (::poll(fds, std::size(fds), may_block ? wait_ms : 0) < 0)
        return Heard::Something; // Interrupted.
    if (fds[3].revents != 0) {
        std::uint64_t count = 0;
        (void)!::read(m_wake.get(), &count, sizeof count);
    }
    if (fds[1].revents != 0) {
        m_has_errors = readInto(m_process->errors(), m_errors);
        sayOutputs(!m_has_errors);
    }
    bool has_ended = false;
    if (fds[0].revents != 0) {
        std::string heard;
        has_ended = !readInto(m_process->output(), heard);
        const MutexLock guard(m_mutex);
        m_incoming += heard;
    }
    if (fds[4].revents != 0) {
        const MutexLock guard(m_mutex);
        flush();
    }
    std::uint64_t times = 0;
    if (fds[2].revents != 0 && ::read(m_patience.get(), &times, sizeof times) > 0 && fds[0].revents == 0)
        return Heard::Silence;
    return has_ended ? Heard::End : Heard::Something;
}

std::optional<std::string> WorkerLink::takeLine()
{
    const std::size_t end = m_incoming.find('\n', m_taken);
    const std::size_t bytes = std::min(end, m_incoming.size()) - m_taken;
    if (bytes >= worker_line_bytes_max) {
        fail("the worker's line is longer than 64 KiB: "
             + shownText(std::string_view(m_incoming).substr(m_taken), 100));
        return std::nullopt;
    }
    if (end == std::string::npos) {
        m_incoming.erase(0, std::exchange(m_taken, 0));
        return std::nullopt;
    }
    std::string line = m_incoming.substr(m_taken, bytes);
    m_taken = end + 1;
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    return line;
}

void WorkerLink::send(std::string line)
{
    if (m_options.transcript)
        m_options.transcript->add(m_options.member, false, line);
    const bool was_empty = m_outgoing.empty();
    m_outgoing.append(line) += '\n';
    armPatience();
    if (m_options.is_simulated)
        flush(); // What does not fit is written while we listen.
    else if (was_empty)
        wakeThread();
}

/// A process that is gone is found by the end of its output.
void WorkerLink::flush()
{
    while (!m_outgoing.empty() && m_process->input() >= 0) {
        const ssize_t count = ::send(m_process->input(), m_outgoing.data(), m_outgoing.size(), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno != EAGAIN)
            m_outgoing.clear();
        if (count <= 0)
            return;
        m_outgoing.erase(0, std::size_t(count));
    }
}

bool WorkerLink::waitsForWorker() const
{
    return !m_is_ready || (!m_exchanges.empty() && m_questions == 0);
}

/// Patience ends `patience` after the last line, while an attempt waits for the process and not the other way round.
void WorkerLink::armPatience()
{
    if (m_ends)
        return;
    setTimer(m_patience.get(), waitsForWorker() ? m_options.patience : Duration{0});
}

void WorkerLink::dispatch(const std::string& line)
{
    if (m_options.transcript)
        m_options.transcript->add(m_options.member, true, line);
    auto message = readWorkerLine(line);
    if (!message)
        return fail("the worker said what is no message (" + message.error().message + "): " + shownText(line, 150));
    if (message->what == WorkerSays::Ready) {
        if (m_is_ready)
            return fail("the worker said twice that it is ready");
        if (!message->wrong.empty())
            return fail("the worker's ready is wrong: " + message->wrong);
        m_is_ready = true;
        m_pipeline = m_options.is_simulated ? 1 : std::size_t(message->number);
        armPatience();
        m_room.notifyAll();
        return;
    }
    if (!m_is_ready || message->id >= m_next_id)
        return fail("the worker speaks of an attempt that never was: " + shownText(line, 150));
    const auto found = m_exchanges.find(message->id);
    if (found == m_exchanges.end()) {
        if (message->what == WorkerSays::Done && m_options.on_output && !m_options.is_simulated)
            m_options.on_output(m_options.member,
                                "(attempt " + std::to_string(message->id) + " is over already; its done is ignored)");
        else if (isQuestion(message->what)) // It was given up; whoever asks must not wait for ever.
            send(errorLine(message->id, canceledError()));
        return;
    }
    const std::shared_ptr<WorkerExchange> exchange = found->second;
    dispatchTo(*exchange, std::move(*message));
}

void WorkerLink::dispatchTo(WorkerExchange& exchange, WorkerMessage message)
{
    if (++exchange.lines > worker_lines_max)
        return fail("the worker said more than " + std::to_string(worker_lines_max) + " lines about one attempt");
    const bool is_end = message.what == WorkerSays::Done || message.what == WorkerSays::Fail;
    if (exchange.is_abandoned) {
        if (is_end)
            forget(exchange.id);
        else if (isQuestion(message.what))
            send(errorLine(exchange.id, canceledError()));
        return;
    }
    if (isQuestion(message.what)) {
        if (exchange.has_question)
            return fail("the worker asked before its last question was answered");
        exchange.has_question = true;
        ++m_questions;
    }
    exchange.arrived.push_back(std::move(message));
    armPatience();
    exchange.changed.notifyAll();
}

void WorkerLink::forget(std::uint64_t id)
{
    const auto found = m_exchanges.find(id);
    if (found == m_exchanges.end())
        return;
    if (std::exchange(found->second->has_question, false))
        --m_questions;
    m_exchanges.erase(found);
    armPatience();
    m_room.notifyOne();
}

void WorkerLink::fail(std::string reason)
{
    if (m_failure)
        return;
    m_failure = Error{m_is_ready ? ErrorCode::PeerFailed : ErrorCode::Unavailable, Retry::Later, std::move(reason), {}};
    if (m_options.transcript)
        m_options.transcript->add(m_options.member, true, "(" + m_failure->message + ")");
    m_process->kill();
    if (m_options.is_simulated)
        (void)m_process->end(Duration{0});
    m_has_ended = m_options.is_simulated;
    for (const auto& [id, exchange] : m_exchanges)
        exchange->changed.notifyAll();
    m_room.notifyAll();
    wakeThread();
}

/// The end of its output: how did it end, and what did it say?
void WorkerLink::failAtEnd()
{
    const std::string how = m_process->end(last_words_patience);
    for (std::size_t before = 0; m_has_errors; before = m_errors.size()) {
        m_has_errors = readInto(m_process->errors(), m_errors);
        if (m_errors.size() == before) // Nothing more, and nobody is left who could write.
            break;
        sayOutputs(false);
    }
    sayOutputs(true);
    const MutexLock guard(m_mutex);
    fail((m_is_ready ? "the worker has ended (" : "the worker ended before it was ready (") + how + ")"
         + (m_last_words.empty() ? std::string() : ": " + m_last_words));
}

void WorkerLink::readFor(const WorkerExchange* exchange)
{
    for (;;) {
        {
            const MutexLock guard(m_mutex);
            if (m_failure || (exchange ? !exchange->arrived.empty() : m_is_ready))
                return;
            if (const auto line = takeLine()) {
                dispatch(*line);
                continue;
            }
            if (m_failure)
                return;
        }
        const Heard heard = listen(true);
        if (m_options.give_up && m_options.give_up()) {
            const MutexLock guard(m_mutex);
            return fail("nobody waits for the worker any more");
        }
        switch (heard) {
        case Heard::Something: break;
        case Heard::Silence: {
            const MutexLock guard(m_mutex);
            fail("the worker has said nothing for " + secondsText(m_options.patience));
            break;
        }
        case Heard::End: failAtEnd(); break;
        }
    }
}

void WorkerLink::runThread()
{
    for (;;) {
        const Heard heard = listen(true);
        bool ends = false;
        {
            const MutexLock guard(m_mutex);
            while (!m_failure) {
                const auto line = takeLine();
                if (!line)
                    break;
                dispatch(*line);
            }
            flush();
            ends = m_ends;
            if (heard == Heard::Silence && !ends && waitsForWorker())
                fail("the worker has said nothing for " + secondsText(m_options.patience));
            if (ends && heard == Heard::Silence)
                fail("the worker did not end when it was asked to");
            if (m_failure)
                break;
        }
        if (ends && heard != Heard::End) {
            const MutexLock guard(m_mutex);
            if (m_outgoing.empty())
                m_process->closeInput();
        }
        if (heard == Heard::End) {
            failAtEnd();
            break;
        }
    }
    (void)m_process->end(Duration{0});
    m_has_ended = true;
}

void WorkerLink::wakeThread() const
{
    const std::uint64_t one = 1;
    (void)!::write(m_wake.get(), &one, sizeof one);
}

} // namespace orderlab
