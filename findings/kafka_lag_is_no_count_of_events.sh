#!/usr/bin/env bash
# Somebody asks kafka-consumer-groups how many events a group has still to read.
# Version: Apache Kafka 4.3.1.
# Expected: the sum of column LAG is that number, for all partitions of the topics that the group reads.
# Seen: neither an upper nor a lower bound. Events that were deleted before the group read them count (lag 90, 10 are there). A partition in
# which the group has committed nothing yet is left out, with all its events. And `--reset-offsets --to-datetime` calls a
# partition "empty" that has events, but none so late.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
start_kafka
tool() { kafka_tool "org.apache.kafka.tools.$1" "${@:2}" </dev/null 2>&1 | grep -v SLF4J | sed '/^$/d'; }
groups() { tool consumer.group.ConsumerGroupCommand --group payment "$@"; }
tool TopicCommand --create --topic orders --partitions 2
kafka_tool org.apache.kafka.tools.VerifiableProducer --topic orders --max-messages 200 --acks -1 --repeating-keys 50 </dev/null >"$work/sent" 2>&1
tool GetOffsetShell --topic orders | tee "$work/ends"
events() { sed -n "s/^orders:$1://p" "$work/ends"; }
printf '{"partitions":[{"topic":"orders","partition":0,"offset":%d}],"version":1}' $(($(events 0) - 10)) >"$work/records.json"
groups --topic orders:0 --reset-offsets --to-earliest --execute
tool DeleteRecordsCommand --offset-json-file "$work/records.json"
groups --describe | tee "$work/described"
echo "to be read: 10 events of partition 0, $(events 1) of partition 1"
groups --topic orders:0 --reset-offsets --to-datetime 2099-01-01T00:00:00.000 --dry-run | tee "$work/reset"
lag=$(awk '$2 == "orders" && $3 == 0 { print $6 }' "$work/described")
if [ "$lag" != "$(events 0)" ] || awk '$2 == "orders" && $3 == 1 { found = 1 } END { exit !found }' "$work/described" ||
    ! grep -q 'is empty' "$work/reset"; then
    echo "it behaves otherwise now" >&2
    exit 1
fi
echo "as described"
