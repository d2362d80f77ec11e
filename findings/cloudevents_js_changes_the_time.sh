#!/usr/bin/env bash
# A service in JavaScript reads an event and forwards it as it is.
# Version: cloudevents 10.0.0 of JavaScript.
# Expected: the event that goes out is the one that came in.
# Seen: its time is another: cut off to milliseconds and written in UTC. Two events 300 µs apart have the same time
# afterwards, and who compares or signs what was sent finds a changed event. Binary and structured mode are alike.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit cloudevents@10.0.0 >/dev/null
cat >forward.js <<'END_OF_PROGRAM'
const { HTTP } = require('cloudevents')
const forward = time => {
  const structured = { headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify({ specversion: '1.0', id: '1', source: '/shop', type: 'order-created', time, data: { order: 7 } }) }
  const binary = { headers: { 'content-type': 'application/json', 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/shop',
    'ce-type': 'order-created', 'ce-time': time }, body: '{"order":7}' }
  return [JSON.parse(HTTP.structured(HTTP.toEvent(structured)).body).time, HTTP.binary(HTTP.toEvent(binary)).headers['ce-time']]
}
for (const time of ['2026-12-01T10:00:00.123456Z', '2026-12-01T10:00:00.123756Z', '2026-12-01T11:00:00.123456+01:00'])
  console.log(time, '->', ...forward(time))
END_OF_PROGRAM
seen=$(node forward.js)
echo "$seen"
out='2026-12-01T10:00:00.123Z 2026-12-01T10:00:00.123Z'
[ "$seen" = "2026-12-01T10:00:00.123456Z -> $out
2026-12-01T10:00:00.123756Z -> $out
2026-12-01T11:00:00.123456+01:00 -> $out" ] || { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
