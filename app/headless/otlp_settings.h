#pragma once
// Internal to otlp_options.cpp: the table of options.
#include "headless/otlp_options.h"

namespace orderlab {

/// An option of OtlpOptions.
struct OtlpSetting {
    const char* option;
    const char* variable;
    const char* help;
    std::string& (*value)(OtlpOptions&);
};

// A lambda for each, as CLI11 binds references.
inline constexpr OtlpSetting otlp_settings[] = {
    {"otlp-endpoint", "OTEL_EXPORTER_OTLP_ENDPOINT",
     "Where an OpenTelemetry receiver takes OTLP over HTTP: http://HOST:4318, or https. Traces, metrics and logs go to "
     "/v1/traces and "
     "so on below it",
     [](OtlpOptions& o) -> std::string& { return o.endpoint; }},
    {"otlp-traces-endpoint", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "Where traces go instead, as it is",
     [](OtlpOptions& o) -> std::string& { return o.signals[0].endpoint; }},
    {"otlp-metrics-endpoint", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "Where metrics go instead, as it is",
     [](OtlpOptions& o) -> std::string& { return o.signals[1].endpoint; }},
    {"otlp-logs-endpoint", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "Where lines of the log go instead, as it is",
     [](OtlpOptions& o) -> std::string& { return o.signals[2].endpoint; }},
    {"traces-exporter", "OTEL_TRACES_EXPORTER", "otlp or none",
     [](OtlpOptions& o) -> std::string& { return o.signals[0].exporter; }},
    {"metrics-exporter", "OTEL_METRICS_EXPORTER", "otlp or none",
     [](OtlpOptions& o) -> std::string& { return o.signals[1].exporter; }},
    {"logs-exporter", "OTEL_LOGS_EXPORTER", "otlp or none",
     [](OtlpOptions& o) -> std::string& { return o.signals[2].exporter; }},
    {"otlp-headers", "OTEL_EXPORTER_OTLP_HEADERS",
     "Headers for the receiver: NAME=VALUE,NAME=VALUE, values as in URLs. Others see a command's options: rather in "
     "the "
     "environment or the file",
     [](OtlpOptions& o) -> std::string& { return o.headers; }},
    {"otlp-certificate", "OTEL_EXPORTER_OTLP_CERTIFICATE",
     "The authorities (PEM) of which one has to vouch for a receiver at https://; without it those that the system "
     "trusts",
     [](OtlpOptions& o) -> std::string& { return o.certificate; }},
    {"otlp-client-certificate", "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE",
     "This server's own certificate (PEM), for a receiver that asks for one",
     [](OtlpOptions& o) -> std::string& { return o.client.certificate; }},
    {"otlp-client-key", "OTEL_EXPORTER_OTLP_CLIENT_KEY", "Its key (PEM), without a passphrase",
     [](OtlpOptions& o) -> std::string& { return o.client.key; }},
    {"otlp-timeout", "OTEL_EXPORTER_OTLP_TIMEOUT", "How long one request may take, in milliseconds, 1 to 600000",
     [](OtlpOptions& o) -> std::string& { return o.timeout_ms; }},
    {"otlp-traces-headers", "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "Headers of requests with traces instead",
     [](OtlpOptions& o) -> std::string& { return o.signals[0].headers; }},
    {"otlp-traces-timeout", "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "The timeout of requests with traces instead",
     [](OtlpOptions& o) -> std::string& { return o.signals[0].timeout_ms; }},
    {"otlp-traces-certificate", "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE",
     "The authorities of requests with traces instead",
     [](OtlpOptions& o) -> std::string& { return o.signals[0].certificate; }},
    {"otlp-traces-client-certificate", "OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE",
     "The own certificate of requests with traces instead",
     [](OtlpOptions& o) -> std::string& { return o.signals[0].client.certificate; }},
    {"otlp-traces-client-key", "OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY", "The own key of requests with traces instead",
     [](OtlpOptions& o) -> std::string& { return o.signals[0].client.key; }},
    {"otlp-metrics-headers", "OTEL_EXPORTER_OTLP_METRICS_HEADERS", "Headers of requests with metrics instead",
     [](OtlpOptions& o) -> std::string& { return o.signals[1].headers; }},
    {"otlp-metrics-timeout", "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "The timeout of requests with metrics instead",
     [](OtlpOptions& o) -> std::string& { return o.signals[1].timeout_ms; }},
    {"otlp-metrics-certificate", "OTEL_EXPORTER_OTLP_METRICS_CERTIFICATE",
     "The authorities of requests with metrics instead",
     [](OtlpOptions& o) -> std::string& { return o.signals[1].certificate; }},
    {"otlp-metrics-client-certificate", "OTEL_EXPORTER_OTLP_METRICS_CLIENT_CERTIFICATE",
     "The own certificate of requests with metrics instead",
     [](OtlpOptions& o) -> std::string& { return o.signals[1].client.certificate; }},
    {"otlp-metrics-client-key", "OTEL_EXPORTER_OTLP_METRICS_CLIENT_KEY", "The own key of requests with metrics instead",
     [](OtlpOptions& o) -> std::string& { return o.signals[1].client.key; }},
    {"otlp-logs-headers", "OTEL_EXPORTER_OTLP_LOGS_HEADERS", "Headers of requests with lines of the log instead",
     [](OtlpOptions& o) -> std::string& { return o.signals[2].headers; }},
    {"otlp-logs-timeout", "OTEL_EXPORTER_OTLP_LOGS_TIMEOUT", "The timeout of requests with lines of the log instead",
     [](OtlpOptions& o) -> std::string& { return o.signals[2].timeout_ms; }},
    {"otlp-logs-certificate", "OTEL_EXPORTER_OTLP_LOGS_CERTIFICATE",
     "The authorities of requests with lines of the log instead",
     [](OtlpOptions& o) -> std::string& { return o.signals[2].certificate; }},
    {"otlp-logs-client-certificate", "OTEL_EXPORTER_OTLP_LOGS_CLIENT_CERTIFICATE",
     "The own certificate of requests with lines of the log instead",
     [](OtlpOptions& o) -> std::string& { return o.signals[2].client.certificate; }},
    {"otlp-logs-client-key", "OTEL_EXPORTER_OTLP_LOGS_CLIENT_KEY",
     "The own key of requests with lines of the log instead",
     [](OtlpOptions& o) -> std::string& { return o.signals[2].client.key; }},
    {"service-name", "OTEL_SERVICE_NAME", "What this server is called there",
     [](OtlpOptions& o) -> std::string& { return o.service_name; }},
    {"resource-attributes", "OTEL_RESOURCE_ATTRIBUTES",
     "What else is said of this server there: NAME=VALUE,NAME=VALUE, values as in URLs",
     [](OtlpOptions& o) -> std::string& { return o.resource_attributes; }},
    {"traces-sampler", "OTEL_TRACES_SAMPLER",
     "Which traces are recorded: always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off or "
     "parentbased_traceidratio. An order in trouble is recorded in any case, unless it is always_off",
     [](OtlpOptions& o) -> std::string& { return o.sampler; }},
    {"traces-sampler-arg", "OTEL_TRACES_SAMPLER_ARG", "The ratio, 0 to 1",
     [](OtlpOptions& o) -> std::string& { return o.sampler_arg; }},
    {"otel-disabled", "OTEL_SDK_DISABLED", "true: nothing is exported",
     [](OtlpOptions& o) -> std::string& { return o.disabled; }},
    {"otlp-queue", "OTEL_BSP_MAX_QUEUE_SIZE", "How many spans, or lines, wait at most, 1 to 1000000",
     [](OtlpOptions& o) -> std::string& { return o.queue; }},
    {"otlp-batch", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "How many of them are in a request at most, 1 to 100000",
     [](OtlpOptions& o) -> std::string& { return o.batch; }},
    {"otlp-interval", "OTEL_BSP_SCHEDULE_DELAY", "How long they wait for more, in milliseconds, 0 to 3600000",
     [](OtlpOptions& o) -> std::string& { return o.interval_ms; }},
    {"otlp-metrics-interval", "OTEL_METRIC_EXPORT_INTERVAL",
     "How often metrics are exported, in milliseconds, 100 to 3600000",
     [](OtlpOptions& o) -> std::string& { return o.metrics_interval_ms; }},
};

} // namespace orderlab
