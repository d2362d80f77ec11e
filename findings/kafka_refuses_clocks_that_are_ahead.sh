#!/usr/bin/env bash
# A program publishes an event with the event's own time, as CloudEvents have one. Its machine's clock is two hours ahead (or
# the event is about tomorrow's delivery), or a day behind.
# Versions: Apache Kafka 4.3.1, confluent-kafka 2.16.1.
# Expected: the broker keeps whatever time a record brings along, as its default is message.timestamp.type=CreateTime and has
# no bounds; at worst it is deleted at another time.
# Seen: more than an hour ahead is refused for good with INVALID_TIMESTAMP (message.timestamp.after.max.ms is 3600000 by
# default, without bounds before 4.0). The past has no bound: a record of 1971 is taken.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
start_kafka
python_with confluent-kafka==2.16.1
"$python" - "$address" <<'END'
import sys, time
from confluent_kafka import Producer
producer = Producer({"bootstrap.servers": sys.argv[1], "log_level": 0})
now = int(time.time() * 1000)
hour = 3_600_000
seen = {}
for name, ms in {"now": now, "half an hour ahead": now + hour // 2, "two hours ahead": now + 2 * hour, "a day behind": now - 24 * hour,
                 "of 1971": 31_536_000_000}.items():
    producer.produce("orders", name, timestamp=ms,
                     on_delivery=lambda error, _, name=name: seen.update({name: error.name() if error else "taken"}))
    producer.flush(60)
for name, outcome in seen.items():
    print(f"{name}: {outcome}")
expected = ["taken", "taken", "INVALID_TIMESTAMP", "taken", "taken"]
sys.exit(0 if list(seen.values()) == expected else "it behaves otherwise now")
END
echo "as described"
