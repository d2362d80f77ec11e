#!/usr/bin/env bash
# A consumer forwards a message with its headers to a retry topic; OpenTelemetry's instrumentation adds its traceparent.
# Versions: opentelemetry-instrumentation-confluent-kafka 0.66b1, opentelemetry-sdk 1.45.1, confluent-kafka 2.16.1, Apache Kafka 4.3.1.
# Expected: the reader of the retry topic is linked to the span that sent the retry.
# Seen: the message has two headers traceparent: the new one is appended to the old one, and the reader takes the first. It
# is linked to the first sender, as if there had been no retry; nothing is linked to the retry. Without the old header it is right.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
start_kafka
python_with confluent-kafka==2.16.1 opentelemetry-sdk==1.45.1 opentelemetry-instrumentation-confluent-kafka==0.66b1 2>/dev/null
"$python" - "$address" <<'END_OF_PROGRAM'
import sys, time
from confluent_kafka import Consumer, Producer
from confluent_kafka.admin import AdminClient, NewTopic
from opentelemetry.instrumentation.confluent_kafka import ConfluentKafkaInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

address, topics = sys.argv[1], ["orders", "orders-retry", "orders-again"]
admin = AdminClient({"bootstrap.servers": address})
for topic in admin.create_topics([NewTopic(name, 1, 1) for name in topics]).values():
    topic.result()
memory, provider = InMemorySpanExporter(), TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(memory))
instrumentation = ConfluentKafkaInstrumentor()
producer = instrumentation.instrument_producer(Producer({"bootstrap.servers": address}), tracer_provider=provider)
consumer = instrumentation.instrument_consumer(
    Consumer({"bootstrap.servers": address, "group.id": "g", "auto.offset.reset": "earliest"}), tracer_provider=provider)
consumer.subscribe(topics)
traceparents = {}


def read():
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        message = consumer.poll(1)
        if message is not None and not message.error():
            traceparents[message.topic()] = sum(name == "traceparent" for name, _ in message.headers())
            return message
    raise SystemExit("no message")


producer.produce("orders", "order 7")
producer.flush(30)
first = read()
producer.produce("orders-retry", first.value(), headers=first.headers())
producer.flush(30)
second = read()
producer.produce("orders-again", second.value(), headers=[header for header in second.headers() if header[0] != "traceparent"])
producer.flush(30)
read()
consumer.close()
sent = {span.context.span_id: span.name for span in memory.get_finished_spans() if span.name.endswith(" send")}
linked = {span.name: [sent.get(link.context.span_id) for link in span.links]
          for span in memory.get_finished_spans() if span.name.endswith(" process")}
for topic, count in traceparents.items():
    print(f"{topic}: headers traceparent {count}, the reader is linked to {linked[topic + ' process']}")
assert traceparents == {"orders": 1, "orders-retry": 2, "orders-again": 1}, "it behaves otherwise now"
assert linked["orders-retry process"] == ["orders send"], "it behaves otherwise now"
assert linked["orders-again process"] == ["orders-again send"]
END_OF_PROGRAM
echo "as described"
