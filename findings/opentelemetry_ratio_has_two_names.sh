#!/usr/bin/env bash
# Two services, in Python and in Go, measure the same gauge with the unit "1" and are scraped by Prometheus.
# Versions: opentelemetry-exporter-prometheus 0.66b2 of Python, go.opentelemetry.io/otel/exporters/prometheus 0.69.0.
# Expected: one name, fill_ratio, as OpenTelemetry's rules for Prometheus say; a counter has one name as well.
# Seen: Go has fill_ratio, Python fill. A dashboard or alert made with one finds nothing of the other. The counter's name and
# a gauge's with the unit "s" are the same in both.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install --disable-pip-version-check opentelemetry-exporter-prometheus==0.66b2 opentelemetry-sdk==1.45.2 \
    prometheus-client==0.26.0
"$work/venv/bin/python" >"$work/python" <<'END_OF_PROGRAM'
from opentelemetry.exporter.prometheus import PrometheusMetricReader
from opentelemetry.sdk.metrics import MeterProvider
from prometheus_client import REGISTRY, generate_latest

meter = MeterProvider(metric_readers=[PrometheusMetricReader()]).get_meter("shop")
meter.create_gauge("fill", unit="1").set(0.5)
meter.create_gauge("age", unit="s").set(0.5)
meter.create_counter("orders", unit="1").add(1)
print(generate_latest(REGISTRY).decode())
END_OF_PROGRAM
mkdir "$work/go"
cat >"$work/go/main.go" <<'GO'
package main

import (
	"context"
	"fmt"

	"github.com/prometheus/client_golang/prometheus"
	exporter "go.opentelemetry.io/otel/exporters/prometheus"
	"go.opentelemetry.io/otel/metric"
	sdk "go.opentelemetry.io/otel/sdk/metric"
)

func main() {
	ctx := context.Background()
	registry := prometheus.NewRegistry()
	reader, err := exporter.New(exporter.WithRegisterer(registry))
	if err != nil {
		panic(err)
	}
	meter := sdk.NewMeterProvider(sdk.WithReader(reader)).Meter("shop")
	fill, _ := meter.Float64Gauge("fill", metric.WithUnit("1"))
	fill.Record(ctx, 0.5)
	age, _ := meter.Float64Gauge("age", metric.WithUnit("s"))
	age.Record(ctx, 0.5)
	orders, _ := meter.Int64Counter("orders", metric.WithUnit("1"))
	orders.Add(ctx, 1)
	families, err := registry.Gather()
	if err != nil {
		panic(err)
	}
	for _, family := range families {
		fmt.Println(family.GetName())
	}
}
GO
export GOPATH=$work/gopath GOFLAGS=-modcacherw
(cd "$work/go" && go mod init names && go mod edit -require=go.opentelemetry.io/otel/exporters/prometheus@v0.69.0 \
    -require=github.com/prometheus/client_golang@v1.25.0 && go mod tidy && go build -o names .) >"$work/go.log" 2>&1 ||
    { cat "$work/go.log"; exit 1; }
"$work/go/names" >"$work/go/all"
names() { grep -oE '^(fill|age|orders)[a-z_]*' "$1" | sort -u | paste -sd ' '; }
python=$(names "$work/python") go=$(names "$work/go/all")
echo "Python: $python"
echo "Go: $go"
[ "$python" = 'age_seconds fill orders_total' ] && [ "$go" = 'age_seconds fill_ratio orders_total' ] ||
    { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
