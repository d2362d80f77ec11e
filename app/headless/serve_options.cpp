#include "headless/serve_options.h"

#include "number_in.h"

#include <CLI/CLI.hpp>

namespace orderlab {

void addServeOptions(CLI::App& command, ServeOptions& options)
{
    command
        .add_option("--listen", options.listen,
                    "HTTP address and port, or none. An address that is not loopback needs ORDERLAB_API_TOKEN")
        ->envname("ORDERLAB_LISTEN")
        ->capture_default_str();
    command
        .add_option("--allowed-host", options.allowed_hosts,
                    "Further name or address, without port, by which clients reach this server: a service's name, a "
                    "reverse proxy's. Several with commas. Others get 403")
        ->envname("ORDERLAB_ALLOWED_HOSTS")
        ->delimiter(',');
    command
        .add_option(
            "--api-token", options.api_token,
            "What clients must send as Bearer token. Others see a command's options: rather in the environment or "
            "the file")
        ->envname("ORDERLAB_API_TOKEN");
    command
        .add_option("--api-token-file", options.api_token_file,
                    "File with further tokens, one a line: each is as good. Clients of this program send the first. "
                    "SIGHUP reads it again")
        ->envname("ORDERLAB_API_TOKEN_FILE");
    command
        .add_option("--tls-cert", options.tls.certificate,
                    "Speaks https with the certificate in this file (PEM, then those between it and the authority)")
        ->envname("ORDERLAB_TLS_CERT");
    command.add_option("--tls-key", options.tls.key, "The certificate's private key (PEM, without a passphrase)")
        ->envname("ORDERLAB_TLS_KEY");
    command
        .add_option("--wait-for-services", options.wait_for_services_s,
                    "How long to wait for the database and the brokers at the start, in seconds, 0 to 3600")
        ->envname("ORDERLAB_WAIT_FOR_SERVICES")
        ->check(numberIn(0.0, 3'600.0))
        ->capture_default_str();
    command
        .add_option("--drain-timeout", options.drain_s,
                    "How long running work may take at shutdown, in seconds, 0 to 3600")
        ->envname("ORDERLAB_DRAIN_TIMEOUT")
        ->check(numberIn(0.0, 3'600.0))
        ->capture_default_str();
    command
        .add_option("--finish-within", options.finish_within_s,
                    "Reports an order that has not moved for so many seconds although every service is available, 0 "
                    "(never) to 86400")
        ->envname("ORDERLAB_FINISH_WITHIN")
        ->check(numberIn(0.0, 86'400.0))
        ->capture_default_str();
    command
        .add_flag("--share-journal", options.share_journal,
                  "Kafka: publishes the journal to topic <prefix>journal, so that other desktops (orderlab --attach) "
                  "can show "
                  "this process. Best effort")
        ->envname("ORDERLAB_SHARE_JOURNAL");
    command
        .add_option("--record", options.record,
                    "Records the journal into this new file, which orderlab opens; .packed at its end: the small form")
        ->envname("ORDERLAB_RECORD");
    command.add_option("--record-max", options.record_mib_max, "How large that file may become, in MiB, 1 to 8192")
        ->envname("ORDERLAB_RECORD_MAX")
        ->check(numberIn(1.0, 8'192.0))
        ->capture_default_str();
    command
        .add_option(
            "--classroom", options.classroom,
            "Holds a class: students nearby join with a browser at this address and port, as 192.168.1.20:8090, or "
            "auto. Prints the address and the code; see docs/classroom.md")
        ->envname("ORDERLAB_CLASSROOM");
    addLabOptions(command, options.lab);
    addOwnWorkerOptions(command, options.lab.own_workers);
    addLogOptions(command, options.log);
    addOtlpOptions(command, options.otlp);
}

} // namespace orderlab
