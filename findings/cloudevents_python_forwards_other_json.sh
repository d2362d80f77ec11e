#!/usr/bin/env bash
# A program takes JSON events from one topic and forwards each to another, untouched.
# Version: cloudevents 2.2.0 of Python, binary mode of Kafka.
# Expected: the data goes on as it came, or at least as the same JSON value; a payload that is cut off raises an error.
# Seen: the JSON string "12" goes on as the number 12, the string "paid" as paid and true as True, which are no JSON any more, null as
# nothing at all; and a payload that is cut off is no error but a string. What is written no longer says which it was. Objects and
# structured mode are right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install --disable-pip-version-check cloudevents==2.2.0
"$work/venv/bin/python" - <<'END_OF_PROGRAM'
import json
from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka_event, to_binary_event, to_structured_event

headers = {"ce_specversion": b"1.0", "ce_type": b"note", "ce_source": b"/shop", "ce_id": b"1", "content-type": b"application/json"}
seen = {}
for data in (b'{"status": "paid"}', b'"12"', b'"paid"', b"true", b"null", b'{"status": "pa'):
    event = from_kafka_event(KafkaMessage(headers, b"7", data))
    seen[data] = to_binary_event(event).value
    structured = json.loads(to_structured_event(event).value)
    print(f"{data.decode():20} read as {event.get_data()!r:22} forwarded as {seen[data].decode():20} structured {structured.get('data')!r}")
    if data == b'"12"':
        assert structured["data"] == "12", "structured mode behaves otherwise now"
assert seen == {b'{"status": "paid"}': b'{"status": "paid"}', b'"12"': b"12", b'"paid"': b"paid", b"true": b"True", b"null": b"",
                b'{"status": "pa': b'{"status": "pa'}, "it behaves otherwise now"
END_OF_PROGRAM
echo "as described"
