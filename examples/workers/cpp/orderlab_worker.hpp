// Write a worker for Orderlab in C++: one header, nothing besides the standard library and POSIX. C++17.
//
//     #include "orderlab_worker.hpp"
//
//     void handle(orderlab::Attempt& attempt)
//     {
//         const orderlab::Charge answer = attempt.charge(attempt.order());
//         if (answer.approved)
//             attempt.emit("payment-succeeded", {{"payment_id", answer.payment}});
//         else
//             attempt.emit("payment-failed", {{"reason", answer.reason}});
//     }
//
//     int main() { return orderlab::run(handle); }
//
// Orderlab starts the program and calls the function for each event. When it returns, the event is handled, and
// everything that it asked for happens in one transaction. When it throws, nothing of it happens, and the event comes
// again. Time and randomness come from the attempt (now, random, sleep), so that a simulation can repeat a run exactly.
// What you print goes to standard error, which is Orderlab's log. The protocol: docs/worker-protocol.md.
#pragma once
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <exception>
#include <functional>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <unistd.h>

namespace orderlab {

/// A JSON value. Throws std::runtime_error where it is not what is asked for.
class Json {
public:
    struct Member;
    using Array = std::vector<Json>;
    using Object = std::vector<Member>;

    Json(std::nullptr_t = nullptr) {}
    Json(bool value) : m_value(value) {}
    template <typename Whole, std::enable_if_t<std::is_integral_v<Whole>, int> = 0>
    Json(Whole value) : m_value(std::int64_t(value))
    {}
    Json(double value) : m_value(value) {}
    Json(const char* value) : m_value(std::string(value)) {}
    Json(std::string value) : m_value(std::move(value)) {}
    Json(Array value) : m_value(std::move(value)) {}
    Json(Object value) : m_value(std::move(value)) {}
    static Json object(std::initializer_list<Member> members) { return Json(Object(members)); }
    static Json array(std::initializer_list<Json> values) { return Json(Array(values)); }
    /// Throws std::runtime_error: it is no JSON.
    static Json parse(std::string_view text);

    bool isNull() const { return std::holds_alternative<std::nullptr_t>(m_value); }
    bool truth() const { return as<bool>("true or false"); }
    const std::string& text() const { return as<std::string>("a text"); }
    std::int64_t whole() const { return as<std::int64_t>("a whole number"); }
    double number() const;
    const Array& values() const { return as<Array>("an array"); }
    const Object& members() const { return as<Object>("an object"); }
    /// A member of an object; null where there is none.
    const Json& operator[](std::string_view name) const;
    std::string textOr(std::string_view otherwise) const { return isNull() ? std::string(otherwise) : text(); }

    void writeTo(std::string& out) const;

private:
    class Parser;
    template <typename T>
    const T& as(const char* what) const
    {
        if (const T* value = std::get_if<T>(&m_value))
            return *value;
        throw std::runtime_error(std::string("JSON: not ") + what);
    }
    static void writeText(const std::string& text, std::string& out);

    std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object> m_value = nullptr;
};

struct Json::Member {
    std::string name;
    Json value;
};

/// Orderlab answered a question with an error. Left alone, it fails the attempt, which is mostly right.
class Error : public std::runtime_error {
public:
    Error(std::string code, const std::string& message, std::string retry)
        : std::runtime_error(message), code(std::move(code)), retry(std::move(retry))
    {}
    std::string code;  ///< "unavailable", "peer-failed", "canceled"…
    std::string retry; ///< When to try again: "now", "later", "never".
};

/// Throw it to fail the attempt on purpose. `retry`: "later" (again after a delay; as often as the group's policy
/// allows, then a dead letter), "never" (a dead letter at once) or "now" (at once and not counted).
class Failure : public std::runtime_error {
public:
    explicit Failure(const std::string& message, std::string retry = "later")
        : std::runtime_error(message), retry(std::move(retry))
    {}
    std::string retry;
};

/// Who this process is.
struct Worker {
    std::string group, member;
    std::int64_t seed = 0; ///< For a generator of your own.
    bool simulated = false;
    std::vector<std::string> topics;
};

/// What the gateway said.
struct Charge {
    bool approved = false;
    std::string payment; ///< The payment's id, if it was approved.
    std::string reason;  ///< Why it was not.
};

/// Chance from Orderlab: a number in [0, 1) and the text of a UUID.
struct Random {
    double unit = 0;
    std::string uuid;
};

namespace detail {

inline constexpr std::int64_t protocol = 1;
inline constexpr std::size_t line_bytes_max = 64 * 1024;
inline constexpr std::size_t message_bytes_max = 300;

/// Orderlab is gone.
struct End {};

/// Lines in both directions. Writes when there is nothing more to read, so that many events cost few system calls.
class Connection {
public:
    Connection();
    void say(const Json& message);
    void flush();
    /// The next message that was not kept for later.
    Json next();
    /// The answer to the question of attempt `id`. Events that come meanwhile are kept for later.
    Json answer(std::int64_t id);

private:
    Json hear();

