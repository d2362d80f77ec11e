#!/usr/bin/env bash
# A consumer forwards a message with its headers to a retry topic; one header has no value (null), as Kafka permits.
# Versions: kafka-python 3.0.12, kafkajs 2.2.4, aiokafka 0.14.0, confluent-kafka 2.16.1, Apache Kafka 4.3.1.
# Expected: what a library reads, it writes.
# Seen: kafka-python and kafkajs read the null and refuse to send it, so that one such message stops whoever forwards. aiokafka
# and confluent-kafka send it as it was.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
start_kafka
python_with kafka-python==3.0.12 aiokafka==0.14.0 confluent-kafka==2.16.1
(cd "$work" && npm install --silent --no-fund --no-audit --no-package-lock kafkajs@2.2.4 >/dev/null)
cat >"$work/forward.js" <<'JS'
const { Kafka, logLevel } = require('kafkajs')
const kafka = new Kafka({ brokers: [process.argv[2]], logLevel: logLevel.NOTHING })
const run = async () => {
  const [producer, consumer] = [kafka.producer(), kafka.consumer({ groupId: 'forward' })]
  await Promise.all([producer.connect(), consumer.connect()])
  await consumer.subscribe({ topic: 'orders', fromBeginning: true })
  await consumer.run({ eachMessage: async ({ message }) => {
    const read = message.headers.note === null ? 'null' : 'something'
    const sent = await producer.send({ topic: 'orders-retry', messages: [message] }).then(() => 'sent', error => error.constructor.name)
    console.log(`kafkajs: read ${read}, ${sent}`)
    process.exit()
  } })
}
run().catch(error => { console.error(error); process.exit(1) })
JS
cat >"$work/forward.py" <<'END_OF_PROGRAM'
import asyncio, sys
import aiokafka, confluent_kafka, kafka
from confluent_kafka.admin import AdminClient, NewTopic

address = sys.argv[1]
admin = AdminClient({"bootstrap.servers": address})
for topic in admin.create_topics([NewTopic(name, 1, 1) for name in ("orders", "orders-retry")]).values():
    topic.result()
producer = confluent_kafka.Producer({"bootstrap.servers": address})
producer.produce("orders", b"order 7", headers=[("note", None)])
assert producer.flush(60) == 0


def said(library, headers, send):
    try:
        send()
        result = "sent"
    except Exception as error:
        result = type(error).__name__
    print(f"{library}: read {'null' if dict(headers)['note'] is None else 'something'}, {result}", flush=True)


consumer = confluent_kafka.Consumer({"bootstrap.servers": address, "group.id": "g", "auto.offset.reset": "earliest"})
consumer.subscribe(["orders"])
message = consumer.poll(60)
said("confluent-kafka", message.headers(),
     lambda: (producer.produce("orders-retry", message.value(), headers=message.headers()), producer.flush(60)))
consumer.close()

reader = kafka.KafkaConsumer("orders", bootstrap_servers=address, auto_offset_reset="earliest", consumer_timeout_ms=60000)
record = next(reader)
sender = kafka.KafkaProducer(bootstrap_servers=address)
said("kafka-python", record.headers, lambda: sender.send("orders-retry", record.value, headers=record.headers).get(60))
sender.close()
reader.close()


async def asynchronous():
    reader = aiokafka.AIOKafkaConsumer("orders", bootstrap_servers=address, auto_offset_reset="earliest")
    sender = aiokafka.AIOKafkaProducer(bootstrap_servers=address)
    await reader.start()
    await sender.start()
    record = await asyncio.wait_for(reader.getone(), 60)
    await sender.send_and_wait("orders-retry", record.value, headers=list(record.headers))
    said("aiokafka", record.headers, lambda: None)
    await sender.stop()
    await reader.stop()

asyncio.run(asynchronous())
END_OF_PROGRAM
seen=$("$python" "$work/forward.py" "$address" && cd "$work" && node forward.js "$address")
echo "$seen"
[ "$seen" = 'confluent-kafka: read null, sent
kafka-python: read null, TypeError
aiokafka: read null, sent
kafkajs: read null, TypeError' ] || { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
