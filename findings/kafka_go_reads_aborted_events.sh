#!/usr/bin/env bash
# A reader that wants committed events only, on a topic with a transaction that was aborted and one that was committed.
# Versions: segmentio/kafka-go 0.4.51, franz-go 1.22.3, Apache Kafka 4.3.1.
# Expected: with IsolationLevel ReadCommitted it reads one event, the committed one, as other clients do.
# Seen: it reads the two aborted events as well, and the two control records that end the transactions come as events
# whose key and value are binary zeros.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
start_kafka
mkdir "$work/go"
cat >"$work/go/main.go" <<'GO'
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	segment "github.com/segmentio/kafka-go"
	"github.com/twmb/franz-go/pkg/kgo"
)

func must(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func main() {
	address, ctx := os.Args[1], context.Background()
	writer, err := kgo.NewClient(kgo.SeedBrokers(address), kgo.TransactionalID("writer"), kgo.DefaultProduceTopic("orders"),
		kgo.AllowAutoTopicCreation())
	must(err)
	transaction := func(end kgo.TransactionEndTry, texts ...string) {
		must(writer.BeginTransaction())
		for _, text := range texts {
			must(writer.ProduceSync(ctx, kgo.StringRecord(text)).FirstErr())
		}
		must(writer.EndTransaction(ctx, end))
	}
	transaction(kgo.TryAbort, "aborted 1", "aborted 2")
	transaction(kgo.TryCommit, "committed")

	franz, err := kgo.NewClient(kgo.SeedBrokers(address), kgo.ConsumeTopics("orders"), kgo.FetchIsolationLevel(kgo.ReadCommitted()),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()))
	must(err)
	franz.PollFetches(ctx).EachRecord(func(r *kgo.Record) { fmt.Printf("franz-go: %d %q\n", r.Offset, r.Value) })

	reader := segment.NewReader(segment.ReaderConfig{Brokers: []string{address}, Topic: "orders",
		IsolationLevel: segment.ReadCommitted, MaxWait: 500 * time.Millisecond})
	for offset := int64(-1); offset < 4; { // The last record, a control record, has offset 4.
		limit, cancel := context.WithTimeout(ctx, 20*time.Second)
		message, err := reader.ReadMessage(limit)
		cancel()
		if err != nil {
			break
		}
		fmt.Printf("kafka-go: %d %q\n", message.Offset, message.Value)
		offset = message.Offset
	}
}
GO
export GOPATH=$work/gopath GOFLAGS=-modcacherw
(cd "$work/go" && go mod init reader && go mod edit -require=github.com/segmentio/kafka-go@v0.4.51 \
    -require=github.com/twmb/franz-go@v1.22.3 && go mod tidy && go build -o reader .) >"$work/go.log" 2>&1 || { cat "$work/go.log"; exit 1; }
"$work/go/reader" "$address" | tee "$work/seen"
cat >"$work/expected" <<'END_OF_LIST'
franz-go: 3 "committed"
kafka-go: 0 "aborted 1"
kafka-go: 1 "aborted 2"
kafka-go: 2 "\x00\x00\x00\x00\x00\x00"
kafka-go: 3 "committed"
kafka-go: 4 "\x00\x00\x00\x00\x00\x00"
END_OF_LIST
cmp -s "$work/seen" "$work/expected" || { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
