#include "kafka/kafka_visit.h"

#include "kafka/kafka_back_pressure.h"
#include "kafka/kafka_browser.h"
#include "kafka/kafka_ending.h"

namespace orderlab {

namespace {

constexpr Duration end_visit_limit{std::chrono::seconds{2}};

} // namespace

KafkaVisit::KafkaVisit(Runtime& runtime, Journal& journal, KafkaOptions options)
    : m_context(std::make_unique<KafkaContext>(runtime, journal, std::move(options))),
      m_browser(std::make_unique<KafkaBrowser>(*m_context, false))
{}

KafkaVisit::~KafkaVisit() = default;

Task<Result<std::unique_ptr<KafkaVisit>>> KafkaVisit::open(Runtime& runtime, Journal& journal, KafkaOptions options)
{
    ORDERLAB_TRY(co_return, options.validate());
    const std::string brokers = options.brokers;
    std::unique_ptr<KafkaVisit> visit(new KafkaVisit(runtime, journal, std::move(options)));
    const auto topics = co_await visit->m_browser->topics();
    if (topics)
        co_return std::move(visit);
    co_await visit->close();
    if (topics.error().code != ErrorCode::Unavailable)
        co_return topics.error();
    co_return unavailable("no Kafka broker answers at " + brokers + " (" + topics.error().message
                          + "): start one, or name another with --kafka-brokers");
}

TopicBrowser& KafkaVisit::browser()
{
    return *m_browser;
}

Task<void> KafkaVisit::close()
{
    m_context->closing = true;
    co_await m_browser->close();
    const auto client = std::make_shared<KafkaProbe>(m_browser->takeClient());
    const std::function<void()> end = [client, opaque = m_context->opaque] { client->reset(); };
    co_await endWithin(m_context->runtime, end_visit_limit, end);
    co_await m_context->tasks.join();
}

} // namespace orderlab
