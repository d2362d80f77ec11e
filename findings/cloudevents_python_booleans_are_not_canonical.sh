#!/usr/bin/env bash
# An event with a boolean attribute goes through Kafka in binary mode, where attributes are header texts.
# Version: cloudevents 2.2.0 of Python.
# Expected: the header has CloudEvents' canonical text, "true" or "false", which other SDKs understand.
# Seen: it has Python's: "True" and "False". A consumer that compares with "true" takes the flag for off. In HTTP headers it
# is the same; structured mode is right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install --disable-pip-version-check cloudevents==2.2.0
"$work/venv/bin/python" - <<'END_OF_PROGRAM'
import json
from cloudevents.core.bindings import http, kafka
from cloudevents.core.v1.event import CloudEvent

event = CloudEvent({"id": "1", "source": "/shop", "type": "order-created", "specversion": "1.0", "replay": True, "last": False,
                    "attempt": 2}, {"order": 7})
headers = kafka.to_binary_event(event).headers
web = http.to_binary_event(event).headers
structured = json.loads(kafka.to_structured_event(event).value)
print("Kafka, binary:", {name: headers[name] for name in ("ce_replay", "ce_last", "ce_attempt")})
print("HTTP, binary:", {name: web[name] for name in ("ce-replay", "ce-last", "ce-attempt")})
print("structured:", json.dumps({name: structured[name] for name in ("replay", "last", "attempt")}))
assert (headers["ce_replay"], headers["ce_last"], headers["ce_attempt"]) == (b"True", b"False", b"2"), "it behaves otherwise now"
assert (web["ce-replay"], web["ce-last"]) == ("True", "False"), "it behaves otherwise now"
assert structured["replay"] is True and structured["last"] is False
END_OF_PROGRAM
echo "as described"
