#!/usr/bin/env bash
# A script asks Kafka's own command-line tools to do something that cannot be done, and looks at their exit codes.
# Version: Apache Kafka 4.3.1.
# Expected: a tool that prints an error ends with another code than 0, as kafka-topics and kafka-get-offsets do.
# Seen: kafka-consumer-groups ends with 0 after the description or deletion of a group that does not exist, and
# kafka-delete-records after an offset that does not exist. `set -e` and `&&` notice nothing.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
start_kafka
printf '{"partitions":[{"topic":"orders","partition":0,"offset":50}],"version":1}' >"$work/records.json"
tool() { kafka_tool "org.apache.kafka.tools.$1" "${@:2}" </dev/null >"$work/out" 2>&1; }
tool TopicCommand --create --topic orders --partitions 1
changed=''
expect() { # the exit code, what it says, its class and options
    local code=0
    tool "${@:3}" || code=$?
    echo "exit code $code: ${3##*.} ${4} ($(grep -m1 -oE "$2" "$work/out" || echo 'says something else'))"
    [ "$code" = "$1" ] && grep -qE "$2" "$work/out" || { changed=yes; cat "$work/out"; }
}
expect 1 "does not exist" TopicCommand --describe --topic missing
expect 1 "Could not match any topic-partitions" GetOffsetShell --topic missing
expect 0 "GroupIdNotFoundException" consumer.group.ConsumerGroupCommand --describe --group missing
expect 0 "GroupIdNotFoundException" consumer.group.ConsumerGroupCommand --delete --group missing
expect 0 "OffsetOutOfRangeException" DeleteRecordsCommand --offset-json-file "$work/records.json"
[ -z "$changed" ] || { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
