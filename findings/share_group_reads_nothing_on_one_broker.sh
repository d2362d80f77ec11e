#!/usr/bin/env bash
# A Kafka of one broker, whose settings were written before share groups came: the factors of the topics of offsets and
# transactions are 1. A share consumer reads a topic with ten events.
# Version: Apache Kafka 4.3.1.
# Expected: it reads them (its group is told to begin with the earliest), or an error says what is missing, as a consumer of a topic
# that does not exist gets a warning.
# Seen: it reads nothing, says nothing, and ends with exit code 0. The state of share groups is in a topic of its own, which needs
# share.coordinator.state.topic.replication.factor=1, too; with it the ten events come. A consumer group works either way.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
read_ten() { # what a share group is given of ten events
    kafka_tool org.apache.kafka.tools.TopicCommand --create --topic orders --partitions 1 </dev/null >/dev/null 2>&1
    kafka_tool kafka.admin.ConfigCommand --alter --entity-type groups --entity-name payment \
        --add-config share.auto.offset.reset=earliest </dev/null >/dev/null 2>&1
    kafka_tool org.apache.kafka.tools.VerifiableProducer --topic orders --max-messages 10 --acks -1 </dev/null >/dev/null 2>&1
    local code=0
    kafka_tool org.apache.kafka.tools.consumer.ConsoleShareConsumer --topic orders --group payment --timeout-ms 15000 --max-messages 10 \
        </dev/null >"$work/read" 2>"$work/said" || code=$?
    echo "exit code $code, $(wc -l <"$work/read") events, $(grep -v SLF4J "$work/said" | tr '\n' ' ')"
}
start_kafka
without=$(read_ten)
echo "without: $without"
kill "$node"
wait "$node" || true
rm -rf "$work/data"
printf 'share.coordinator.state.topic.replication.factor=1\nshare.coordinator.state.topic.min.isr=1\n' >"$work/more"
start_kafka "$work/more"
with=$(read_ten)
echo "with: $with"
case "$without/$with" in
*'code 0, 0 events, Processed a total of 0 messages '*/*'code 0, 10 events, '*) echo "as described" ;;
*) echo "it behaves otherwise now" >&2; exit 1 ;;
esac
