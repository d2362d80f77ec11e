#!/usr/bin/env bash
# A consumer seeks with rd_kafka_seek_partitions() and gives it five seconds, while librdkafka's own thread is busy for
# some twentieths of a second (it writes log lines to something slow).
# Versions: librdkafka 2.0.2 (as in Debian 12) and 2.3.0, from the wheels of confluent-kafka, with the library's mock
# cluster.
# Expected: it waits up to the time that it was given (timeout_ms), and the seek is made.
# Seen: 2.0.2 gives up after about a tenth of a second, with "in progress", as if five seconds were five milliseconds.
# 2.3.0 waits for a third of a second, and the seek is made.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/seek.py" <<'END_OF_PROGRAM'
import ctypes, glob, sys, time, os, confluent_kafka
folder = os.path.join(os.path.dirname(os.path.dirname(confluent_kafka.__file__)), "confluent_kafka.libs")
for lib in sorted(glob.glob(folder + "/*")):
    if "rdkafka" not in lib:
        try: ctypes.CDLL(lib, ctypes.RTLD_GLOBAL)
        except OSError: pass
k = ctypes.CDLL(glob.glob(folder + "/librdkafka*")[0])
p, s, i, l = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_int64
def f(name, result, *arguments):
    function = getattr(k, name); function.restype = result; function.argtypes = arguments; return function
class Part(ctypes.Structure):
    _fields_ = [("topic", s), ("partition", ctypes.c_int32), ("offset", l), ("metadata", p), ("metadata_size", ctypes.c_size_t),
                ("opaque", p), ("err", i), ("_private", p)]
class Parts(ctypes.Structure):
    _fields_ = [("cnt", i), ("size", i), ("elems", ctypes.POINTER(Part))]
class Message(ctypes.Structure):
    _fields_ = [("err", i), ("rkt", p), ("partition", ctypes.c_int32), ("payload", p), ("len", ctypes.c_size_t), ("key", p),
                ("key_len", ctypes.c_size_t), ("offset", l)]
Log = ctypes.CFUNCTYPE(None, p, i, s, s)
pause = 0.0
def log(_client, _level, _facility, _text):
    time.sleep(pause)          # A program that writes its log to a slow disk.
log = Log(log)
conf_new = f("rd_kafka_conf_new", p); conf_set = f("rd_kafka_conf_set", i, p, s, s, s, ctypes.c_size_t)
set_log = f("rd_kafka_conf_set_log_cb", None, p, Log)
new = f("rd_kafka_new", p, i, p, s, ctypes.c_size_t)
error = ctypes.create_string_buffer(500)
def client(kind, **settings):
    conf = conf_new(); set_log(conf, log)
    for name, value in settings.items():
        assert conf_set(conf, name.replace("_", ".").encode(), value.encode(), error, 500) == 0, error.value
    made = new(kind, conf, error, 500); assert made, error.value
    return made
mock = f("rd_kafka_mock_cluster_new", p, p, i); bootstraps = f("rd_kafka_mock_cluster_bootstraps", s, p)
holder = client(0, client_id="cluster")
servers = bootstraps(mock(holder, 1)).decode()
producer = client(0, bootstrap_servers=servers)
topic_new = f("rd_kafka_topic_new", p, p, s, p); produce = f("rd_kafka_produce", i, p, ctypes.c_int32, i, s, ctypes.c_size_t, p, ctypes.c_size_t, p)
orders = topic_new(producer, b"orders", None)
for _ in range(10):
    assert produce(orders, 0, 2, b"order", 5, None, 0, None) == 0
assert f("rd_kafka_flush", i, p, i)(producer, 30000) == 0
consumer = client(1, bootstrap_servers=servers, group_id="g", debug="topic")
parts = f("rd_kafka_topic_partition_list_new", ctypes.POINTER(Parts), i)(1)
add = f("rd_kafka_topic_partition_list_add", ctypes.POINTER(Part), ctypes.POINTER(Parts), s, ctypes.c_int32)
one = add(parts, b"orders", 0); one.contents.offset = 0
assert f("rd_kafka_assign", i, p, ctypes.POINTER(Parts))(consumer, parts) == 0
poll = f("rd_kafka_consumer_poll", ctypes.POINTER(Message), p, i); destroy = f("rd_kafka_message_destroy", None, ctypes.POINTER(Message))
read = 0
while read < 10:
    message = poll(consumer, 10000); assert message and message.contents.err == 0
    destroy(message); read += 1
pause = 0.05
seek = f("rd_kafka_seek_partitions", p, p, ctypes.POINTER(Parts), i)
parts.contents.elems[0].offset = 3
begun = time.monotonic(); whole = seek(consumer, parts, 5000); took = time.monotonic() - begun
pause = 0.0
name = f("rd_kafka_err2name", s, i)
print(f"librdkafka {f('rd_kafka_version_str', s)().decode()}: {'gave up' if whole else 'was made'} after {took * 1000:.0f} ms: "
      f"{name(parts.contents.elems[0].err).decode()}")
sys.stdout.flush()
os._exit(0)
END_OF_PROGRAM
seek() {
    python3 -m venv "$work/$1"
    "$work/$1/bin/pip" -q install "confluent-kafka==$1"
    timeout 120 "$work/$1/bin/python" "$work/seek.py" | tail -n 1
}
old=$(seek 2.0.2) new=$(seek 2.3.0)
printf '%s\n' "$old" "$new"
[[ "$old" =~ ^"librdkafka 2.0.2: gave up after "[0-9]{1,3}" ms: _IN_PROGRESS"$ ]]
[[ "$new" =~ ^"librdkafka 2.3.0: was made after "[0-9]+" ms: NO_ERROR"$ ]]
echo "as described"
