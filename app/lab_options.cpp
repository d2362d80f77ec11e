#include "lab_options.h"

#include "config_file.h"
#include "number_in.h"
#include "postgres/private_postgres.h"

#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdlib>
#include <map>
#include <regex>
#include <sstream>
#include <tuple>
#include <unistd.h>

namespace orderlab {

namespace {

constexpr Duration clean_interval_max = std::chrono::seconds{5};

void addPolicyOptions(CLI::App& app, LabOptions& options)
{
    app.add_option("--retry-style", options.retry_style,
                   "Between attempts: blocking (the partition waits, the order is kept) or topic (other events pass)")
        ->envname("ORDERLAB_RETRY_STYLE")
        ->check(CLI::IsMember({"blocking", "topic"}))
        ->capture_default_str();
    app.add_option("--max-attempts", options.config.policies.retry.max_attempts,
                   "Attempts at an event before it becomes a dead letter, 1 to 100")
        ->envname("ORDERLAB_MAX_ATTEMPTS")
        ->check(numberIn(1, 100))
        ->capture_default_str();
    app.add_option("--handler-timeout", options.handler_timeout_ms,
                   "How long one attempt may take, in milliseconds, 1 to 3600000")
        ->envname("ORDERLAB_HANDLER_TIMEOUT")
        ->check(numberIn(1, 3'600'000))
        ->capture_default_str();
    app.add_option("--throttle", options.config.policies.throttle.events_per_second,
                   "The most events a second for each group, 0.1 to 1000000; 0: no limit")
        ->envname("ORDERLAB_THROTTLE")
        ->check(numberIn(0.0, 1e6))
        ->capture_default_str();
}

void addBoundOptions(CLI::App& app, LabOptions& options)
{
    app.add_option("--keep-inbox", options.keep_inbox,
                   "How long the inbox remembers handled events, such as 90s, 15m, 24h or 7d; a duplicate that arrives "
                   "later is "
                   "handled again")
        ->envname("ORDERLAB_KEEP_INBOX")
        ->capture_default_str();
    app.add_option("--keep-keys", options.keep_keys,
                   "How long a request with the same Idempotency-Key gets the first answer again")
        ->envname("ORDERLAB_KEEP_KEYS")
        ->capture_default_str();
    app.add_option("--keep-notifications", options.keep_notifications, "How long notifications are kept")
        ->envname("ORDERLAB_KEEP_NOTIFICATIONS")
        ->capture_default_str();
    app.add_option(
           "--keep-outbox", options.keep_outbox,
           "How long outbox rows are kept once they are published and handled by every group; less than --keep-inbox")
        ->envname("ORDERLAB_KEEP_OUTBOX")
        ->capture_default_str();
    app.add_option("--keep-analytics", options.keep_analytics,
                   "How long analytics are kept by the minute; older ones are added up by the day")
        ->envname("ORDERLAB_KEEP_ANALYTICS")
        ->capture_default_str();
}

} // namespace

void addLabOptions(CLI::App& app, LabOptions& options)
{
    addConfigOption(app);
    app.add_option("--bus", options.bus, "Event bus: memory or kafka")
        ->envname("ORDERLAB_BUS")
        ->check(CLI::IsMember({"memory", "kafka"}))
        ->capture_default_str();
    app.add_option("--kafka-brokers", options.kafka_brokers,
                   "For --bus kafka: HOST:PORT,…, or 'embedded' (a cluster in this process, gone at exit). The "
                   "environment sets "
                   "properties of librdkafka, as for TLS and SASL: ORDERLAB_KAFKA_SASL_USERNAME=… is sasl.username")
        ->envname("ORDERLAB_KAFKA_BROKERS")
        ->capture_default_str();
    app.add_option(
           "--static-membership", options.config.kafka.static_membership,
           "Kafka: a unique name of this process. If it is started again with this name within 10 s, its workers keep "
           "their partitions")
        ->envname("ORDERLAB_STATIC_MEMBERSHIP");
    app.add_option(
        "--kafka-property", options.kafka_properties,
        "A property of librdkafka, NAME=VALUE; repeatable. Others see a command's options: passwords rather in "
        "the environment or the file");
    app.add_option("--store", options.store,
                   "Where orders are kept: memory or postgres (default: postgres if it is installed)")
        ->envname("ORDERLAB_STORE")
        ->check(CLI::IsMember({"memory", "postgres"}));
    app.add_option("--postgres", options.postgres,
                   "'private' (a cluster that Orderlab starts and stops), or the URL of a server")
        ->envname("ORDERLAB_POSTGRES")
        ->capture_default_str();
    app.add_option("--redis", options.redis,
                   "A Redis for first looks: what it has seen spares the database some questions, and nothing depends "
                   "on it. redis://[:PASSWORD@]HOST:PORT/DATABASE or unix:///PATH (default: none)")
        ->envname("ORDERLAB_REDIS");
    app.add_option("--data-dir", options.data_dir, "Where the private PostgreSQL keeps its files")
        ->envname("ORDERLAB_DATA_DIR");
    app.add_option("--workers", options.workers,
                   "Consumer groups that run in this process: all, none, or some of " + groupNamesText())
        ->envname("ORDERLAB_WORKERS")
        ->capture_default_str();
    app.add_option("--partitions", options.config.partitions, "Partitions of each topic, 1 to 64")
        ->envname("ORDERLAB_PARTITIONS")
        ->check(numberIn(1, 64))
        ->capture_default_str();
    app.add_option("--topic-prefix", options.config.topic_prefix, "Prefix of every topic's name")
        ->envname("ORDERLAB_TOPIC_PREFIX")
        ->capture_default_str();
    app.add_option("--group-prefix", options.group_prefix,
                   "Prefix of every consumer group's name (default: orderlab., followed by the topic prefix unless "
                   "that is orders.)")
        ->envname("ORDERLAB_GROUP_PREFIX");
    app.add_option("--members", options.config.members, "Members of each group, 1 to 16")
        ->envname("ORDERLAB_MEMBERS")
        ->check(numberIn(1, 16))
        ->capture_default_str();
    app.add_option("--gateway-latency", options.gateway_latency_ms,
                   "How long the simulated payment gateway takes (median), in milliseconds, 0 to 10000")
        ->envname("ORDERLAB_GATEWAY_LATENCY")
        ->check(numberIn(0.0, 10'000.0))
        ->capture_default_str();
    addPolicyOptions(app, options);
    addBoundOptions(app, options);
}

Result<Duration> spanOf(std::string_view field, std::string_view text)
{
    const std::pair<char, std::int64_t> units[] = {{'s', 1}, {'m', 60}, {'h', 3'600}, {'d', 86'400}};
    constexpr std::int64_t seconds_max = 36'500LL * 86'400;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    for (const auto& [unit, seconds] : units) {
        const bool is_read = error == std::errc{} && end + 1 == text.data() + text.size() && *end == unit;
        if (is_read && number >= 1 && number <= seconds_max / seconds)
            return std::chrono::seconds{number * seconds};
    }
    return invalidArgument(std::string(field),
                           "must be a whole number and its unit, such as 90s, 15m, 24h or 7d, up to 36500d; not \""
                               + std::string(text.substr(0, 40)) + '"');
}

std::filesystem::path defaultDataDir()
{
    if (geteuid() == 0)
        return "/var/lib/orderlab";
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data == '/')
        return std::filesystem::path(data) / "orderlab";
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home ? home : "/tmp") / ".local/share/orderlab";
}

namespace {

std::vector<std::string> workersOf(const std::string& text)
{
    if (text == "all")
        return LabConfig{}.workers;
    if (text.empty())
        return {std::string()}; // No worker's name: who wants none says none.
    std::vector<std::string> workers;
    std::istringstream parts(text == "none" ? std::string() : text);
    for (std::string worker; std::getline(parts, worker, ',');)
        workers.push_back(worker);
    return workers;
}

} // namespace

std::vector<KafkaProperty> kafkaPropertiesOfUser()
{
    std::map<std::string, std::string> all;
    for (auto& [name, value] : configFile().kafkaProperties())
        all[name] = value;
    for (auto& [name, value] : kafkaPropertiesOf(environ))
        all[name] = value;
    return {all.begin(), all.end()};
}

Result<std::vector<KafkaProperty>> kafkaPropertiesOfUser(const std::vector<std::string>& given)
{
    std::map<std::string, std::string> all;
    for (auto& [name, value] : kafkaPropertiesOfUser())
        all[name] = value;
    for (const std::string& text : given) {
        const std::size_t equals = text.find('=');
        if (equals == 0 || equals == std::string::npos)
            return invalidArgument("kafka-property", "must be NAME=VALUE");
        all[text.substr(0, equals)] = text.substr(equals + 1);
    }
    return std::vector<KafkaProperty>(all.begin(), all.end());
}

Result<ChosenLab> chooseLab(const LabOptions& options)
{
    ChosenLab chosen{options.config, {}};
    LabConfig& config = chosen.config;
    config.data_dir = options.data_dir.empty() ? defaultDataDir() : std::filesystem::absolute(options.data_dir);
    config.workers = workersOf(options.workers);
    config.group_prefix = options.group_prefix.empty() ? defaultGroupPrefix(config.topic_prefix) : options.group_prefix;
    if (options.bus == "kafka")
        config.bus = options.kafka_brokers == "embedded" ? BusKind::EmbeddedKafka : BusKind::Kafka;
    config.kafka.brokers = options.kafka_brokers;
    auto properties = kafkaPropertiesOfUser(options.kafka_properties);
    if (!properties)
        return properties.error();
    config.kafka.properties = std::move(*properties);
    config.gateway.latency = Duration{std::int64_t(options.gateway_latency_ms * 1'000)};
    const auto style = retryStyleOf(options.retry_style);
    if (!style)
        return style.error();
    config.policies.retry.style = *style;
    config.policies.timeout.limit = std::chrono::milliseconds{options.handler_timeout_ms};
    if (options.store == "memory") {
        config.store = StoreKind::Memory;
    } else if (options.postgres != "private") {
        config.store = StoreKind::PostgresUrl;
        config.postgres_url = options.postgres;
    } else if (options.store == "postgres" || findPostgresBinaries()) {
        config.store = StoreKind::PostgresPrivate;
    } else {
        config.store = StoreKind::Memory;
        chosen.notice = "PostgreSQL is not installed, so orders are kept in memory and are gone at exit. To keep them: "
                        "sudo apt install postgresql";
    }
    if (!options.redis.empty()) {
        auto redis = RedisOptions::fromUrl(options.redis);
        if (!redis)
            return redis.error();
        config.redis = std::move(*redis);
    }
    const std::tuple<const char*, const std::string*, Duration*> bounds[] = {
        {"keep-inbox", &options.keep_inbox, &config.keep.inbox},
        {"keep-keys", &options.keep_keys, &config.keep.keys},
        {"keep-notifications", &options.keep_notifications, &config.keep.notifications},
        {"keep-outbox", &options.keep_outbox, &config.keep.outbox},
        {"keep-analytics", &options.keep_analytics, &config.keep.analytics}};
    for (const auto& [field, text, bound] : bounds) {
        const auto span = spanOf(field, *text);
        if (!span)
            return span.error();
        *bound = *span;
    }
    config.clean_interval = std::min<Duration>(clean_interval_max, config.keep.outbox / 4);
    auto own_workers = parseOwnWorkers(options.own_workers.workers, options.own_workers.topics);
    if (!own_workers)
        return own_workers.error();
    config.own_workers = std::move(*own_workers);
    ORDERLAB_TRY(return, config.validate());
    return chosen;
}

std::string withoutPassword(std::string url)
{
    static const std::regex in_uri("(://[^:@/]*:)[^@]*@"), in_pairs("(password\\s*=\\s*)('[^']*'|[^\\s&]*)");
    url = std::regex_replace(url, in_uri, "$1*@");
    return std::regex_replace(url, in_pairs, "$1*");
}

} // namespace orderlab
