#include "classroom/class_load.h"

#include "base/json_tree.h"
#include "base/mutex.h"
#include "http/http_client.h"
#include "runtime/task_group.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>

namespace orderlab {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

/// Shared by the students of one run.
struct Load {
    Runtime& runtime;
    const ClassLoadOptions options;
    const TimePoint ends;
    Mutex mutex = {};
    ClassLoadReport report ORDERLAB_GUARDED_BY(mutex) = {};
    std::vector<double> latencies_ms ORDERLAB_GUARDED_BY(mutex) = {};
};

/// A page that is open: what it was told last. On the student's strand.
struct OpenPage {
    std::string place;
    std::size_t messages = 0;
    std::size_t returned = 0;
    bool is_closing = false;
    std::shared_ptr<tcp::socket> socket = {};
};

/// Reads `id:` and `event:` lines as they come; chunk sizes between them are none of either.
void takeBytes(OpenPage& page, std::string& rest, std::string_view bytes)
{
    rest += bytes;
    for (auto end = rest.find('\n'); end != std::string::npos; end = rest.find('\n')) {
        const std::string_view line = std::string_view(rest).substr(0, end);
        if (line.starts_with("id: "))
            page.place = line.substr(4);
        else if (line.starts_with("event: "))
            ++page.messages;
        rest.erase(0, end + 1);
    }
}

/// Keeps a page open, and opens it again where it was when it is cut off.
Task<void> keepPage(Load& load, std::string cookie, std::shared_ptr<OpenPage> page)
{
    const auto executor = co_await asio::this_coro::executor;
    const tcp::endpoint server(asio::ip::make_address(load.options.host), load.options.port);
    while (!page->is_closing) {
        error_code error;
        page->socket = std::make_shared<tcp::socket>(executor);
        const auto socket = page->socket;
        co_await socket->async_connect(server, asio::redirect_error(asio::use_awaitable, error));
        std::string request = "GET /events HTTP/1.1\r\nHost: " + load.options.host + "\r\nCookie: " + cookie;
        if (!page->place.empty()) {
            request += "\r\nLast-Event-ID: " + page->place;
            ++page->returned;
        }
        request += "\r\n\r\n";
        if (!error)
            co_await asio::async_write(*socket, asio::buffer(request),
                                       asio::redirect_error(asio::use_awaitable, error));
        std::string rest;
        std::array<char, 16'384> buffer;
        while (!error) {
            const std::size_t size = co_await socket->async_read_some(asio::buffer(buffer),
                                                                      asio::redirect_error(asio::use_awaitable, error));
            if (!error)
                takeBytes(*page, rest, {buffer.data(), size});
        }
        if (!page->is_closing)
            co_await load.runtime.sleep(std::chrono::milliseconds{200});
    }
}

std::uint64_t numberAt(const JsonNode& me, std::string_view name)
{
    const JsonNode* orders = me.find("orders");
    const JsonNode* number = orders ? orders->find(name) : nullptr;
    return number ? std::stoull(number->text) : 0;
}

std::string textAt(const JsonNode& me, std::string_view name)
{
    const JsonNode* text = me.find(name);
    return text ? text->text : std::string();
}

/// One student, from joining to leaving.
class LoadStudent {
public:
    LoadStudent(Load& load, std::size_t number)
        : m_load(load), m_number(number), m_client(load.runtime, clientOptions(load.options)),
          m_page(std::make_shared<OpenPage>())
    {}

    Task<void> live(TaskGroup& pages)
    {
        const bool has_joined = co_await join();
        if (!has_joined)
            co_return;
        pages.spawn(co_await asio::this_coro::executor, keepPage(m_load, m_cookie, m_page));
        co_await m_load.runtime.sleep(Duration{std::int64_t(
            m_load.runtime.randomBelow(std::uint64_t(std::max<std::int64_t>(m_load.options.pace.count(), 1))))});
        const TimePoint half = m_load.runtime.now() + (m_load.ends - m_load.runtime.now()) / 2;
        bool was_cut = m_number % 4 != 0; // A quarter loses the network once.
        for (std::size_t act = 0; m_load.runtime.now() < m_load.ends; ++act) {
            co_await doOne(act);
            if (!was_cut && m_load.runtime.now() >= half) {
                was_cut = true;
                cut();
            }
            co_await m_load.runtime.sleep(m_load.options.pace);
        }
        co_await settle();
        m_page->is_closing = true;
        cut();
        const MutexLock lock(m_load.mutex);
        m_load.report.messages += m_page->messages;
        m_load.report.returned += m_page->returned;
    }

private:
    static HttpClientOptions clientOptions(const ClassLoadOptions& options)
    {
        HttpClientOptions client;
        client.host = options.host;
        client.port = options.port;
        return client;
    }

    void cut()
    {
        error_code ignored;
        if (m_page->socket)
            m_page->socket->close(ignored);
    }

    /// Two of three acts buy; the third looks, and votes where there is something to vote on.
    Task<void> doOne(std::size_t act)
    {
        if (act % 3 < 2) {
            const std::string body = "amount=" + std::to_string(1 + act % 50) + ".99&key=" + std::to_string(act);
            const auto reply = co_await ask("POST", "/buy", body);
            m_bought += reply && reply->status == 200;
            co_return;
        }
        const auto me = co_await look();
        if (!me || textAt(*me, "phase") != "voting")
            co_return;
        const auto reply = co_await ask("POST", "/vote", "choice=" + std::to_string((m_number + act / 3) % 2), true);
        const MutexLock lock(m_load.mutex);
        m_load.report.votes += reply && reply->status == 200;
    }

