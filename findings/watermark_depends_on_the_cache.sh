#!/usr/bin/env bash
# A consumer that reads committed events only computes its lag while another program's transaction is open.
# Versions: Apache Kafka 4.3.1, confluent-kafka 2.16.1 (librdkafka).
# Expected: get_watermark_offsets() means the same end with cached=True as without: cached saves the request.
# Seen: asked of the broker, the end is the last stable offset (1); from the cache of the same consumer it is the high
# watermark (3). So the lag that costs nothing is 2 although there is nothing to read, the other one is 0.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
start_kafka
python_with confluent-kafka==2.16.1
"$python" - "$address" <<'END_OF_PROGRAM'
import sys, time
from confluent_kafka import Consumer, Producer, TopicPartition, libversion
from confluent_kafka.admin import AdminClient, NewTopic

address = sys.argv[1]
admin = AdminClient({"bootstrap.servers": address})
admin.create_topics([NewTopic("orders", 1, 1)])["orders"].result()
producer = Producer({"bootstrap.servers": address})
producer.produce("orders", "an order")
assert producer.flush(60) == 0
writer = Producer({"bootstrap.servers": address, "transactional.id": "writer"})
writer.init_transactions()
writer.begin_transaction()
for text in ("open 1", "open 2"):
    writer.produce("orders", text)
assert writer.flush(60) == 0

partition = TopicPartition("orders", 0, 0)
reader = Consumer({"bootstrap.servers": address, "group.id": "g", "isolation.level": "read_committed",
                   "enable.partition.eof": True})
reader.assign([partition])
read, end, deadline = [], None, time.monotonic() + 90
while end is None and time.monotonic() < deadline:
    message = reader.poll(1)
    if message is not None and message.error():
        end = message.offset()  # The end of the partition for this consumer.
    elif message is not None:
        read.append(message.value().decode())
position = reader.position([partition])[0].offset
asked = reader.get_watermark_offsets(partition, timeout=30)[1]
cached = reader.get_watermark_offsets(partition, cached=True)[1]
print("librdkafka", libversion()[0])
print(f"read {read}, position {position}, end of the partition reported at {end}")
print(f"end asked of the broker {asked}, lag {asked - position}; end from the cache {cached}, lag {cached - position}")
writer.abort_transaction()
reader.close()
assert read == ["an order"] and (position, end, asked, cached) == (1, 1, 1, 3), "it behaves otherwise now"
END_OF_PROGRAM
echo "as described"
