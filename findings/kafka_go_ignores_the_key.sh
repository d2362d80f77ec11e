#!/usr/bin/env bash
# A service writes all events of one order with the order's id as their key, with a kafka-go Writer as it comes.
# Versions: github.com/segmentio/kafka-go 0.4.51, Apache Kafka 4.3.1.
# Expected: events of one key are in one partition, and so in order, as with Kafka's own producer.
# Seen: the Writer deals them out to all partitions in turn; the key is only stored. With Balancer: kafka.Murmur2Balancer{} they are
# in one partition, the one that Kafka's own producer chooses.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
trap 'chmod -R u+w "$work"; end_kafka' EXIT
start_kafka
mkdir "$work/go"
cat >"$work/go/main.go" <<'END_OF_PROGRAM'
package main

import (
	"context"
	"os"
	"time"

	"github.com/segmentio/kafka-go"
)

func write(topic string, balancer kafka.Balancer) {
	writer := &kafka.Writer{Addr: kafka.TCP(os.Args[1]), Topic: topic, Balancer: balancer, BatchTimeout: 10 * time.Millisecond}
	defer writer.Close()
	for range 12 {
		if err := writer.WriteMessages(context.Background(), kafka.Message{Key: []byte("order-7"), Value: []byte("event")}); err != nil {
			panic(err)
		}
	}
}

func main() {
	write("default", nil)
	write("murmur2", kafka.Murmur2Balancer{})
}
END_OF_PROGRAM
(cd "$work/go" && export GOFLAGS=-mod=mod GOPATH="$work/gopath" && go mod init write >/dev/null 2>&1 && go get github.com/segmentio/kafka-go@v0.4.51 >/dev/null 2>&1 && go build -o write .)
tool() { kafka_tool "org.apache.kafka.tools.$1" "${@:2}" 2>/dev/null; }
for topic in default murmur2 java; do tool TopicCommand --create --topic "$topic" --partitions 3 </dev/null >/dev/null; done
"$work/go/write" "$address"
for ((i = 0; i < 12; i++)); do echo 'order-7:event'; done |
    tool ConsoleProducer --topic java --reader-property parse.key=true --reader-property key.separator=:
ends() { tool GetOffsetShell --topic "$1" </dev/null | sort | cut -d : -f 3 | paste -sd ' '; }
default=$(ends default) murmur2=$(ends murmur2) java=$(ends java)
echo "12 events of one key, by partition: Writer $default; with Murmur2Balancer $murmur2; kafka-console-producer $java"
[ "$default" = '4 4 4' ] && [ "$murmur2" = "$java" ] && [[ " $java " == *' 12 '* ]] || { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