    int m_output;
    std::string m_input, m_outgoing;
    std::size_t m_read = 0; ///< Of m_input.
    std::deque<Json> m_later;
};

} // namespace detail

/// One try to handle one event.
class Attempt {
public:
    Attempt(detail::Connection& connection, const Worker& worker, Json message)
        : m_connection(connection), m_worker(worker), m_message(std::move(message))
    {}

    const Worker& worker() const { return m_worker; }
    std::int64_t id() const { return m_message["id"].whole(); }
    std::int64_t number() const { return m_message["attempt"].whole(); }           ///< 1: the first try.
    const std::string& topic() const { return m_message["from"]["topic"].text(); } ///< "order-created", for example.
    std::int64_t partition() const { return m_message["from"]["partition"].whole(); }
    std::int64_t offset() const { return m_message["from"]["offset"].whole(); }
    const Json& event() const { return m_message["event"]; }               ///< The CloudEvent.
    const std::string& order() const { return event()["subject"].text(); } ///< The order's id.
    /// `user_id`, `amount` (a text such as "19.99"), `currency`, and what the event's type has besides.
    const Json& data() const { return event()["data"]; }

    // Questions. They throw Error.

    /// Your group's value under `key`, with what this attempt has written; null where there is none.
    Json read(const std::string& key) { return ask("read", {{"key", key}}); }
    /// Charges the event's customer. A declined card is an answer, not an error. The gateway charges once under each
    /// payment key and repeats its answer; without one, every call is a new charge. `amount` ("19.99"): by default the
    /// event's.
    Charge charge(const std::string& payment_key = {}, const std::string& amount = {});
    /// Returns what was charged under this key, and refuses later charges under it. False: there was nothing.
    bool refund(const std::string& payment_key)
    {
        return ask("refund", {{"payment_key", payment_key}})["returned"].truth();
    }
    /// Moves the order to "paid", "failed" or "canceled". False: it was final already and stays as it is.
    bool setStatus(const std::string& status) { return ask("set-status", {{"status", status}})["changed"].truth(); }
    /// The time; virtual in simulation.
    std::chrono::system_clock::time_point now()
    {
        const std::chrono::microseconds since{ask("now", {})["unix_us"].whole()};
        return std::chrono::system_clock::time_point{since};
    }
    /// The same in each run of a seed.
    Random random()
    {
        const Json value = ask("random", {});
        return {value["unit"].number(), value["uuid"].text()};
    }
    /// At most an hour; virtual in simulation.
    void sleep(std::chrono::milliseconds duration) { ask("sleep", {{"ms", std::int64_t{duration.count()}}}); }

    // Effects: they happen when the attempt is done, and cost no round trip.

    /// Your group's value under `key`. Null deletes it.
    void write(const std::string& key, Json value) { say("write", {{"key", key}, {"value", std::move(value)}}); }
    /// The customer is notified of this event.
    void notify() { say("notify", {}); }
    /// A new event about the same order: emit("payment-failed", {{"reason", "card declined"}}).
    void emit(const std::string& topic, std::initializer_list<Json::Member> data = {})
    {
        emit(topic, Json::object(data));
    }
    void emit(const std::string& topic, Json data) { say("emit", {{"topic", topic}, {"data", std::move(data)}}); }

private:
    void say(const char* type, Json::Object members)
    {
        members.insert(members.begin(), {{"type", type}, {"id", id()}});
        m_connection.say(std::move(members));
    }
    Json ask(const char* type, Json::Object members);

