#include "headless/server_link.h"

#include "config_file.h"
#include "headless/api_tokens.h"
#include "http/dead_letter_api.h"
#include "http/group_api.h"
#include "http/request_target.h"
#include "kafka/kafka_bus.h"
#include "lab_options.h"
#include "runtime/real_runtime.h"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <unistd.h>

namespace orderlab {

namespace {

std::string_view textOf(const JsonNode& node, std::string_view name)
{
    const JsonNode* member = node.find(name);
    return member ? std::string_view(member->text) : std::string_view();
}

ErrorCode codeOf(int status)
{
    switch (status) {
    case 400:
    case 415:
    case 422: return ErrorCode::InvalidArgument;
    case 404: return ErrorCode::NotFound;
    case 409: return ErrorCode::IllegalTransition;
    case 503: return ErrorCode::Unavailable;
    default: return ErrorCode::Rejected;
    }
}

Answer answerOf(int status, const std::string& body)
{
    JsonProblem problem;
    auto node = parseJsonTree(body, problem);
    const bool is_readiness = status == 503 && node && node->find("parts"); // Not ready is an answer, too.
    if (node && ((status >= 200 && status < 300) || is_readiness))
        return std::move(*node);
    const std::string detail = node ? std::string(textOf(*node, "detail")) : std::string();
    return Error{codeOf(status),
                 Retry::Never,
                 detail.empty() ? "the server answered " + std::to_string(status) + ": " + body.substr(0, 300) : detail,
                 {}};
}

class RemoteLink final : public ServerLink {
public:
    explicit RemoteLink(HttpClientOptions options) : m_client(m_runtime, std::move(options)) {}

    Answer ask(const std::string& method, const std::string& path, const std::string& body) override
    {
        const auto reply = m_runtime.run(exchange(m_client, method, path, body));
        if (!reply)
            return reply.error();
        if (reply->status == 200 && reply->header("Content-Type").starts_with("text/csv"))
            return JsonNode::string(reply->body); // As it is.
        return answerOf(reply->status, reply->body);
    }

private:
    static Task<Result<HttpReply>> exchange(HttpClient& client, std::string method, std::string path, std::string body)
    {
        if (method == "GET")
            co_return co_await client.get(std::move(path));
        if (method == "POST")
            co_return co_await client.post(std::move(path), std::move(body));
        co_return co_await client.request(std::move(method), std::move(path), std::move(body), false);
    }

    RealRuntime m_runtime{1};
    HttpClient m_client;
};

/// What a route answers, without a server.
Answer askRouter(RealRuntime& runtime, const Router& router, const std::string& method, const std::string& path,
                 const std::string& body)
{
    auto target = parseRequestTarget(path);
    if (!target)
        return target.error();
    HttpRequest request;
    request.method = method;
    request.target = path;
    request.body = body;
    request.query = std::move(target->query);
    Router::Match match = router.match(method, target->segments);
    if (!match.route)
        return Error{ErrorCode::NotFound, Retry::Never, "there is nothing at " + path, {}};
    request.parameters = std::move(match.parameters);
    const HttpResponse response = runtime.run(match.route->handler(request));
    return answerOf(response.status, response.body);
}

/// Asks the routes' handlers themselves.
class OwnStoreLink final : public ServerLink {
public:
    explicit OwnStoreLink(LabConfig config) : m_lab(m_runtime, std::move(config))
    {
        addDeadLetterApi(m_router, [this] { return &m_lab.deadLetters(); });
    }
    ~OwnStoreLink() override { m_runtime.run(m_lab.stop()); }
    Result<void> open() { return m_runtime.run(m_lab.start()); }

