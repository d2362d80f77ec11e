#include "headless/otlp_pairs.h"
#include "headless/otlp_settings.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace orderlab {

namespace {

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
        if (isOfVariable(option))
            warnings.push_back(std::string(setting.variable) + " is ignored: "
                               + (reason.starts_with("must ") || reason.starts_with("is ") ? "it " : "") + reason);
        else if (!error)
            error = invalidArgument(setting.option, reason);
    }
    /// A value that is right, and surely not what was meant, where the variable is meant for many programs.
    void doubt(std::string_view option, const std::string& reason)
    {
        if (isOfVariable(option))
            warnings.push_back(std::string(settingOf(option).variable) + '=' + text(option) + ' ' + reason);
    }
    /// The default for what is wrong, if that does not end in an error.
    std::string defaultOf(std::string_view option)
    {
        OtlpOptions defaults;
        return settingOf(option).value(defaults);
    }
    template <typename Number>
    Number number(std::string_view option, Number min, Number max, std::string_view default_of = {})
    {
        if (const auto value = readNumber(text(option), min, max))
            return *value;
        std::string range = std::to_string(min) + " to " + std::to_string(max);
        if constexpr (std::is_floating_point_v<Number>)
            range = "0 to 1";
        mistake(option, "must be a number from " + range);
        return *readNumber(defaultOf(default_of.empty() ? option : default_of), min, max);
    }

    std::optional<Error> error;
    std::vector<std::string> warnings;

private:
    bool isOfVariable(std::string_view option)
    {
        const char* variable = std::getenv(settingOf(option).variable);
        return variable && text(option) == variable;
    }
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

/// What is set for a signal, before what is set for all.
class SignalReader {
public:
    SignalReader(OtlpReader& reader, OtlpSignal signal) : m_reader(reader), m_signal(name(signal)) {}

    /// "otlp-traces-timeout", or "otlp-timeout".
    std::string option(const std::string& setting)
    {
        const std::string own = "otlp-" + m_signal + '-' + setting;
        return m_reader.text(own).empty() ? "otlp-" + setting : own;
    }
    const std::string& text(const std::string& setting) { return m_reader.text(option(setting)); }
    HttpHeaders readHeaders()
    {
        const auto given = pairsOf(text("headers"));
        if (given && std::all_of(given->begin(), given->end(), isHeader))
            return {given->begin(), given->end()};
        m_reader.mistake(option("headers"), "must be NAME=VALUE pairs with commas between them");
        return {};
    }
    Duration timeout()
    {
        const auto limit = m_reader.number<std::int64_t>(option("timeout"), 1, 600'000, "otlp-timeout");
        if (limit < 100)
            m_reader.doubt(option("timeout"),
                           "is a number of milliseconds (OpenTelemetry for Python takes it for seconds): "
                           "few receivers answer so soon");
        return std::chrono::milliseconds{limit};
    }
    /// Nothing: the signal has no receiver, or one that cannot be used.
    std::optional<OtlpTarget> target()
    {
        HttpHeaders headers = readHeaders(); // Mistakes are told whether or not there is a receiver.
        const Duration limit = timeout();
        const std::string place = option("endpoint");
        const bool is_own = place != "otlp-endpoint";
        const std::string url = m_reader.text(place);
        if (url.empty())
            return {};
        auto client = clientOf(url);
        if (!client)
            return {};
        OtlpTarget target{std::move(*client), is_own ? std::string() : "/v1/" + m_signal, std::move(headers), limit};
        if (is_own) // As it is.
            target.path = target.client.base_path.empty() || url.ends_with('/') ? "/" : "";
        target.client.timeout = limit;
        target.client.reply_bytes_max = 64 * 1024; // Answers have a few bytes.
        target.client.ca_option = "--" + option("certificate") + " FILE";
        return target;
    }

private:
    /// Without what cannot be used, where that is no more than a warning.
    std::optional<HttpClientOptions> clientOf(const std::string& url)
    {
        std::string authorities = text("certificate");
        TlsFiles own{text("client-certificate"), text("client-key")};
        for (;;) {
            auto client = HttpClientOptions::fromUrl(url, authorities, own);
            if (client)
                return std::move(*client);
            const Error& error = client.error();
            if (error.field == "tls-ca") {
                m_reader.mistake(option("certificate"), error.message);
                authorities.clear();
            } else if (error.field == "tls-cert" || error.field == "tls-key") {
                const bool is_half = own.certificate.empty() != own.key.empty();
                m_reader.mistake(option(error.field == "tls-cert" ? "client-certificate" : "client-key"),
                                 is_half ? "must be given where the certificate or the key is" : error.message);
                own = {};
            } else {
                m_reader.mistake(option("endpoint"), error.message);
                return {};
            }
        }
    }

    OtlpReader& m_reader;
    const std::string m_signal;
};

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
    OtlpReader reader(options);
    OtlpPlan plan;
    const double ratio = reader.number("traces-sampler-arg", 0.0, 1.0);
    if (const auto sampler = TraceSampler::parse(options.sampler, ratio))
        plan.sampler = *sampler;
    else
        reader.mistake("traces-sampler", sampler.error().message);
    plan.exporter.queue_max = reader.number<std::size_t>("otlp-queue", 1, 1'000'000);
    plan.exporter.batch_max = std::min(reader.number<std::size_t>("otlp-batch", 1, 100'000), plan.exporter.queue_max);
    plan.exporter.interval = std::chrono::milliseconds{reader.number<std::int64_t>("otlp-interval", 0, 3'600'000)};
    plan.metrics_interval =
        std::chrono::milliseconds{reader.number<std::int64_t>("otlp-metrics-interval", 100, 3'600'000)};
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
        const std::string& exporter = options.signals[i].exporter;
        if (exporter != "otlp" && exporter != "none")
            reader.mistake(std::string(name(OtlpSignal(i))) + "-exporter", "must be otlp or none");
        auto target = SignalReader(reader, OtlpSignal(i)).target();
        if (target && !is_disabled && exporter != "none")
            plan.targets[i] = std::move(target);
    }
    const char* protocol = std::getenv("OTEL_EXPORTER_OTLP_PROTOCOL");
    if (plan.isOn() && protocol && *protocol && std::string_view(protocol) != "http/json")
        reader.warnings.push_back("OTEL_EXPORTER_OTLP_PROTOCOL is ignored: OTLP is sent over HTTP as JSON (http/json)");
    if (reader.error)
        return *reader.error;
    plan.warnings = std::move(reader.warnings);
    // What holds for all signals was read for each.
    std::vector<std::string> once;
    for (std::string& warning : plan.warnings) {
        if (std::find(once.begin(), once.end(), warning) == once.end())
            once.push_back(std::move(warning));
    }
    plan.warnings = std::move(once);
    return plan;
}

} // namespace orderlab
