#include "classroom/class_routes.h"

#include "base/json_tree.h"
#include "base/sha256.h"
#include "classroom/class_files.h"
#include "classroom/class_stream.h"
#include "http/request_target.h"

namespace orderlab {

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view content_policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";
constexpr std::size_t key_bytes_max = 64;
constexpr std::string_view language_cookie = "orderlab_lang";

/// A form's fields (application/x-www-form-urlencoded). Nothing: it is none.
std::optional<Fields> formOf(const HttpRequest& request)
{
    auto target = parseRequestTarget("/?" + std::string(request.body));
    if (!target)
        return {};
    return std::move(target->query);
}

std::string_view fieldOf(const Fields& fields, std::string_view name)
{
    for (const auto& [key, value] : fields) {
        if (key == name)
            return value;
    }
    return {};
}

/// RFC 6265, section 4.2: the first of that name.
std::string_view cookieOf(const HttpRequest& request, std::string_view name)
{
    std::string_view rest = request.header("Cookie").value_or("");
    while (!rest.empty()) {
        const auto semicolon = rest.find(';');
        std::string_view pair = rest.substr(0, semicolon);
        rest = semicolon == std::string_view::npos ? std::string_view() : rest.substr(semicolon + 1);
        while (pair.starts_with(' '))
            pair.remove_prefix(1);
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
            return pair.substr(name.size() + 1);
    }
    return {};
}

Language languageFor(const HttpRequest& request)
{
    const Language* chosen = languageOf(cookieOf(request, language_cookie));
    return chosen ? *chosen : acceptedLanguage(request.header("Accept-Language").value_or(""));
}

void addSafety(HttpResponse& response)
{
    response.headers.emplace_back("Content-Security-Policy", content_policy);
    // With no-referrer browsers send a form's Origin as null, which is not ours.
    response.headers.emplace_back("Referrer-Policy", "same-origin");
    response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
}

HttpResponse pageResponse(std::string html, int status = 200)
{
    HttpResponse response;
    response.status = status;
    response.body = std::move(html);
    response.content_type = "text/html; charset=utf-8";
    addSafety(response);
    return response;
}

HttpResponse redirect(std::string_view cookie = {})
{
    HttpResponse response;
    response.status = 303;
    response.content_type = "text/plain";
    response.headers.emplace_back("Location", "/");
    if (!cookie.empty())
        response.headers.emplace_back("Set-Cookie", cookie);
    addSafety(response);
    return response;
}

std::string cookie(std::string_view name, std::string_view value, std::string_view seconds)
{
    std::string text(name);
    return text.append("=").append(value).append("; Path=/; HttpOnly; SameSite=Strict; Max-Age=").append(seconds);
}

int statusOf(const Error& error)
{
    switch (error.code) {
    case ErrorCode::NotFound: return 401;
    case ErrorCode::Rejected: return 403;
    case ErrorCode::Exhausted: return 429;
    case ErrorCode::Conflict:
    case ErrorCode::AlreadyExists: return 409;
    case ErrorCode::InvalidArgument: return 422;
    case ErrorCode::Unavailable:
    case ErrorCode::Timeout:
    case ErrorCode::Canceled: return 503;
    default: return 500;
    }
}

bool wantsJson(const HttpRequest& request)
{
    return request.header("Accept").value_or("").starts_with("application/json");
}

HttpResponse noteResponse(std::string_view note, int status = 200)
{
    HttpResponse response;
    response.status = status;
    response.body = JsonNode::object().add("note", JsonNode::string(note)).toJson();
    if (status == 429 || status == 503)
        response.headers.emplace_back("Retry-After", "1");
    addSafety(response);
    return response;
}

/// One request of one student, or of nobody yet.
class ClassRoutes {
public:
    explicit ClassRoutes(ClassServices services) : m_services(std::move(services)) {}

    Task<HttpResponse> home(const HttpRequest& request) const
    {
        const std::string_view wanted = fieldOf(request.query, "lang");
        if (const Language* language = languageOf(wanted))
            co_return redirect(cookie(language_cookie, tagOf(*language), "31536000"));
        const Language language = languageFor(request);
        const std::string_view token = cookieOf(request, class_cookie);
        if (token.empty())
            co_return pageResponse(m_services.pages->joinPage(language, fieldOf(request.query, "code"), {}, nullptr));
        const auto student = m_services.classroom->enter(token);
        if (!student && student.error().code == ErrorCode::NotFound) {
            HttpResponse gone =
                pageResponse(m_services.pages->gonePage(language, m_services.classroom->hasEnded()), 401);
            gone.headers.emplace_back("Set-Cookie", cookie(class_cookie, "", "0"));
            co_return gone;
        }
        if (!student)
            co_return refusal(request, student.error());
        co_return studentPage(request, *student, {});
    }

