#!/usr/bin/env bash
# The old topic orders.v1 is deleted; orders-v1 and ordersXv1 are used by others.
# Version: Apache Kafka 4.3.1 (broker and kafka-topics).
# Expected: `kafka-topics --delete --topic orders.v1` deletes the topic of that name.
# Seen: a name with a dot is a regular expression for --delete, and the dot stands for any character: all three are deleted, nothing
# is asked or printed, exit code 0. `--create` and the console tools take the same text as a name. 'orders\.v1' deletes one.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
start_kafka
topics() { kafka_tool org.apache.kafka.tools.TopicCommand "$@" 2>/dev/null </dev/null; }
for topic in orders.v1 orders-v1 ordersXv1 my-orders.v1; do topics --create --topic "$topic" >/dev/null; done
listed() { topics --list | sort | paste -sd ' '; }
before=$(listed)
code=0
said=$(topics --delete --topic orders.v1) || code=$?
after=$(listed)
for topic in orders.v1 orders-v1; do topics --create --topic "$topic" >/dev/null; done
topics --delete --topic 'orders\.v1'
escaped=$(listed)
echo "before: $before"
echo "after --delete --topic orders.v1: $after (exit code $code, it said '$said')"
echo "two created again, after --delete --topic 'orders\\.v1': $escaped"
[ "$after" = my-orders.v1 ] && [ "$code$said" = 0 ] && [ "$escaped" = 'my-orders.v1 orders-v1' ] || { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