    detail::Connection& m_connection;
    const Worker& m_worker;
    const Json m_message;
};

/// Calls `handle` for each event until Orderlab ends the program; then returns the program's exit code. `pipeline` (1
/// to 128): how many events Orderlab may send ahead; 64 makes a worker that asks little many times as fast. They are
/// handled one after the other.
int run(const std::function<void(Attempt&)>& handle, int pipeline = 1);

// What follows is how it works.

/// A recursive descent over the text.
class Json::Parser {
public:
    explicit Parser(std::string_view text) : m_text(text) {}
    Json whole()
    {
        Json value = next(0);
        skipBlanks();
        return m_at == m_text.size() ? value : throw wrong();
    }

private:
    static constexpr int depth_max = 100;

    static std::runtime_error wrong() { return std::runtime_error("this is no JSON"); }
    void skipBlanks() { m_at = std::min(m_text.find_first_not_of(" \t\r\n", m_at), m_text.size()); }
    bool take(std::string_view word)
    {
        if (m_text.substr(m_at, word.size()) != word)
            return false;
        m_at += word.size();
        return true;
    }
    void need(std::string_view word)
    {
        skipBlanks();
        if (!take(word))
            throw wrong();
    }
    Json next(int depth)
    {
        skipBlanks();
        if (depth > depth_max || m_at == m_text.size())
            throw wrong();
        switch (m_text[m_at]) {
        case '{': return object(depth);
        case '[': return array(depth);
        case '"': return text();
        case 't': return take("true") ? Json(true) : throw wrong();
        case 'f': return take("false") ? Json(false) : throw wrong();
        case 'n': return take("null") ? Json() : throw wrong();
        default: return number();
        }
    }
    Json object(int depth)
    {
        Object members;
        need("{");
        skipBlanks();
        if (take("}"))
            return members;
        do {
            skipBlanks();
            std::string name = text();
            need(":");
            members.push_back({std::move(name), next(depth + 1)});
            skipBlanks();
        } while (take(","));
        need("}");
        return members;
    }
    Json array(int depth)
    {
        Array values;
        need("[");
        skipBlanks();
        if (take("]"))
            return values;
        do {
            values.push_back(next(depth + 1));
            skipBlanks();
        } while (take(","));
        need("]");
        return values;
    }
    Json number()
    {
        const std::size_t length = std::min(m_text.find_first_not_of("+-.0123456789eE", m_at), m_text.size()) - m_at;
        const std::string_view digits = m_text.substr(m_at, length);
        const char* end = digits.data() + digits.size();
        m_at += length;
        std::int64_t whole = 0;
        if (const auto [at, error] = std::from_chars(digits.data(), end, whole); error == std::errc{} && at == end)
            return whole;
        double fraction = 0;
        if (const auto [at, error] = std::from_chars(digits.data(), end, fraction); error == std::errc{} && at == end)
            return fraction;
        throw wrong();
    }
    unsigned unit()
    {
        unsigned value = 0;
        const std::string_view digits = m_text.substr(std::min(m_at, m_text.size()), 4);
        const auto [at, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
        if (error != std::errc{} || digits.size() != 4 || at != digits.data() + 4)
            throw wrong();
        m_at += 4;
        return value;
    }
    void escaped(std::string& out)
    {
        static constexpr std::string_view marks = "\"\\/bfnrt", meant = "\"\\/\b\f\n\r\t";
        if (m_at == m_text.size())
            throw wrong();
        const char mark = m_text[m_at++];
        if (const std::size_t at = marks.find(mark); at != marks.npos)
            return out.push_back(meant[at]);
        if (mark != 'u')
            throw wrong();
        unsigned point = unit();
        if (point >= 0xd800 && point < 0xdc00 && take("\\u")) { // A pair makes one character.
            const unsigned low = unit();
            point = low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00) : 0xfffd;
        } else if (point >= 0xd800 && point < 0xe000) {
            point = 0xfffd;
        }
        append(point, out);
    }
    static void append(unsigned point, std::string& out)
    {
        if (point < 0x80)
            return out.push_back(char(point));
        const int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
        static constexpr unsigned firsts[] = {0, 0xc0, 0xe0, 0xf0};
        out.push_back(char(firsts[more] | (point >> (6 * more))));
        for (int i = more - 1; i >= 0; --i)
            out.push_back(char(0x80 | ((point >> (6 * i)) & 0x3f)));
    }
    std::string text()
    {
        std::string out;
        need("\"");
        for (;;) {
            const std::size_t end = m_text.find_first_of("\"\\", m_at);
            if (end == m_text.npos)
                throw wrong();
            out.append(m_text.substr(m_at, end - m_at));
            m_at = end + 1;
            if (m_text[end] == '"')
                return out;
            escaped(out);
        }
    }

