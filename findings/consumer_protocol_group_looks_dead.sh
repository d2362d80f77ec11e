#!/usr/bin/env bash
# Somebody asks who is in a consumer group of Kafka's new protocol (KIP-848), with the request that groups have always been
# described with.
# Versions: Apache Kafka 4.3.1, confluent-kafka 2.16.1 (librdkafka).
# Expected: the group's members, or an error that it is of another kind.
# Seen: the older call (list_groups(), rd_kafka_list_groups(), what kcat and older tools have) answers without an error that
# the group is "Dead", of no protocol type and without members, while its member reads and commits. A dashboard that
# believes it says "nobody", and a tool that resets offsets of groups without members thinks it may. The newer call
# (describe_consumer_groups) tells it right.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
start_kafka
python_with confluent-kafka==2.16.1
"$python" - "$address" <<'END'
import sys, time, warnings
from confluent_kafka import Consumer, Producer, libversion
from confluent_kafka.admin import AdminClient, NewTopic

warnings.simplefilter("ignore", DeprecationWarning)
address = sys.argv[1]
admin = AdminClient({"bootstrap.servers": address})
admin.create_topics([NewTopic("orders", 1, 1)])["orders"].result()
producer = Producer({"bootstrap.servers": address})
producer.produce("orders", "an order")
assert producer.flush(60) == 0

readers = {}
for protocol in ("classic", "consumer"):
    reader = Consumer({"bootstrap.servers": address, "group.id": protocol + "-group", "group.protocol": protocol,
                       "auto.offset.reset": "earliest"})
    reader.subscribe(["orders"])
    deadline = time.monotonic() + 90
    message = None
    while message is None and time.monotonic() < deadline:
        message = reader.poll(1)
    print(protocol, "reads", message.value())
    reader.commit(asynchronous=False)
    readers[protocol] = reader

seen = {}
for name, future in admin.describe_consumer_groups(["classic-group", "consumer-group"]).items():
    group = future.result()
    print(name, "by the newer call:", group.state.name, group.type.name, len(group.members), "members")
    seen["new " + name] = (group.state.name, len(group.members))
for group in admin.list_groups(timeout=30):
    print(group.id, "by the older call:", group.state, repr(group.protocol_type), len(group.members), "members, error", group.error)
    seen["old " + group.id] = (group.state, len(group.members), group.error)
for reader in readers.values():
    reader.close()
assert seen["old classic-group"] == ("Stable", 1, None)
assert seen["new consumer-group"] == ("STABLE", 1)
assert seen["old consumer-group"] == ("Dead", 0, None), "it behaves otherwise now"
END
echo "as described"
