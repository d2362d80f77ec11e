#pragma once
#include "domain/event.h"
#include "domain/event_codec.h"

#include <optional>

namespace orderlab {

/// What we know about an order's payment. One row an order.
enum class PaymentOutcome : std::uint8_t {
    Succeeded, ///< The gateway took the money.
    Declined,  ///< The gateway refused.
    Voided,    ///< The order was canceled before it was charged; it must not be charged any more.
    Refunded,  ///< The gateway took the money and gave it back.
};
std::string_view name(PaymentOutcome outcome);
Result<PaymentOutcome> paymentOutcomeOf(std::string_view name);

struct Payment {
    OrderId order;
    Uuid payment; ///< The gateway's; null when nothing was charged.
    PaymentOutcome outcome = PaymentOutcome::Succeeded;
    Money total;
    std::string reason;
    TimePoint updated_at;
    bool operator==(const Payment&) const = default;
};

/// One message to a customer, as it would be sent.
struct Notification {
    EventId event;
    OrderId order;
    EventType about = EventType::OrderCreated;
    std::string user_id;
    Money total;
    TimePoint created_at;
    bool operator==(const Notification&) const = default;
    /// The message's text.
    std::string text() const;
};

/// Counts and revenue of one minute and currency; as a write, what is added to them.
struct AnalyticsBucket {
    TimePoint minute; ///< Start of the minute.
    Currency currency;
    std::int64_t orders = 0;
    std::int64_t paid = 0;
    std::int64_t failed = 0;
    std::int64_t canceled = 0;
    std::int64_t revenue_minor = 0;
    bool operator==(const AnalyticsBucket&) const = default;
    void add(const AnalyticsBucket& other);
};

/// One attempt that failed: what a dead letter's stack is made of.
struct FailedAttempt {
    TimePoint at;
    std::uint8_t number = 1; ///< From 1; starts again when the letter is replayed.
    std::string error;
    ErrorCode code = ErrorCode::Internal;
    bool operator==(const FailedAttempt&) const = default;
};

enum class DeadLetterState : std::uint8_t {
    Waiting,   ///< For a person: nothing happens to it by itself.
    Replayed,  ///< On its way to its group once more. If it fails again the same letter waits again.
    Discarded, ///< A person decided that it is not to be done. The row stays.
};
std::string_view name(DeadLetterState state);
/// Error: InvalidArgument, which lists the names there are.
Result<DeadLetterState> deadLetterStateOf(std::string_view name);

/// What a person did with a dead letter.
struct DeadLetterAct {
    enum class Kind : std::uint8_t { Replayed, Edited, Discarded } kind = Kind::Replayed;
    TimePoint at;
    std::string by;     ///< "api", "cli ada@host"…
    std::string reason; ///< For an edit, the data as it was before.
    bool operator==(const DeadLetterAct&) const = default;
};
std::string_view name(DeadLetterAct::Kind kind);

/// An event that a group gave up on, kept whole. One a group and event. Or a record that is none of our events
/// (Event::undecodable), kept with all its bytes: it can be looked at and discarded, never replayed.
struct DeadLetter {
    static constexpr std::size_t attempts_kept_max = 50; ///< The latest are kept.
    static constexpr std::size_t acts_kept_max = 50;

    Uuid id;
    std::string group;
    Event event; ///< With its extensions; its type is the source topic.
    std::uint16_t partition = 0;
    std::int64_t offset = 0;
    std::int32_t attempts = 0;                     ///< All that were made, replays included.
    std::string error;                             ///< The last attempt's.
    TimePoint created_at;                          ///< When it was given up, the last time.
    ErrorCode code = ErrorCode::Internal;          ///< The last attempt's.
    std::vector<FailedAttempt> attempts_made = {}; ///< Oldest first; the newest attempts_kept_max.
    DeadLetterState state = DeadLetterState::Waiting;
    std::vector<DeadLetterAct> audit = {}; ///< Oldest first; the newest acts_kept_max.
    bool operator==(const DeadLetter&) const = default;

