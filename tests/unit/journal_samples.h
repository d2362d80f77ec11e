#pragma once
#include "journal/names.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace orderlab::samples {

/// Makes the journal of a run as the whole system writes it: per order an acceptance, two events, six deliveries by
/// four groups, their commits and effects; one order in ten is declined, one in fifty needs a retry, one in 500 is
/// given up. Orders overlap, as several are always under way. The same seed, the same journal.
class RunWriter {
public:
    explicit RunWriter(Names& names, std::uint32_t seed = 1) : m_names(names), m_random(seed)
    {
        for (const char* group : {"orderlab.payment", "orderlab.notification", "orderlab.analytics"})
            join(group);
        join("orderlab.order-status");
    }

    /// The entries of `orders` orders, about 18 an order, `overlap` of them under way at a time.
    std::vector<Entry> orders(std::size_t orders, std::size_t overlap = 16)
    {
        std::vector<std::vector<Entry>> under_way;
        std::vector<std::size_t> next;
        std::size_t started = 0;
        while (started < orders || !under_way.empty()) {
            if (started < orders && under_way.size() < overlap) {
                under_way.push_back(orderEntries(started++));
                next.push_back(0);
                continue;
            }
            const std::size_t pick = m_random() % under_way.size();
            add(under_way[pick][next[pick]++]);
            if (next[pick] == under_way[pick].size()) {
                under_way.erase(under_way.begin() + std::ptrdiff_t(pick));
                next.erase(next.begin() + std::ptrdiff_t(pick));
            }
        }
        return std::move(m_entries);
    }

private:
    static constexpr int partitions = 3;

    void add(Entry entry)
    {
        m_time_us += 1 + std::int64_t(m_random() % 20);
        entry.time_us = m_time_us;
        if (entry.kind == EntryKind::EventPublished || entry.kind == EntryKind::EventDelivered)
            entry.offset = nextOffset(entry);
        m_entries.push_back(entry);
    }

    std::int64_t nextOffset(const Entry& entry)
    {
        const std::size_t key = (std::size_t(entry.group) << 32) | (std::size_t(entry.topic) << 16) | entry.partition;
        const auto at = std::find_if(m_offsets.begin(), m_offsets.end(), [&](const auto& o) { return o.first == key; });
        if (at != m_offsets.end())
            return at->second++;
        m_offsets.emplace_back(key, 1);
        return 0;
    }

    void join(const std::string& group)
    {
        Entry entry;
        entry.kind = EntryKind::MemberJoined;
        entry.group = m_names.intern(group);
        entry.actor = m_names.intern(group.substr(9) + "-1");
        add(entry);
    }

    Uuid newId()
    {
        return Uuid::version7(std::uint64_t(m_time_us / 1000), m_random(),
                              (std::uint64_t(m_random()) << 32) | m_random());
    }

    std::vector<Entry> orderEntries(std::size_t number)
    {
        std::vector<Entry> out;
        Entry base;
        base.order = newId();
        base.partition = std::uint16_t(hashValue(base.order) % partitions);
        const bool declined = number % 10 == 7;
        step(out, base, EntryKind::OrderAccepted, "", "", "user-" + std::to_string(number % 300), "EUR",
             std::int32_t(100 + m_random() % 100'000));
        base.event = newId();
        publish(out, base, "order-created");
        deliver(out, base, "payment", "order-created", number);
        if (number % 500 == 123)
            return out; // given up
        step(out, base, declined ? EntryKind::GatewayDeclined : EntryKind::GatewayCharged, "", "", "",
             declined ? "declined" : "EUR", 100);
        deliver(out, base, "notification", "order-created");
        deliver(out, base, "analytics", "order-created");
        base.event = newId();
        const char* outcome = declined ? "payment-failed" : "payment-succeeded";
        publish(out, base, outcome);
        deliver(out, base, "order-status", outcome);
        step(out, base, EntryKind::StatusChanged, "", "", "", declined ? "failed" : "paid");
        deliver(out, base, "notification", outcome);
        deliver(out, base, "analytics", outcome);
        return out;
    }

    void publish(std::vector<Entry>& out, const Entry& base, const char* topic)
    {
        step(out, base, EntryKind::EventEmitted, topic, "", "", "");
        step(out, base, EntryKind::EventPublished, topic, "", "relay", "");
    }

    void deliver(std::vector<Entry>& out, const Entry& base, const std::string& worker, const char* topic,
                 std::size_t number = 0)
    {
        const std::string group = "orderlab." + worker, member = worker + "-1";
        step(out, base, EntryKind::EventDelivered, topic, group, member, "");
        if (number % 50 == 23) {
            step(out, base, EntryKind::AttemptFailed, topic, group, member, "the gateway gave no answer");
            if (number % 500 == 123) {
                step(out, base, EntryKind::DeadLettered, topic, group, member, "the gateway gave no answer");
                return;
            }
            step(out, base, EntryKind::RetryScheduled, topic, group, member, "", 50);
        }
        step(out, base, EntryKind::EventHandled, topic, group, member, "", 30);
        if (m_random() % 4 == 0) {
            Entry commit = base;
            commit.order = {};
            commit.event = {};
            commit.offset = std::int64_t(number);
            step(out, commit, EntryKind::OffsetCommitted, topic, group, member, "");
        }
    }

    void step(std::vector<Entry>& out, Entry entry, EntryKind kind, const std::string& topic, const std::string& group,
              const std::string& actor, const std::string& detail, std::int32_t value = 0)
    {
        entry.kind = kind;
        entry.topic = m_names.intern(topic);
        entry.group = m_names.intern(group);
        entry.actor = m_names.intern(actor);
        entry.detail = m_names.intern(detail);
        entry.value = value;
        if (kind >= EntryKind::EventDelivered && kind <= EntryKind::DeadLettered)
            entry.attempt = 1;
        out.push_back(entry);
    }

    Names& m_names;
    std::mt19937 m_random;
    std::int64_t m_time_us = 1'767'225'600'000'000;
    std::vector<Entry> m_entries;
    std::vector<std::pair<std::size_t, std::int64_t>> m_offsets;
};

} // namespace orderlab::samples