    const std::string_view m_text;
    std::size_t m_at = 0;
};

inline Json Json::parse(std::string_view text)
{
    return Parser(text).whole();
}

inline double Json::number() const
{
    const auto* whole = std::get_if<std::int64_t>(&m_value);
    return whole ? double(*whole) : as<double>("a number");
}

inline const Json& Json::operator[](std::string_view name) const
{
    static const Json none;
    for (const Member& member : members()) {
        if (member.name == name)
            return member.value;
    }
    return none;
}

inline void Json::writeText(const std::string& text, std::string& out)
{
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            (out += '\\') += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char code[7];
            std::snprintf(code, sizeof code, "\\u%04x", unsigned(c));
            out += code;
        } else {
            out += c;
        }
    }
    out += '"';
}

inline void Json::writeTo(std::string& out) const
{
    char digits[32];
    if (const auto* text = std::get_if<std::string>(&m_value)) {
        writeText(*text, out);
    } else if (const auto* is = std::get_if<bool>(&m_value)) {
        out += *is ? "true" : "false";
    } else if (const auto* whole = std::get_if<std::int64_t>(&m_value)) {
        out.append(digits, std::to_chars(digits, digits + sizeof digits, *whole).ptr);
    } else if (const auto* fraction = std::get_if<double>(&m_value)) {
        if (!std::isfinite(*fraction))
            throw std::runtime_error("JSON has only finite numbers");
        out.append(digits, std::to_chars(digits, digits + sizeof digits, *fraction).ptr);
    } else if (const auto* values = std::get_if<Array>(&m_value)) {
        for (std::size_t i = 0; i < values->size(); ++i) {
            out += i == 0 ? '[' : ',';
            (*values)[i].writeTo(out);
        }
        out += values->empty() ? "[]" : "]";
    } else if (const auto* members = std::get_if<Object>(&m_value)) {
        for (std::size_t i = 0; i < members->size(); ++i) {
            out += i == 0 ? '{' : ',';
            writeText((*members)[i].name, out);
            out += ':';
            (*members)[i].value.writeTo(out);
        }
        out += members->empty() ? "{}" : "}";
    } else {
        out += "null";
    }
}

