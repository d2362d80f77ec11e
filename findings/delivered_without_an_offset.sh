#!/usr/bin/env bash
# An idempotent producer (acks=all) sends the first records of a topic that was created a moment ago.
# Versions: Apache Kafka 4.3.1, confluent-kafka 2.16.1 (librdkafka).
# Expected: a record whose delivery report has no error is in the log.
# Seen: now and then one is not. The leader refuses the first record ("not leader", it is still starting) and takes the
# next one, since it keeps no sequence of this producer yet; librdkafka concludes that the first was written as well.
# Such a report is told apart only by its offset: there is none (None; -1001 in C).
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
start_kafka
python_with confluent-kafka==2.16.1
"$python" - "$address" <<'END_OF_PROGRAM'
import sys, time
from confluent_kafka import Consumer, Producer, TopicPartition, libversion
from confluent_kafka.admin import AdminClient, NewTopic

address, partitions, each = sys.argv[1], 60, 5
admin = AdminClient({"bootstrap.servers": address})
reader = Consumer({"bootstrap.servers": address, "group.id": "g"})
print("librdkafka", libversion()[0])
reported = written = without_offset = failed = 0
deadline = time.monotonic() + 600
for number in range(200):
    topic = f"orders-{number}"
    producer = Producer({"bootstrap.servers": address, "enable.idempotence": True, "linger.ms": 0,
                         "batch.num.messages": 1})
    offsets, errors = [], []
    producer.list_topics(timeout=30)
    admin.create_topics([NewTopic(topic, partitions, 1)])[topic].result()
    for record in range(each):
        for partition in range(partitions):
            producer.produce(topic, f"order {record}", partition=partition, on_delivery=lambda error, message:
                             (errors if error else offsets).append(message.offset()))
    assert producer.flush(120) == 0
    reported += len(offsets)
    failed += len(errors)
    without_offset += offsets.count(None)
    for partition in range(partitions):
        written += reader.get_watermark_offsets(TopicPartition(topic, partition), timeout=30)[1]
    if without_offset or time.monotonic() > deadline:
        break
print(f"topics {number + 1}, reported as delivered {reported}, failed {failed}, in the log {written}, "
      f"reports without an offset {without_offset}")
reader.close()
assert 0 < without_offset == reported - written, "it behaves otherwise now"
END_OF_PROGRAM
echo "as described"
