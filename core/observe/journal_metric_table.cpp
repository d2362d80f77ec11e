#include "observe/journal_metrics.h"

#include <algorithm>
#include <array>

namespace orderlab {

namespace {

using enum MetricType;
using enum EntryKind;

double handlingSeconds(const Entry& entry)
{
    return std::max(entry.value, 0) / 1e6;
}

/// From the order's acceptance, which its id tells to the millisecond, to the entry.
double orderSeconds(const Entry& entry)
{
    return std::max(0.0, double(entry.time_us - entry.order.version7Ms() * 1'000) / 1e6);
}

double delaySeconds(const Entry& entry)
{
    return std::max(entry.value, 0) / 1e3;
}

double missedEntries(const Entry& entry)
{
    return std::max(entry.value, 0);
}

double countedLooks(const Entry& entry)
{
    return std::max(entry.value, 0);
}

} // namespace

std::span<const JournalMetric> journalMetrics()
{
    static constexpr JournalMetric rows[] = {
        {{"orderlab_orders_total", Counter, "Orders that have taken this status in this process.", {"status"}},
         {OrderAccepted, StatusChanged},
         {LabelFrom::Status}},
        {{"orderlab_order_duration_seconds", Histogram, "From an order's acceptance to its final status.", {"status"}},
         {StatusChanged},
         {LabelFrom::Status},
         orderSeconds},
        {{"orderlab_events_total",
          Counter,
          "Events by what became of them between store and log.",
          {"topic", "outcome"}},
         {EventEmitted, EventPublished, EventRepublished},
         {LabelFrom::Topic, LabelFrom::Kind}},
        {{"orderlab_deliveries_total",
          Counter,
          "Attempts of consumer groups at events, by outcome.",
          {"group", "topic", "outcome"}},
         {EventDelivered, EventHandled, DuplicateSkipped, AttemptFailed, EventParked, DeadLettered},
         {LabelFrom::Group, LabelFrom::Topic, LabelFrom::Kind}},
        {{"orderlab_handler_duration_seconds",
          Histogram,
          "How long a handler took for an event, its commit included.",
          {"group"}},
         {EventHandled},
         {LabelFrom::Group},
         handlingSeconds},
        {{"orderlab_retries_total", Counter, "Attempts that will be made again, by how they wait.", {"group", "style"}},
         {RetryScheduled, EventParked},
         {LabelFrom::Group, LabelFrom::Kind}},
        {{"orderlab_retry_delay_seconds_total",
          Counter,
          "Time that events were told to wait before their next attempt.",
          {"group"}},
         {RetryScheduled, EventParked},
         {LabelFrom::Group},
         delaySeconds},
        {{"orderlab_duplicates_skipped_total", Counter, "Events that a group did not handle a second time.", {"group"}},
         {DuplicateSkipped},
         {LabelFrom::Group}},
        {{"orderlab_dead_letters_total",
          Counter,
          "Events that a group gave up, by the kind of the last error: the code of the dead letter.",
          {"group", "cause"}},
         {DeadLettered},
         {LabelFrom::Group, LabelFrom::ErrorCode}},
        {{"orderlab_dead_letters_settled_total",
          Counter,
          "Dead letters that somebody replayed or discarded.",
          {"group", "outcome"}},
         {DeadLetterReplayed, DeadLetterDiscarded},
         {LabelFrom::Group, LabelFrom::Kind}},
        {{"orderlab_publish_failures_total", Counter,
          "Batches that the relay could not publish; they stay in the outbox."},
         {PublishFailed}},
        {{"orderlab_offsets_committed_total", Counter, "Commits of offsets.", {"group"}},
         {OffsetCommitted},
         {LabelFrom::Group}},
        {{"orderlab_group_changes_total",
          Counter,
          "Members and partitions that came to a group or left it.",
          {"group", "change"}},
         {MemberJoined, MemberLeft, PartitionAssigned, PartitionRevoked},
         {LabelFrom::Group, LabelFrom::Kind}},
        {{"orderlab_work_pauses_total",
          Counter,
          "Pauses of a partition because infrastructure was unavailable.",
          {"group"}},
         {WorkPaused},
         {LabelFrom::Group}},
        {{"orderlab_throttle_delay_seconds_total",
          Counter,
          "Time that workers were told to wait by their rate limit.",
          {"group"}},
         {WorkThrottled},
         {LabelFrom::Group},
         delaySeconds},
        {{"orderlab_gateway_calls_total",
          Counter,
          "Answers of the payment gateway, and calls without one.",
          {"outcome"}},
         {GatewayCharged, GatewayDeclined, GatewayFailed, GatewayRefunded},
         {LabelFrom::Kind}},
        {{"orderlab_circuit_opened_total", Counter, "How often the circuit breaker cut off the payment gateway."},
         {CircuitOpened}},
        {{"orderlab_faults_injected_total", Counter, "Faults that the fault plan injected.", {"seam", "action"}},
         {FaultInjected},
         {LabelFrom::FaultSeam, LabelFrom::FaultAction}},
        {{"orderlab_invariant_violations_total", Counter, "Promises of the system that were broken.", {"invariant"}},
         {InvariantViolated},
         {LabelFrom::Detail}},
        {{"orderlab_log_replaced_total", Counter,
          "Partitions that were found to be another log, or to have lost their end."},
         {LogReplaced}},
        {{"orderlab_redis_looks_total",
          Counter,
          "First looks into Redis by answer; forgotten and unconfirmed count those that the store corrected.",
          {"answer"}},
         {RedisLooked},
         {LabelFrom::Detail},
         countedLooks},
        {{"orderlab_redis_away_total", Counter, "How often Redis was given up for a while."}, {RedisAway}},
        {{"orderlab_recording_entries_missed_total", Counter, "Entries that the journal itself says are missing."},
         {EntriesMissed},
         {},
         missedEntries},
    };
    return rows;
}

std::span<const double> durationBounds()
{
    static constexpr std::array<double, 16> bounds = {0.00005, 0.0002, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                      0.1,     0.25,   0.5,   1,      2.5,   5,    10,    30};
    return bounds;
}

} // namespace orderlab
