#include "headless/otlp_options.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace orderlab {

namespace {

struct OtlpSetting {
    const char* option;
    const char* variable;
    const char* help;
    std::string& (*value)(OtlpOptions&);
};

// A lambda for each, as CLI11 binds references.
constexpr OtlpSetting otlp_settings[] = {
    {"otlp-endpoint", "OTEL_EXPORTER_OTLP_ENDPOINT",
     "Where an OpenTelemetry receiver takes OTLP over HTTP: http://HOST:4318. Traces, metrics and logs go to "
     "/v1/traces and "
     "so on below it",
     [](OtlpOptions& o) -> std::string& { return o.endpoint; }},
    {"otlp-traces-endpoint", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "Where traces go instead, as it is",
     [](OtlpOptions& o) -> std::string& { return o.endpoints[0]; }},
    {"otlp-metrics-endpoint", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "Where metrics go instead, as it is",
     [](OtlpOptions& o) -> std::string& { return o.endpoints[1]; }},
    {"otlp-logs-endpoint", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "Where lines of the log go instead, as it is",
     [](OtlpOptions& o) -> std::string& { return o.endpoints[2]; }},
    {"traces-exporter", "OTEL_TRACES_EXPORTER", "otlp or none",
     [](OtlpOptions& o) -> std::string& { return o.exporters[0]; }},
    {"metrics-exporter", "OTEL_METRICS_EXPORTER", "otlp or none",
     [](OtlpOptions& o) -> std::string& { return o.exporters[1]; }},
    {"logs-exporter", "OTEL_LOGS_EXPORTER", "otlp or none",
     [](OtlpOptions& o) -> std::string& { return o.exporters[2]; }},
    {"otlp-headers", "OTEL_EXPORTER_OTLP_HEADERS",
     "Headers for the receiver: NAME=VALUE,NAME=VALUE, values as in URLs. Others see a command's options: rather in "
     "the "
     "environment or the file",
     [](OtlpOptions& o) -> std::string& { return o.headers; }},
    {"otlp-timeout", "OTEL_EXPORTER_OTLP_TIMEOUT", "How long one request may take, in milliseconds, 1 to 600000",
     [](OtlpOptions& o) -> std::string& { return o.timeout_ms; }},
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

/// Where a value comes from decides what a mistake in it is.
class OtlpReader {
public:
    explicit OtlpReader(const OtlpOptions& options) : m_options(options) {}

    const std::string& text(std::string_view option)
    {
        const OtlpSetting& setting = settingOf(option);
        return setting.value(m_options);
    }
    void mistake(std::string_view option, const std::string& reason)
    {
        const OtlpSetting& setting = settingOf(option);
        const char* variable = std::getenv(setting.variable);
        if (variable && text(option) == variable)
            warnings.push_back(std::string(setting.variable) + " is ignored: it " + reason);
        else if (!error)
            error = invalidArgument(setting.option, reason);
    }
    /// The default for what is wrong, if that does not end in an error.
    std::string defaultOf(std::string_view option)
    {
        OtlpOptions defaults;
        return settingOf(option).value(defaults);
    }
    template <typename Number>
    Number number(std::string_view option, Number min, Number max)
    {
        if (const auto value = readNumber(text(option), min, max))
            return *value;
        std::string range = std::to_string(min) + " to " + std::to_string(max);
        if constexpr (std::is_floating_point_v<Number>)
            range = "0 to 1";
        mistake(option, "must be a number from " + range);
        return *readNumber(defaultOf(option), min, max);
    }

    std::optional<Error> error;
    std::vector<std::string> warnings;

private:
    static const OtlpSetting& settingOf(std::string_view option)
    {
        return *std::find_if(std::begin(otlp_settings), std::end(otlp_settings),
                             [&](const OtlpSetting& one) { return one.option == option; });
    }
    template <typename Number>
    static std::optional<Number> readNumber(const std::string& text, Number min, Number max)
    {
        Number number{};
        const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (failed != std::errc{} || end != text.data() + text.size() || !(number >= min && number <= max))
            return {};
        return number;
    }

    OtlpOptions m_options;
};

int hexDigit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

std::string percentDecoded(std::string_view text)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0) {
            decoded += char(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else
            decoded += text[i];
    }
    return decoded;
}

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// NAME=VALUE,NAME=VALUE (W3C Baggage without properties). Nothing: it is none.
std::optional<std::vector<std::pair<std::string, std::string>>> pairsOf(std::string_view text)
{
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!trimmed(text).empty()) {
        const auto comma = std::min(text.find(','), text.size());
        const std::string_view one = trimmed(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
        const auto equals = one.find('=');
        if (equals == std::string_view::npos || trimmed(one.substr(0, equals)).empty())
            return {};
        pairs.emplace_back(percentDecoded(trimmed(one.substr(0, equals))),
                           percentDecoded(trimmed(one.substr(equals + 1))));
    }
    return pairs;
}

bool isHeader(const std::pair<std::string, std::string>& header)
{
    const auto printable = [](char c) { return c > ' ' && c <= '~'; };
    return std::all_of(header.first.begin(), header.first.end(), [&](char c) { return printable(c) && c != ':'; })
           && std::all_of(header.second.begin(), header.second.end(), [&](char c) { return printable(c) || c == ' '; });
}

std::optional<OtlpTarget> targetOf(OtlpReader& reader, std::string_view option, std::string_view path)
{
    const std::string url = reader.text(option);
    if (url.starts_with("https:")) {
        reader.mistake(option, "must start with http://: this program sends no TLS; let a collector beside it do that");
        return {};
    }
    auto client = HttpClientOptions::fromUrl(url);
    if (!client) {
        reader.mistake(option, client.error().message);
        return {};
    }
    OtlpTarget target{std::move(*client), std::string(path), {}, {}};
    if (path.empty()) // As it is.
        target.path = target.client.base_path.empty() || url.ends_with('/') ? "/" : "";
    return target;
}

} // namespace

