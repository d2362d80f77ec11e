#pragma once
#include "journal/query_matcher.h"
#include "query_samples.h"

#include <QByteArrayList>

namespace orderlab::samples {

inline constexpr std::int64_t query_start_us = Run::origin_us;
inline const Uuid ada_order{0x019b76daa93377ec, 0x94eb83d8231e2f74}, bob_order{0x019b76daa9347847, 0xa32b58f4dd498f4c};

/// Seven entries of two orders; what is found in them is told by their numbers.
struct QueryStory {
    Names names;
    std::vector<Entry> entries;

    QueryStory()
    {
        add(0, EntryKind::OrderAccepted, ada_order, {}, 1999, "ada", "EUR");
        add(100'000, EntryKind::EventDelivered, ada_order, "orderlab.payment", 0, "payment-1", "");
        add(200'000, EntryKind::GatewayFailed, ada_order, {}, 0, "", "the answer was lost");
        add(300'000, EntryKind::AttemptFailed, ada_order, "orderlab.payment", 0, "payment-1", "the answer was lost");
        add(1'300'000, EntryKind::OrderAccepted, bob_order, {}, 500, "bob", "USD");
        add(2'000'000, EntryKind::GatewayCharged, ada_order, {}, 1999, "", "EUR");
        add(2'500'000, EntryKind::MemberLeft, {}, "shop-payment", 0, "payment-2", "");
        for (Entry& entry : entries) {
            const bool is_delivery = entry.kind == EntryKind::EventDelivered || entry.kind == EntryKind::AttemptFailed;
            if (is_delivery) {
                entry.topic = names.intern("order-created");
                entry.partition = 1;
                entry.offset = 7;
                entry.event = Uuid{5, 6};
            }
            entry.attempt = entry.kind == EntryKind::GatewayCharged ? 2 : is_delivery ? 1 : 0;
        }
    }

    void add(std::int64_t at_us, EntryKind kind, Uuid order, const char* group, std::int32_t value, const char* actor,
             const char* detail)
    {
        Entry entry;
        entry.time_us = query_start_us + at_us;
        entry.kind = kind;
        entry.order = order;
        entry.group = names.intern(group ? group : "");
        entry.value = value;
        entry.actor = names.intern(actor);
        entry.detail = names.intern(detail);
        entries.push_back(entry);
    }

    QByteArray found(const char* text) const
    {
        const auto query = parseQuery(text);
        if (!query)
            return QByteArray::fromStdString(query.error().message);
        QByteArrayList numbers;
        for (const std::uint64_t hit : findAll(*query, entries, names, query_start_us))
            numbers << QByteArray::number(quint64(hit));
        return numbers.join(' ');
    }
};

} // namespace orderlab::samples