namespace detail {

inline Connection::Connection()
{
    // What the program prints must not get between our lines.
    std::fflush(stdout);
    m_output = ::dup(1);
    ::dup2(2, 1);
    std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
}

inline void Connection::say(const Json& message)
{
    const std::size_t before = m_outgoing.size();
    try {
        message.writeTo(m_outgoing);
        m_outgoing += '\n';
        if (const std::size_t bytes = m_outgoing.size() - before; bytes > line_bytes_max)
            throw std::length_error(message["type"].text() + " has " + std::to_string(bytes) + " bytes; Orderlab takes "
                                    + std::to_string(line_bytes_max));
    } catch (...) {
        m_outgoing.resize(before);
        throw;
    }
}

inline void Connection::flush()
{
    for (std::size_t at = 0; at < m_outgoing.size();) {
        const ssize_t written = ::write(m_output, m_outgoing.data() + at, m_outgoing.size() - at);
        if (written > 0)
            at += std::size_t(written);
        else if (errno != EINTR)
            throw End{};
    }
    m_outgoing.clear();
}

inline Json Connection::hear()
{
    std::size_t end;
    while ((end = m_input.find('\n', m_read)) == m_input.npos) {
        flush();
        char block[65536];
        const ssize_t count = ::read(0, block, sizeof block);
        if (count == 0 || (count < 0 && errno != EINTR))
            throw End{};
        m_input.erase(0, std::exchange(m_read, 0));
        m_input.append(block, std::size_t(std::max<ssize_t>(count, 0)));
    }
    const std::string_view line(m_input.data() + m_read, end - m_read);
    m_read = end + 1;
    return Json::parse(line);
}

inline Json Connection::next()
{
    if (m_later.empty())
        return hear();
    Json message = std::move(m_later.front());
    m_later.pop_front();
    return message;
}

inline Json Connection::answer(std::int64_t id)
{
    for (;;) {
        Json message = hear();
        const bool is_answer = message["type"].text() == "answer";
        if (is_answer && message["id"].whole() == id)
            return message;
        if (!is_answer)
            m_later.push_back(std::move(message));
    }
}

inline void fail(Connection& connection, const Attempt& attempt, std::string text, const std::string& retry)
{
    if (text.size() > message_bytes_max) {
        std::size_t end = message_bytes_max;
        while (end > 0 && (text[end] & 0xc0) == 0x80) // Not in the middle of a character.
            --end;
        text.resize(end);
    }
    connection.say(
        Json::object({{"type", "fail"}, {"id", attempt.id()}, {"message", std::move(text)}, {"retry", retry}}));
}

inline void handleEvent(Connection& connection, const std::function<void(Attempt&)>& handle, Attempt attempt)
{
    try {
        handle(attempt);
    } catch (const Failure& failure) {
        return fail(connection, attempt, failure.what(), failure.retry);
    } catch (const Error& error) {
        return fail(connection, attempt, error.what(), error.retry);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "the handler failed: %s\n", error.what());
        return fail(connection, attempt, error.what(), "later");
    }
    connection.say(Json::object({{"type", "done"}, {"id", attempt.id()}}));
}

} // namespace detail

inline Charge Attempt::charge(const std::string& payment_key, const std::string& amount)
{
    Json::Object members;
    if (!payment_key.empty())
        members.push_back({"payment_key", payment_key});
    if (!amount.empty())
        members.push_back({"amount", amount});
    const Json value = ask("charge", std::move(members));
    return {value["approved"].truth(), value["payment"].textOr(""), value["reason"].textOr("")};
}

inline Json Attempt::ask(const char* type, Json::Object members)
{
    say(type, std::move(members));
    const Json answer = m_connection.answer(id());
    const Json& error = answer["error"];
    if (!error.isNull())
        throw Error(error["code"].text(), error["message"].text(), error["retry"].text());
    return answer["value"];
}

inline int run(const std::function<void(Attempt&)>& handle, int pipeline)
{
    if (::isatty(0)) {
        std::fputs("This is a worker: Orderlab starts it and talks to it. Try:\n"
                   "  orderlabd simulate --worker payment=./payment\n",
                   stderr);
        return 1;
    }
    detail::Connection connection;
    try {
        const Json init = connection.next();
        const Json& protocol = init["protocol"];
        if (init["type"].textOr("") != "init" || protocol.isNull() || protocol.whole() != detail::protocol) {
            std::fputs("This worker speaks protocol 1, Orderlab another one.\n", stderr);
            return 1;
        }
        Worker worker{init["group"].text(), init["member"].text(), init["seed"].whole(), init["simulated"].truth(), {}};
        for (const Json& topic : init["topics"].values())
            worker.topics.push_back(topic.text());
        connection.say(Json::object({{"type", "ready"}, {"protocol", detail::protocol}, {"pipeline", pipeline}}));
        for (;;) {
            Json message = connection.next();
            const std::string type = message["type"].text();
            if (type == "event")
                detail::handleEvent(connection, handle, Attempt(connection, worker, std::move(message)));
            else if (type == "shutdown")
                break;
        }
        connection.flush();
    } catch (detail::End) {
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}

} // namespace orderlab
