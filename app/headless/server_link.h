#pragma once
#include "base/json_tree.h"
#include "http/http_client.h"
#include "http/router.h"
#include "lab/lab.h"

namespace CLI {
class App;
}

namespace orderlab {

/// A server's answer to one question: JSON (CSV as a string), or the error that its problem document tells.
using Answer = Result<JsonNode>;

/// Where commands ask what the HTTP API answers: a running server, or the same routes over the own store.
class ServerLink {
public:
    virtual ~ServerLink() = default;
    /// Blocks. `path` with its query, encoded. Errors: NotFound, InvalidArgument with its field, IllegalTransition
    /// (409), Unavailable…
    virtual Answer ask(const std::string& method, const std::string& path, const std::string& body = {}) = 0;
};

/// The server that a command asks.
struct ServerAddress {
    std::string to;     ///< Its URL; empty: see serverUrl().
    std::string tls_ca; ///< For https: see TlsContext::forClient().
};
/// Declares --tls-ca, which ORDERLAB_TLS_CA and the configuration file may set, too.
void addTlsCaOption(CLI::App& command, ServerAddress& address);

/// `to`; where it is empty, what ORDERLAB_LISTEN or the configuration file says, else http://127.0.0.1:8080; https
/// where ORDERLAB_TLS_CERT or the file has a certificate.
/// Error: InvalidArgument, field "to".
Result<std::string> serverUrl(const std::string& to);
/// Sends clientToken(). Errors: those of that, of serverUrl() and of HttpClientOptions::fromUrl().
Result<std::unique_ptr<ServerLink>> linkToServer(const ServerAddress& address);
/// Opens the store that `config` names; nothing else runs. For when no server does. Errors: those of Lab::start().
Result<std::unique_ptr<ServerLink>> linkToOwnStore(LabConfig config);

/// Joins a Kafka cluster for what is asked about consumer groups; no server has to run. TLS, SASL and the like from
/// ORDERLAB_KAFKA_*. `group_prefix`: of a group that is named without. Errors: those of openKafkaBus().
Result<std::unique_ptr<ServerLink>> linkToKafka(KafkaOptions options, std::string group_prefix);

/// RFC 3986: for a value within a query or a segment of a path.
std::string urlEncoded(std::string_view text);

} // namespace orderlab
