#pragma once
#include "bus/event_bus.h"
#include "journal/journal.h"
#include "kafka/kafka_handles.h"
#include "kafka/kafka_network.h"
#include "kafka/kafka_options.h"
#include "kafka/kafka_reach.h"
#include "kafka/kafka_renewals.h"
#include "runtime/runtime.h"
#include "runtime/task_group.h"

#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace orderlab {

class KafkaBackPressure;

/// What producer, consumers and administration of one KafkaBus share. Any thread.
struct KafkaContext {
    KafkaContext(Runtime& runtime, Journal& journal, KafkaOptions options);
    ~KafkaContext();

    /// Properties for a client that is known to the broker as `client_id`: `ours`, then those that the user has chosen.
    /// The client's opaque is `*opaque`; another must name the same network.
    Result<KafkaConf> conf(const std::string& client_id, std::span<const KafkaProperty> ours = {}) const;
    /// A client made of `conf`. `type`: producer or consumer.
    static Result<KafkaHandle> client(rd_kafka_type_t type, KafkaConf conf);
    const std::string& topic(EventType type) const { return m_topics[std::size_t(type)]; }
    NameId topicNameId(EventType type) const { return m_topic_names[std::size_t(type)]; }
    const std::string& deadLetterTopic() const { return m_dead_letter_topic; }
    std::uint16_t deadLetterPartitions() const { return m_dead_letter_partitions; }
    std::optional<EventType> typeOfTopic(std::string_view topic) const;
    std::uint16_t partitions(EventType type) const { return m_partitions[std::size_t(type)]; }
    /// For calls of librdkafka that block: runs `call` on a thread of its own and resumes here with what it returns.
    /// Cannot be cut short: a cancellation counts from the next suspension on, and must not reach over to the other
    /// thread.
    template <typename T>
    Task<T> blocking(std::function<T()> call)
    {
        Task<T> there = run<T>(std::move(call));
        auto token = boost::asio::bind_cancellation_slot(boost::asio::cancellation_slot(), boost::asio::use_awaitable);
        co_return co_await boost::asio::co_spawn(m_threads.get_executor(), std::move(there), token);
    }

    Runtime& runtime;
    Journal& journal;
    const KafkaOptions options;
    TaskGroup tasks;                                  ///< Of bus and consumers; they end with the bus.
    std::unique_ptr<KafkaBackPressure> back_pressure; ///< For a log that drops its oldest events; else null.
    KafkaRenewals renewals;
    KafkaReach reach;
    std::atomic<bool> closing{false}; ///< Questions to the cluster end at their next step.
    /// Of clients without an owner; its network, where there is one, is the way of all clients. Shared, as a client
    /// that does not end in time outlives the bus.
    const std::shared_ptr<KafkaNetwork::Opaque> opaque = std::make_shared<KafkaNetwork::Opaque>();

private:
    friend class KafkaTopics;
    template <typename T>
    static Task<T> run(std::function<T()> call)
    {
        co_return call();
    }

    std::array<std::string, event_type_count> m_topics;
    std::array<NameId, event_type_count> m_topic_names{};
    std::array<std::uint16_t, event_type_count> m_partitions{}; ///< Set before anything is published or read.
    std::string m_dead_letter_topic;
    std::uint16_t m_dead_letter_partitions = 0; ///< Likewise.
    boost::asio::thread_pool m_threads{2};
};

} // namespace orderlab
