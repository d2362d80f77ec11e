#!/usr/bin/env bash
# A group is set back to the beginning of its topic with kafkajs; its consumer, in Java, starts afterwards.
# Versions: kafkajs 2.2.4, Apache Kafka 4.3.1 (broker and Java consumer).
# Expected: resetOffsets({earliest: true}) commits the first offset (0), so whoever consumes with that group begins there.
# Seen: it commits the offset -2, which only some clients understand. kafka-consumer-groups shows no position, and a Java
# consumer takes it for "nothing committed": with its default auto.offset.reset (latest) it skips the whole topic, and no
# error is shown.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
start_kafka
tool() { kafka_tool "org.apache.kafka.tools.$1" "${@:2}" 2>/dev/null; }
tool TopicCommand --create --topic orders --partitions 1 </dev/null
seq 1 5 | tool ConsoleProducer --topic orders
(cd "$work" && npm install --silent --no-fund --no-audit --no-package-lock kafkajs@2.2.4 >/dev/null)
cat >"$work/reset.js" <<'JS'
const { Kafka, logLevel } = require('kafkajs')
const admin = new Kafka({ brokers: [process.argv[2]], logLevel: logLevel.NOTHING }).admin()
const run = async () => {
  await admin.connect()
  await admin.resetOffsets({ groupId: 'reset', topic: 'orders', earliest: true })
  const [topic] = await admin.fetchOffsets({ groupId: 'reset', topics: ['orders'] })
  console.log(topic.partitions[0].offset)
  await admin.disconnect()
}
run().catch(error => { console.error(error); process.exit(1) })
JS
committed=$(cd "$work" && node reset.js "$address")
shown=$(tool consumer.group.ConsumerGroupCommand --describe --group reset </dev/null | awk '$2 == "orders" { print $4 }')
read_as() { tool consumer.ConsoleConsumer --topic orders --group "$1" --timeout-ms 10000 "${@:2}" </dev/null | paste -sd ' '; }
java=$(read_as reset)
tool consumer.group.ConsumerGroupCommand --reset-offsets --group other --topic orders --to-earliest --execute </dev/null >/dev/null
other=$(read_as other)
echo "kafkajs committed $committed; kafka-consumer-groups shows '$shown'"
echo "a Java consumer then reads: '$java'; after Kafka's own reset: '$other'"
[ "$committed" = -2 ] && [ "$shown" = - ] && [ -z "$java" ] && [ "$other" = '1 2 3 4 5' ] || { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
