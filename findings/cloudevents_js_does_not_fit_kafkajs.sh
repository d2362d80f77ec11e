#!/usr/bin/env bash
# An event of the CloudEvents SDK for JavaScript goes to Kafka in binary mode with kafkajs, and comes back with kafkajs.
# Versions: cloudevents 10.0.0, kafkajs 2.2.4, Apache Kafka 4.3.1.
# Expected: what Kafka.binary() returns can be sent (its value JSON text, as HTTP.binary() makes it), and Kafka.toEvent() takes
# a message as kafkajs hands it over.
# Seen: the value is the JavaScript object and an integer attribute a number; kafkajs refuses both with a TypeError. A message
# that is read, whose headers kafkajs always delivers as buffers, ends in "contentType.startsWith is not a function".
# Sending needs JSON.stringify and String, receiving needs toString on each header.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
start_kafka
cd "$work"
npm install --silent --no-fund --no-audit --no-package-lock cloudevents@10.0.0 kafkajs@2.2.4 >/dev/null
cat >try.js <<'JS'
const { CloudEvent, HTTP, Kafka } = require('cloudevents')
const { Kafka: Client, Partitioners, logLevel } = require('kafkajs')
const event = more => new CloudEvent({ id: '1', source: '/shop', type: 'order-created', datacontenttype: 'application/json',
  data: { order: 7 }, ...more })
const texts = headers => Object.fromEntries(Object.entries(headers).filter(([, v]) => v !== undefined).map(([k, v]) => [k, String(v)]))

const run = async () => {
  const client = new Client({ brokers: [process.argv[2]], logLevel: logLevel.NOTHING })
  const admin = client.admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic: 'orders', numPartitions: 1 }] })
  const producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  const send = ({ key, value, headers }) => producer.send({ topic: 'orders', messages: [{ key, value, headers }] })
    .then(() => 'sent', error => error.name)
  const made = Kafka.binary(event({ attempt: 2 }))
  const value = JSON.stringify(made.value)
  const seen = [['body of HTTP.binary()', typeof HTTP.binary(event({})).body], ['value of Kafka.binary()', typeof made.value],
    ['integer attribute', typeof made.headers.ce_attempt], ['sent as it is', await send(made)],
    ['sent with a text as value', await send({ ...made, value })],
    ['sent with texts as headers, too', await send({ value, headers: texts(made.headers) })]]
  const consumer = client.consumer({ groupId: 'g' })
  await consumer.connect()
  await consumer.subscribe({ topic: 'orders', fromBeginning: true })
  const message = await new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('no message came')), 90000).unref()
    consumer.run({ eachMessage: async ({ message }) => resolve(message) })
  })
  const order = message => { try { return JSON.stringify(Kafka.toEvent(message).data) } catch (e) { return `${e.name}: ${e.message}` } }
  seen.push(['read as it comes', order(message)], ['read with texts as headers', order({ ...message, headers: texts(message.headers) })])
  for (const part of [consumer, producer, admin]) await part.disconnect()
  for (const [what, outcome] of seen) console.log(`${what}: ${outcome}`)
  const expected = ['string', 'object', 'number', 'TypeError', 'TypeError', 'sent',
    'TypeError: contentType.startsWith is not a function', '{"order":7}']
  if (JSON.stringify(seen.map(([, outcome]) => outcome)) !== JSON.stringify(expected)) throw new Error('it behaves otherwise now')
}
run().catch(error => { console.error(error.message); process.exit(1) })
JS
node try.js "$address"
echo "as described"