void addOtlpOptions(CLI::App& command, OtlpOptions& options)
{
    for (const OtlpSetting& setting : otlp_settings) {
        CLI::Option* option =
            command.add_option(std::string("--") + setting.option, setting.value(options), setting.help)
                ->envname(setting.variable);
        if (!setting.value(options).empty())
            option->capture_default_str();
    }
}

Result<OtlpPlan> planOtlp(const OtlpOptions& options)
{
    static constexpr const char* own_endpoints[] = {"otlp-traces-endpoint", "otlp-metrics-endpoint",
                                                    "otlp-logs-endpoint"};
    static constexpr const char* exporters[] = {"traces-exporter", "metrics-exporter", "logs-exporter"};
    OtlpReader reader(options);
    OtlpPlan plan;
    const double ratio = reader.number("traces-sampler-arg", 0.0, 1.0);
    if (const auto sampler = TraceSampler::parse(options.sampler, ratio))
        plan.sampler = *sampler;
    else
        reader.mistake("traces-sampler", sampler.error().message);
    const Duration timeout = std::chrono::milliseconds{reader.number<std::int64_t>("otlp-timeout", 1, 600'000)};
    plan.exporter.queue_max = reader.number<std::size_t>("otlp-queue", 1, 1'000'000);
    plan.exporter.batch_max = std::min(reader.number<std::size_t>("otlp-batch", 1, 100'000), plan.exporter.queue_max);
    plan.exporter.interval = std::chrono::milliseconds{reader.number<std::int64_t>("otlp-interval", 0, 3'600'000)};
    plan.metrics_interval =
        std::chrono::milliseconds{reader.number<std::int64_t>("otlp-metrics-interval", 100, 3'600'000)};
    HttpHeaders headers;
    const auto given = pairsOf(options.headers);
    if (given && std::all_of(given->begin(), given->end(), isHeader))
        headers.assign(given->begin(), given->end());
    else
        reader.mistake("otlp-headers", "must be NAME=VALUE pairs with commas between them");
    if (const auto attributes = pairsOf(options.resource_attributes)) {
        plan.resource.emplace_back("service.name", options.service_name);
        for (const auto& [name, value] : *attributes) {
            if (name != "service.name") // OTEL_SERVICE_NAME wins.
                plan.resource.emplace_back(name, value);
            else if (options.service_name == OtlpOptions{}.service_name)
                plan.resource.front().second = value;
        }
    } else
        reader.mistake("resource-attributes", "must be NAME=VALUE pairs with commas between them");
    const bool is_disabled = options.disabled == "true" || options.disabled == "TRUE" || options.disabled == "True";
    for (std::size_t i = 0; i < otlp_signal_count; ++i) {
        const bool is_wanted = options.exporters[i] == "otlp";
        if (!is_wanted && options.exporters[i] != "none")
            reader.mistake(exporters[i], "must be otlp or none");
        std::optional<OtlpTarget> target;
        if (!options.endpoints[i].empty())
            target = targetOf(reader, own_endpoints[i], "");
        else if (!options.endpoint.empty())
            target = targetOf(reader, "otlp-endpoint", "/v1/" + std::string(name(OtlpSignal(i))));
        if (!target || is_disabled || options.exporters[i] == "none")
            continue;
        target->headers = headers;
        target->timeout = target->client.timeout = timeout;
        target->client.reply_bytes_max = 64 * 1024; // Answers have a few bytes.
        plan.targets[i] = std::move(target);
    }
    const char* protocol = std::getenv("OTEL_EXPORTER_OTLP_PROTOCOL");
    if (plan.isOn() && protocol && *protocol && std::string_view(protocol) != "http/json")
        reader.warnings.push_back("OTEL_EXPORTER_OTLP_PROTOCOL is ignored: OTLP is sent over HTTP as JSON (http/json)");
    if (reader.error)
        return *reader.error;
    plan.warnings = std::move(reader.warnings);
    if (plan.warnings.size() > 1)
        plan.warnings.erase(std::unique(plan.warnings.begin(), plan.warnings.end()), plan.warnings.end());
    return plan;
}

} // namespace orderlab