    Task<HttpResponse> join(const HttpRequest& request) const
    {
        const auto form = formOf(request);
        const Language language = languageFor(request);
        const std::string_view code = form ? fieldOf(*form, "code") : std::string_view();
        const std::string_view name = form ? fieldOf(*form, "name") : std::string_view();
        // Who is in already stays who they are: a second tab does not make a second student.
        if (const std::string_view token = cookieOf(request, class_cookie);
            !token.empty() && m_services.classroom->enter(token))
            co_return redirect();
        const auto joined = m_services.classroom->join(code, name, request.remote_address);
        if (!joined) {
            const Error& error = joined.error();
            co_return pageResponse(
                m_services.pages->joinPage(language, code.substr(0, 16), name.substr(0, 200), &error), statusOf(error));
        }
        co_return redirect(cookie(class_cookie, joined->token, "43200"));
    }

    Task<HttpResponse> buy(const HttpRequest& request) const
    {
        const auto student = enter(request);
        if (!student)
            co_return refusal(request, student.error());
        const auto form = formOf(request);
        const std::string_view key = form ? fieldOf(*form, "key") : std::string_view();
        if (key.empty() || key.size() > key_bytes_max)
            co_return refusal(request, invalidArgument("key", "must have 1 to 64 bytes"));
        std::string typed(fieldOf(*form, "amount"));
        if (const auto comma = typed.find(','); comma != std::string::npos)
            typed[comma] = '.'; // As it is written in German.
        const auto total = Money::parse(typed, Currency{});
        if (!total || total->amount_minor <= 0 || total->amount_minor > amount_minor_max)
            co_return refusal(request, invalidArgument("amount", "must be above 0"));
        OrderService* orders = m_services.orders();
        if (!orders)
            co_return refusal(request, unavailable("the services are not up"));
        const auto purchase = m_services.classroom->beginPurchase(*student, *total, key);
        if (!purchase)
            co_return refusal(request, purchase.error());
        CreateOrder order;
        order.request = {purchase->customer, *total};
        order.purchase = purchase->id;
        order.idempotency = IdempotencyKey{purchase->key, sha256Hex(total->amountText())};
        const auto made = co_await orders->create(std::move(order));
        if (made || made.error().retry == Retry::Never) // Else whether it was stored, the journal will tell.
            m_services.classroom->endPurchase(*student, purchase->id,
                                              made && !made->replayed ? made->order.id : OrderId());
        if (!made)
            co_return refusal(request, made.error());
        co_return done(request, wordsOf(languageFor(request)).bought_note);
    }

    Task<HttpResponse> vote(const HttpRequest& request) const
    {
        const auto student = enter(request);
        if (!student)
            co_return refusal(request, student.error());
        const auto form = formOf(request);
        const std::string_view choice = form ? fieldOf(*form, "choice") : std::string_view();
        if (choice.size() != 1 || choice[0] < '0' || choice[0] > '9')
            co_return refusal(request, invalidArgument("choice", "must be one of the choices"));
        const auto voted = m_services.classroom->vote(*student, std::size_t(choice[0] - '0'));
        if (!voted)
            co_return refusal(request, voted.error());
        co_return done(request, wordsOf(languageFor(request)).voted_note);
    }

    Task<HttpResponse> me(const HttpRequest& request) const
    {
        const auto student = enter(request);
        if (!student)
            co_return refusal(request, student.error(), true);
        const auto view = m_services.classroom->viewOf(*student);
        if (!view)
            co_return refusal(request, view.error(), true);
        const ClassCounts& counts = view->counts;
        JsonNode orders = JsonNode::object();
        orders.add("bought", JsonNode::number(counts.bought)).add("paid", JsonNode::number(counts.paid));
        orders.add("failed", JsonNode::number(counts.failed)).add("canceled", JsonNode::number(counts.canceled));
        JsonNode me = JsonNode::object();
        me.add("student", JsonNode::number(view->number)).add("name", JsonNode::string(view->name));
        me.add("orders", std::move(orders)).add("phase", JsonNode::string(name(view->board.phase)));
        me.add("round", JsonNode::number(view->board.round));
        me.add("vote", view->vote ? JsonNode::string(std::string(1, char('A' + *view->vote))) : JsonNode{});
        me.add("locked", JsonNode::boolean(view->board.is_locked));
        me.add("place", JsonNode::string(view->place.toString()));
        HttpResponse response;
        response.body = me.toJson();
        addSafety(response);
        co_return response;
    }

