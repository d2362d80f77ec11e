#!/usr/bin/env bash
# A topic is deleted and made anew under the same name while a consumer reads it.
# Versions: Apache Kafka 4.3.1, confluent-kafka 2.16.1 (librdkafka).
# Expected: topics have ids, so the consumer notices another topic: an error, or it begins at its beginning.
# Seen: it goes on at its old position. Of eight new events it gets those from offset 5 on; the first five are skipped
# without an error, an event or a log line, although auto.offset.reset is earliest.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
start_kafka
python_with confluent-kafka==2.16.1
"$python" - "$address" <<'END'
import sys, time
from confluent_kafka import Consumer, Producer, libversion
from confluent_kafka.admin import AdminClient, NewTopic

address = sys.argv[1]
admin = AdminClient({"bootstrap.servers": address})

def create():
    while True:  # deleting goes on after its answer
        try:
            admin.create_topics([NewTopic("orders", 1, 1)])["orders"].result()
            return
        except Exception as error:
            if "TOPIC_ALREADY_EXISTS" not in str(error):
                raise
            time.sleep(0.2)

def publish(texts):
    producer = Producer({"bootstrap.servers": address, "acks": "all"})
    for text in texts:
        producer.produce("orders", text)
    assert producer.flush(60) == 0

create()
publish([f"old {i}" for i in range(5)])
reader = Consumer({"bootstrap.servers": address, "group.id": "g", "auto.offset.reset": "earliest", "enable.auto.commit": False})
reader.subscribe(["orders"])

def read_until(last):
    got, errors, deadline = [], [], time.monotonic() + 90
    while time.monotonic() < deadline and (not got or got[-1] != last):
        message = reader.poll(1)
        if message is None:
            continue
        if message.error():
            errors.append(message.error().name())
        else:
            got.append(message.value().decode())
    return got, errors

print("librdkafka", libversion()[0])
print("before:", *read_until("old 4"))
admin.delete_topics(["orders"])["orders"].result()
create()
publish([f"new {i}" for i in range(8)])
got, errors = read_until("new 7")
print("after:", got, errors)
reader.close()
assert got == ["new 5", "new 6", "new 7"], "it behaves otherwise now"
END
echo "as described"
