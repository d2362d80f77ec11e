#!/usr/bin/env bash
# All services share OTEL_RESOURCE_ATTRIBUTES, and one of its values has an equals sign.
# Versions: @opentelemetry/resources 2.12.1 of JavaScript, opentelemetry-sdk 1.45.1 of Python, go.opentelemetry.io/otel/sdk 1.47.0.
# Expected: the value is "a=b" (a value is what follows the first "="), or that one attribute is left out.
# Seen: Python and Go take it so. JavaScript drops the whole variable: the spans are without service.namespace and
# deployment.environment.name as well, and without a log level of OpenTelemetry's own nothing is printed. A "%" that encodes
# nothing ("100%") has the same effect. list=a%3Db suits all three.
set -euo pipefail
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"
mkdir go
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check opentelemetry-sdk==1.45.1
npm install --silent --no-fund --no-audit @opentelemetry/resources@2.12.1 @opentelemetry/api@1.9.1 >/dev/null
cat >go/main.go <<'END_OF_PROGRAM'
package main

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel/sdk/resource"
)

func main() {
	found, _ := resource.New(context.Background(), resource.WithFromEnv())
	for _, attribute := range found.Attributes() {
		fmt.Printf("%s: %s\n", attribute.Key, attribute.Value.AsString())
	}
}
END_OF_PROGRAM
(cd go && export GOFLAGS=-mod=mod GOPATH="$work/gopath" && go mod init read >/dev/null 2>&1 && go get go.opentelemetry.io/otel/sdk/resource@v1.47.0 >/dev/null 2>&1 && go build -o read .)
cat >read.py <<'END_OF_PROGRAM'
from opentelemetry.sdk.resources import OTELResourceDetector
for name, value in OTELResourceDetector().detect().attributes.items():
    print(f"{name}: {value}")
END_OF_PROGRAM
cat >read.js <<'END_OF_PROGRAM'
const { envDetector } = require('@opentelemetry/resources')
for (const [name, value] of Object.entries(envDetector.detect().attributes)) console.log(`${name}: ${value}`)
END_OF_PROGRAM
# seen TEXT: the attributes in JavaScript, Python and Go.
seen() {
    local command
    export OTEL_RESOURCE_ATTRIBUTES=service.namespace=shop,deployment.environment.name=test,$1
    for command in 'node read.js' 'venv/bin/python read.py' 'go/read'; do $command 2>/dev/null | sort | paste -sd ',' | sed 's/^$/nothing/'; done
}
others='deployment.environment.name: test'
expected() { local k; for k in 1 2 3; do [ "$k" = 1 ] && echo "$1" || echo "$2"; done; }
for case in list=a=b list=a%3Db; do
    echo "$case in JavaScript, Python and Go:"
    seen "$case" | tee "seen-$case"
done
all="$others,list: a=b,service.namespace: shop"
[ "$(cat seen-list=a=b)" = "$(expected nothing "$all")" ] && [ "$(cat seen-list=a%3Db)" = "$(expected "$all" "$all")" ] ||
    { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
