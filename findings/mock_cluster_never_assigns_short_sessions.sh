#!/usr/bin/env bash
# A consumer with a short session joins a group of librdkafka's mock cluster, as tests do that want a quick failover.
# Version: confluent-kafka 2.16.1 (librdkafka), its own test.mock.num.brokers.
# Expected: a session of 1 s is as good as one of 6 s, or it is refused (Kafka's own brokers answer INVALID_SESSION_TIMEOUT
# below 6 s by default).
# Seen: with 6 s the partition is assigned after 3 s, with 1 s never, and poll() returns nothing: no error, no event. The
# cluster waits 3 s for a group's first members, forgets those whose session ends meanwhile, and never answers their
# JoinGroup; the client asks again only after max.poll.interval.ms.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check confluent-kafka==2.16.1
"$work/venv/bin/python" - <<'END'
import time
from confluent_kafka import Consumer, Producer, libversion

cluster = Producer({"bootstrap.servers": "unused", "test.mock.num.brokers": 1, "log_level": 0})
address = ",".join(f"{b.host}:{b.port}" for b in cluster.list_topics(timeout=30).brokers.values())
cluster.produce("orders", "one")
assert cluster.flush(30) == 0
print("librdkafka", libversion()[0])

def outcome(session_ms):
    seen, errors = [], []
    consumer = Consumer({"bootstrap.servers": address, "group.id": f"g{session_ms}", "session.timeout.ms": session_ms,
                         "heartbeat.interval.ms": 200, "auto.offset.reset": "earliest", "log_level": 0,
                         "error_cb": lambda error: errors.append(error.name())})
    consumer.subscribe(["orders"])
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not seen:
        message = consumer.poll(0.5)
        if message is not None:
            (errors if message.error() else seen).append(message.error() or message.value().decode())
    consumer.close()
    return seen, errors

long, short = outcome(6000), outcome(1000)
print("session.timeout.ms=6000:", *long)
print("session.timeout.ms=1000:", *short)
assert long == (["one"], []) and short == ([], []), "it behaves otherwise now"
END