    Answer ask(const std::string& method, const std::string& path, const std::string& body) override
    {
        return askRouter(m_runtime, m_router, method, path, body);
    }

private:
    RealRuntime m_runtime{1};
    Lab m_lab;
    Router m_router;
};

/// The same about the groups of a cluster.
class KafkaLink final : public ServerLink {
public:
    explicit KafkaLink(std::string group_prefix)
    {
        addGroupApi(
            m_router, m_runtime, [this] { return m_bus.get(); }, std::move(group_prefix));
    }
    ~KafkaLink() override
    {
        if (m_bus)
            m_runtime.run(m_bus->close());
    }
    Result<void> open(KafkaOptions options)
    {
        auto bus = m_runtime.run(openKafkaBus(m_runtime, m_journal, std::move(options)));
        if (!bus)
            return bus.error();
        m_bus = std::move(*bus);
        return {};
    }
    Answer ask(const std::string& method, const std::string& path, const std::string& body) override
    {
        return askRouter(m_runtime, m_router, method, path, body);
    }

private:
    RealRuntime m_runtime{1};
    Journal m_journal{1024};
    std::unique_ptr<EventBus> m_bus;
    Router m_router;
};

/// What a server that listens at `listen` is reached by from here.
std::string urlOf(std::string listen)
{
    if (listen.starts_with("0.0.0.0:"))
        listen.replace(0, 7, "127.0.0.1");
    else if (listen.starts_with("[::]:"))
        listen.replace(0, 4, "[::1]");
    return (settingOf("ORDERLAB_TLS_CERT", "tls-cert").empty() ? "http://" : "https://") + listen;
}

} // namespace

void addTlsCaOption(CLI::App& command, ServerAddress& address)
{
    command
        .add_option("--tls-ca", address.tls_ca,
                    "For https: trusts the authorities in this file (PEM) instead of those of the system")
        ->envname("ORDERLAB_TLS_CA");
}

Result<std::string> serverUrl(const std::string& to)
{
    const std::string listen = settingOf("ORDERLAB_LISTEN", "listen");
    if (to.empty() && listen == "none")
        return invalidArgument("to", "is needed: ORDERLAB_LISTEN is none");
    return !to.empty() ? to : urlOf(listen.empty() ? "127.0.0.1:8080" : listen);
}

Result<std::unique_ptr<ServerLink>> linkToServer(const ServerAddress& address)
{
    const auto url = serverUrl(address.to);
    if (!url)
        return url.error();
    auto options = HttpClientOptions::fromUrl(*url, address.tls_ca);
    if (!options)
        return options.error();
    auto token = clientToken();
    if (!token)
        return token.error();
    options->token = std::move(*token);
    return std::unique_ptr<ServerLink>(std::make_unique<RemoteLink>(std::move(*options)));
}

Result<std::unique_ptr<ServerLink>> linkToOwnStore(LabConfig config)
{
    if (config.store == StoreKind::Memory)
        return invalidArgument("local", "needs a store that keeps something: --store postgres");
    config.workers.clear();
    config.relay = false;
    auto link = std::make_unique<OwnStoreLink>(std::move(config));
    ORDERLAB_TRY(return, link->open());
    return std::unique_ptr<ServerLink>(std::move(link));
}

Result<std::unique_ptr<ServerLink>> linkToKafka(KafkaOptions options, std::string group_prefix)
{
    options.properties = kafkaPropertiesOfUser();
    options.creates_topics = false;
    ORDERLAB_TRY(return, options.validate());
    auto link = std::make_unique<KafkaLink>(std::move(group_prefix));
    ORDERLAB_TRY(return, link->open(std::move(options)));
    return std::unique_ptr<ServerLink>(std::move(link));
}

std::string urlEncoded(std::string_view text)
{
    std::string encoded;
    for (const unsigned char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
                           || c == '.' || c == '_' || c == '~';
        if (plain) {
            encoded += char(c);
        } else {
            encoded += '%';
            encoded += "0123456789ABCDEF"[c >> 4];
            encoded += "0123456789ABCDEF"[c & 15];
        }
    }
    return encoded;
}

} // namespace orderlab
