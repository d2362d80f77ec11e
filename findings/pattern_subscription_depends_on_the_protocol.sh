#!/usr/bin/env bash
# A consumer subscribes to a pattern, and its group moves to Kafka's new protocol.
# Versions: confluent-kafka 2.16.1 (librdkafka), Apache Kafka 4.3.1.
# Expected: with group.protocol=consumer it has the same topics as with classic.
# Seen: "^orders" is everything that begins so in the classic protocol, where librdkafka searches for the pattern; in the new one the
# broker compares the whole name, and orders-retry is no longer read. There is no error. "^orders.*" means the same in both.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
start_kafka
python_with confluent-kafka==2.16.1
"$python" - "$address" <<'END_OF_PROGRAM'
import sys, time
from confluent_kafka import Consumer, libversion
from confluent_kafka.admin import AdminClient, NewTopic

address = sys.argv[1]
admin = AdminClient({"bootstrap.servers": address})
for topic in admin.create_topics([NewTopic(name, 1, 1) for name in ("orders", "orders-retry", "old-orders")]).values():
    topic.result()
print("librdkafka", libversion()[0])


def topics(protocol, pattern):
    """What the consumer is assigned as soon as it is anything, and has not changed for five seconds."""
    consumer = Consumer({"bootstrap.servers": address, "group.id": f"{protocol} {pattern}", "group.protocol": protocol})
    consumer.subscribe([pattern])
    deadline, now, since = time.monotonic() + 60, set(), time.monotonic()
    while time.monotonic() < deadline and not (now and time.monotonic() - since > 5):
        consumer.poll(0.2)
        seen = {partition.topic for partition in consumer.assignment()}
        if seen != now:
            now, since = seen, time.monotonic()
    consumer.close()
    return sorted(now)


seen = {}
for pattern in ("^orders", "^orders.*"):
    for protocol in ("classic", "consumer"):
        seen[pattern, protocol] = topics(protocol, pattern)
        print(f"{pattern:10} {protocol:9}", *seen[pattern, protocol])
both = ["orders", "orders-retry"]
assert seen["^orders", "classic"] == both and seen["^orders", "consumer"] == ["orders"], "it behaves otherwise now"
assert seen["^orders.*", "classic"] == seen["^orders.*", "consumer"] == both, "it behaves otherwise now"
END_OF_PROGRAM
echo "as described"