    Task<std::optional<JsonNode>> look()
    {
        const auto reply = co_await ask("GET", "/me", {});
        JsonProblem problem;
        co_return reply && reply->status == 200 ? parseJsonTree(reply->body, problem) : std::nullopt;
    }

    Task<bool> join()
    {
        const auto reply =
            co_await ask("POST", "/join", "code=" + m_load.options.code + "&name=Student+" + std::to_string(m_number));
        if (!reply || reply->status != 303)
            co_return false;
        const std::string_view cookie = reply->header("Set-Cookie");
        m_cookie = cookie.substr(0, cookie.find(';'));
        const MutexLock lock(m_load.mutex);
        ++m_load.report.students;
        co_return true;
    }

    /// Until everything that was bought has come to its end, and the page shows it.
    Task<void> settle()
    {
        const TimePoint gives_up = m_load.runtime.now() + m_load.options.patience;
        std::uint64_t settled = 0;
        bool is_current = false;
        for (;;) {
            if (const auto me = co_await look()) {
                settled = numberAt(*me, "paid") + numberAt(*me, "failed") + numberAt(*me, "canceled");
                is_current = textAt(*me, "place") == m_page->place;
            }
            if ((settled >= m_bought && is_current) || m_load.runtime.now() >= gives_up)
                break;
            co_await m_load.runtime.sleep(std::chrono::milliseconds{500});
        }
        const MutexLock lock(m_load.mutex);
        m_load.report.bought += m_bought;
        m_load.report.settled += std::min<std::uint64_t>(settled, m_bought);
        m_load.report.stale += !is_current;
    }

    Task<Result<HttpReply>> ask(std::string method, std::string path, std::string body, bool may_be_late = false)
    {
        HttpHeaders headers{{"Accept", "application/json"}};
        if (!m_cookie.empty())
            headers.emplace_back("Cookie", m_cookie);
        const TimePoint since = m_load.runtime.now();
        Result<HttpReply> reply = unavailable("nothing was asked");
        if (method == "GET")
            reply = co_await m_client.get(path, std::move(headers));
        else
            reply = co_await m_client.post(path, std::move(body), std::move(headers));
        const double took_ms = double((m_load.runtime.now() - since).count()) / 1e3;
        const bool is_refused = reply && reply->status >= 400 && !(may_be_late && reply->status == 409);
        const MutexLock lock(m_load.mutex);
        ++m_load.report.requests;
        m_load.latencies_ms.push_back(took_ms);
        m_load.report.failed += !reply;
        m_load.report.refused += is_refused;
        if ((!reply || is_refused) && m_load.report.first_error.empty())
            m_load.report.first_error =
                path + ": "
                + (reply ? std::to_string(reply->status) + ' ' + reply->body.substr(0, 200) : reply.error().message);
        co_return reply;
    }

    Load& m_load;
    const std::size_t m_number;
    HttpClient m_client;
    const std::shared_ptr<OpenPage> m_page;
    std::string m_cookie;
    std::size_t m_bought = 0;
};

Task<void> liveOnce(Load& load, std::size_t number, TaskGroup& pages)
{
    LoadStudent student(load, number);
    co_await student.live(pages);
}

double quantile(const std::vector<double>& sorted, double share)
{
    return sorted.empty() ? 0 : sorted[std::min(sorted.size() - 1, std::size_t(double(sorted.size()) * share))];
}

} // namespace

std::string ClassLoadReport::toJson() const
{
    JsonNode json = JsonNode::object();
    const auto count = [&json](std::string_view name, std::size_t value) { json.add(name, JsonNode::number(value)); };
    const auto number = [&json](std::string_view name, double value) { json.add(name, JsonNode::number(value)); };
    count("students", students);
    number("seconds", seconds);
    count("requests", requests);
    number("p50_ms", p50_ms);
    number("p99_ms", p99_ms);
    number("max_ms", max_ms);
    count("bought", bought);
    count("lost", lost());
    count("votes", votes);
    count("refused", refused);
    count("failed", failed);
    count("messages", messages);
    count("returned", returned);
    count("stale", stale);
    if (!first_error.empty())
        json.add("first_error", JsonNode::string(first_error));
    return json.toJson();
}

Task<Result<ClassLoadReport>> runClassLoad(Runtime& runtime, ClassLoadOptions options)
{
    if (options.students < 1 || options.students > 200)
        co_return invalidArgument("students", "must be from 1 to 200");
    const TimePoint began = runtime.now();
    Load load{runtime, options, began + options.length};
    TaskGroup pages(runtime), students(runtime);
    for (std::size_t i = 1; i <= options.students; ++i)
        students.spawn(liveOnce(load, i, pages));
    co_await students.join();
    pages.cancel();
    co_await pages.join();
    const MutexLock lock(load.mutex);
    ClassLoadReport report = load.report;
    if (report.students == 0)
        co_return unavailable("nobody could join: " + report.first_error);
    std::sort(load.latencies_ms.begin(), load.latencies_ms.end());
    report.seconds = double((runtime.now() - began).count()) / 1e6;
    report.p50_ms = quantile(load.latencies_ms, 0.5);
    report.p99_ms = quantile(load.latencies_ms, 0.99);
    report.max_ms = quantile(load.latencies_ms, 1);
    co_return report;
}

} // namespace orderlab
