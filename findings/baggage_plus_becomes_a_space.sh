#!/usr/bin/env bash
# Baggage (W3C) goes from a service in Go to one in Python, and from Python to JavaScript: the time of an order, a note.
# Versions: go.opentelemetry.io/otel 1.47.0, opentelemetry-api 1.45.1 of Python, @opentelemetry/core 2.12.1 of JavaScript.
# Expected: a value arrives as it was set.
# Seen: Python encodes and decodes as HTML forms do, where "+" is a space; the others do as the specification says. From Go
# "10:00:00+01:00" arrives as "10:00:00 01:00"; Python's "two parcels" arrives in JavaScript as "two+parcels".
set -euo pipefail
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"
mkdir go
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check opentelemetry-api==1.45.1
npm install --silent --no-fund --no-audit @opentelemetry/core@2.12.1 @opentelemetry/api@1.9.1 >/dev/null
cat >go/main.go <<'END_OF_PROGRAM'
package main

import (
	"context"
	"fmt"
	"os"

	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"
)

func main() {
	member, err := baggage.NewMemberRaw("placed", os.Args[1])
	if err != nil {
		panic(err)
	}
	all, err := baggage.New(member)
	if err != nil {
		panic(err)
	}
	carrier := propagation.MapCarrier{}
	propagation.Baggage{}.Inject(baggage.ContextWithBaggage(context.Background(), all), carrier)
	fmt.Println(carrier["baggage"])
}
END_OF_PROGRAM
cat >python.py <<'END_OF_PROGRAM'
import sys
from opentelemetry import baggage
from opentelemetry.baggage.propagation import W3CBaggagePropagator
propagator = W3CBaggagePropagator()
if sys.argv[1] == "read":
    print(*baggage.get_all(propagator.extract({"baggage": sys.argv[2]})).values())
else:
    carrier = {}
    propagator.inject(carrier, baggage.set_baggage("note", sys.argv[2]))
    print(carrier["baggage"])
END_OF_PROGRAM
cat >read.js <<'END_OF_PROGRAM'
const { W3CBaggagePropagator } = require('@opentelemetry/core')
const { propagation, ROOT_CONTEXT, defaultTextMapGetter } = require('@opentelemetry/api')
const context = new W3CBaggagePropagator().extract(ROOT_CONTEXT, { baggage: process.argv[2] }, defaultTextMapGetter)
for (const [, entry] of propagation.getBaggage(context).getAllEntries()) console.log(entry.value)
END_OF_PROGRAM
time=2026-12-01T10:00:00+01:00
from_go=$(cd go && export GOFLAGS=-mod=mod GOPATH="$work/gopath" && go mod init send >/dev/null 2>&1 && go get go.opentelemetry.io/otel@v1.47.0 >/dev/null 2>&1 && go run . "$time")
in_python=$(venv/bin/python python.py read "$from_go")
in_javascript=$(node read.js "$from_go")
echo "$from_go of Go: '$in_python' in Python, '$in_javascript' in JavaScript"
from_python=$(venv/bin/python python.py write 'two parcels')
in_javascript_2=$(node read.js "$from_python")
echo "$from_python of Python: '$in_javascript_2' in JavaScript"
[ "$in_python" = '2026-12-01T10:00:00 01:00' ] && [ "$in_javascript" = "$time" ] && [ "$in_javascript_2" = two+parcels ] ||
    { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
