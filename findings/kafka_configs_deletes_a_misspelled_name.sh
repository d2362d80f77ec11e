#!/usr/bin/env bash
# Somebody takes a topic's own retention back, and misspells its name.
# Version: Apache Kafka 4.3.1.
# Expected: kafka-configs refuses the unknown name, as it does with --add-config.
# Seen: --delete-config says "Completed updating config for topic" and ends with 0. The topic keeps its short retention.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
start_kafka
config() { kafka_tool kafka.admin.ConfigCommand --entity-type topics --entity-name orders "$@" </dev/null 2>&1; }
kafka_tool org.apache.kafka.tools.TopicCommand --create --topic orders --partitions 1 --config retention.ms=3600000
added=0 deleted=0
config --alter --add-config retention.m=7200000 >"$work/add" || added=$?
config --alter --delete-config retention.m >"$work/delete" || deleted=$?
echo "--add-config retention.m=7200000: exit code $added, $(grep -m1 -o 'Unknown topic config name: .*' "$work/add" || true)"
echo "--delete-config retention.m: exit code $deleted, $(grep -m1 -o "Completed .*" "$work/delete" || true)"
kept=$(config --describe | grep -o '^ *retention.ms=[0-9]*' || true)
echo "then: ${kept//[[:space:]]/}"
[ "$added" = 1 ] && [ "$deleted" = 0 ] && grep -q "^Completed updating config" "$work/delete" && [[ $kept == *retention.ms=3600000 ]] ||
    { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
