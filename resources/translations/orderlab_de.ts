<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>BatchEditWords</name>
    <message>
        <source>It is none of our events.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has no such field.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The value is no JSON.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BusTextWords</name>
    <message>
        <source>the in-memory bus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kafka in this process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kafka at %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events travel through a log in this process, with topics, partitions, consumer groups and offsets as Kafka has them. Gone at exit; what was not done is published again at the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kafka&apos;s protocol with three brokers in this process: nothing to install, gone at exit. A partition keeps at most 5 MiB or 100,000 messages; the relay waits rather than overrun it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events travel through the Kafka cluster at %1; workers in other processes may share the load.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start one there, choose another address, or take Kafka in this process.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name at least one broker, as in localhost:9092.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is too long: one or two brokers are enough, they tell of the others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is no HOST:PORT, as in localhost:9092.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChartTexts</name>
    <message>
        <source>failed attempts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>retries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dead letters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>events/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accepted to final</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lag, oldest event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failures and retries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events in hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DeadLetterTextWords</name>
    <message>
        <source>… (%1 bytes in all)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not one of our events: it can be discarded, not replayed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none (null)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Headers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 attempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 attempts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, partition %2, offset %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Payload</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 that %3 gave up on for this reason, from %4 to %5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are kept whole, and nothing happens to them by itself. Mend the cause first, then replay them: they go to %1 and to no other group, and its inbox still keeps effects from happening twice.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>The settings of the real system are not used. %1: %2. Change them with Ctrl+,</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EventFaces</name>
    <message>
        <source>circle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>diamond</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>triangle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>square</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pentagon</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportActionsWords</name>
    <message>
        <source>%1 is written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No table is shown. Open a tab with one, such as Orders.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the table “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv);;JSON (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>both worlds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>event flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order story</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures (*.svg *.pdf *.png)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FaultPresetsWords</name>
    <message>
        <source>once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gateway loses answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The payment gateway takes the money, but its answer is lost. Whether it was taken is unknown: only the payment key makes a second try safe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gateway times out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The payment gateway gives no answer, and nothing was done. The worker cannot tell this from a lost answer; it tries again after a pause.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handler fails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker&apos;s handler fails as it begins with an event. Nothing is committed; it is tried again with a growing pause, at most five times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deliver twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The broker brings events once more. The inbox knows them, so their effects happen once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker crashes before ack</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker is killed when its effects are durable and its offset is not: the event is delivered again. It is restarted after two seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker hangs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker stands still for five seconds while it begins with an event. Its partitions wait, or go to another member.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relay crashes after publish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The relay is killed when the log has the events and the outbox does not know it yet: they are published once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deliveries out of order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events are late by a random time, so that those of other partitions overtake them. Within a partition the order stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broker unreachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing reaches the broker. Orders are accepted all the same: their events wait in the outbox.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Database unreachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing reaches the database. Workers pause and burn no attempt; customers ask again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network slow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A call between processes takes 100 ms longer. Nothing is lost, but timeouts come closer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network narrow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The way carries 20 KB a second: the more a call carries, the later it is. Events wait in the outbox while the relay publishes those before them.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FaultTextsWords</name>
    <message>
        <source>A request is on its way to the API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer is on its way to the customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The API stores an order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An order is stored, and nobody knows yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The relay takes events from the outbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The broker takes events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events are published, not yet marked so</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events are on their way to a worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker begins with an event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The payment gateway is asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker is done, and nothing is stored yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All is stored, and the offset is not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The offset is on its way to the broker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker, at any moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database, at every call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The broker, at every call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network between all processes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system&apos;s clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It fails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes longer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process is killed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process stands still</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message is lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message comes twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neighbours change places</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done, but the answer is lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The payment is declined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clock jumps forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only so many bytes a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>begins in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transactional outbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no dual write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dual write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An order and its event are stored in one transaction. Off: first the order is saved, then its event is published; a crash in between loses the event.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inbox (deduplicate)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>effects once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>effects twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker remembers in the effect&apos;s own transaction which events it has handled. Off: an event that is delivered twice has its effects twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ack after processing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at least once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at most once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The offset is committed when the effects are durable. Off: it is committed first, and a crash then loses the event.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Idempotency key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>client retries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>orders twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A customer who heard nothing asks again under the same key and gets the same order. Off: it orders twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Payment key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gateway retries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>charges twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gateway knows a charge again by its key. Off: a charge whose answer was lost is made again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Durable inbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not in Redis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>inbox in Redis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The inbox is in the database, which forgets nothing. Off: it is in Redis, marked before an event is handled. What Redis evicts is handled again, and what was marked before a crash is never handled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No accepted order lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a customer was told is accepted is stored, and what is stored gets published.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Charged at most once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gateway&apos;s own ledger has at most one charge, less refunds, for what a customer buys once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Effects happen once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each event changes the status, the statistics and the notifications once, however often it comes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every event handled or dead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No group&apos;s offset passes an event that it has neither handled nor put into dead letters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Legal status transitions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An order goes from created to paid, failed or canceled; what is final stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offsets only advance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A group&apos;s committed offset in a partition never goes back, but on request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Per-order sequence kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A group first handles the events of one order in the order in which they happened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retries within budget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An event is tried at most five times; then it is a dead letter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All orders finish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every order ends paid, failed, canceled or in dead letters. While the system runs, those in flight may still do so: only the end of a run can show this one broken.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FlowTexts</name>
    <message>
        <source>in this process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kafka, 3 brokers in this process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kafka at %1%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order %1 · %2 · %3 %4 · %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redis is away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redis %1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redis %1 hits · %2 misses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redis is away, so the store is asked at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redis gives first looks; the store decides.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 Until now %2 hits, of which the store did not know %3, %4 misses, of which it knew %5, and %6 looks without an answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The API: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The relay: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The event bus: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The payment gateway: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topic %1: %2 published
Each row is a partition, each mark an event; the small marks below are how far each group has committed (F2 tells which), and the line is the lag of the slowest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consumer group %1
Enter shows how far it is in every partition.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events that a group gave up on. They are kept, nothing is lost.
Enter shows them, and what can be done.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MarkTexts</name>
    <message>
        <source>back in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>starting again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>circuit open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>probing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crashed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hangs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>network: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>relay: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PaletteItemsWords</name>
    <message>
        <source>action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consumer group %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Setting: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>setting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to entry %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>since the start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find entries: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PictureExportWords</name>
    <message>
        <source>%1: pictures are written as .png, .svg or .pdf.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QDockWidget</name>
    <message>
        <source>Create and break</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QDoubleSpinBox</name>
    <message>
        <source>Replays a second, at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It protects a group that has just recovered. A simulated world replays all at the moment shown.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecordTextWords</name>
    <message>
        <source>none (null)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… the first %1 of %2 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no headers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type an offset (120), a time since the start (+1.5 s), a time of day (14:03:07) or a date with a time (2026-01-31 14:03).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RowWriterWords</name>
    <message>
        <source>%1, attempt %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, on %2/%3 offset %4</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SavedFiltersWords</name>
    <message>
        <source>The name must have 1 to %1 characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text of a filter may have at most %1 characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most %1 filters are kept. Delete one first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StepRowsWords</name>
    <message>
        <source>It wrote no row: the log has the event now. The relay marks its outbox row afterwards.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It wrote no row: an attempt writes nothing before it is committed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It left no row: the attempt&apos;s transaction was rolled back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It wrote no row: the event waits in memory, and its offset is not committed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It wrote no row: the inbox had the event already, or it was not for this group.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It wrote no row: the gateway has booked nothing with this answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It wrote no row: it is what the customer&apos;s program sent or was told.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It wrote no row: it is part of the experiment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It wrote no row of this order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as it is now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+ added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>± changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>= unchanged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>− gone</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StoryWords</name>
    <message>
        <source>before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>time of day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>partition · offset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>actor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>took</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>detail</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SystemCore</name>
    <message>
        <source>%1 requests are under way. Wait until some have an answer.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TableExportWords</name>
    <message>
        <source>column %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WholeFileWords</name>
    <message>
        <source>it is no regular file</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>&apos;private&apos; (a cluster that Orderlab starts and stops), or the URL of a server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A Redis for first looks: what it has seen spares the database some questions, and nothing depends on it. redis://[:PASSWORD@]HOST:PORT/DATABASE or unix:///PATH (default: none)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A fifth of the payments fails twice before it works. Retries block their partition, so that the order of events is kept and those behind wait.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker at any moment is killed, or hangs so long that the broker gives its partitions away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker begins to handle an event. Nothing has happened yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker stands still for so long that its partitions are given to another; then it wakes up and goes on. What it does late must not count.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers get lost on the way back and customers ask again. Without the idempotency key each of them orders and pays twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As lost-answer, but without the payment key: the gateway takes the second call for a second payment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempts at an event before it becomes a dead letter, 1 to 100</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Between attempts: blocking (the partition waits, the order is kept) or topic (other events pass)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consumer groups that run in this process: all, none, or some of payment, notification, analytics, order-status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event bus: memory or kafka</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events arrive twice and no inbox remembers them: customers get their mail twice and the figures count double.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events arrive twice, late and out of order, and acknowledgements get lost: the inbox skips what it knows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events on their way to a worker come late, twice, or in another order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every call between processes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every call of the broker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every call of the database.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every seam fails, again and again, for ten seconds; with all guarantees on, no promise is broken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For --bus kafka: HOST:PORT,…, or &apos;embedded&apos; (a cluster in this process, gone at exit). The environment sets properties of librdkafka, as for TLS and SASL: ORDERLAB_KAFKA_SASL_USERNAME=… is sasl.username</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long a request with the same Idempotency-Key gets the first answer again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long analytics are kept by the minute; older ones are added up by the day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long notifications are kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long one attempt may take, in milliseconds, 1 to 3600000</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long outbox rows are kept once they are published and handled by every group; less than --keep-inbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long the inbox remembers handled events, such as 90s, 15m, 24h or 7d; a duplicate that arrives later is handled again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long the simulated payment gateway takes (median), in milliseconds, 0 to 10000</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is done, but the answer is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kafka: a unique name of this process. If it is started again with this name within 10 s, its workers keep their partitions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Members come and go all the time while workers crash and hang: partitions change hands in the middle of their work.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Members of each group, 1 to 16</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neighbouring events change places, by up to the delay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer within the caller&apos;s patience; nothing was done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing answers: unavailable at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing fails but what the test customers bring along: every promise holds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing fails, and no customer brings trouble along: what the system does on a day like that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offsets are committed before the work is done: a worker that is killed takes its events with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the way back to the customer: the order may be stored, and the customer does not know it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the way from the customer&apos;s program to the API: the request never arrives, or arrives twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One order in four can never be processed: the first attempt says so, each goes to the dead letters at once, and the others are not held back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Partitions of each topic, 1 to 64</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prefix of every consumer group&apos;s name (default: orderlab., followed by the topic prefix unless that is orders.)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prefix of every topic&apos;s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save, then publish, without an outbox: a crash in between loses the event, and the order waits for ever.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The API asks the store to keep an order, and is refused: nothing is kept, the answer is 503.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The broker is away twice, and answers get lost in between: the outbox keeps what could not be published.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The broker takes events. An answer that is lost leaves open whether it has them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clock jumps forward by the delay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database is away twice, first for two seconds, then for four: no order is accepted that cannot be kept, no attempt is burned, and all goes on by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The effects are durable and the offset is not: the event will be delivered again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gateway charges, and its answer gets lost: the attempt fails and is made again. The payment key makes it one charge.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gateway declines the payment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gateway refuses every call for three seconds, while customers go on buying. Waits that grow, and a circuit breaker, keep the retries from becoming a storm.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The handler is done and its effects are not durable: all of it rolls back, but not the gateway.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The inbox is kept in a Redis with little memory. The relay dies after publishing, so that events come again when Redis has evicted them: they are handled twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log has the events and the outbox does not know it yet: they will be published once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message arrives twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message is lost: no answer, no error, until the sender&apos;s own timeout.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The most events a second for each group, 0.1 to 1000000; 0: no limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The offset on its way to the broker is lost, so that the event is delivered again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The order is durable and nobody was told yet. Without an outbox its event exists in memory only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The payment gateway is asked. It is outside: what it did cannot be rolled back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The payment gateway is slow, then silent, then declines: handlers run into their timeout and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process is killed: what it had in memory is gone. It is restarted after the delay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process stands still for the delay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The relay takes rows of the outbox. They stay there whatever happens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The step is refused, with an error that says “try again”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The step takes the delay longer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system&apos;s clock jumps forward.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The way carries only so many bytes a second.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Three hundred customers buy within a second, and each group may handle only fifty events a second: lag grows, nobody is turned away, and the groups catch up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where orders are kept: memory or postgres (default: postgres if it is installed)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the private PostgreSQL keeps its files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workers are killed at every step: before and after the commit, before the ack, at any moment. Nothing is lost or done twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ack after processing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answer lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>canceled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>charges new orders and refunds canceled ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>clock jumped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>counts orders and revenue per minute and currency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>debug</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>declined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>discarded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>edited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>faults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gateway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hangs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>info</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>invariants</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>killed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>late</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>moves orders to paid or failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>narrow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order canceled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>out of order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>outbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>payment failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>payment refunded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>payment succeeded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>replayed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the durable inbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the idempotency key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the inbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the outbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the payment key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>writes what would be sent to the customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kafka brokers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Static membership</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Postgres</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data dir</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topic prefix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group prefix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Members</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gateway latency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry style</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Max attempts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handler timeout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Throttle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep inbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep notifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep outbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep analytics</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>counted</name>
    <message numerus="yes">
        <source>%n events</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hits</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>orderlab::ui::AboutDialog</name>
    <message>
        <source>About Orderlab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orderlab %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A desktop lab for event-driven systems. It runs a real order-processing system and shows it working: every event, attempt, retry, offset and row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.
Built with Qt %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::AmountField</name>
    <message>
        <source>Amount of: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often it happens: %1
Click to change it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The %1 %2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::Banner</name>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::BatchEditDialog</name>
    <message>
        <source>Edit many and replay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set one field of %1 dead letters, then replay them to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What changes in each dead letter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the replay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Members with dots between them, such as details.reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most, a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 changes and is replayed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 change and are replayed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 has that value already and is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 have that value already and are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 cannot be changed so and is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be changed so and are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These are the newest %1 of %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change and replay 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change and replay %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another replay is under way. Wait for its end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 of %1 replayed…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 replayed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 were decided by somebody else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped: the rest waits as before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::BatchEditModel</name>
    <message>
        <source>changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happens</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::BrokersDialog</name>
    <message>
        <source>Kafka at another address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Brokers of the cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brokers of the cluster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HOST:PORT, several with commas. Topics are named %1order-created and so on, and made where they are missing. The store stays; orders under way go on there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::BusControl</name>
    <message>
        <source>&amp;Simulated, in virtual time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In &amp;memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Kafka in this process: 3 brokers, gone at exit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kafka at &amp;another address…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In-memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kafka ▾</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kafka at %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In use: the simulated engine. The real handlers run in virtual time, without a database and a broker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A recording is shown; no engine runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switching to %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In use: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worlds in virtual time: play, go back, change, compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the simulated engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the in-memory bus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use Kafka as the bus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::CanvasPanel</name>
    <message>
        <source>Event flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Legend of the event flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the marks mean (F2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where orders stand: every accepted order is paid, failed, canceled, in dead letters or in flight, at every moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where orders stand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in-memory bus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 topics × %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 partition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 partitions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 consumer group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 consumer groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 canceled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 dead-lettered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in flight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>held: the system goes on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dots ×%1 slower than real</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>showing 1 order in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zoom %1 % · 0 fits</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::CausesModel</name>
    <message>
        <source>%1 (told above)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>! %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What led to it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ChartsPanel</name>
    <message>
        <source>Charts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Charts as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 charts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a point is %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · only the chosen range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · pale and in brackets: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the charts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures (*.svg *.pdf *.png)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ColumnsDialog</name>
    <message>
        <source>&amp;Up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns of “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space shows or hides a column.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns, from the left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Further to the left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Further to the right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width of the chosen column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OK</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::CommandPalette</name>
    <message>
        <source>Go to anything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to go to or do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an action, a panel, an order, a customer, a group, a time such as 1.083</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What fits</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::CompareView</name>
    <message>
        <source>Event flow of the other world</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event flow of the shown world</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>◂ previous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>next ▸</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 canceled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 dead-lettered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in flight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 accepted = %2 · %3 charges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all promises hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>· nothing differs at this moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>· equal parts are dim</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No order differs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In both worlds every order had the same events and the same end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 difference of %2, at %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::CreateOrdersPanel</name>
    <message>
        <source>payment declined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Declined by the gateway: the order fails.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fails twice, then works</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two attempts fail, the third is paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>past the timeout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes 10 s, longer than it may: is retried.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ends in dead letters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never works: its event becomes a dead letter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders, failures and invariants</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Currency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create this order (Ctrl+N, or Enter in a field)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Burst of 100</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>100 orders of different customers at once (Ctrl+B). One in ten is declined, one in twenty needs three attempts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steady flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steady flow, orders a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import orders…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create the orders of a CSV file (Ctrl+I): user_id, amount, currency, created_at. The same file again creates nothing twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test customers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customers whose payments go wrong in a way of their own</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::DatabasePanel</name>
    <message>
        <source>Database</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rows of each table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the database; it only reads</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::DeadLettersModel</name>
    <message>
        <source>↩ came back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>↩ came back %1×</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was replayed, and was given up again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 letter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 letters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not an event of ours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1
The newest %2 of %3 are listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dead letter of %1, order %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cause and customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Given up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::DeadLettersPanel</name>
    <message>
        <source>Correct the event&apos;s data, or one field in all of a cause, then replay (E)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit all and replay…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dead letters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dead letter was not discarded. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show dead letters that are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it back to the group that failed, after a look at what that would do (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit and replay…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decide that it is not to be done; asks first (Delete)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dead letters by cause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The selected dead letter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 cause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 causes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dead letters %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The journals tell that %1 wait.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dead letters cannot be read. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of the dead letters was given up in the chosen range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No dead letters wait.

An event that a group cannot handle, however often it tries, is kept here whole until a person decides; the events behind it go on. To see one, create an order for the customer user-poison.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has replayed a dead letter yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has discarded a dead letter yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replay all %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replay…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replay %1 of order %2 to %3?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replay all that %1 gave up on: %2?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct %1 of order %2, then replay it to %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its order is %1 now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The journal does not have the moment at which this event was given up: that was in an earlier run, or so long ago that its entries had to make room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard a record of %1 that is none of our events?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard %1 of order %2, which %3 gave up on?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to its moment	G</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::DiscardDialog</name>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its group will never do this event. That cannot be undone; the row stays, with who decided it and why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it is discarded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>why (may stay empty)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::EntryFinder</name>
    <message>
        <source>column %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::EventFlowView</name>
    <message>
        <source>
Click to see its story, double click to go to this moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>switching…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No orders in this run yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No orders yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events on their way from the API through the store and the event bus to the workers. Arrow keys go from node to node, Enter opens one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::FailuresSection</name>
    <message>
        <source>struck %1×</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has switched itself off: %1, as was asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inject failures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compose any failure: where, what, how often, when and to whom (Ctrl+M)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop all failures (Ctrl+.)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has not struck yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has struck once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has struck %1 times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 more are on that have no switch here; see More…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::FateFinder</name>
    <message>
        <source>%1: from %2 to %3 at %4, with “%5”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until %1 “%2” would have kept it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The point of no return was not found. %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::FaultsDialog</name>
    <message>
        <source>Probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most, times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begins after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes on for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bytes a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inject failures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until it is stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>65536, or such as 20KB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any, such as payment-1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any; an order&apos;s id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The failure as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the command line takes it after --fault. It can be edited here as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failures that are on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Struck</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happens there takes no time of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known at this place, so a failure there strikes all.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::FilterHeader</name>
    <message>
        <source>Show rows whose %1 contains</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>contains</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A part of it; =x: exactly x; null: NULL</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::FittedTable</name>
    <message>
        <source>Bar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Arrange columns…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset columns</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::FlowScene</name>
    <message>
        <source>API</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>create, cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>outbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>inbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>payments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dead letters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>relay %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gateway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attempt %1/%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attempt %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits for the gateway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits for the store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no members</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>busy · %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>busy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>idle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 parked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 handled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dead letters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>effects, inbox row and new events: one transaction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one transaction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order + outbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EVENT BUS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 partitions hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · lag %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lag %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>‹ %1 more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ForkDialog</name>
    <message>
        <source>Fork at %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The second world is the same until this moment. What shall be different from here on?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fork</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guarantees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no failures from here on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crash now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drawn anew from here on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>max-attempts=3  members=4  fault=gateway-call=fail,count=3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings as orderlabd fork --set takes them, separated by blanks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all as they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 to %3, at %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The member that has it in hand is killed before it begins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>comes %1 later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next deliveries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose what is different first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fork</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::GroupsModel</name>
    <message>
        <source>L: its oldest event has waited for more than a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 event behind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 events behind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Partition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Member</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Committed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lag, time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rate</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::GroupsPanel</name>
    <message>
        <source>Reset offsets…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the selected row&apos;s group go on from another place of the log (R)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consumer groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Members</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Members of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One member fewer in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One member more in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One member fewer: its partitions go to the others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One member more: partitions are shared anew. More members than partitions wait idle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last failure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the last failed attempt, crash or dead letter of the selected row&apos;s group before the moment shown (G)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consumer groups by partition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the group&apos;s last failure	G</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No group has joined yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has failed in %1 until the moment shown.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::GuaranteesSection</name>
    <message>
        <source>Guarantees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what-if switches</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::HeldRows</name>
    <message>
        <source>%1 new ▲</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows that have come above; to the top</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ImportDialog</name>
    <message>
        <source>Import orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importing %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save rejected lines…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 imported · %2 rejected · %3 already there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not imported to its end: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canceled. What was imported stays; the same file again takes up where it ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save rejected lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not written: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is the imported file itself</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::InvariantsSection</name>
    <message>
        <source>Invariants</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>broken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>holds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at %1 ▸</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: broken %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click for the order&apos;s story, at that moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first of %1. Click for the order&apos;s story at that moment, again for the next one (F3, Shift+F3).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in flight</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LabBridge</name>
    <message>
        <source>The store belongs to the processes that are watched: their tables are not read from here. Choose another engine above to see tables.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log belongs to the processes that are watched: their topics are not read from here. Choose the engine Kafka above to see topics.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LabCommands</name>
    <message>
        <source>Orders are not being created. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The order was not created. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The order was not created. %1 customers are still asking for theirs; wait until they have an answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The order was not canceled. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not scaled. %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not yet: the bus is being switched, and %1 joins there as it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The offsets of %1 were not moved. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The policies of %1 were not changed. %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now on %1, but not all workers are. %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Still on %1. %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LabFaultControl</name>
    <message>
        <source>The failures were not changed. %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LabSession</name>
    <message>
        <source>Starting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting PostgreSQL…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting to PostgreSQL…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orderlab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where orders come in: created in this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PostgreSQL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Postgres</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store: %1
Orders and their events are stored in one transaction.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No orders yet. Create one with Ctrl+N.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create one with Ctrl+N, or a hundred with Ctrl+B.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>memory store</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LabTableDesk</name>
    <message>
        <source>the store in memory, now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PostgreSQL, now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PostgreSQL keeps no earlier rows to compare with. The simulated engine, and a store in memory, can be compared.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LegendDialog</name>
    <message>
        <source>Legend of the event flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dead letter: a group gave the event up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a partition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hollow: published, its dot is still on the way here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bright: some group has not handled it yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dim: every group has handled it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>circled: of the selected order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the slowest group is so many events further back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Groups: how far each has committed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>line under events: what the slowest group has still to do (its lag)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the cards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ring: turns while the group works; yellow while it waits for the next attempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>so many members share the group&apos;s partitions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order and its outbox row, in one transaction; then the relay publishes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a handler&apos;s effects, its inbox row and new events, in one transaction</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LineChart</name>
    <message>
        <source>Click: the moment. Drag: a range for tables and charts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LiveRecorder</name>
    <message>
        <source>Only what a real system does is recorded. A simulated run can be made again at any time from its line; orderlabd simulate --journal writes it to a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is being recorded already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recorded: %1 has %2 entries, %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording has ended. %1. The file has %2 entries, %3, and can be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2 earlier or later entries are missing: the journal no longer had them.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LogModel</name>
    <message>
        <source>no longer kept: the oldest entries have made room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LogPanel</name>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show lines from this level on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>info and worse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>warnings and errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>message, group or order id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show lines that contain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show this moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only this order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No line matches these filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1; the oldest %2 were not looked through</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the newest %1 lines</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::MainWindow</name>
    <message>
        <source>Another engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n orders are under way. End the system nevertheless?</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>They are in the database, and go on when the real system is started again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store is in memory: all orders of this system are gone then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Toolbar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reset the layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As large as usual.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All is shown at %1 %. Ctrl+0: as usual.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 orders are under way. Quit nevertheless?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the orders are kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This customer was charged twice. The story at the right says why, and what would have prevented it. F3 goes to the next broken promise.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a fifth of a second before the customer is charged twice, ten times as slow. Drag the playhead in the timeline to look again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The world is still in order here. Choose what is to be otherwise from now on, and compare what becomes of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order files (*.csv);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One import runs already. Wait for its end, or cancel it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No promise is broken here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The screen has no room for more than %1 %.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The saved filters of orders could not be read. They are set aside, and there are none now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was remembered of the columns of “%1” could not be read. It is set aside, and the columns are as at first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list in front has columns that cannot be arranged. Open a tab with a table, such as Orders.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a journal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Journals (*.jsonl *.orderlab-journal *.packed);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be simulated: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This moment is not copied. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A line that begins with orderlab:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This line is not opened: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is another run than the line tells of: this version of the program makes it otherwise. The journal up to the moment has the hash %1, not %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scenarios (*.json);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::MomentDialog</name>
    <message>
        <source>This moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This moment for somebody else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>QR code of the line below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whoever reads it opens it with orderlab LINE, in the window with Ctrl+Shift+V, or with orderlabd why LINE.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no QR code of this moment: %1. Send the scenario as a file instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the scenario…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not saved: there is no code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not saved: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scenarios (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::OrdersModel</name>
    <message>
        <source>B: a promise was broken for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>D: an event of it waits among the dead letters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>R: attempts have failed, and are made again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dead-lettered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>promise broken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ Broken: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known here: the order was accepted before this journal began</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The order is of an earlier run; attempts before this start are not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, promise broken: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From acceptance to the last thing that happened to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed attempts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Took</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::OrdersPanel</name>
    <message>
        <source>The only order does not match these filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 of 1 order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show orders with status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all statuses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>customer or order id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show orders of customer, or with id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the selected order&apos;s id (Ctrl+Shift+I)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel order…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of the %1 orders matches these filters and was under way in the chosen range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of the %1 orders matches these filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the newest %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the start the newest %1 orders of earlier runs are read, and others as something happens to them. GET /orders has all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select an order first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the selected order; a payment that is under way is refunded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This order is final and cannot be canceled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to its last moment	G</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The journal has nothing of this order until the moment shown: it is of an earlier run, or so old that its entries had to make room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel order %1 of %2 over %3 %4?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A payment that is under way is refunded. This cannot be undone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::OutcomesDialog</name>
    <message>
        <source>Accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canceled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dead-lettered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In flight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Charges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refunds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed attempts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicates skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the worlds have ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcomes of all worlds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only what differs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds to the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, parts at %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>holds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ %1 times</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::PanelKind</name>
    <message>
        <source>Go to the order&apos;s story</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the database</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to topics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to dead letters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to consumer groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to charts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to traces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to worlds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to all seeds</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::PublishDialog</name>
    <message>
        <source>&quot;%1&quot; is no header: write &quot;name: value&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key must be the order&apos;s id, which is in ce_subject: it keeps the events of an order in order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Publish by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Publish a record to a topic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It goes straight to the log, without an order and without the outbox. Every group of the topic gets it, and nothing takes it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Headers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Publish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ A valid event: its groups will handle it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ No valid event: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Publish anyway…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ No valid event: %1. Each group of the topic will give it up at once: it becomes a dead letter for each of them, which can only be discarded. Publish it even so?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes, publish it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::RecordDialog</name>
    <message>
        <source>Record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record what this system does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All entries of the journal go to this file, those that are already there, too, until you stop it or it reaches its bound. Lines of JSON; packed, a seventeenth of the size, where the name ends in .packed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest size in MiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> MiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It ends at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Journals (*.jsonl *.packed);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a folder; add the name of a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace the file?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is there already. Replace it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::RecordModel</name>
    <message>
        <source>✕ no event of ours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is none of our events: %1. Each group gives it up at once, as a dead letter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A filled letter: the group has read it. A letter in a frame: it reads this record next. Faint: it has yet to come here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>next for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not yet by %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::RecordView</name>
    <message>
        <source>The selected record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key, headers and value as one JSON object (Ctrl+Shift+C)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clone…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Publish a record like this one, changed as you like</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redeliver…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give this event to one group once more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hex</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Headers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a record to see its key, headers and value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>partition %1, offset %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ No event of ours: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a record first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record is in the clipboard, as JSON.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::RecordedSession</name>
    <message>
        <source>a recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orderlab, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recorded: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the recorded orders came in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts are as the recorded journal tells them up to the moment shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No orders in this recording up to this moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press Space to play.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file ends in the middle: its recorder was ended. What is whole is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 parts of the file are damaged and left out; the first begins at byte %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 entries are of kinds that a later version knows, and left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was simulated. To change something, choose File, Simulate this recording.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is of a real system. To change something, choose File, Turn into a scenario.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recording</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::RedeliverDialog</name>
    <message>
        <source>Redeliver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is published once more, addressed to one group: all others skip it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the same event: where it was handled, the inbox skips it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As a new event, with an id of its own: its effects happen again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::RejectedLinesModel</name>
    <message>
        <source>Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it says</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ReplayDialog</name>
    <message>
        <source>Edit and replay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The event&apos;s data, as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking what that would do…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the replay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most, a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another replay is under way. Wait for its end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 of %1 replayed…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 replayed, %3 decided by somebody else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 replayed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1; stopped, the rest waits as before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ResetModel</name>
    <message>
        <source>%1 seen again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 never seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Partition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ResetOffsetsDialog</name>
    <message>
        <source>Reset offsets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let a consumer group go on from another place of the log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the reset does to each partition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The earliest event that is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The end: only new events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An offset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All that it reads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes on at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Partition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A whole number; where the log does not reach so far, its nearest event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the first event that was published then or later; at first the moment shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The group has no members here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its member finishes what it has in hand, leaves, and joins again afterwards.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its %1 members finish what they have in hand, leave, and join again afterwards.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the members, reset, start them again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The offset must be a whole number, 0 or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking what that would do…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 event comes again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 events come again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its inbox keeps those that it has handled from having their effects twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing would change: the group is there already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The inbox is off: what comes again has its effects again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The group never sees 1 event. An order that waits for it may never end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The group never sees %1 events. Orders that wait for them may never end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The members of %1 finish what they have in hand and leave…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::RowsView</name>
    <message>
        <source>%1: the chosen step of the story has touched rows here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to that moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows of the table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (a view)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows %1–%2 of more than %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows %1–%2 of %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, not at the moment shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare from here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since %1 ✕</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since the mark ✕</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare no more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark the moment shown: rows that are added, changed or gone since then are told</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a row to see who wrote it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written by %1 at %2, entry %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who wrote this row is unknown: the journal does not tell.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SavedFiltersButton</name>
    <message>
        <source>Filters ▾</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a filter that was saved, save the one that is set, or delete one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No filter is saved yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save this filter…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its name; a filter of that name is replaced</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ScenarioFromDialog</name>
    <message>
        <source>Turn into a scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making a scenario of %1, and running it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its run beside the recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulate it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No scenario was made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No order of the recording has ended: nothing can be compared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 orders end the same way in the simulation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not saved: the scenario is not made yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not saved: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scenarios (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SeedField</name>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The seed decides all that chance decides. The same seed: the same world.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Throw another seed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SeedsPanel</name>
    <message>
        <source>all hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A simulated world can be run with many seeds at once, to see how often a promise breaks. Choose “Simulated” above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First broken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promises</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many seeds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> seeds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This world, as it is now, with seeds from 1 on. Choose one to be in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 of %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 accepted, %2 paid · %3 charges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All promises hold in all %1 worlds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A promise is broken in %1 of %2 worlds.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SelectView</name>
    <message>
        <source>SELECT statement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run this SELECT (Ctrl+Enter). It only reads, for at most 5 s and 1,000 rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the database would run it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History ▾</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows of the SELECT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SequenceView</name>
    <message>
        <source>before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequence of the order&apos;s events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gateway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SeriesTable</name>
    <message>
        <source>%1, other world</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::Session</name>
    <message>
        <source>%1 Trying again every two seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A service is away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store is away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not running</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search in the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search in all settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No setting fits. Clear the search to see all of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start it again now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes back what was chosen since this dialog was opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a sentence about a setting, and when it is in force</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a sentence about a setting, and why it is fixed</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is forgotten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits until the real system is started again: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the names of settings</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>setting “%1”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ShortcutsDialog</name>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From node to node</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>arrow keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a node, let go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter, Escape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Larger, smaller, fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+, −, 0, Ctrl+wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One entry back or forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>←, →</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the start, to the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Home, End</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+, −, 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables and lists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the moment of a row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter, G</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy a row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+C</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failures and guarantees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From switch to switch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>↑, ↓</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the amount and back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>→, ←</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SimulatedCommands</name>
    <message>
        <source>A simulated world has its own bus. To use another, choose the engine In-memory or Kafka.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders are imported into the real system: choose the engine In-memory or Kafka.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happens in a simulated world follows from its seed and its changes; an event by hand is none of them yet. Choose the engine In-memory or Kafka to publish one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 orders a second for %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancel order %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reset the offsets of %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SimulatedDeadLetterDesk</name>
    <message>
        <source>replay %1 dead letters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>discard a dead letter</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SimulatedFaultControl</name>
    <message>
        <source>stop %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stop all failures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>other failures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>guarantees</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SimulatedSession</name>
    <message>
        <source>memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making the world…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orderlab, simulated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>simulated: the real handlers in virtual time · %1 consumer groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>simulated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the orders of the simulated customers come in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store of the simulated world, as of the moment shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No orders yet at this moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press Space to play, or create an order with Ctrl+N.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>virtual time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated worlds need no database and no broker.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SimulatedTableDesk</name>
    <message>
        <source>from the scenario and seed in the recording</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::StatusBanners</name>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts it once more as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps the orders of this run, and its PostgreSQL, in a folder that you choose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep in memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts without a database: the orders of this run are gone when the window closes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switching to %1: workers finish what they have in hand, new orders are accepted and wait in the outbox…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::StatusLine</name>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the orders are kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The event bus in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The moment that all panels show, and the chosen range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events published and handled, a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders in flight and events in the outbox, at the moment shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the window has said, the latest first. Choose one to copy it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bus: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>follows what happens now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>held, %1 behind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>entry %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 events/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in flight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in flight · outbox %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1  %2</source>
        <comment>a time of day and a sentence</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no notices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 notices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>range %1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::StepDetail</name>
    <message>
        <source>Event detail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Headers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Headers of the event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Payload</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Payload of the event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for the event…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known here: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known while the system does not run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No table knows this event or its order any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the outbox, as it was emitted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the dead letter that keeps it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the retry topic, where it waits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No table has the event itself any more. This is what the rows of its order and payment say it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A reason, if it gave one, is not known.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::StepRowsView</name>
    <message>
        <source>Rows that the step has written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in the database</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opens the table with these rows only (Enter on a row)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a step to see the rows that it wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This step is too long ago: the journal no longer keeps the moment at which it wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right after this step, and what it was right before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As they are now: this system keeps no earlier rows, and later steps may have changed them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the store knows of this order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for the rows…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known here: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known while the system does not run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No row of it is there any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::StoryModel</name>
    <message>
        <source>What happened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clock</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::StoryPanel</name>
    <message>
        <source>The journal of this run has nothing about this order: it was made in an earlier run, or so long ago that its entries had to make room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows this order and another one side by side, step by step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detail of the order&apos;s story</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chosen step: its entry, and the event&apos;s headers and payload</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rows of the tables that the chosen step has written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Causes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What led to how it ended, the latest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The story as a list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What led to how the order ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click on the first title to choose what the times mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times since the order&apos;s beginning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times since the step before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times since the run&apos;s beginning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times of day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 failed attempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 failed attempts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 duplicate skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 duplicates skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>charged %1 times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refunded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order story</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select an order in the table, or click one of its events in the event flow, to see everything that happened to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also show notification and analytics, which follow along but decide nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All steps of the story</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SystemCommands</name>
    <message>
        <source>Not yet: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::TablePageModel</name>
    <message>
        <source>+ added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>± changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>− gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The row as it was at the marked moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1
was: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(an empty text)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2 (key)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::TimelinePanel</name>
    <message>
        <source>order %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chosen range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables and charts show only what was under way in this range. Click or press Escape to see all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A lane for each consumer group (G)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fork here…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A second world that is the same until here (F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show what happens now (L)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>find: attempt-failed group=payment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entries by kind and fields, and by what came before or after: gateway-charged and preceded-by gateway-charged same order. Enter: the next one, Shift+Enter: the one before (Ctrl+Shift+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When the broken promise became inevitable: many worlds are run from each moment before it (Ctrl+Shift+P)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No promise is broken in this world.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 % · cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Point of no return</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no hit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · entry %2 of %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now · %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 behind · catch up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 to %2 ✕</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark this moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::TimelineView</name>
    <message>
        <source>Nothing has happened yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run from its start to its end. Left and right go an entry back and forward, with Shift of the same order, with Control of the same worker. Square brackets go to trouble, Space plays. I and O begin and end a range, Escape lets it go. G shows a lane for each group.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dead letter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>broken promise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::Toolbar</name>
    <message>
        <source>Engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>virtual time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop all failures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show them…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch all guarantees on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording to %1: %2 entries, %3 written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 failure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 failures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 failure on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 failures on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop them all with Ctrl+.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 guarantees off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 invariants hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>invariants not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing runs yet that could keep or break them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checked with every entry of the journal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click for the story of the first violation (F3 for the next one)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::TopicsPanel</name>
    <message>
        <source>Topics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Partition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all partitions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which records come first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>oldest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to an offset or a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>offset or time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter goes to an offset (120), a time since the start (+1.5 s), a time of day (14:03:07) or a date with a time (2026-01-31 14:03).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show records that contain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text, key:…, type:…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter looks for records with this text in key, headers or value. key:ada looks in the key alone, type:failed in the event&apos;s type; type:none finds what is no event.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Publish…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a record and publish it to a topic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Records of the topic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look no further: what was found so far is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other programs&apos; topics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: records %2, partitions %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>partition %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for topics…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking through the topic…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No record matches among the %1 that were looked at. &quot;Look on&quot; goes through more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No record matches these words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no record beyond this place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a topic.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No record yet at this moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looking: %1 of %2 records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 found among %2 of %3 records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 records, page %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>◂ Newer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>◂ Older</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look on ▸</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Older ▸</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newer ▸</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is none of our events: no group can handle it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No group reads this topic.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the topics of our events are published to; others are only read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This record is older than what the journal knows: there is no moment to go to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show this moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only this key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clone…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record is published.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clone is published.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of order %2, offset %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The event is published once more, for %1 only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1. It is only read here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record was not published. %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::TracesPanel</name>
    <message>
        <source>Traces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spans of the order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The selected span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>trace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>event +%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select an order in a table, or click one of its events in the event flow, to see its trace: each sending, attempt and call with the time it took, as they are exported to OpenTelemetry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing of this order has ended yet, or its entries are no longer kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 span</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 spans</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order %1 · %2 · %3 in all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2 with an error</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::Transport</name>
    <message>
        <source>Back to where one was (Alt+←)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forward again (Alt+→)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the start (Home)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One entry back (←)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One entry forward (→)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To what happens now (L)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the end (End)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed of the animation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed of the animation. The system itself always runs in real time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed of virtual time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed of virtual time: from a tenth to a thousand times that of a clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold what is shown (Space). The system goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on from the moment that is shown (Space)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold what is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::TwoOrdersDialog</name>
    <message>
        <source>Two orders side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare order %1 &amp;with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the end of an order&apos;s id, or a customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the order that is selected in the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select another order in the table or in the event flow, and it stands at the right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequence of the first order&apos;s events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequence of the second order&apos;s events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps of both orders side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No other order&apos;s id ends with “%1”, and no customer is called so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 orders are meant by “%2”: write more of the id.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no order yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the end of another order&apos;s id, or select an order in the window&apos;s table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The journal tells nothing of order %1: it was made in an earlier run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same happened to both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 step differs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 steps differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(≠ another outcome, ◂ only at the left, ▸ only at the right).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::TwoStoriesModel</name>
    <message>
        <source>the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the same step, with another outcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only in the story at the left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only in the story at the right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>! %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::UndoDesk</name>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>members of %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failure “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no failure “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no failures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>guarantees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steady flow %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hide %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>filter of %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WatchedCommands</name>
    <message>
        <source>This window is attached to systems that run elsewhere and only looks at them. To change something, use their API or orderlabd, or start a window without --attach.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dead letters lie in a store elsewhere. To decide about them, use orderlabd dead-letters, or the API there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a recording: it can be looked at, not changed. It can be made a world (File, Simulate this recording, or Turn into a scenario).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WatchedSession</name>
    <message>
        <source>Looking for shared journals on Kafka at %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orderlab, attached to Kafka at %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attached to %1. It shows what orderlabd serve --share-journal tells, and changes nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attached to Kafka at %1 · read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shared journals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where orders come in: at processes elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stores of processes elsewhere: counts are as their journals tell them since they were first heard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No orders in the shared journals yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processes started with --share-journal show theirs here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n processes</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody shares a journal there yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They share their journals:
%1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WelcomeDialog</name>
    <message>
        <source>Welcome to Orderlab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How do you want to begin?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch a simulated world</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The real services in virtual time. Drag the playhead back and forth, change something, compare. Needs no database.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the real system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders in PostgreSQL, events in memory or on Kafka, in real time. Starts a PostgreSQL of its own where none is given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow orders through a day on which nothing goes wrong, slowly, before things break.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine can be changed at any time in the toolbar. This page comes back with Help, Welcome.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Three things to try</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See why a customer was charged twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go back in time to just before it happened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mend it there, and compare both futures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1.  %2</source>
        <comment>a number and something to try</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WhyBox</name>
    <message>
        <source>‹ previous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous broken promise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>next ›</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next broken promise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ %1: broken %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ %1: broken %2 times, %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click on the time to go to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>broken promise %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2 in all)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WindowFiles</name>
    <message>
        <source>Nothing is recorded. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not there any more, and was taken off the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kafka brokers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kafka at %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Clear the list</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WindowLayouts</name>
    <message>
        <source>The layout is not kept: its name must have 1 to %1 letters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layout is not kept: this window remembers nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layout is not kept: there are %1 layouts, which is the most. Delete one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layout “%1” is kept: View, Layouts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep this layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a layout “%1”. Replace it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layout “%1” is of another version of the program, and is not taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layout “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>delete the layout “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layout “%1” is deleted. Ctrl+Z brings it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None has a name yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keep this layout…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset the layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No panel is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1:</source>
        <comment>the panel that is moved</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the &amp;left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the &amp;right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the &amp;bottom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Into a &amp;window of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>move %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WindowMemory</name>
    <message>
        <source>Size of the window and places of the panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the window was left last.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layouts with a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Those of the View menu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files, brokers and scenarios that were opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Those of File, Open recent. The files themselves stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SELECT statements</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Those that were run in the Database panel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder and bound of recordings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the last recording was made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine of the last start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without it the next start asks how to begin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings file could not be read and was set aside as %1. The window starts with the usual settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings file %1 can neither be read nor be set aside: nothing is remembered.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WindowMenus</name>
    <message>
        <source>&amp;Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the &amp;start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To what happens &amp;now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the &amp;end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Back to where one was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;orward again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous &amp;trouble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ne&amp;xt trouble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous broken promise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next broken promise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Mark this moment…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find entr&amp;ies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Go to the timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Point of &amp;no return</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy this moment as a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show this moment as a &amp;QR code…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fork here…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Empty world</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From a &amp;file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Burst of 100</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Import orders…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open a journal…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a &amp;moment…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the &amp;table…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export a &amp;picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy the selected order&apos;s id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find in this list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Simulate this recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Turn into a scenario…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recording is not open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is of a real system: turn it into a scenario first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is of a simulated run and has its scenario: simulate it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;cord…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop re&amp;cording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the event flo&amp;w</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to &amp;anything…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns of this list…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Le&amp;gend of the event flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layo&amp;uts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Move the panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset the layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Status bar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;ailures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Go to failures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Compose a failure…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop all failures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch all guarantees &amp;on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset a group&apos;s offsets…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;imulate a scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Welcome, and three things to try…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Orderlab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Follow the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High &amp;contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Larger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small&amp;er</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usual si&amp;ze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event fl&amp;ow alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event flow &amp;larger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event flow &amp;smaller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fit the event flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;duce motion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing glides, turns or pulses: events jump from place to place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next part of the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pre&amp;vious part of the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;ngine</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WindowSettings</name>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The colours of the whole window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language of the window. The command line and files speak English.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With the next start of Orderlab.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This window remembers nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How large all of the window is (Ctrl++, Ctrl+−).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>a zoom</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing glides, turns or pulses: events jump from place to place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status bar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The line at the lower edge: what runs, the moment, rates and notices.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layout of the panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All panels are shown where they are at the first start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All keys of the window (F1).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Real system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With the next start of the real system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as usual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as usual: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set by %1, which wins: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remembered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is forgotten for good: Cancel does not bring it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is remembered.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::Worlds</name>
    <message>
        <source>This world cannot be run. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At %1 s this cannot be done: %2. %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A world has at most %1 changes. Undo some, or begin another world.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>remove “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are %1 worlds, which is the most. Remove one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stop all failures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stop %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancel order %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crash %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>replay a dead letter of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>discard a dead letter of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reset the offsets of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>chance anew (%1)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WorldsPanel</name>
    <message>
        <source>all hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 accepted, %2 paid, %3 failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %1 dead-lettered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %1 in flight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · %1 charges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worlds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The simulated engine has worlds: runs in virtual time that can be played back and forth, changed at any moment, and forked. Choose “Simulated” above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>World</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promises</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a world to be in it. Fork another at the playhead with F.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another world beside the one that is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget world</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change in this world</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes in this world</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is changed in this world yet. Flip a switch, place an order or scale a group: it happens at the playhead, and stands here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you do at the playhead becomes a change here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The world is made again without this change (undo with Ctrl+Z)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;All worlds in a table…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
