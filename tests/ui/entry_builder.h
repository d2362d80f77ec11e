#pragma once
#include "journal/world_state.h"
#include "ui/bridge/journal_names.h"

#include <memory>

namespace orderlab::ui {

/// Journal entries in a line each, as a system would write them; time goes on by a millisecond an entry.
class EntryBuilder {
public:
    EntryBuilder() : names(*table, "orders.", "orderlab."), world(*table) {}

    static Uuid id(std::uint64_t number) { return {0x0198000000007000ull, 0x8000000000000000ull + number}; }
    static OrderId order(std::uint64_t number) { return OrderId(id(number)); }

    Entry& add(EntryKind kind, std::uint64_t order_number)
    {
        Entry entry;
        entry.kind = kind;
        entry.time_us = now_us += 1'000;
        entry.order = id(order_number);
        entries.push_back(entry);
        return entries.back();
    }
    Entry& accept(std::uint64_t order_number, std::string_view customer, std::int32_t minor)
    {
        Entry& entry = add(EntryKind::OrderAccepted, order_number);
        entry.value = minor;
        entry.actor = table->intern(customer);
        entry.detail = table->intern("EUR");
        return entry;
    }
    Entry& status(std::uint64_t order_number, std::string_view to)
    {
        Entry& entry = add(EntryKind::StatusChanged, order_number);
        entry.detail = table->intern(to);
        return entry;
    }
    Entry& event(EntryKind kind, std::uint64_t order_number, EventType topic, std::uint16_t partition,
                 std::int64_t offset, std::string_view group = {}, std::uint8_t attempt = 1)
    {
        Entry& entry = add(kind, order_number);
        entry.event = id(order_number * 10 + std::uint64_t(topic));
        entry.topic = table->intern(topicName(topic));
        entry.partition = partition;
        entry.offset = offset;
        if (!group.empty()) {
            entry.group = table->intern("orderlab." + std::string(group));
            entry.actor = table->intern(std::string(group) + "-1");
            entry.attempt = attempt;
        }
        return entry;
    }
    /// What was added since the last call, folded into the world as well.
    std::vector<Entry> take()
    {
        world.apply(entries);
        return std::exchange(entries, {});
    }

    std::unique_ptr<Names> table = std::make_unique<Names>();
    JournalNames names;
    WorldState world;
    std::vector<Entry> entries;
    std::int64_t now_us = 1'700'000'000'000'000;
};

} // namespace orderlab::ui
