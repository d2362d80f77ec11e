#!/usr/bin/env bash
# Two consumers join a group of librdkafka's mock cluster. The second one stands still for two seconds, as a process does on
# a busy machine, just when the cluster answers their JoinGroup requests.
# Version: confluent-kafka 2.16.1 (librdkafka), its own test.mock.num.brokers.
# Expected: what Kafka's brokers do: the leader says who gets what, and the other is told its partitions as soon as it asks,
# well within its session.
# Seen: the cluster answers all as soon as the leader has asked. Who asks later is refused and joins again, and the round is
# made anew, which takes a session or two: with session.timeout.ms=20000 the late consumer has its partitions 19 or 38 s later.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check confluent-kafka==2.16.1
cat >"$work/member.py" <<'END'
import sys, time
from confluent_kafka import Consumer
consumer = Consumer({"bootstrap.servers": sys.argv[1], "group.id": "g", "session.timeout.ms": 20000,
                     "heartbeat.interval.ms": 300, "log_level": 0})
consumer.subscribe(["orders"], on_assign=lambda c, partitions: partitions and print("assigned", time.time(), flush=True))
end = time.time() + 60
while time.time() < end:
    consumer.poll(0.1)
END
"$work/venv/bin/python" - "$work" <<'END'
import os, signal, subprocess, sys, time
from confluent_kafka import Producer, libversion
from confluent_kafka.admin import AdminClient

work = sys.argv[1]
cluster = Producer({"bootstrap.servers": "unused", "test.mock.num.brokers": 1, "log_level": 0})
address = ",".join(f"{b.host}:{b.port}" for b in cluster.list_topics(timeout=30).brokers.values())
cluster.produce("orders", "one")  # Makes the topic, with four partitions.
assert cluster.flush(30) == 0

def member():
    return subprocess.Popen([sys.executable, work + "/member.py", address], stdout=subprocess.PIPE, text=True)

def assigned(process):
    return float(process.stdout.readline().split()[1])

leader = member()
time.sleep(1)  # The round waits 3 s for more members.
late = member()
time.sleep(1)
late.send_signal(signal.SIGSTOP)
first = assigned(leader)
time.sleep(1)
late.send_signal(signal.SIGCONT)
woken = time.time()
waited = assigned(late) - woken
for process in (leader, late):
    process.kill()
    process.wait()
print("librdkafka", libversion()[0])
print(f"the leader has partitions; the other wakes {woken - first:.1f} s later, and has one {waited:.0f} s after that")
sys.exit(0 if waited > 15 else f"the late member had its partition after {waited:.1f} s")
END
