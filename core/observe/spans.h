#pragma once
#include "base/mutex.h"
#include "observe/entry_trace.h"
#include "observe/journal_follower.h"
#include "observe/span.h"
#include "observe/span_history.h"
#include "observe/trace_sampler.h"

#include <deque>
#include <functional>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace orderlab {

/// The latest ids of many. One thread at a time.
class RecentIds {
public:
    static constexpr std::size_t ids_max = 65'536;

    bool contains(const Uuid& id) const { return m_ids.contains(id); }
    /// False: it was there.
    bool add(const Uuid& id)
    {
        if (!m_ids.insert(id).second)
            return false;
        m_in_order.push_back(id);
        if (m_in_order.size() > ids_max) {
            m_ids.erase(m_in_order.front());
            m_in_order.pop_front();
        }
        return true;
    }

private:
    std::unordered_set<Uuid, UuidHash> m_ids;
    std::deque<Uuid> m_in_order;
};

struct SpanOptions {
    TraceSampler sampler;
    /// What the bus in use is called, see span_conventions.h; asked at the start, and when the bus was switched.
    std::function<std::string_view()> messaging_system;
    std::string topic_prefix; ///< Before a topic's name on the bus.
    std::string db_system;    ///< Empty: the store is no database.
    bool is_https = false;    ///< How requests come.
};

/// An HTTP request that was answered.
struct ServedRequest {
    std::string method, route, path;
    int status = 0;
    std::int64_t start_us = 0, end_us = 0;
    OrderId order = {};                        ///< That it has made; null: none.
    OrderId canceled = {};                     ///< That it has canceled; null: none.
    std::optional<TraceContext> caller = {};   ///< What it brought.
    std::uint64_t random_high = 0, random = 0; ///< For ids where it has made no order.
};

/// Folds the journal into spans by OpenTelemetry's conventions (span_conventions.h): the request that made an order,
/// the sending of each event, each attempt of a group at it, its commit in the database, the calls of the payment
/// gateway. A span's attribute orderlab.entry is the journal's entry that began it.
///
/// Orders that the sampler leaves out are told, too, from the moment on when something went wrong with them (a failed
/// attempt, a payment that failed, a dead letter…): from their beginning as far as SpanHistory reaches.
///
/// Everything is bounded: of more than open_max events and orders in work some are forgotten; lost() counts them.
class SpanFold final : public JournalObserver {
public:
    static constexpr std::size_t open_max = 65'536;    ///< Orders in work, events on their way: 30 MiB at the worst.
    static constexpr std::size_t requests_max = 8'192; ///< That wait for the fold; and those of orders left out.
    static constexpr std::size_t links_max = 128;      ///< Of a span.
    static constexpr Duration stranger_wait{std::chrono::seconds{2}}; ///< For an entry that says who emitted an event.

    /// `run`: see EntryTrace. `sink` gets spans that have ended, on the thread of onEntries() or drain().
    SpanFold(const Names& names, const EntryTrace& traces, SpanOptions options,
             std::function<void(std::vector<Span>)> sink);

    void onEntries(std::span<const Entry> entries, std::uint64_t first) override;
    /// Any thread; waits for nobody.
    void onRequest(ServedRequest request);
    /// Tells what waits for no more entries. On the thread of onEntries(); a few times a second. `now_us`: 1970.
    void drain(std::int64_t now_us);
    std::uint64_t lost() const { return m_lost; }

private:
    /// An attempt of a group at an event that has not ended.
    struct Open {
        Entry delivered;
        std::uint64_t number = 0;
        std::int64_t failed_us = 0; ///< 0: not yet.
        std::int64_t commit_us = 0; ///< When its transaction began to commit; 0: not known.
        std::int64_t called_us = 0; ///< When the gateway has answered last.
        NameId error = 0;
        std::vector<SpanEvent> events;
    };
    /// An event on its way to the log.
    struct Sending {
        OrderId order;
        NameId topic = 0;
        std::int64_t emitted_us = 0; ///< 0: not known yet.
        std::uint64_t number = 0;
        std::uint64_t parent = 0;
        std::uint64_t id = 0; ///< 0: the event's own span.
        std::optional<Entry> published;
        std::vector<SpanEvent> events;
        std::vector<SpanLink> links;
    };

    /// The transaction of a new order.
    struct Stored {
        std::int64_t begun_us = 0, answered_us = 0; ///< 0: not known yet.
        std::uint64_t number = 0;
    };

    bool isRecorded(OrderId order) const;
    bool isRecorded(const Entry& entry) const;
    bool isRecorded(const ServedRequest& request) const;
    void record(const Entry& entry, std::uint64_t number);
    void rescue(OrderId order);
    void emitted(const Entry& entry, std::uint64_t number);
    void published(const Entry& entry, std::uint64_t number);
    void sendAgain(const Entry& entry, std::uint64_t number);
    void delivered(const Entry& entry, std::uint64_t number);
    void ended(const Entry& entry, std::uint64_t number);
    void calledGateway(const Entry& entry, std::uint64_t number);
    void tellReceived(std::span<const Entry> batch, std::uint64_t first);
    void nameParent(EventId event, Sending& sending);
    void tellSending(EventId event, const Sending& sending);
    void tellAttempt(const Open& open, std::int64_t end_us, std::string_view error_type);
    void tellRequest(const ServedRequest& request);
    void tellStored(OrderId order);
    Span commitSpan(const Uuid& trace, std::uint64_t parent, std::int64_t start_us, std::int64_t end_us) const;
    void takeRequests();
    Open* openOf(OrderId order, std::string_view role, NameId topic = 0);
    std::size_t findOpen(const std::vector<Open>& all, const Entry& entry) const;
    bool isRole(NameId group, std::string_view role) const;
    Span spanFor(const Entry& entry, std::uint64_t number, SpanKind kind, std::string_view operation) const;
    std::string topicOf(NameId topic) const;

    const Names& m_names;
    const EntryTrace m_traces;
    const SpanOptions m_options;
    const std::function<void(std::vector<Span>)> m_sink;
    std::string m_system;
    std::vector<Span> m_out;
    std::unordered_map<Uuid, std::vector<Open>, UuidHash> m_open; ///< By order.
    std::unordered_map<Uuid, Sending, UuidHash> m_sending;        ///< By event.
    std::deque<std::pair<Uuid, std::int64_t>> m_strangers;        ///< Published, by whom is not known; since when.
    std::unordered_map<Uuid, SpanLink, UuidHash> m_dead;          ///< By event: the attempt that gave it up.
    std::unordered_map<Uuid, Stored, UuidHash> m_stored;          ///< By order.
    RecentIds m_sent;                                             ///< Events.
    RecentIds m_troubled;                                         ///< Orders that the sampler leaves out.
    std::unique_ptr<SpanHistory> m_history;                       ///< Null: everything is recorded.
    std::deque<ServedRequest> m_left_out;                         ///< Requests of orders that are not recorded.
    std::atomic<std::uint64_t> m_lost{0};
    Mutex m_request_mutex;
    std::vector<ServedRequest> m_requests ORDERLAB_GUARDED_BY(m_request_mutex);
};

/// Whether an entry says that something went wrong with its order.
bool isTrouble(const Entry& entry, const Names& names);

} // namespace orderlab