    /// The same event was given up once more: this letter waits again, with the attempts of both. Id and audit stay.
    void giveUpAgain(DeadLetter later);
    /// Whether this is what was `written` already, and its answer was lost: the same moment, place and error.
    bool repeats(const DeadLetter& written) const;
    /// Whether a person has corrected the event's data since it was given up.
    bool isCorrected() const;
    /// The event with the data that the group gave up on.
    Event eventGivenUp() const;
    /// Notes what a person did; of too many acts the oldest go.
    void note(DeadLetterAct act);
};

/// Which dead letters; what is empty matches all.
struct DeadLetterFilter {
    std::string group; ///< Full name.
    std::string error; ///< The whole text of the last error: the cause.
    std::optional<EventType> event_type;
    std::optional<OrderId> order;
    std::optional<DeadLetterState> state;
    std::optional<TimePoint> given_up_before; ///< created_at is before this.
    std::optional<bool> undecodable = {};     ///< Whether the record is none of our events.

    bool operator==(const DeadLetterFilter&) const = default;
    bool matches(const DeadLetter& letter) const;
};
struct DeadLetterQuery {
    DeadLetterFilter filter;
    bool oldest_first = false;
    std::size_t limit = 50; ///< 1 to 500.
    std::string cursor;     ///< From the page before, with the same filter and direction.
};
struct DeadLetterPage {
    std::vector<DeadLetter> letters; ///< By (created_at, id).
    std::string next_cursor;         ///< Empty: there is no more.
};

inline constexpr std::size_t dead_letter_causes_max = 1'000;

/// Dead letters that have the same cause.
struct DeadLetterCause {
    std::string group;
    EventType event_type = EventType::OrderCreated;
    ErrorCode code = ErrorCode::Internal;
    std::string error;
    std::int64_t count = 0;
    TimePoint oldest, newest; ///< When they were given up.
    bool operator==(const DeadLetterCause&) const = default;
};

/// An event that a group tries again later, while others pass it. One a group and event.
struct ParkedEvent {
    static constexpr std::size_t attempts_kept_max = DeadLetter::attempts_kept_max;

    std::string group;
    Event event;
    std::uint16_t partition = 0; ///< Where it was delivered from.
    std::int64_t offset = 0;
    std::int32_t attempts = 0;                     ///< Made so far.
    std::vector<FailedAttempt> attempts_made = {}; ///< Oldest first; the newest attempts_kept_max.
    TimePoint parked_at;
    TimePoint due_at;
    /// When it is written: it was claimed before. Where it was done or given up meanwhile, or somebody has parked it
    /// after more attempts, it is not parked again.
    bool is_again = false;
    bool operator==(const ParkedEvent&) const = default;
};

/// The answer that a client's Idempotency-Key gets again. `order` null: still in flight.
struct IdempotencyRecord {
    std::string key;
    std::string fingerprint; ///< SHA-256 of the request body, 64 hexadecimal digits.
    OrderId order;
    TimePoint created_at;
    bool operator==(const IdempotencyRecord&) const = default;
};

/// One line of the payment gateway's own ledger.
struct LedgerEntry {
    enum class Kind : std::uint8_t { Charge, Refund } kind = Kind::Charge;
    Uuid payment;
    Uuid payment_key; ///< Null: the request came without.
    OrderId order;
    Money total;
    TimePoint created_at;
    bool operator==(const LedgerEntry&) const = default;
};

struct OrderQuery {
    std::optional<OrderStatus> status;
    std::string user_id;    ///< Empty: all.
    std::size_t limit = 50; ///< 1 to 500.
    std::string cursor;     ///< From the page before; empty: the newest.
};
struct OrderPage {
    std::vector<Order> orders; ///< Newest first, by (created_at, id).
    std::string next_cursor;   ///< Empty: there is no more.
};

/// Row counts, for the screen and for checks.
struct StoreCounts {
    std::int64_t orders = 0, outbox_unpublished = 0, processed_events = 0, payments = 0, notifications = 0,
                 dead_letters = 0;                                ///< Of dead letters those that are not replayed.
    std::int64_t created = 0, paid = 0, failed = 0, canceled = 0; ///< orders by status
    std::int64_t parked_events = 0;
    bool operator==(const StoreCounts&) const = default;
};

/// How busy a store is, for operators.
struct StoreLoad {
    std::int64_t outbox_rows = 0; ///< Unpublished, as Store::outboxBacklog().
    /// When the oldest of them was written, to the millisecond; of a replayed event, when it first happened.
    std::optional<TimePoint> outbox_oldest = {};
    std::size_t connections_max = 0; ///< Of the pool; 0: the store has none.
    std::size_t connections_open = 0;
    std::size_t connections_idle = 0; ///< Of those that are open.
    bool operator==(const StoreLoad&) const = default;
};

} // namespace orderlab