    Task<HttpResponse> events(const HttpRequest& request) const
    {
        const auto student = enter(request);
        if (!student)
            co_return refusal(request, student.error(), true);
        const auto last = request.header("Last-Event-ID");
        const auto place = PagePlace::parse(last ? *last : fieldOf(request.query, "after"));
        if (!m_services.classroom->openStream(*student))
            co_return noteResponse(wordsOf(languageFor(request)).error_busy, 429);
        HttpResponse response;
        response.content_type = "text/event-stream";
        addSafety(response);
        response.stream = std::make_shared<ClassStream>(m_services.runtime, m_services.classroom, *m_services.pages,
                                                        *student, languageFor(request), place);
        co_return response;
    }

private:
    Result<unsigned> enter(const HttpRequest& request) const
    {
        const std::string_view token = cookieOf(request, class_cookie);
        return m_services.classroom->enter(token);
    }

    HttpResponse studentPage(const HttpRequest& request, unsigned student, std::string_view note,
                             int status = 200) const
    {
        const Language language = languageFor(request);
        const auto view = m_services.classroom->viewOf(student);
        if (!view)
            return pageResponse(m_services.pages->gonePage(language, m_services.classroom->hasEnded()), 401);
        const std::string key = sha256Hex(m_services.runtime.newUuid().toString()).substr(0, 32);
        return pageResponse(m_services.pages->studentPage(language, *view, key, note), status);
    }

    /// To the script, which stays on its page, or to the page itself.
    HttpResponse done(const HttpRequest& request, std::string_view note) const
    {
        return wantsJson(request) ? noteResponse(note) : redirect();
    }

    HttpResponse refusal(const HttpRequest& request, const Error& error, bool as_json = false) const
    {
        const Language language = languageFor(request);
        const int status = statusOf(error);
        const std::string_view words =
            status == 401 ? std::string_view(wordsOf(language).gone) : errorWords(error, language);
        if (as_json || wantsJson(request))
            return noteResponse(words, status);
        if (status == 401)
            return pageResponse(m_services.pages->gonePage(language, m_services.classroom->hasEnded()), status);
        // Without a script: the page again, with what was wrong. Not for who asks too often.
        const auto student = status == 429 ? Result<unsigned>(error) : enter(request);
        return student ? studentPage(request, *student, words, status) : noteResponse(words, status);
    }

    const ClassServices m_services;
};

Task<HttpResponse> sendFile(std::string_view text, std::string_view type)
{
    HttpResponse response;
    response.body = text;
    response.content_type = type;
    addSafety(response);
    co_return response;
}

std::string_view textOf(std::string_view name)
{
    for (const EmbeddedText& file : classFiles()) {
        if (file.name == name)
            return file.text;
    }
    return {};
}

} // namespace

void addClassRoutes(Router& router, ClassServices services)
{
    const auto routes = std::make_shared<const ClassRoutes>(std::move(services));
    using Call = Task<HttpResponse> (ClassRoutes::*)(const HttpRequest&) const;
    const auto add = [&](const char* method, const char* path, Call call) {
        router.add({method,
                    path,
                    [routes, call](const HttpRequest& request) { return ((*routes).*call)(request); },
                    {},
                    RouteAccess::Everyone});
    };
    add("GET", "/", &ClassRoutes::home);
    add("POST", "/join", &ClassRoutes::join);
    add("POST", "/buy", &ClassRoutes::buy);
    add("POST", "/vote", &ClassRoutes::vote);
    add("GET", "/me", &ClassRoutes::me);
    add("GET", "/events", &ClassRoutes::events);
    const auto add_file = [&](const char* path, std::string_view type) {
        const std::string_view text = textOf(std::string_view(path).substr(1));
        router.add({"GET",
                    path,
                    [text, type](const HttpRequest&) { return sendFile(text, type); },
                    {},
                    RouteAccess::Everyone});
    };
    add_file("/class.css", "text/css; charset=utf-8");
    add_file("/class.js", "text/javascript; charset=utf-8");
}

} // namespace orderlab
