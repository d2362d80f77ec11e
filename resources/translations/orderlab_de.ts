<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>BatchEditWords</name>
    <message>
        <source>It is none of our events.</source>
        <translation>Das ist keines unserer Ereignisse.</translation>
    </message>
    <message>
        <source>It has no such field.</source>
        <translation>Dieses Feld gibt es dort nicht.</translation>
    </message>
    <message>
        <source>The value is no JSON.</source>
        <translation>Der Wert ist kein JSON.</translation>
    </message>
</context>
<context>
    <name>BusTextWords</name>
    <message>
        <source>the in-memory bus</source>
        <translation>Bus im Speicher</translation>
    </message>
    <message>
        <source>Kafka in this process</source>
        <translation>Kafka in diesem Prozess</translation>
    </message>
    <message>
        <source>Kafka at %1</source>
        <translation>Kafka bei %1</translation>
    </message>
    <message>
        <source>Events travel through a log in this process, with topics, partitions, consumer groups and offsets as Kafka has them. Gone at exit; what was not done is published again at the next start.</source>
        <translation>Ereignisse laufen durch ein Log in diesem Prozess, mit Topics, Partitionen, Consumer-Gruppen und Offsets wie bei Kafka. Beim Beenden weg; was nicht erledigt war, wird beim nächsten Start noch einmal veröffentlicht.</translation>
    </message>
    <message>
        <source>Kafka&apos;s protocol with three brokers in this process: nothing to install, gone at exit. A partition keeps at most 5 MiB or 100,000 messages; the relay waits rather than overrun it.</source>
        <translation>Kafkas Protokoll mit drei Brokern in diesem Prozess: nichts zu installieren, beim Beenden weg. Eine Partition hält höchstens 5 MiB oder 100.000 Nachrichten; das Relay wartet, statt sie zu überfüllen.</translation>
    </message>
    <message>
        <source>Events travel through the Kafka cluster at %1; workers in other processes may share the load.</source>
        <translation>Ereignisse laufen durch den Kafka-Cluster bei %1; Worker in anderen Prozessen können sich an der Arbeit beteiligen.</translation>
    </message>
    <message>
        <source>Start one there, choose another address, or take Kafka in this process.</source>
        <translation>Starten Sie dort einen, wählen Sie eine andere Adresse, oder nehmen Sie Kafka in diesem Prozess.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>Name at least one broker, as in localhost:9092.</source>
        <translation>Geben Sie mindestens einen Broker an, etwa localhost:9092.</translation>
    </message>
    <message>
        <source>That is too long: one or two brokers are enough, they tell of the others.</source>
        <translation>Das ist zu lang: Ein oder zwei Broker genügen, sie nennen die anderen.</translation>
    </message>
    <message>
        <source>“%1” is no HOST:PORT, as in localhost:9092.</source>
        <translation>„%1“ ist kein HOST:PORT wie localhost:9092.</translation>
    </message>
</context>
<context>
    <name>ChartTexts</name>
    <message>
        <source>failed attempts</source>
        <translation>Fehlversuche</translation>
    </message>
    <message>
        <source>retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>dead letters</source>
        <translation>Dead Letters</translation>
    </message>
    <message>
        <source>waiting rows</source>
        <translation>wartende Zeilen</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>events/s</source>
        <translation>Ereignisse/s</translation>
    </message>
    <message>
        <source>Accepted to final</source>
        <translation>Annahme bis Ende</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>Rückstand</translation>
    </message>
    <message>
        <source>events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Lag, oldest event</source>
        <translation>Alter des Rückstands</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>Failures and retries</source>
        <translation>Fehler und Wiederholungen</translation>
    </message>
    <message>
        <source>a second</source>
        <translation>pro Sekunde</translation>
    </message>
    <message>
        <source>Events in hand</source>
        <translation>Ereignisse in Arbeit</translation>
    </message>
    <message>
        <source>on average</source>
        <translation>im Mittel</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>Outbox</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
</context>
<context>
    <name>DeadLetterTextWords</name>
    <message>
        <source>… (%1 bytes in all)</source>
        <translation>… (insgesamt %1 Bytes)</translation>
    </message>
    <message>
        <source>Not one of our events: it can be discarded, not replayed</source>
        <translation>Kein eigenes Ereignis: lässt sich verwerfen, nicht erneut zustellen</translation>
    </message>
    <message>
        <source>none (null)</source>
        <translation>keiner (null)</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Entschieden</translation>
    </message>
    <message>
        <source>from</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>%1, partition %2, offset %3</source>
        <translation>%1, Partition %2, Offset %3</translation>
    </message>
    <message>
        <source>group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>order</source>
        <translation>Bestellung</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>One event</source>
        <translation>Ein Ereignis</translation>
    </message>
    <message>
        <source>%1 of %2 that %3 gave up on for this reason, from %4 to %5.</source>
        <translation>%1 aus %2, aus diesem Grund von %3 aufgegeben, zwischen %4 und %5.</translation>
    </message>
    <message>
        <source>They are kept whole, and nothing happens to them by itself. Mend the cause first, then replay them: they go to %1 and to no other group, and its inbox still keeps effects from happening twice.</source>
        <translation>Sie bleiben vollständig erhalten, und von selbst geschieht nichts mit ihnen. Beheben Sie zuerst die Ursache, und stellen Sie sie dann erneut zu: Sie gehen an %1 und an keine andere Gruppe, und deren Inbox verhindert weiterhin, dass Wirkungen doppelt eintreten.</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>The settings of the real system are not used. %1: %2. Change them with Ctrl+,</source>
        <translation>Die Einstellungen des echten Systems werden nicht verwendet. %1: %2. Ändern mit Strg+,</translation>
    </message>
</context>
<context>
    <name>EventFaces</name>
    <message>
        <source>circle</source>
        <translation>Kreis</translation>
    </message>
    <message>
        <source>diamond</source>
        <translation>Raute</translation>
    </message>
    <message>
        <source>triangle</source>
        <translation>Dreieck</translation>
    </message>
    <message>
        <source>square</source>
        <translation>Quadrat</translation>
    </message>
    <message>
        <source>pentagon</source>
        <translation>Fünfeck</translation>
    </message>
</context>
<context>
    <name>ExportActionsWords</name>
    <message>
        <source>%1 is written.</source>
        <translation>%1 ist geschrieben.</translation>
    </message>
    <message>
        <source>No table is shown. Open a tab with one, such as Orders.</source>
        <translation>Es ist keine Tabelle zu sehen. Öffnen Sie einen Reiter mit einer, etwa „Bestellungen“.</translation>
    </message>
    <message>
        <source>Export the table “%1”</source>
        <translation>Tabelle „%1“ exportieren</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv);;JSON (*.json)</source>
        <translation>Kommagetrennte Werte (*.csv);;JSON (*.json)</translation>
    </message>
    <message>
        <source>both worlds</source>
        <translation>beide Welten</translation>
    </message>
    <message>
        <source>event flow</source>
        <translation>Ereignisfluss</translation>
    </message>
    <message>
        <source>order story</source>
        <translation>Bestellverlauf</translation>
    </message>
    <message>
        <source>Export a picture</source>
        <translation>Bild exportieren</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>Wovon</translation>
    </message>
    <message>
        <source>Pictures (*.svg *.pdf *.png)</source>
        <translation>Bilder (*.svg *.pdf *.png)</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
</context>
<context>
    <name>FaultPresetsWords</name>
    <message>
        <source>once</source>
        <translation>einmal</translation>
    </message>
    <message>
        <source>%1 times</source>
        <translation>%1-mal</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>%1 lang</translation>
    </message>
    <message>
        <source>Gateway loses answers</source>
        <translation>Gateway verliert Antworten</translation>
    </message>
    <message>
        <source>The payment gateway takes the money, but its answer is lost. Whether it was taken is unknown: only the payment key makes a second try safe.</source>
        <translation>Das Zahlungs-Gateway nimmt das Geld, aber seine Antwort geht verloren. Ob abgebucht wurde, ist unbekannt: Nur der Zahlungsschlüssel macht einen zweiten Versuch sicher.</translation>
    </message>
    <message>
        <source>Gateway times out</source>
        <translation>Gateway antwortet nicht</translation>
    </message>
    <message>
        <source>The payment gateway gives no answer, and nothing was done. The worker cannot tell this from a lost answer; it tries again after a pause.</source>
        <translation>Das Zahlungs-Gateway antwortet nicht, und nichts wurde getan. Der Worker kann das nicht von einer verlorenen Antwort unterscheiden; er versucht es nach einer Pause erneut.</translation>
    </message>
    <message>
        <source>Handler fails</source>
        <translation>Handler scheitert</translation>
    </message>
    <message>
        <source>A worker&apos;s handler fails as it begins with an event. Nothing is committed; it is tried again with a growing pause, at most five times.</source>
        <translation>Der Handler eines Workers scheitert, sobald er ein Ereignis beginnt. Nichts wird gespeichert; der Versuch wird mit wachsender Pause wiederholt, höchstens fünfmal.</translation>
    </message>
    <message>
        <source>Deliver twice</source>
        <translation>Doppelt zustellen</translation>
    </message>
    <message>
        <source>The broker brings events once more. The inbox knows them, so their effects happen once.</source>
        <translation>Der Broker bringt Ereignisse noch einmal. Die Inbox kennt sie, also treten ihre Wirkungen nur einmal ein.</translation>
    </message>
    <message>
        <source>Worker crashes before ack</source>
        <translation>Worker-Absturz vor Ack</translation>
    </message>
    <message>
        <source>A worker is killed when its effects are durable and its offset is not: the event is delivered again. It is restarted after two seconds.</source>
        <translation>Ein Worker wird abgeschossen, wenn seine Wirkungen dauerhaft sind, sein Offset aber nicht: Das Ereignis wird erneut zugestellt. Nach zwei Sekunden wird er neu gestartet.</translation>
    </message>
    <message>
        <source>Worker hangs</source>
        <translation>Worker hängt</translation>
    </message>
    <message>
        <source>A worker stands still for five seconds while it begins with an event. Its partitions wait, or go to another member.</source>
        <translation>Ein Worker steht fünf Sekunden still, wenn er ein Ereignis beginnt. Seine Partitionen warten oder gehen an ein anderes Mitglied.</translation>
    </message>
    <message>
        <source>Relay crashes after publish</source>
        <translation>Relay-Absturz</translation>
    </message>
    <message>
        <source>The relay is killed when the log has the events and the outbox does not know it yet: they are published once more.</source>
        <translation>Das Relay wird abgeschossen, wenn das Log die Ereignisse hat und die Outbox es noch nicht weiß: Sie werden noch einmal veröffentlicht.</translation>
    </message>
    <message>
        <source>Deliveries out of order</source>
        <translation>Zustellungen vertauscht</translation>
    </message>
    <message>
        <source>Events are late by a random time, so that those of other partitions overtake them. Within a partition the order stays.</source>
        <translation>Ereignisse verspäten sich um eine zufällige Zeit, sodass die aus anderen Partitionen sie überholen. Innerhalb einer Partition bleibt die Reihenfolge.</translation>
    </message>
    <message>
        <source>Broker unreachable</source>
        <translation>Broker nicht erreichbar</translation>
    </message>
    <message>
        <source>Nothing reaches the broker. Orders are accepted all the same: their events wait in the outbox.</source>
        <translation>Nichts erreicht den Broker. Bestellungen werden trotzdem angenommen: Ihre Ereignisse warten in der Outbox.</translation>
    </message>
    <message>
        <source>Database unreachable</source>
        <translation>Datenbank nicht erreichbar</translation>
    </message>
    <message>
        <source>Nothing reaches the database. Workers pause and burn no attempt; customers ask again.</source>
        <translation>Nichts erreicht die Datenbank. Worker pausieren und verbrauchen keinen Versuch; Kunden fragen erneut.</translation>
    </message>
    <message>
        <source>Network slow</source>
        <translation>Netz langsam</translation>
    </message>
    <message>
        <source>A call between processes takes 100 ms longer. Nothing is lost, but timeouts come closer.</source>
        <translation>Ein Aufruf zwischen Prozessen dauert 100 ms länger. Nichts geht verloren, aber Timeouts rücken näher.</translation>
    </message>
    <message>
        <source>Network narrow</source>
        <translation>Netz schmal</translation>
    </message>
    <message>
        <source>The way carries 20 KB a second: the more a call carries, the later it is. Events wait in the outbox while the relay publishes those before them.</source>
        <translation>Die Strecke überträgt 20 KB pro Sekunde: Je mehr ein Aufruf überträgt, desto später kommt er an. Ereignisse warten in der Outbox, während das Relay die vor ihnen veröffentlicht.</translation>
    </message>
</context>
<context>
    <name>FaultTextsWords</name>
    <message>
        <source>A request is on its way to the API</source>
        <translation>Eine Anfrage ist auf dem Weg zur API</translation>
    </message>
    <message>
        <source>The answer is on its way to the customer</source>
        <translation>Die Antwort ist auf dem Weg zum Kunden</translation>
    </message>
    <message>
        <source>The API stores an order</source>
        <translation>Die API speichert eine Bestellung</translation>
    </message>
    <message>
        <source>An order is stored, and nobody knows yet</source>
        <translation>Bestellung gespeichert, und keiner weiß es</translation>
    </message>
    <message>
        <source>The relay takes events from the outbox</source>
        <translation>Das Relay holt Ereignisse aus der Outbox</translation>
    </message>
    <message>
        <source>The broker takes events</source>
        <translation>Der Broker nimmt Ereignisse an</translation>
    </message>
    <message>
        <source>Events are published, not yet marked so</source>
        <translation>Ereignisse veröffentlicht, noch nicht so markiert</translation>
    </message>
    <message>
        <source>Events are on their way to a worker</source>
        <translation>Ereignisse sind auf dem Weg zu einem Worker</translation>
    </message>
    <message>
        <source>A worker begins with an event</source>
        <translation>Ein Worker beginnt mit einem Ereignis</translation>
    </message>
    <message>
        <source>The payment gateway is asked</source>
        <translation>Das Zahlungs-Gateway wird aufgerufen</translation>
    </message>
    <message>
        <source>A worker is done, and nothing is stored yet</source>
        <translation>Ein Worker ist fertig, und noch ist nichts gespeichert</translation>
    </message>
    <message>
        <source>All is stored, and the offset is not</source>
        <translation>Alles ist gespeichert, nur der Offset nicht</translation>
    </message>
    <message>
        <source>The offset is on its way to the broker</source>
        <translation>Der Offset ist auf dem Weg zum Broker</translation>
    </message>
    <message>
        <source>A worker, at any moment</source>
        <translation>Ein Worker, in jedem Moment</translation>
    </message>
    <message>
        <source>The database, at every call</source>
        <translation>Die Datenbank, bei jedem Aufruf</translation>
    </message>
    <message>
        <source>The broker, at every call</source>
        <translation>Der Broker, bei jedem Aufruf</translation>
    </message>
    <message>
        <source>The network between all processes</source>
        <translation>Das Netz zwischen allen Prozessen</translation>
    </message>
    <message>
        <source>The system&apos;s clock</source>
        <translation>Die Uhr des Systems</translation>
    </message>
    <message>
        <source>It fails</source>
        <translation>Schlägt fehl</translation>
    </message>
    <message>
        <source>It takes longer</source>
        <translation>Dauert länger</translation>
    </message>
    <message>
        <source>The process is killed</source>
        <translation>Der Prozess wird abgeschossen</translation>
    </message>
    <message>
        <source>The process stands still</source>
        <translation>Der Prozess steht still</translation>
    </message>
    <message>
        <source>The message is lost</source>
        <translation>Die Nachricht geht verloren</translation>
    </message>
    <message>
        <source>The message comes twice</source>
        <translation>Die Nachricht kommt doppelt</translation>
    </message>
    <message>
        <source>Neighbours change places</source>
        <translation>Nachbarn tauschen die Plätze</translation>
    </message>
    <message>
        <source>Done, but the answer is lost</source>
        <translation>Getan, aber die Antwort geht verloren</translation>
    </message>
    <message>
        <source>The payment is declined</source>
        <translation>Die Zahlung wird abgelehnt</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>Antwort bleibt aus</translation>
    </message>
    <message>
        <source>Nothing answers</source>
        <translation>Nichts antwortet</translation>
    </message>
    <message>
        <source>The clock jumps forward</source>
        <translation>Die Uhr springt vor</translation>
    </message>
    <message>
        <source>Only so many bytes a second</source>
        <translation>Nur so viele Bytes pro Sekunde</translation>
    </message>
    <message>
        <source>begins in %1</source>
        <translation>beginnt in %1</translation>
    </message>
    <message>
        <source>%1 of %2 left</source>
        <translation>noch %1 von %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Transactional outbox</source>
        <translation>Outbox</translation>
    </message>
    <message>
        <source>no dual write</source>
        <translation>kein Dual Write</translation>
    </message>
    <message>
        <source>dual write</source>
        <translation>Dual Write</translation>
    </message>
    <message>
        <source>An order and its event are stored in one transaction. Off: first the order is saved, then its event is published; a crash in between loses the event.</source>
        <translation>Eine Bestellung und ihr Ereignis werden in einer Transaktion gespeichert. Aus: Erst wird die Bestellung gespeichert, dann ihr Ereignis veröffentlicht; ein Absturz dazwischen verliert das Ereignis.</translation>
    </message>
    <message>
        <source>Inbox (deduplicate)</source>
        <translation>Inbox</translation>
    </message>
    <message>
        <source>effects once</source>
        <translation>Wirkung einmal</translation>
    </message>
    <message>
        <source>effects twice</source>
        <translation>Wirkung doppelt</translation>
    </message>
    <message>
        <source>A worker remembers in the effect&apos;s own transaction which events it has handled. Off: an event that is delivered twice has its effects twice.</source>
        <translation>Ein Worker merkt sich in derselben Transaktion wie die Wirkung, welche Ereignisse er verarbeitet hat. Aus: Ein doppelt zugestelltes Ereignis hat seine Wirkungen doppelt.</translation>
    </message>
    <message>
        <source>Ack after processing</source>
        <translation>Ack am Ende</translation>
    </message>
    <message>
        <source>at least once</source>
        <translation>mindestens einmal</translation>
    </message>
    <message>
        <source>at most once</source>
        <translation>höchstens einmal</translation>
    </message>
    <message>
        <source>The offset is committed when the effects are durable. Off: it is committed first, and a crash then loses the event.</source>
        <translation>Der Offset wird committet, wenn die Wirkungen dauerhaft sind. Aus: Er wird zuerst committet, und ein Absturz verliert dann das Ereignis.</translation>
    </message>
    <message>
        <source>Idempotency key</source>
        <translation>Idempotenz-Key</translation>
    </message>
    <message>
        <source>client retries</source>
        <translation>Kunde wiederholt</translation>
    </message>
    <message>
        <source>orders twice</source>
        <translation>bestellt doppelt</translation>
    </message>
    <message>
        <source>A customer who heard nothing asks again under the same key and gets the same order. Off: it orders twice.</source>
        <translation>Ein Kunde, der keine Antwort bekam, fragt unter demselben Schlüssel erneut und bekommt dieselbe Bestellung. Aus: Er bestellt doppelt.</translation>
    </message>
    <message>
        <source>Payment key</source>
        <translation>Zahlungsschlüssel</translation>
    </message>
    <message>
        <source>gateway retries</source>
        <translation>Worker wiederholt</translation>
    </message>
    <message>
        <source>charges twice</source>
        <translation>bucht doppelt ab</translation>
    </message>
    <message>
        <source>The gateway knows a charge again by its key. Off: a charge whose answer was lost is made again.</source>
        <translation>Das Gateway erkennt eine Abbuchung an ihrem Schlüssel wieder. Aus: Eine Abbuchung, deren Antwort verloren ging, geschieht noch einmal.</translation>
    </message>
    <message>
        <source>Durable inbox</source>
        <translation>Dauerhafte Inbox</translation>
    </message>
    <message>
        <source>not in Redis</source>
        <translation>nicht in Redis</translation>
    </message>
    <message>
        <source>inbox in Redis</source>
        <translation>Inbox in Redis</translation>
    </message>
    <message>
        <source>The inbox is in the database, which forgets nothing. Off: it is in Redis, marked before an event is handled. What Redis evicts is handled again, and what was marked before a crash is never handled.</source>
        <translation>Die Inbox liegt in der Datenbank, die nichts vergisst. Aus: Sie liegt in Redis, und ein Ereignis wird markiert, bevor es verarbeitet ist. Was Redis verdrängt, wird noch einmal verarbeitet, und was vor einem Absturz markiert wurde, nie.</translation>
    </message>
    <message>
        <source>No accepted order lost</source>
        <translation>Keine Bestellung verloren</translation>
    </message>
    <message>
        <source>What a customer was told is accepted is stored, and what is stored gets published.</source>
        <translation>Was einem Kunden als angenommen gemeldet wurde, ist gespeichert, und was gespeichert ist, wird veröffentlicht.</translation>
    </message>
    <message>
        <source>Charged at most once</source>
        <translation>Höchstens einmal abgebucht</translation>
    </message>
    <message>
        <source>The gateway&apos;s own ledger has at most one charge, less refunds, for what a customer buys once.</source>
        <translation>Das eigene Buch des Gateways enthält höchstens eine Abbuchung, abzüglich Erstattungen, für das, was ein Kunde einmal kauft.</translation>
    </message>
    <message>
        <source>Effects happen once</source>
        <translation>Wirkungen nur einmal</translation>
    </message>
    <message>
        <source>Each event changes the status, the statistics and the notifications once, however often it comes.</source>
        <translation>Jedes Ereignis ändert Status, Statistik und Benachrichtigungen nur einmal, wie oft es auch kommt.</translation>
    </message>
    <message>
        <source>Every event handled or dead</source>
        <translation>Verarbeitet oder Dead Letter</translation>
    </message>
    <message>
        <source>No group&apos;s offset passes an event that it has neither handled nor put into dead letters.</source>
        <translation>Der Offset keiner Gruppe überspringt ein Ereignis, das sie weder verarbeitet noch zum Dead Letter gemacht hat.</translation>
    </message>
    <message>
        <source>Legal status transitions</source>
        <translation>Erlaubte Statuswechsel</translation>
    </message>
    <message>
        <source>An order goes from created to paid, failed or canceled; what is final stays.</source>
        <translation>Eine Bestellung geht von angelegt zu bezahlt, fehlgeschlagen oder storniert; was endgültig ist, bleibt.</translation>
    </message>
    <message>
        <source>Offsets only advance</source>
        <translation>Offsets nur vorwärts</translation>
    </message>
    <message>
        <source>A group&apos;s committed offset in a partition never goes back, but on request.</source>
        <translation>Der committete Offset einer Gruppe in einer Partition geht nie zurück, außer auf Wunsch.</translation>
    </message>
    <message>
        <source>Per-order sequence kept</source>
        <translation>Reihenfolge je Bestellung</translation>
    </message>
    <message>
        <source>A group first handles the events of one order in the order in which they happened.</source>
        <translation>Eine Gruppe verarbeitet die Ereignisse einer Bestellung beim ersten Mal in der Reihenfolge, in der sie geschahen.</translation>
    </message>
    <message>
        <source>Retries within budget</source>
        <translation>Wiederholungen begrenzt</translation>
    </message>
    <message>
        <source>An event is tried at most five times; then it is a dead letter.</source>
        <translation>Ein Ereignis wird höchstens fünfmal versucht; dann ist es ein Dead Letter.</translation>
    </message>
    <message>
        <source>All orders finish</source>
        <translation>Alle Bestellungen enden</translation>
    </message>
    <message>
        <source>Every order ends paid, failed, canceled or in dead letters. While the system runs, those in flight may still do so: only the end of a run can show this one broken.</source>
        <translation>Jede Bestellung endet bezahlt, fehlgeschlagen, storniert oder als Dead Letter. Solange das System läuft, kann das auch denen, die unterwegs sind, noch gelingen: Erst am Ende eines Laufs zeigt sich, ob diese Zusage verletzt ist.</translation>
    </message>
</context>
<context>
    <name>FlowTexts</name>
    <message>
        <source>in this process</source>
        <translation>in diesem Prozess</translation>
    </message>
    <message>
        <source>Kafka, 3 brokers in this process</source>
        <translation>Kafka, 3 Broker in diesem Prozess</translation>
    </message>
    <message>
        <source>Kafka at %1%2</source>
        <translation>Kafka auf %1%2</translation>
    </message>
    <message>
        <source>Order %1</source>
        <translation>Bestellung %1</translation>
    </message>
    <message>
        <source>Order %1 · %2 · %3 %4 · %5</source>
        <translation>Bestellung %1 · %2 · %3 %4 · %5</translation>
    </message>
    <message>
        <source>Redis is away</source>
        <translation>Redis ist weg</translation>
    </message>
    <message>
        <source>Redis %1 · %2</source>
        <translation>Redis %1 · %2</translation>
    </message>
    <message>
        <source>Redis %1 hits · %2 misses</source>
        <translation>Redis %1 Treffer · %2 Fehlzugriffe</translation>
    </message>
    <message>
        <source>Redis is away, so the store is asked at once.</source>
        <translation>Redis ist nicht erreichbar, daher wird gleich der Store gefragt.</translation>
    </message>
    <message>
        <source>Redis gives first looks; the store decides.</source>
        <translation>Redis gibt die erste Auskunft; der Store entscheidet.</translation>
    </message>
    <message>
        <source>%1 Until now %2 hits, of which the store did not know %3, %4 misses, of which it knew %5, and %6 looks without an answer.</source>
        <translation>%1 Bisher %2 Treffer, von denen der Store %3 nicht kannte, %4 Fehlzugriffe, von denen er %5 kannte, und %6 Anfragen ohne Antwort.</translation>
    </message>
    <message>
        <source>The API: %1.</source>
        <translation>Die API: %1.</translation>
    </message>
    <message>
        <source>The store: %1.</source>
        <translation>Der Store: %1.</translation>
    </message>
    <message>
        <source>The relay: %1.</source>
        <translation>Das Relay: %1.</translation>
    </message>
    <message>
        <source>The event bus: %1.</source>
        <translation>Der Ereignisbus: %1.</translation>
    </message>
    <message>
        <source>A worker: %1.</source>
        <translation>Ein Worker: %1.</translation>
    </message>
    <message>
        <source>The payment gateway: %1.</source>
        <translation>Das Zahlungs-Gateway: %1.</translation>
    </message>
    <message>
        <source>Topic %1: %2 published
Each row is a partition, each mark an event; the small marks below are how far each group has committed (F2 tells which), and the line is the lag of the slowest.</source>
        <translation>Topic %1: %2 veröffentlicht
Jede Reihe ist eine Partition, jede Marke ein Ereignis; die kleinen Marken darunter zeigen, wie weit jede Gruppe committet hat (F2 erklärt sie), und die Linie ist der Rückstand der langsamsten.</translation>
    </message>
    <message>
        <source>Consumer group %1
Enter shows how far it is in every partition.</source>
        <translation>Consumer-Gruppe %1
Die Eingabetaste zeigt, wie weit sie in jeder Partition ist.</translation>
    </message>
    <message>
        <source>Events that a group gave up on. They are kept, nothing is lost.
Enter shows them, and what can be done.</source>
        <translation>Ereignisse, die eine Gruppe aufgegeben hat. Sie bleiben erhalten, nichts geht verloren.
Die Eingabetaste zeigt sie und was sich tun lässt.</translation>
    </message>
    <message>
        <source>Consumer group %1
It is your own: %2
Enter shows how far it is in every partition.</source>
        <translation>Consumer-Gruppe %1
Eigener Worker: %2
Die Eingabetaste zeigt, wie weit sie in jeder Partition ist.</translation>
    </message>
</context>
<context>
    <name>LessonHandout</name>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
</context>
<context>
    <name>MarkTexts</name>
    <message>
        <source>back in %1</source>
        <translation>zurück in %1</translation>
    </message>
    <message>
        <source>starting again</source>
        <translation>startet neu</translation>
    </message>
    <message>
        <source>away</source>
        <translation>weg</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>circuit open</source>
        <translation>Breaker offen</translation>
    </message>
    <message>
        <source>probing</source>
        <translation>prüft</translation>
    </message>
    <message>
        <source>crashed</source>
        <translation>abgestürzt</translation>
    </message>
    <message>
        <source>hangs</source>
        <translation>hängt</translation>
    </message>
    <message>
        <source>network: %1</source>
        <translation>Netz: %1</translation>
    </message>
    <message>
        <source>relay: %1</source>
        <translation>Relay: %1</translation>
    </message>
</context>
<context>
    <name>PaletteItemsWords</name>
    <message>
        <source>action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>scenario</source>
        <translation>Szenario</translation>
    </message>
    <message>
        <source>order</source>
        <translation>Bestellung</translation>
    </message>
    <message>
        <source>Order %1 of %2</source>
        <translation>Bestellung %1 von %2</translation>
    </message>
    <message>
        <source>Consumer group %1</source>
        <translation>Consumer-Gruppe %1</translation>
    </message>
    <message>
        <source>group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Setting: %1</source>
        <translation>Einstellung: %1</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>moment</source>
        <translation>Moment</translation>
    </message>
    <message>
        <source>Go to entry %1</source>
        <translation>Zu Eintrag %1</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>Zu %1</translation>
    </message>
    <message>
        <source>since the start</source>
        <translation>seit dem Start</translation>
    </message>
    <message>
        <source>find</source>
        <translation>suchen</translation>
    </message>
    <message>
        <source>Find entries: %1</source>
        <translation>Einträge suchen: %1</translation>
    </message>
</context>
<context>
    <name>PictureExportWords</name>
    <message>
        <source>%1: pictures are written as .png, .svg or .pdf.</source>
        <translation>%1: Bilder werden als .png, .svg oder .pdf geschrieben.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 lässt sich nicht schreiben: %2.</translation>
    </message>
</context>
<context>
    <name>QDockWidget</name>
    <message>
        <source>Create and break</source>
        <translation>Anlegen und stören</translation>
    </message>
</context>
<context>
    <name>QDoubleSpinBox</name>
    <message>
        <source>Replays a second, at most</source>
        <translation>Erneute Zustellungen pro Sekunde, höchstens</translation>
    </message>
    <message>
        <source>It protects a group that has just recovered. A simulated world replays all at the moment shown.</source>
        <translation>Das schont eine Gruppe, die sich gerade erst erholt hat. Eine simulierte Welt stellt im gezeigten Moment alle erneut zu.</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>RecordTextWords</name>
    <message>
        <source>none (null)</source>
        <translation>keiner (null)</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>… the first %1 of %2 bytes</source>
        <translation>… die ersten %1 von %2 Bytes</translation>
    </message>
    <message>
        <source>no headers</source>
        <translation>keine Header</translation>
    </message>
    <message>
        <source>Type an offset (120), a time since the start (+1.5 s), a time of day (14:03:07) or a date with a time (2026-01-31 14:03).</source>
        <translation>Geben Sie einen Offset (120), eine Zeit seit dem Start (+1.5 s), eine Uhrzeit (14:03:07) oder ein Datum mit Uhrzeit (2026-01-31 14:03) ein.</translation>
    </message>
</context>
<context>
    <name>RowWriterWords</name>
    <message>
        <source>%1, attempt %2</source>
        <translation>%1, Versuch %2</translation>
    </message>
    <message>
        <source>%1, on %2/%3 offset %4</source>
        <translation>%1, auf %2/%3 Offset %4</translation>
    </message>
</context>
<context>
    <name>SavedFiltersWords</name>
    <message>
        <source>The name must have 1 to %1 characters.</source>
        <translation>Der Name muss 1 bis %1 Zeichen haben.</translation>
    </message>
    <message>
        <source>The text of a filter may have at most %1 characters.</source>
        <translation>Der Text eines Filters darf höchstens %1 Zeichen haben.</translation>
    </message>
    <message>
        <source>At most %1 filters are kept. Delete one first.</source>
        <translation>Es werden höchstens %1 Filter gespeichert. Löschen Sie zuerst einen.</translation>
    </message>
</context>
<context>
    <name>StepRowsWords</name>
    <message>
        <source>It wrote no row: the log has the event now. The relay marks its outbox row afterwards.</source>
        <translation>Keine Zeile geschrieben: Das Log hat das Ereignis jetzt. Das Relay markiert seine Outbox-Zeile danach.</translation>
    </message>
    <message>
        <source>It wrote no row: an attempt writes nothing before it is committed.</source>
        <translation>Keine Zeile geschrieben: Ein Versuch schreibt erst, wenn seine Transaktion abgeschlossen wird.</translation>
    </message>
    <message>
        <source>It left no row: the attempt&apos;s transaction was rolled back.</source>
        <translation>Keine Zeile geblieben: Die Transaktion des Versuchs wurde zurückgerollt.</translation>
    </message>
    <message>
        <source>It wrote no row: the event waits in memory, and its offset is not committed.</source>
        <translation>Keine Zeile geschrieben: Das Ereignis wartet im Speicher, sein Offset ist nicht committet.</translation>
    </message>
    <message>
        <source>It wrote no row: the inbox had the event already, or it was not for this group.</source>
        <translation>Keine Zeile geschrieben: Die Inbox kannte das Ereignis schon, oder es war nicht für diese Gruppe.</translation>
    </message>
    <message>
        <source>It wrote no row: the gateway has booked nothing with this answer.</source>
        <translation>Keine Zeile geschrieben: Das Gateway hat mit dieser Antwort nichts gebucht.</translation>
    </message>
    <message>
        <source>It wrote no row: it is what the customer&apos;s program sent or was told.</source>
        <translation>Keine Zeile geschrieben: Das hat das Programm des Kunden gesendet oder als Antwort bekommen.</translation>
    </message>
    <message>
        <source>It wrote no row: it is part of the experiment.</source>
        <translation>Keine Zeile geschrieben: Es gehört zum Experiment.</translation>
    </message>
    <message>
        <source>It wrote no row of this order.</source>
        <translation>Keine Zeile dieser Bestellung geschrieben.</translation>
    </message>
    <message>
        <source>as it is now</source>
        <translation>Stand jetzt</translation>
    </message>
    <message>
        <source>+ added</source>
        <translation>+ neu</translation>
    </message>
    <message>
        <source>± changed</source>
        <translation>± geändert</translation>
    </message>
    <message>
        <source>= unchanged</source>
        <translation>= unverändert</translation>
    </message>
    <message>
        <source>− gone</source>
        <translation>− weg</translation>
    </message>
</context>
<context>
    <name>StoryWords</name>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>time of day</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>after start</source>
        <translation>nach Start</translation>
    </message>
    <message>
        <source>partition · offset</source>
        <translation>Partition · Offset</translation>
    </message>
    <message>
        <source>group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>actor</source>
        <translation>Akteur</translation>
    </message>
    <message>
        <source>attempt</source>
        <translation>Versuch</translation>
    </message>
    <message>
        <source>took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>detail</source>
        <translation>Detail</translation>
    </message>
</context>
<context>
    <name>SystemCore</name>
    <message>
        <source>%1 requests are under way. Wait until some have an answer.</source>
        <translation>%1 Anfragen sind unterwegs. Warten Sie, bis einige beantwortet sind.</translation>
    </message>
</context>
<context>
    <name>TableExportWords</name>
    <message>
        <source>column %1</source>
        <translation>Spalte %1</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 lässt sich nicht schreiben: %2.</translation>
    </message>
</context>
<context>
    <name>WholeFileWords</name>
    <message>
        <source>it is no regular file</source>
        <translation>keine reguläre Datei</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>&apos;private&apos; (a cluster that Orderlab starts and stops), or the URL of a server</source>
        <translation>&apos;private&apos; (ein Cluster, den Orderlab startet und beendet) oder die URL eines Servers</translation>
    </message>
    <message>
        <source>A Redis for first looks: what it has seen spares the database some questions, and nothing depends on it. redis://[:PASSWORD@]HOST:PORT/DATABASE or unix:///PATH (default: none)</source>
        <translation>Ein Redis für die erste Auskunft: Was es schon gesehen hat, erspart der Datenbank Fragen, und nichts hängt davon ab. redis://[:PASSWORD@]HOST:PORT/DATABASE oder unix:///PATH (Standard: keins)</translation>
    </message>
    <message>
        <source>A fifth of the payments fails twice before it works. Retries block their partition, so that the order of events is kept and those behind wait.</source>
        <translation>Ein Fünftel der Zahlungen scheitert zweimal, bevor sie gelingen. Wiederholungen halten ihre Partition an: Die Reihenfolge der Ereignisse bleibt, und die folgenden warten.</translation>
    </message>
    <message>
        <source>A worker at any moment is killed, or hangs so long that the broker gives its partitions away.</source>
        <translation>Ein Worker wird in einem beliebigen Moment abgeschossen oder hängt so lange, dass der Broker seine Partitionen weitergibt.</translation>
    </message>
    <message>
        <source>A worker begins to handle an event. Nothing has happened yet.</source>
        <translation>Ein Worker beginnt, ein Ereignis zu verarbeiten. Noch ist nichts geschehen.</translation>
    </message>
    <message>
        <source>A worker stands still for so long that its partitions are given to another; then it wakes up and goes on. What it does late must not count.</source>
        <translation>Ein Worker steht so lange still, dass seine Partitionen ein anderer bekommt; dann wacht er auf und macht weiter. Was er zu spät tut, darf nicht zählen.</translation>
    </message>
    <message>
        <source>Answers get lost on the way back and customers ask again. Without the idempotency key each of them orders and pays twice.</source>
        <translation>Antworten gehen auf dem Rückweg verloren, und Kunden fragen erneut. Ohne den Idempotenzschlüssel bestellt und bezahlt jeder von ihnen doppelt.</translation>
    </message>
    <message>
        <source>As lost-answer, but without the payment key: the gateway takes the second call for a second payment.</source>
        <translation>Wie lost-answer, aber ohne den Zahlungsschlüssel: Das Gateway hält den zweiten Aufruf für eine zweite Zahlung.</translation>
    </message>
    <message>
        <source>Attempts at an event before it becomes a dead letter, 1 to 100</source>
        <translation>Versuche mit einem Ereignis, bevor es ein Dead Letter wird, 1 bis 100</translation>
    </message>
    <message>
        <source>Between attempts: blocking (the partition waits, the order is kept) or topic (other events pass)</source>
        <translation>Zwischen Versuchen: blocking (die Partition wartet, die Reihenfolge bleibt) oder topic (andere Ereignisse überholen)</translation>
    </message>
    <message>
        <source>Consumer groups that run in this process: all, none, or some of payment, notification, analytics, order-status</source>
        <translation>Consumer-Gruppen, die in diesem Prozess laufen: all, none oder einige von payment, notification, analytics, order-status</translation>
    </message>
    <message>
        <source>Event bus: memory or kafka</source>
        <translation>Ereignisbus: memory oder kafka</translation>
    </message>
    <message>
        <source>Events arrive twice and no inbox remembers them: customers get their mail twice and the figures count double.</source>
        <translation>Ereignisse kommen doppelt, und keine Inbox merkt sie sich: Kunden bekommen ihre Mail zweimal, und die Zahlen zählen doppelt.</translation>
    </message>
    <message>
        <source>Events arrive twice, late and out of order, and acknowledgements get lost: the inbox skips what it knows.</source>
        <translation>Ereignisse kommen doppelt, verspätet und vertauscht, und Bestätigungen gehen verloren: Die Inbox überspringt, was sie kennt.</translation>
    </message>
    <message>
        <source>Events on their way to a worker come late, twice, or in another order.</source>
        <translation>Ereignisse kommen auf dem Weg zu einem Worker verspätet, doppelt oder in anderer Reihenfolge an.</translation>
    </message>
    <message>
        <source>Every call between processes.</source>
        <translation>Jeder Aufruf zwischen Prozessen.</translation>
    </message>
    <message>
        <source>Every call of the broker.</source>
        <translation>Jeder Aufruf des Brokers.</translation>
    </message>
    <message>
        <source>Every call of the database.</source>
        <translation>Jeder Aufruf der Datenbank.</translation>
    </message>
    <message>
        <source>Every seam fails, again and again, for ten seconds; with all guarantees on, no promise is broken.</source>
        <translation>Jede Nahtstelle fällt aus, immer wieder, zehn Sekunden lang; mit allen Garantien wird keine Zusage verletzt.</translation>
    </message>
    <message>
        <source>For --bus kafka: HOST:PORT,…, or &apos;embedded&apos; (a cluster in this process, gone at exit). The environment sets properties of librdkafka, as for TLS and SASL: ORDERLAB_KAFKA_SASL_USERNAME=… is sasl.username</source>
        <translation>Für --bus kafka: HOST:PORT,… oder &apos;embedded&apos; (ein Cluster in diesem Prozess, beim Beenden weg). Die Umgebung setzt Eigenschaften von librdkafka, etwa für TLS und SASL: ORDERLAB_KAFKA_SASL_USERNAME=… ist sasl.username</translation>
    </message>
    <message>
        <source>How long a request with the same Idempotency-Key gets the first answer again</source>
        <translation>Wie lange eine Anfrage mit demselben Idempotency-Key wieder die erste Antwort bekommt</translation>
    </message>
    <message>
        <source>How long analytics are kept by the minute; older ones are added up by the day</source>
        <translation>Wie lange Auswertungen pro Minute aufbewahrt werden; ältere werden pro Tag summiert</translation>
    </message>
    <message>
        <source>How long notifications are kept</source>
        <translation>Wie lange Benachrichtigungen aufbewahrt werden</translation>
    </message>
    <message>
        <source>How long one attempt may take, in milliseconds, 1 to 3600000</source>
        <translation>Wie lange ein Versuch dauern darf, in Millisekunden, 1 bis 3600000</translation>
    </message>
    <message>
        <source>How long outbox rows are kept once they are published and handled by every group; less than --keep-inbox</source>
        <translation>Wie lange Outbox-Zeilen aufbewahrt werden, nachdem sie veröffentlicht und von jeder Gruppe verarbeitet sind; weniger als --keep-inbox</translation>
    </message>
    <message>
        <source>How long the inbox remembers handled events, such as 90s, 15m, 24h or 7d; a duplicate that arrives later is handled again</source>
        <translation>Wie lange sich die Inbox verarbeitete Ereignisse merkt, etwa 90s, 15m, 24h oder 7d; ein Duplikat, das später kommt, wird noch einmal verarbeitet</translation>
    </message>
    <message>
        <source>How long the simulated payment gateway takes (median), in milliseconds, 0 to 10000</source>
        <translation>Wie lange das simulierte Zahlungs-Gateway braucht (Median), in Millisekunden, 0 bis 10000</translation>
    </message>
    <message>
        <source>It is done, but the answer is lost.</source>
        <translation>Es geschieht, aber die Antwort geht verloren.</translation>
    </message>
    <message>
        <source>Kafka: a unique name of this process. If it is started again with this name within 10 s, its workers keep their partitions</source>
        <translation>Kafka: ein eindeutiger Name dieses Prozesses. Wird er unter diesem Namen innerhalb von 10 s neu gestartet, behalten seine Worker ihre Partitionen</translation>
    </message>
    <message>
        <source>Members come and go all the time while workers crash and hang: partitions change hands in the middle of their work.</source>
        <translation>Mitglieder kommen und gehen ständig, während Worker abstürzen und hängen: Partitionen wechseln mitten in der Arbeit den Besitzer.</translation>
    </message>
    <message>
        <source>Members of each group, 1 to 16</source>
        <translation>Mitglieder jeder Gruppe, 1 bis 16</translation>
    </message>
    <message>
        <source>Neighbouring events change places, by up to the delay.</source>
        <translation>Benachbarte Ereignisse tauschen die Plätze, höchstens um die Verzögerung.</translation>
    </message>
    <message>
        <source>No answer within the caller&apos;s patience; nothing was done.</source>
        <translation>Keine Antwort, solange der Aufrufer wartet; nichts wurde getan.</translation>
    </message>
    <message>
        <source>Nothing answers: unavailable at once.</source>
        <translation>Nichts antwortet: sofort nicht erreichbar.</translation>
    </message>
    <message>
        <source>Nothing fails but what the test customers bring along: every promise holds.</source>
        <translation>Nichts fällt aus außer dem, was die Testkunden mitbringen: Jede Zusage hält.</translation>
    </message>
    <message>
        <source>Nothing fails, and no customer brings trouble along: what the system does on a day like that.</source>
        <translation>Nichts fällt aus, und kein Kunde macht Ärger: was das System an einem solchen Tag tut.</translation>
    </message>
    <message>
        <source>Offsets are committed before the work is done: a worker that is killed takes its events with it.</source>
        <translation>Offsets werden committet, bevor die Arbeit getan ist: Ein Worker, der abgeschossen wird, nimmt seine Ereignisse mit.</translation>
    </message>
    <message>
        <source>On the way back to the customer: the order may be stored, and the customer does not know it.</source>
        <translation>Auf dem Rückweg zum Kunden: Die Bestellung ist vielleicht gespeichert, und der Kunde weiß es nicht.</translation>
    </message>
    <message>
        <source>On the way from the customer&apos;s program to the API: the request never arrives, or arrives twice.</source>
        <translation>Auf dem Weg vom Programm des Kunden zur API: Die Anfrage kommt nie an oder doppelt.</translation>
    </message>
    <message>
        <source>One order in four can never be processed: the first attempt says so, each goes to the dead letters at once, and the others are not held back.</source>
        <translation>Jede vierte Bestellung lässt sich nie verarbeiten: Schon der erste Versuch zeigt es, jede wird sofort zum Dead Letter, und die anderen werden nicht aufgehalten.</translation>
    </message>
    <message>
        <source>Partitions of each topic, 1 to 64</source>
        <translation>Partitionen jedes Topics, 1 bis 64</translation>
    </message>
    <message>
        <source>Prefix of every consumer group&apos;s name (default: orderlab., followed by the topic prefix unless that is orders.)</source>
        <translation>Präfix für den Namen jeder Consumer-Gruppe (Standard: orderlab., gefolgt vom Topic-Präfix, sofern es nicht orders. ist)</translation>
    </message>
    <message>
        <source>Prefix of every topic&apos;s name</source>
        <translation>Präfix für den Namen jedes Topics</translation>
    </message>
    <message>
        <source>Save, then publish, without an outbox: a crash in between loses the event, and the order waits for ever.</source>
        <translation>Speichern, dann veröffentlichen, ohne Outbox: Ein Absturz dazwischen verliert das Ereignis, und die Bestellung wartet für immer.</translation>
    </message>
    <message>
        <source>The API asks the store to keep an order, and is refused: nothing is kept, the answer is 503.</source>
        <translation>Die API will eine Bestellung im Store speichern und wird abgewiesen: Nichts wird gespeichert, die Antwort ist 503.</translation>
    </message>
    <message>
        <source>The broker is away twice, and answers get lost in between: the outbox keeps what could not be published.</source>
        <translation>Der Broker ist zweimal nicht erreichbar, und dazwischen gehen Antworten verloren: Die Outbox behält, was nicht veröffentlicht werden konnte.</translation>
    </message>
    <message>
        <source>The broker takes events. An answer that is lost leaves open whether it has them.</source>
        <translation>Der Broker nimmt Ereignisse an. Geht eine Antwort verloren, bleibt offen, ob er sie hat.</translation>
    </message>
    <message>
        <source>The clock jumps forward by the delay.</source>
        <translation>Die Uhr springt um die Verzögerung vor.</translation>
    </message>
    <message>
        <source>The database is away twice, first for two seconds, then for four: no order is accepted that cannot be kept, no attempt is burned, and all goes on by itself.</source>
        <translation>Die Datenbank ist zweimal nicht erreichbar, erst zwei, dann vier Sekunden: Keine Bestellung wird angenommen, die sich nicht speichern lässt, kein Versuch wird verbraucht, und alles geht von selbst weiter.</translation>
    </message>
    <message>
        <source>The effects are durable and the offset is not: the event will be delivered again.</source>
        <translation>Die Wirkungen sind dauerhaft, der Offset nicht: Das Ereignis wird erneut zugestellt.</translation>
    </message>
    <message>
        <source>The gateway charges, and its answer gets lost: the attempt fails and is made again. The payment key makes it one charge.</source>
        <translation>Das Gateway bucht ab, und seine Antwort geht verloren: Der Versuch scheitert und wird wiederholt. Der Zahlungsschlüssel macht daraus eine einzige Abbuchung.</translation>
    </message>
    <message>
        <source>The gateway declines the payment.</source>
        <translation>Das Gateway lehnt die Zahlung ab.</translation>
    </message>
    <message>
        <source>The gateway refuses every call for three seconds, while customers go on buying. Waits that grow, and a circuit breaker, keep the retries from becoming a storm.</source>
        <translation>Das Gateway weist drei Sekunden lang jeden Aufruf ab, während Kunden weiter kaufen. Wachsende Wartezeiten und ein Circuit Breaker verhindern, dass aus den Wiederholungen ein Sturm wird.</translation>
    </message>
    <message>
        <source>The handler is done and its effects are not durable: all of it rolls back, but not the gateway.</source>
        <translation>Der Handler ist fertig, und seine Wirkungen sind nicht dauerhaft: Alles wird zurückgerollt, nur das Gateway nicht.</translation>
    </message>
    <message>
        <source>The inbox is kept in a Redis with little memory. The relay dies after publishing, so that events come again when Redis has evicted them: they are handled twice.</source>
        <translation>Die Inbox liegt in einem Redis mit wenig Speicher. Das Relay stirbt nach dem Veröffentlichen, sodass Ereignisse wiederkommen, wenn Redis sie verdrängt hat: Sie werden doppelt verarbeitet.</translation>
    </message>
    <message>
        <source>The log has the events and the outbox does not know it yet: they will be published once more.</source>
        <translation>Das Log hat die Ereignisse, und die Outbox weiß es noch nicht: Sie werden noch einmal veröffentlicht.</translation>
    </message>
    <message>
        <source>The message arrives twice.</source>
        <translation>Die Nachricht kommt doppelt an.</translation>
    </message>
    <message>
        <source>The message is lost: no answer, no error, until the sender&apos;s own timeout.</source>
        <translation>Die Nachricht geht verloren: keine Antwort, kein Fehler, bis zum Timeout des Absenders.</translation>
    </message>
    <message>
        <source>The most events a second for each group, 0.1 to 1000000; 0: no limit</source>
        <translation>Höchstzahl der Ereignisse pro Sekunde für jede Gruppe, 0.1 bis 1000000; 0: unbegrenzt</translation>
    </message>
    <message>
        <source>The offset on its way to the broker is lost, so that the event is delivered again.</source>
        <translation>Der Offset geht auf dem Weg zum Broker verloren, sodass das Ereignis erneut zugestellt wird.</translation>
    </message>
    <message>
        <source>The order is durable and nobody was told yet. Without an outbox its event exists in memory only.</source>
        <translation>Die Bestellung ist dauerhaft, und noch hat niemand davon erfahren. Ohne Outbox existiert ihr Ereignis nur im Speicher.</translation>
    </message>
    <message>
        <source>The payment gateway is asked. It is outside: what it did cannot be rolled back.</source>
        <translation>Das Zahlungs-Gateway wird aufgerufen. Es liegt außerhalb: Was es getan hat, lässt sich nicht zurückrollen.</translation>
    </message>
    <message>
        <source>The payment gateway is slow, then silent, then declines: handlers run into their timeout and try again.</source>
        <translation>Das Zahlungs-Gateway ist langsam, dann stumm, dann lehnt es ab: Handler laufen in ihr Timeout und versuchen es erneut.</translation>
    </message>
    <message>
        <source>The process is killed: what it had in memory is gone. It is restarted after the delay.</source>
        <translation>Der Prozess wird abgeschossen: Was er im Speicher hatte, ist weg. Nach der Verzögerung wird er neu gestartet.</translation>
    </message>
    <message>
        <source>The process stands still for the delay.</source>
        <translation>Der Prozess steht für die Dauer der Verzögerung still.</translation>
    </message>
    <message>
        <source>The relay takes rows of the outbox. They stay there whatever happens.</source>
        <translation>Das Relay holt Zeilen aus der Outbox. Sie bleiben dort, was auch geschieht.</translation>
    </message>
    <message>
        <source>The step is refused, with an error that says “try again”.</source>
        <translation>Der Schritt wird abgewiesen, mit einem Fehler, der „noch einmal versuchen“ sagt.</translation>
    </message>
    <message>
        <source>The step takes the delay longer.</source>
        <translation>Der Schritt dauert um die Verzögerung länger.</translation>
    </message>
    <message>
        <source>The system&apos;s clock jumps forward.</source>
        <translation>Die Uhr des Systems springt vor.</translation>
    </message>
    <message>
        <source>The way carries only so many bytes a second.</source>
        <translation>Die Strecke überträgt nur so viele Bytes pro Sekunde.</translation>
    </message>
    <message>
        <source>Three hundred customers buy within a second, and each group may handle only fifty events a second: lag grows, nobody is turned away, and the groups catch up.</source>
        <translation>Dreihundert Kunden kaufen innerhalb einer Sekunde, und jede Gruppe darf nur fünfzig Ereignisse pro Sekunde verarbeiten: Der Rückstand wächst, niemand wird abgewiesen, und die Gruppen holen auf.</translation>
    </message>
    <message>
        <source>Where orders are kept: memory or postgres (default: postgres if it is installed)</source>
        <translation>Wo Bestellungen gespeichert werden: memory oder postgres (Standard: postgres, wenn es installiert ist)</translation>
    </message>
    <message>
        <source>Where the private PostgreSQL keeps its files</source>
        <translation>Wo das private PostgreSQL seine Dateien ablegt</translation>
    </message>
    <message>
        <source>Workers are killed at every step: before and after the commit, before the ack, at any moment. Nothing is lost or done twice.</source>
        <translation>Worker werden bei jedem Schritt abgeschossen: vor und nach dem Abschluss der Transaktion, vor dem Bestätigen, in jedem Moment. Nichts geht verloren oder geschieht doppelt.</translation>
    </message>
    <message>
        <source>ack after processing</source>
        <translation>Bestätigen nach Verarbeitung</translation>
    </message>
    <message>
        <source>answer lost</source>
        <translation>Antwort verloren</translation>
    </message>
    <message>
        <source>away</source>
        <translation>weg</translation>
    </message>
    <message>
        <source>bus</source>
        <translation>Bus</translation>
    </message>
    <message>
        <source>canceled</source>
        <translation>storniert</translation>
    </message>
    <message>
        <source>charges new orders and refunds canceled ones</source>
        <translation>bucht neue Bestellungen ab und erstattet stornierte</translation>
    </message>
    <message>
        <source>clock jumped</source>
        <translation>Uhr gesprungen</translation>
    </message>
    <message>
        <source>counts orders and revenue per minute and currency</source>
        <translation>zählt Bestellungen und Umsatz pro Minute und Währung</translation>
    </message>
    <message>
        <source>created</source>
        <translation>angelegt</translation>
    </message>
    <message>
        <source>debug</source>
        <translation>Debug</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>discarded</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>faults</source>
        <translation>Störungen</translation>
    </message>
    <message>
        <source>gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>hangs</source>
        <translation>hängt</translation>
    </message>
    <message>
        <source>info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>invariants</source>
        <translation>Zusagen</translation>
    </message>
    <message>
        <source>killed</source>
        <translation>abgeschossen</translation>
    </message>
    <message>
        <source>late</source>
        <translation>verspätet</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>moves orders to paid or failed</source>
        <translation>setzt Bestellungen auf bezahlt oder fehlgeschlagen</translation>
    </message>
    <message>
        <source>narrow</source>
        <translation>gedrosselt</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>order canceled</source>
        <translation>Bestellung storniert</translation>
    </message>
    <message>
        <source>order created</source>
        <translation>Bestellung angelegt</translation>
    </message>
    <message>
        <source>orders</source>
        <translation>Bestellungen</translation>
    </message>
    <message>
        <source>out of order</source>
        <translation>vertauscht</translation>
    </message>
    <message>
        <source>outbox</source>
        <translation>Outbox</translation>
    </message>
    <message>
        <source>paid</source>
        <translation>bezahlt</translation>
    </message>
    <message>
        <source>payment failed</source>
        <translation>Zahlung fehlgeschlagen</translation>
    </message>
    <message>
        <source>payment refunded</source>
        <translation>Zahlung erstattet</translation>
    </message>
    <message>
        <source>payment succeeded</source>
        <translation>Zahlung erfolgreich</translation>
    </message>
    <message>
        <source>replayed</source>
        <translation>erneut zugestellt</translation>
    </message>
    <message>
        <source>server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>store</source>
        <translation>Store</translation>
    </message>
    <message>
        <source>the durable inbox</source>
        <translation>die dauerhafte Inbox</translation>
    </message>
    <message>
        <source>the idempotency key</source>
        <translation>der Idempotenzschlüssel</translation>
    </message>
    <message>
        <source>the inbox</source>
        <translation>die Inbox</translation>
    </message>
    <message>
        <source>the outbox</source>
        <translation>die Outbox</translation>
    </message>
    <message>
        <source>the payment key</source>
        <translation>der Zahlungsschlüssel</translation>
    </message>
    <message>
        <source>twice</source>
        <translation>doppelt</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>worker</source>
        <translation>Worker</translation>
    </message>
    <message>
        <source>writes what would be sent to the customer</source>
        <translation>schreibt, was an den Kunden gesendet würde</translation>
    </message>
    <message>
        <source>Bus</source>
        <translation>Bus</translation>
    </message>
    <message>
        <source>Kafka brokers</source>
        <translation>Kafka-Broker</translation>
    </message>
    <message>
        <source>Static membership</source>
        <translation>Statische Mitglieder</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Store</translation>
    </message>
    <message>
        <source>Postgres</source>
        <translation>Postgres</translation>
    </message>
    <message>
        <source>Redis</source>
        <translation>Redis</translation>
    </message>
    <message>
        <source>Data dir</source>
        <translation>Datenordner</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>Worker</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>Partitionen</translation>
    </message>
    <message>
        <source>Topic prefix</source>
        <translation>Topic-Präfix</translation>
    </message>
    <message>
        <source>Group prefix</source>
        <translation>Gruppenpräfix</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Gateway latency</source>
        <translation>Gateway-Latenz</translation>
    </message>
    <message>
        <source>Retry style</source>
        <translation>Wiederholungsart</translation>
    </message>
    <message>
        <source>Max attempts</source>
        <translation>Max. Versuche</translation>
    </message>
    <message>
        <source>Handler timeout</source>
        <translation>Handler-Timeout</translation>
    </message>
    <message>
        <source>Throttle</source>
        <translation>Drosselung</translation>
    </message>
    <message>
        <source>Keep inbox</source>
        <translation>Inbox halten</translation>
    </message>
    <message>
        <source>Keep keys</source>
        <translation>Schlüssel halten</translation>
    </message>
    <message>
        <source>Keep notifications</source>
        <translation>Benachrichtigungen halten</translation>
    </message>
    <message>
        <source>Keep outbox</source>
        <translation>Outbox halten</translation>
    </message>
    <message>
        <source>Keep analytics</source>
        <translation>Auswertungen halten</translation>
    </message>
</context>
<context>
    <name>counted</name>
    <message numerus="yes">
        <source>%n events</source>
        <translation>
            <numerusform>%n Ereignis</numerusform>
            <numerusform>%n Ereignisse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hits</source>
        <translation>
            <numerusform>%n Treffer</numerusform>
            <numerusform>%n Treffer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n Eintrag</numerusform>
            <numerusform>%n Einträge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders</source>
        <translation>
            <numerusform>%n Bestellung</numerusform>
            <numerusform>%n Bestellungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attempts</source>
        <translation>
            <numerusform>%n Versuch</numerusform>
            <numerusform>%n Versuche</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n letters</source>
        <translation>
            <numerusform>%n Dead Letter</numerusform>
            <numerusform>%n Dead Letters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n events behind</source>
        <translation>
            <numerusform>%n Ereignis zurück</numerusform>
            <numerusform>%n Ereignisse zurück</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n spans</source>
        <translation>
            <numerusform>%n Span</numerusform>
            <numerusform>%n Spans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partitions</source>
        <translation>
            <numerusform>%n Partition</numerusform>
            <numerusform>%n Partitionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n consumer groups</source>
        <translation>
            <numerusform>%n Consumer-Gruppe</numerusform>
            <numerusform>%n Consumer-Gruppen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n causes</source>
        <translation>
            <numerusform>%n Ursache</numerusform>
            <numerusform>%n Ursachen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed attempts</source>
        <translation>
            <numerusform>%n Fehlversuch</numerusform>
            <numerusform>%n Fehlversuche</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n duplicates skipped</source>
        <translation>
            <numerusform>%n Duplikat übersprungen</numerusform>
            <numerusform>%n Duplikate übersprungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failures</source>
        <translation>
            <numerusform>%n Störung</numerusform>
            <numerusform>%n Störungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failures on</source>
        <translation>
            <numerusform>%n Störung aktiv</numerusform>
            <numerusform>%n Störungen aktiv</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change and are replayed.</source>
        <translation>
            <numerusform>%n wird geändert und erneut zugestellt.</numerusform>
            <numerusform>%n werden geändert und erneut zugestellt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n have that value already and are left out.</source>
        <translation>
            <numerusform>%n hat diesen Wert schon und wird ausgelassen.</numerusform>
            <numerusform>%n haben diesen Wert schon und werden ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cannot be changed so and are left out.</source>
        <translation>
            <numerusform>%n lässt sich so nicht ändern und wird ausgelassen.</numerusform>
            <numerusform>%n lassen sich so nicht ändern und werden ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n events come again.</source>
        <translation>
            <numerusform>%n Ereignis kommt noch einmal.</numerusform>
            <numerusform>%n Ereignisse kommen noch einmal.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The group never sees %n events. Orders that wait for them may never end.</source>
        <translation>
            <numerusform>Die Gruppe sieht %n Ereignis nie. Eine Bestellung, die darauf wartet, endet womöglich nie.</numerusform>
            <numerusform>Die Gruppe sieht %n Ereignisse nie. Bestellungen, die darauf warten, enden womöglich nie.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None of the %n orders matches these filters and was under way in the chosen range.</source>
        <translation>
            <numerusform>Die einzige Bestellung passt nicht zu diesen Filtern oder war im gewählten Bereich nicht unterwegs.</numerusform>
            <numerusform>Keine der %n Bestellungen passt zu diesen Filtern und war im gewählten Bereich unterwegs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None of the %n orders matches these filters.</source>
        <translation>
            <numerusform>Die einzige Bestellung passt nicht zu diesen Filtern.</numerusform>
            <numerusform>Keine der %n Bestellungen passt zu diesen Filtern.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>orderlab::ui::AboutDialog</name>
    <message>
        <source>About Orderlab</source>
        <translation>Über Orderlab</translation>
    </message>
    <message>
        <source>Orderlab %1</source>
        <translation>Orderlab %1</translation>
    </message>
    <message>
        <source>A desktop lab for event-driven systems. It runs a real order-processing system and shows it working: every event, attempt, retry, offset and row.</source>
        <translation>Ein Desktop-Labor für ereignisgesteuerte Systeme. Es betreibt eine echte Bestellverarbeitung und zeigt sie bei der Arbeit: jedes Ereignis, jeden Versuch, jede Wiederholung, jeden Offset und jede Zeile.</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.
Built with Qt %1.</source>
        <translation>Freie Software unter der GNU General Public License, Version 3 oder später.
Erstellt mit Qt %1.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::AmountField</name>
    <message>
        <source>Amount of: %1</source>
        <translation>Menge von: %1</translation>
    </message>
    <message>
        <source>How often it happens: %1
Click to change it</source>
        <translation>Wie oft es geschieht: %1
Zum Ändern klicken</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>Andere…</translation>
    </message>
    <message>
        <source>The %1 %2.</source>
        <translation>%1: %2.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::Banner</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::BatchEditDialog</name>
    <message>
        <source>Edit many and replay</source>
        <translation>Mehrere ändern und erneut zustellen</translation>
    </message>
    <message>
        <source>Set one field of %1 dead letters, then replay them to %2</source>
        <translation>Ein Feld in %1 Dead Letters setzen und sie dann erneut an %2 zustellen</translation>
    </message>
    <message>
        <source>What changes in each dead letter</source>
        <translation>Was sich in jedem Dead Letter ändert</translation>
    </message>
    <message>
        <source>Progress of the replay</source>
        <translation>Fortschritt der erneuten Zustellung</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Members with dots between them, such as details.reason</source>
        <translation>Namen, durch Punkte getrennt, etwa details.reason</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>New value</source>
        <translation>Neuer Wert</translation>
    </message>
    <message>
        <source>At most, a second</source>
        <translation>Höchstens pro Sekunde</translation>
    </message>
    <message>
        <source>These are the newest %1 of %2.</source>
        <translation>Dies sind die neuesten %1 von %2.</translation>
    </message>
    <message>
        <source>Change and replay %1</source>
        <translation>%1 ändern und erneut zustellen</translation>
    </message>
    <message>
        <source>Another replay is under way. Wait for its end.</source>
        <translation>Eine andere erneute Zustellung läuft noch. Warten Sie ihr Ende ab.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>0 of %1 replayed…</source>
        <translation>0 von %1 erneut zugestellt…</translation>
    </message>
    <message>
        <source>%1 of %2 replayed.</source>
        <translation>%1 von %2 erneut zugestellt.</translation>
    </message>
    <message>
        <source>%1 were decided by somebody else.</source>
        <translation>Über %1 hat jemand anders entschieden.</translation>
    </message>
    <message>
        <source>Stopped: the rest waits as before.</source>
        <translation>Gestoppt: Der Rest wartet wie zuvor.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::BatchEditModel</name>
    <message>
        <source>changes</source>
        <translation>ändert sich</translation>
    </message>
    <message>
        <source>stays</source>
        <translation>bleibt</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Bestellung</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Danach</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Was geschieht</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::BrokersDialog</name>
    <message>
        <source>Kafka at another address</source>
        <translation>Kafka unter anderer Adresse</translation>
    </message>
    <message>
        <source>&amp;Brokers of the cluster</source>
        <translation>&amp;Broker des Clusters</translation>
    </message>
    <message>
        <source>Brokers of the cluster</source>
        <translation>Broker des Clusters</translation>
    </message>
    <message>
        <source>HOST:PORT, several with commas. Topics are named %1order-created and so on, and made where they are missing. The store stays; orders under way go on there.</source>
        <translation>HOST:PORT, mehrere mit Kommas. Topics heißen %1order-created und so weiter und werden angelegt, wo sie fehlen. Der Store bleibt; Bestellungen, die unterwegs sind, laufen dort weiter.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Switch</source>
        <translation>Wechseln</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::BusControl</name>
    <message>
        <source>&amp;Simulated, in virtual time</source>
        <translation>Si&amp;muliert, in virtueller Zeit</translation>
    </message>
    <message>
        <source>In &amp;memory</source>
        <translation>Im S&amp;peicher</translation>
    </message>
    <message>
        <source>&amp;Kafka in this process: 3 brokers, gone at exit</source>
        <translation>&amp;Kafka in diesem Prozess: 3 Broker, beim Beenden weg</translation>
    </message>
    <message>
        <source>Kafka at &amp;another address…</source>
        <translation>Kafka unter &amp;anderer Adresse…</translation>
    </message>
    <message>
        <source>Simulated</source>
        <translation>Simuliert</translation>
    </message>
    <message>
        <source>In-memory</source>
        <translation>Im Speicher</translation>
    </message>
    <message>
        <source>Kafka ▾</source>
        <translation>Kafka ▾</translation>
    </message>
    <message>
        <source>Kafka at %1</source>
        <translation>Kafka bei %1</translation>
    </message>
    <message>
        <source>In use: the simulated engine. The real handlers run in virtual time, without a database and a broker.</source>
        <translation>In Gebrauch: die simulierte Engine. Die echten Handler laufen in virtueller Zeit, ohne Datenbank und Broker.</translation>
    </message>
    <message>
        <source>A recording is shown; no engine runs.</source>
        <translation>Eine Aufzeichnung wird gezeigt; keine Engine läuft.</translation>
    </message>
    <message>
        <source>Switching to %1…</source>
        <translation>Wechsel zu %1…</translation>
    </message>
    <message>
        <source>In use: %1.</source>
        <translation>In Gebrauch: %1.</translation>
    </message>
    <message>
        <source>Worlds in virtual time: play, go back, change, compare</source>
        <translation>Welten in virtueller Zeit: abspielen, zurückgehen, ändern, vergleichen</translation>
    </message>
    <message>
        <source>Use the simulated engine</source>
        <translation>Simulierte Engine verwenden</translation>
    </message>
    <message>
        <source>Use the in-memory bus</source>
        <translation>Bus im Speicher verwenden</translation>
    </message>
    <message>
        <source>Use Kafka as the bus</source>
        <translation>Kafka als Bus verwenden</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::CanvasPanel</name>
    <message>
        <source>Event flow</source>
        <translation>Ereignisfluss</translation>
    </message>
    <message>
        <source>Legend of the event flow</source>
        <translation>Legende des Ereignisflusses</translation>
    </message>
    <message>
        <source>What the marks mean (F2)</source>
        <translation>Was die Marken bedeuten (F2)</translation>
    </message>
    <message>
        <source>Where orders stand: every accepted order is paid, failed, canceled, in dead letters or in flight, at every moment.</source>
        <translation>Wo die Bestellungen stehen: Jede angenommene Bestellung ist in jedem Moment bezahlt, fehlgeschlagen, storniert, Dead Letter oder unterwegs.</translation>
    </message>
    <message>
        <source>Where orders stand</source>
        <translation>Stand der Bestellungen</translation>
    </message>
    <message>
        <source>in-memory bus</source>
        <translation>Bus im Speicher</translation>
    </message>
    <message>
        <source>%1 topics × %2</source>
        <translation>%1 Topics × %2</translation>
    </message>
    <message>
        <source>%1 paid</source>
        <translation>%1 bezahlt</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 canceled</source>
        <translation>%1 storniert</translation>
    </message>
    <message>
        <source>%1 dead-lettered</source>
        <translation>%1 als Dead Letter</translation>
    </message>
    <message>
        <source>%1 in flight</source>
        <translation>%1 unterwegs</translation>
    </message>
    <message>
        <source>%1 accepted</source>
        <translation>%1 angenommen</translation>
    </message>
    <message>
        <source>held: the system goes on</source>
        <translation>angehalten: das System läuft weiter</translation>
    </message>
    <message>
        <source>dots ×%1 slower than real</source>
        <translation>Punkte ×%1 langsamer als echt</translation>
    </message>
    <message>
        <source>showing 1 order in %1</source>
        <translation>zeigt 1 von %1 Bestellungen</translation>
    </message>
    <message>
        <source>zoom %1 % · 0 fits</source>
        <translation>Zoom %1 % · 0 passt ein</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::CausesModel</name>
    <message>
        <source>%1 (told above)</source>
        <translation>%1 (oben genannt)</translation>
    </message>
    <message>
        <source>! %1</source>
        <translation>! %1</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Danach</translation>
    </message>
    <message>
        <source>What led to it</source>
        <translation>Was dazu führte</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ChartsPanel</name>
    <message>
        <source>Charts</source>
        <translation>Diagramme</translation>
    </message>
    <message>
        <source>Charts as a table</source>
        <translation>Diagramme als Tabelle</translation>
    </message>
    <message>
        <source>As a table</source>
        <translation>Als Tabelle</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>Bild speichern…</translation>
    </message>
    <message>
        <source>%1 of %2 charts</source>
        <translation>%1 von %2 Diagrammen</translation>
    </message>
    <message>
        <source>a point is %1</source>
        <translation>ein Punkt ist %1</translation>
    </message>
    <message>
        <source> · only the chosen range</source>
        <translation> · nur der gewählte Bereich</translation>
    </message>
    <message>
        <source> · pale and in brackets: %1</source>
        <translation> · blass und in Klammern: %1</translation>
    </message>
    <message>
        <source>Save the charts</source>
        <translation>Diagramme speichern</translation>
    </message>
    <message>
        <source>Pictures (*.svg *.pdf *.png)</source>
        <translation>Bilder (*.svg *.pdf *.png)</translation>
    </message>
    <message>
        <source>%1 worlds</source>
        <translation>%1 Welten</translation>
    </message>
    <message>
        <source>Behind each line what it is in %1 worlds with other seeds: the middle four fifths of them, and their median</source>
        <translation>Hinter jeder Linie, was sie in %1 Welten mit anderen Seeds ist: die mittleren vier Fünftel davon und ihr Median</translation>
    </message>
    <message>
        <source>pale: the middle four fifths of %1 worlds</source>
        <translation>blass: die mittleren vier Fünftel von %1 Welten</translation>
    </message>
    <message>
        <source>%1 of %2 worlds…</source>
        <translation>%1 von %2 Welten…</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ClassDesk</name>
    <message>
        <source>Students become customers of a system that runs in real time. Choose the engine Memory or Kafka above.</source>
        <translation>Teilnehmer werden Kunden eines Systems, das in Echtzeit läuft. Wählen Sie oben die Engine „Im Speicher“ oder „Kafka“.</translation>
    </message>
    <message>
        <source>The system is not running yet.</source>
        <translation>Das System läuft noch nicht.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ClassPanel</name>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Ask…</source>
        <translation>Fragen…</translation>
    </message>
    <message>
        <source>Ask the class, and open the first round of votes</source>
        <translation>Die Klasse fragen und die erste Abstimmungsrunde eröffnen</translation>
    </message>
    <message>
        <source>End the round</source>
        <translation>Runde beenden</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>Auflösen</translation>
    </message>
    <message>
        <source>Show everybody all votes and what is right</source>
        <translation>Allen alle Stimmen zeigen und was richtig ist</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Results…</source>
        <translation>Ergebnisse…</translation>
    </message>
    <message>
        <source>Save orders and votes as CSV</source>
        <translation>Bestellungen und Stimmen als CSV speichern</translation>
    </message>
    <message>
        <source>End the class…</source>
        <translation>Klasse beenden…</translation>
    </message>
    <message>
        <source>What students hold is worth nothing from then on</source>
        <translation>Die Zugänge der Teilnehmer sind dann ungültig</translation>
    </message>
    <message>
        <source>Students nearby join with the browser of a phone or a laptop and become customers of this system: they buy, see what happens to their orders, and vote on what they expect.</source>
        <translation>Teilnehmer in der Nähe treten mit dem Browser eines Telefons oder Laptops bei und werden Kunden dieses Systems: Sie kaufen, sehen, was mit ihren Bestellungen geschieht, und stimmen darüber ab, was sie erwarten.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>this machine only</source>
        <translation>nur dieser Rechner</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation>P&amp;ort</translation>
    </message>
    <message>
        <source>Start a class</source>
        <translation>Klasse starten</translation>
    </message>
    <message>
        <source>Other machines can reach the students&apos; page from then on</source>
        <translation>Andere Rechner können die Seite der Teilnehmer dann erreichen</translation>
    </message>
    <message>
        <source>QR code of the students&apos; page</source>
        <translation>QR-Code der Teilnehmerseite</translation>
    </message>
    <message>
        <source>Students open</source>
        <translation>Teilnehmer öffnen</translation>
    </message>
    <message>
        <source>and type the code</source>
        <translation>und geben den Code ein</translation>
    </message>
    <message>
        <source>Show large…</source>
        <translation>Groß zeigen…</translation>
    </message>
    <message>
        <source>Address, code and QR code for the whole room</source>
        <translation>Adresse, Code und QR-Code für den ganzen Raum</translation>
    </message>
    <message>
        <source>Students</source>
        <translation>Teilnehmer</translation>
    </message>
    <message>
        <source>Show to all</source>
        <translation>Allen zeigen</translation>
    </message>
    <message>
        <source>Everybody looks at this student&apos;s newest order</source>
        <translation>Alle sehen die neueste Bestellung dieses Teilnehmers</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Remove the student from the class</source>
        <translation>Den Teilnehmer aus der Klasse entfernen</translation>
    </message>
    <message>
        <source>Port %1 is taken: the class is at %2.</source>
        <translation>Port %1 ist belegt: Die Klasse läuft unter %2.</translation>
    </message>
    <message>
        <source>The class is at %1.</source>
        <translation>Die Klasse läuft unter %1.</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>keine Klasse</translation>
    </message>
    <message>
        <source>Vote again</source>
        <translation>Neu abstimmen</translation>
    </message>
    <message>
        <source>The class discusses; nobody sees how the others voted</source>
        <translation>Die Klasse diskutiert; niemand sieht, wie die anderen gestimmt haben</translation>
    </message>
    <message>
        <source>Open another round of votes</source>
        <translation>Eine weitere Abstimmungsrunde eröffnen</translation>
    </message>
    <message>
        <source>Nothing has been asked yet.</source>
        <translation>Noch wurde nichts gefragt.</translation>
    </message>
    <message>
        <source>The votes have been shown. Ask anew.</source>
        <translation>Die Stimmen wurden gezeigt. Stellen Sie eine neue Frage.</translation>
    </message>
    <message>
        <source>The votes have been shown.</source>
        <translation>Die Stimmen wurden gezeigt.</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Locks in %1 s</source>
        <translation>Sperre in %1 s</translation>
    </message>
    <message>
        <source>Let everybody buy and vote again</source>
        <translation>Alle wieder kaufen und abstimmen lassen</translation>
    </message>
    <message>
        <source>After ten seconds nobody can buy or vote</source>
        <translation>Nach zehn Sekunden kann niemand mehr kaufen oder abstimmen</translation>
    </message>
    <message>
        <source>Select a student first.</source>
        <translation>Wählen Sie zuerst einen Teilnehmer.</translation>
    </message>
    <message>
        <source>Nobody has joined yet.</source>
        <translation>Noch ist niemand beigetreten.</translation>
    </message>
    <message>
        <source>nothing asked</source>
        <translation>nichts gefragt</translation>
    </message>
    <message>
        <source>round %1: %2 of %3 have voted</source>
        <translation>Runde %1: %2 von %3 haben abgestimmt</translation>
    </message>
    <message>
        <source>round %1 is over: the class discusses</source>
        <translation>Runde %1 ist vorbei: Die Klasse diskutiert</translation>
    </message>
    <message>
        <source>revealed</source>
        <translation>aufgelöst</translation>
    </message>
    <message>
        <source>1 student</source>
        <translation>1 Teilnehmer</translation>
    </message>
    <message>
        <source>%1 students</source>
        <translation>%1 Teilnehmer</translation>
    </message>
    <message>
        <source>Join the class</source>
        <translation>Der Klasse beitreten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Remove a student</source>
        <translation>Teilnehmer entfernen</translation>
    </message>
    <message>
        <source>Remove %1 from the class? Their votes are taken out; their orders stay.</source>
        <translation>%1 aus der Klasse entfernen? Abgegebene Stimmen werden gestrichen; die Bestellungen bleiben.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>The class looks at nobody&apos;s order any more.</source>
        <translation>Die Klasse sieht keine Bestellung eines Teilnehmers mehr.</translation>
    </message>
    <message>
        <source>The class looks at the newest order of %1.</source>
        <translation>Die Klasse sieht die neueste Bestellung von %1.</translation>
    </message>
    <message>
        <source>End the class</source>
        <translation>Klasse beenden</translation>
    </message>
    <message>
        <source>End the class? All students are told so, and nobody can come back. Save the results first if you want to keep them; orders and recordings stay.</source>
        <translation>Die Klasse beenden? Alle Teilnehmer erfahren es, und niemand kann zurückkommen. Speichern Sie zuerst die Ergebnisse, wenn Sie sie behalten möchten; Bestellungen und Aufzeichnungen bleiben.</translation>
    </message>
    <message>
        <source>Save the results</source>
        <translation>Ergebnisse speichern</translation>
    </message>
    <message>
        <source>A row for each student, question and round. Students have numbers, not names, unless you want names.</source>
        <translation>Eine Zeile für jeden Teilnehmer, jede Frage und jede Runde. Teilnehmer haben Nummern statt Namen, außer wenn Sie Namen möchten.</translation>
    </message>
    <message>
        <source>With the students&apos; names</source>
        <translation>Mit den Namen der Teilnehmer</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>class.csv</source>
        <translation>class.csv</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Gespeichert: %1</translation>
    </message>
    <message>
        <source>%1 is not saved: %2</source>
        <translation>%1 wurde nicht gespeichert: %2</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ClassStudentsModel</name>
    <message>
        <source>here</source>
        <translation>da</translation>
    </message>
    <message>
        <source>away</source>
        <translation>weg</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Student</source>
        <translation>Teilnehmer</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Bought</source>
        <translation>Gekauft</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Bezahlt</translation>
    </message>
    <message>
        <source>Vote</source>
        <translation>Wahl</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ColumnsDialog</name>
    <message>
        <source>&amp;Up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>&amp;Down</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Columns of “%1”</source>
        <translation>Spalten von „%1“</translation>
    </message>
    <message>
        <source>Space shows or hides a column.</source>
        <translation>Die Leertaste blendet eine Spalte ein oder aus.</translation>
    </message>
    <message>
        <source>Columns, from the left</source>
        <translation>Spalten, von links</translation>
    </message>
    <message>
        <source>Further to the left</source>
        <translation>Weiter nach links</translation>
    </message>
    <message>
        <source>Further to the right</source>
        <translation>Weiter nach rechts</translation>
    </message>
    <message>
        <source>&amp;Width</source>
        <translation>&amp;Breite</translation>
    </message>
    <message>
        <source>Width of the chosen column</source>
        <translation>Breite der gewählten Spalte</translation>
    </message>
    <message>
        <source>&amp;Reset columns</source>
        <translation>Spalten &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::CommandPalette</name>
    <message>
        <source>Go to anything</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>What to go to or do</source>
        <translation>Wohin gehen oder was tun</translation>
    </message>
    <message>
        <source>an action, a panel, an order, a customer, a group, a time such as 1.083</source>
        <translation>Aktion, Ansicht, Bestellung, Kunde, Gruppe, Zeit wie 1.083</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>Was passt</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::CompareView</name>
    <message>
        <source>Event flow of the other world</source>
        <translation>Ereignisfluss der anderen Welt</translation>
    </message>
    <message>
        <source>Event flow of the shown world</source>
        <translation>Ereignisfluss der gezeigten Welt</translation>
    </message>
    <message>
        <source>◂ previous</source>
        <translation>◂ zurück</translation>
    </message>
    <message>
        <source>next ▸</source>
        <translation>weiter ▸</translation>
    </message>
    <message>
        <source>Leave compare</source>
        <translation>Vergleich beenden</translation>
    </message>
    <message>
        <source>%1 paid</source>
        <translation>%1 bezahlt</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 canceled</source>
        <translation>%1 storniert</translation>
    </message>
    <message>
        <source>%1 dead-lettered</source>
        <translation>%1 als Dead Letter</translation>
    </message>
    <message>
        <source>%1 in flight</source>
        <translation>%1 unterwegs</translation>
    </message>
    <message>
        <source>%1 accepted = %2 · %3 charges</source>
        <translation>%1 angenommen = %2 · %3 Abbuchungen</translation>
    </message>
    <message>
        <source>all promises hold</source>
        <translation>alle Zusagen halten</translation>
    </message>
    <message>
        <source>· nothing differs at this moment</source>
        <translation>· in diesem Moment kein Unterschied</translation>
    </message>
    <message>
        <source>· equal parts are dim</source>
        <translation>· Gleiches ist blass</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Vergleichen…</translation>
    </message>
    <message>
        <source>No order differs</source>
        <translation>Kein Unterschied</translation>
    </message>
    <message>
        <source>In both worlds every order had the same events and the same end.</source>
        <translation>In beiden Welten hatte jede Bestellung dieselben Ereignisse und dasselbe Ende.</translation>
    </message>
    <message>
        <source>%1 difference of %2, at %3</source>
        <translation>%1 Unterschied von %2, bei %3</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Erster</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::CreateOrdersPanel</name>
    <message>
        <source>payment declined</source>
        <translation>Zahlung abgelehnt</translation>
    </message>
    <message>
        <source>Declined by the gateway: the order fails.</source>
        <translation>Vom Gateway abgelehnt: Die Bestellung schlägt fehl.</translation>
    </message>
    <message>
        <source>fails twice, then works</source>
        <translation>zwei Fehler, dann bezahlt</translation>
    </message>
    <message>
        <source>Two attempts fail, the third is paid.</source>
        <translation>Zwei Versuche scheitern, beim dritten wird bezahlt.</translation>
    </message>
    <message>
        <source>past the timeout</source>
        <translation>über dem Timeout</translation>
    </message>
    <message>
        <source>Takes 10 s, longer than it may: is retried.</source>
        <translation>Dauert 10 s, länger als erlaubt: wird wiederholt.</translation>
    </message>
    <message>
        <source>ends in dead letters</source>
        <translation>wird Dead Letter</translation>
    </message>
    <message>
        <source>Never works: its event becomes a dead letter.</source>
        <translation>Gelingt nie: Das Ereignis wird ein Dead Letter.</translation>
    </message>
    <message>
        <source>Orders, failures and invariants</source>
        <translation>Bestellungen, Störungen und Zusagen</translation>
    </message>
    <message>
        <source>Create orders</source>
        <translation>Bestellungen anlegen</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Währung</translation>
    </message>
    <message>
        <source>Create order</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Create this order (Ctrl+N, or Enter in a field)</source>
        <translation>Diese Bestellung anlegen (Strg+N oder Eingabetaste in einem Feld)</translation>
    </message>
    <message>
        <source>Burst of 100</source>
        <translation>Schub von 100</translation>
    </message>
    <message>
        <source>100 orders of different customers at once (Ctrl+B). One in ten is declined, one in twenty needs three attempts.</source>
        <translation>100 Bestellungen verschiedener Kunden auf einmal (Strg+B). Jede zehnte wird abgelehnt, jede zwanzigste braucht drei Versuche.</translation>
    </message>
    <message>
        <source>Steady flow</source>
        <translation>Zustrom</translation>
    </message>
    <message>
        <source>Steady flow, orders a second</source>
        <translation>Stetiger Zustrom, Bestellungen pro Sekunde</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Import orders…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>Create the orders of a CSV file (Ctrl+I): user_id, amount, currency, created_at. The same file again creates nothing twice.</source>
        <translation>Die Bestellungen einer CSV-Datei anlegen (Strg+I): user_id, amount, currency, created_at. Dieselbe Datei legt beim zweiten Mal nichts doppelt an.</translation>
    </message>
    <message>
        <source>Test customers</source>
        <translation>Testkunden</translation>
    </message>
    <message>
        <source>Customers whose payments go wrong in a way of their own</source>
        <translation>Kunden, deren Zahlungen auf je eigene Art schiefgehen</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::DatabasePanel</name>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>The rows of each table</source>
        <translation>Die Zeilen jeder Tabelle</translation>
    </message>
    <message>
        <source>Ask the database; it only reads</source>
        <translation>Die Datenbank abfragen; sie wird nur gelesen</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::DeadLettersModel</name>
    <message>
        <source>↩ came back</source>
        <translation>↩ zurückgekommen</translation>
    </message>
    <message>
        <source>↩ came back %1×</source>
        <translation>↩ %1× zurückgekommen</translation>
    </message>
    <message>
        <source>It was replayed, and was given up again.</source>
        <translation>Wurde erneut zugestellt und wieder aufgegeben.</translation>
    </message>
    <message>
        <source>not an event of ours</source>
        <translation>kein eigenes Ereignis</translation>
    </message>
    <message>
        <source>%1
The newest %2 of %3 are listed.</source>
        <translation>%1
Aufgeführt sind die neuesten %2 von %3.</translation>
    </message>
    <message>
        <source>Dead letter of %1, order %2</source>
        <translation>Dead Letter von %1, Bestellung %2</translation>
    </message>
    <message>
        <source>Cause and customer</source>
        <translation>Ursache und Kunde</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Bestellung</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Aufgegeben</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::DeadLettersPanel</name>
    <message>
        <source>Correct the event&apos;s data, or one field in all of a cause, then replay (E)</source>
        <translation>Die Daten des Ereignisses korrigieren, oder ein Feld in allen mit derselben Ursache, dann erneut zustellen (E)</translation>
    </message>
    <message>
        <source>Edit all and replay…</source>
        <translation>Alle ändern und erneut zustellen…</translation>
    </message>
    <message>
        <source>Dead letters</source>
        <translation>Dead Letters</translation>
    </message>
    <message>
        <source>The dead letter was not discarded. %1</source>
        <translation>Der Dead Letter wurde nicht verworfen. %1</translation>
    </message>
    <message>
        <source>Show dead letters that are</source>
        <translation>Dead Letters mit diesem Zustand zeigen</translation>
    </message>
    <message>
        <source>Give it back to the group that failed, after a look at what that would do (Enter)</source>
        <translation>An die gescheiterte Gruppe zurückgeben, nach einem Blick auf die Auswirkungen (Eingabetaste)</translation>
    </message>
    <message>
        <source>Edit and replay…</source>
        <translation>Ändern und erneut zustellen…</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>Verwerfen…</translation>
    </message>
    <message>
        <source>Decide that it is not to be done; asks first (Delete)</source>
        <translation>Entscheiden, dass es nicht verarbeitet wird; fragt vorher nach (Entf)</translation>
    </message>
    <message>
        <source>Dead letters by cause</source>
        <translation>Dead Letters nach Ursache</translation>
    </message>
    <message>
        <source>The selected dead letter</source>
        <translation>Der gewählte Dead Letter</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 mit %2</translation>
    </message>
    <message>
        <source>Dead letters %1</source>
        <translation>Dead Letters %1</translation>
    </message>
    <message>
        <source>The journals tell that %1 wait.</source>
        <translation>Laut den Journalen warten %1.</translation>
    </message>
    <message>
        <source>Dead letters cannot be read. %1</source>
        <translation>Die Dead Letters sind nicht lesbar. %1</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Sucht…</translation>
    </message>
    <message>
        <source>None of the dead letters was given up in the chosen range.</source>
        <translation>Keiner der Dead Letters wurde im gewählten Bereich aufgegeben.</translation>
    </message>
    <message>
        <source>No dead letters wait.

An event that a group cannot handle, however often it tries, is kept here whole until a person decides; the events behind it go on. To see one, create an order for the customer user-poison.</source>
        <translation>Es warten keine Dead Letters.

Ein Ereignis, das eine Gruppe trotz aller Versuche nicht verarbeiten kann, bleibt hier vollständig erhalten, bis ein Mensch entscheidet; die Ereignisse dahinter laufen weiter. Um eines zu sehen, legen Sie eine Bestellung für den Kunden user-poison an.</translation>
    </message>
    <message>
        <source>Nobody has replayed a dead letter yet.</source>
        <translation>Noch niemand hat einen Dead Letter erneut zugestellt.</translation>
    </message>
    <message>
        <source>Nobody has discarded a dead letter yet.</source>
        <translation>Noch niemand hat einen Dead Letter verworfen.</translation>
    </message>
    <message>
        <source>Replay all %1…</source>
        <translation>Alle %1 erneut zustellen…</translation>
    </message>
    <message>
        <source>Replay…</source>
        <translation>Erneut zustellen…</translation>
    </message>
    <message>
        <source>Replay %1 of order %2 to %3?</source>
        <translation>%1 von Bestellung %2 erneut an %3 zustellen?</translation>
    </message>
    <message>
        <source>Replay all that %1 gave up on: %2?</source>
        <translation>Alle von %1 aufgegebenen Ereignisse erneut zustellen: %2?</translation>
    </message>
    <message>
        <source>Correct %1 of order %2, then replay it to %3</source>
        <translation>%1 von Bestellung %2 korrigieren, dann erneut an %3 zustellen</translation>
    </message>
    <message>
        <source>Its order is %1 now.</source>
        <translation>Die Bestellung ist jetzt %1.</translation>
    </message>
    <message>
        <source>The journal does not have the moment at which this event was given up: that was in an earlier run, or so long ago that its entries had to make room.</source>
        <translation>Das Journal enthält den Moment nicht, in dem dieses Ereignis aufgegeben wurde: Das war in einem früheren Lauf oder vor so langer Zeit, dass seine Einträge Platz machen mussten.</translation>
    </message>
    <message>
        <source>Discard a record of %1 that is none of our events?</source>
        <translation>Einen Record von %1 verwerfen, der keines unserer Ereignisse ist?</translation>
    </message>
    <message>
        <source>Discard %1 of order %2, which %3 gave up on?</source>
        <translation>%1 von Bestellung %2 verwerfen, das %3 aufgegeben hat?</translation>
    </message>
    <message>
        <source>Go to its moment	G</source>
        <translation>Zu seinem Moment	G</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::DiscardDialog</name>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Its group will never do this event. That cannot be undone; the row stays, with who decided it and why.</source>
        <translation>Seine Gruppe wird dieses Ereignis nie verarbeiten. Das lässt sich nicht rückgängig machen; die Zeile bleibt, mit dem Vermerk, wer es entschieden hat und warum.</translation>
    </message>
    <message>
        <source>Why it is discarded</source>
        <translation>Warum verworfen wird</translation>
    </message>
    <message>
        <source>why (may stay empty)</source>
        <translation>warum (darf leer bleiben)</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::EntryFinder</name>
    <message>
        <source>column %1: %2</source>
        <translation>Spalte %1: %2</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::EventFlowView</name>
    <message>
        <source>
Click to see its story, double click to go to this moment</source>
        <translation>
Klicken zeigt den Verlauf, Doppelklicken springt zu diesem Moment</translation>
    </message>
    <message>
        <source>switching…</source>
        <translation>wechselt…</translation>
    </message>
    <message>
        <source>No orders in this run yet</source>
        <translation>Noch keine Bestellungen in diesem Lauf</translation>
    </message>
    <message>
        <source>No orders yet</source>
        <translation>Noch keine Bestellungen</translation>
    </message>
    <message>
        <source>Event flow</source>
        <translation>Ereignisfluss</translation>
    </message>
    <message>
        <source>Events on their way from the API through the store and the event bus to the workers. Arrow keys go from node to node, Enter opens one.</source>
        <translation>Ereignisse auf dem Weg von der API durch Store und Ereignisbus zu den Workern. Pfeiltasten gehen von Knoten zu Knoten, die Eingabetaste öffnet einen.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::FailuresSection</name>
    <message>
        <source>struck %1×</source>
        <translation>%1× getroffen</translation>
    </message>
    <message>
        <source>It has switched itself off: %1, as was asked.</source>
        <translation>Hat sich selbst ausgeschaltet: %1, wie verlangt.</translation>
    </message>
    <message>
        <source>Inject failures</source>
        <translation>Störungen einspielen</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>Mehr…</translation>
    </message>
    <message>
        <source>Compose any failure: where, what, how often, when and to whom (Ctrl+M)</source>
        <translation>Eine beliebige Störung zusammenstellen: wo, was, wie oft, wann und für wen (Strg+M)</translation>
    </message>
    <message>
        <source>Stop all</source>
        <translation>Alle stoppen</translation>
    </message>
    <message>
        <source>Stop all failures (Ctrl+.)</source>
        <translation>Alle Störungen stoppen (Strg+.)</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>noch %1 s</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>It has not struck yet.</source>
        <translation>Hat noch nicht getroffen.</translation>
    </message>
    <message>
        <source>It has struck once.</source>
        <translation>Hat einmal getroffen.</translation>
    </message>
    <message>
        <source>It has struck %1 times.</source>
        <translation>Hat %1-mal getroffen.</translation>
    </message>
    <message>
        <source>%1 of %2 on</source>
        <translation>%1 von %2 aktiv</translation>
    </message>
    <message>
        <source>%1 more are on that have no switch here; see More…</source>
        <translation>%1 weitere sind aktiv, die hier keinen Schalter haben; siehe Mehr…</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::FateFinder</name>
    <message>
        <source>%1: from %2 to %3 at %4, with “%5”.</source>
        <translation>%1: von %2 auf %3 bei %4, mit „%5“.</translation>
    </message>
    <message>
        <source>Until %1 “%2” would have kept it.</source>
        <translation>Bis %1 hätte „%2“ die Zusage gehalten.</translation>
    </message>
    <message>
        <source>The point of no return was not found. %1</source>
        <translation>Der Punkt ohne Wiederkehr wurde nicht gefunden. %1</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::FaultsDialog</name>
    <message>
        <source>Probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>At most, times</source>
        <translation>Höchstens (Mal)</translation>
    </message>
    <message>
        <source>Begins after</source>
        <translation>Beginnt nach</translation>
    </message>
    <message>
        <source>Goes on for</source>
        <translation>Dauert</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>Verzögerung</translation>
    </message>
    <message>
        <source>Bytes a second</source>
        <translation>Bytes/Sekunde</translation>
    </message>
    <message>
        <source>Only the order</source>
        <translation>Nur die Bestellung</translation>
    </message>
    <message>
        <source>Inject failures</source>
        <translation>Störungen einspielen</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Was geschieht</translation>
    </message>
    <message>
        <source>no end</source>
        <translation>unbegrenzt</translation>
    </message>
    <message>
        <source>until it is stopped</source>
        <translation>bis zum Stoppen</translation>
    </message>
    <message>
        <source>65536, or such as 20KB</source>
        <translation>65536 oder etwa 20KB</translation>
    </message>
    <message>
        <source>any event</source>
        <translation>jedes Ereignis</translation>
    </message>
    <message>
        <source>Only events</source>
        <translation>Nur Ereignisse</translation>
    </message>
    <message>
        <source>any group</source>
        <translation>jede Gruppe</translation>
    </message>
    <message>
        <source>Only the group</source>
        <translation>Nur die Gruppe</translation>
    </message>
    <message>
        <source>Only the worker</source>
        <translation>Nur der Worker</translation>
    </message>
    <message>
        <source>any, such as payment-1</source>
        <translation>jeder, etwa payment-1</translation>
    </message>
    <message>
        <source>Only the customer</source>
        <translation>Nur der Kunde</translation>
    </message>
    <message>
        <source>any</source>
        <translation>jeder</translation>
    </message>
    <message>
        <source>any; an order&apos;s id</source>
        <translation>jede; ID einer Bestellung</translation>
    </message>
    <message>
        <source>The failure as text</source>
        <translation>Die Störung als Text</translation>
    </message>
    <message>
        <source>As the command line takes it after --fault. It can be edited here as well.</source>
        <translation>Wie die Befehlszeile sie nach --fault nimmt. Der Text lässt sich auch hier ändern.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Inject</source>
        <translation>Einspielen</translation>
    </message>
    <message>
        <source>On now</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Failures that are on</source>
        <translation>Aktive Störungen</translation>
    </message>
    <message>
        <source>Failure</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>Struck</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Übrig</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message>
        <source>Stop all</source>
        <translation>Alle stoppen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>What happens there takes no time of its own.</source>
        <translation>Was dort geschieht, braucht selbst keine Zeit.</translation>
    </message>
    <message>
        <source>Not known at this place, so a failure there strikes all.</source>
        <translation>An dieser Stelle nicht bekannt, daher trifft eine Störung dort alle.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::FilterHeader</name>
    <message>
        <source>Show rows whose %1 contains</source>
        <translation>Zeilen zeigen, deren %1 Folgendes enthält</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>enthält</translation>
    </message>
    <message>
        <source>A part of it; =x: exactly x; null: NULL</source>
        <translation>Ein Teil davon; =x: genau x; null: NULL</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::FittedTable</name>
    <message>
        <source>Bar</source>
        <translation>Balken</translation>
    </message>
    <message>
        <source>&amp;Arrange columns…</source>
        <translation>Spalten &amp;anordnen…</translation>
    </message>
    <message>
        <source>&amp;Reset columns</source>
        <translation>Spalten &amp;zurücksetzen</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::FlowScene</name>
    <message>
        <source>API</source>
        <translation>API</translation>
    </message>
    <message>
        <source>create, cancel</source>
        <translation>anlegen, stornieren</translation>
    </message>
    <message>
        <source>orders</source>
        <translation>Bestellungen</translation>
    </message>
    <message>
        <source>outbox</source>
        <translation>Outbox</translation>
    </message>
    <message>
        <source>inbox</source>
        <translation>Inbox</translation>
    </message>
    <message>
        <source>payments</source>
        <translation>Zahlungen</translation>
    </message>
    <message>
        <source>dead letters</source>
        <translation>Dead Letters</translation>
    </message>
    <message>
        <source>relay %1</source>
        <translation>Relay %1</translation>
    </message>
    <message>
        <source>gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>attempt %1/%2</source>
        <translation>Versuch %1/%2</translation>
    </message>
    <message>
        <source>attempt %1</source>
        <translation>Versuch %1</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>waits for the gateway</source>
        <translation>wartet auf Gateway</translation>
    </message>
    <message>
        <source>waits for the store</source>
        <translation>wartet auf Store</translation>
    </message>
    <message>
        <source>paused: %1</source>
        <translation>pausiert: %1</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>nicht gestartet</translation>
    </message>
    <message>
        <source>no members</source>
        <translation>keine Mitglieder</translation>
    </message>
    <message>
        <source>busy · %1</source>
        <translation>aktiv · %1</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>untätig</translation>
    </message>
    <message>
        <source>%1 parked</source>
        <translation>%1 geparkt</translation>
    </message>
    <message>
        <source>%1 handled</source>
        <translation>%1 verarbeitet</translation>
    </message>
    <message>
        <source>Dead letters</source>
        <translation>Dead Letters</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>effects, inbox row and new events: one transaction</source>
        <translation>Wirkungen, Inbox-Zeile und neue Ereignisse: eine Transaktion</translation>
    </message>
    <message>
        <source>one transaction</source>
        <translation>eine Transaktion</translation>
    </message>
    <message>
        <source>order + outbox</source>
        <translation>Bestellung + Outbox</translation>
    </message>
    <message>
        <source>EVENT BUS</source>
        <translation>EREIGNISBUS</translation>
    </message>
    <message>
        <source>%1 of %2 partitions hidden</source>
        <translation>%1 von %2 Partitionen verborgen</translation>
    </message>
    <message>
        <source>%1 · lag %2</source>
        <translation>%1 · Rückstand %2</translation>
    </message>
    <message>
        <source>lag %1</source>
        <translation>Rückstand %1</translation>
    </message>
    <message>
        <source>‹ %1 more</source>
        <translation>‹ %1 weitere</translation>
    </message>
    <message>
        <source>own: %1</source>
        <translation>eigen: %1</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ForkDialog</name>
    <message>
        <source>Fork at %1</source>
        <translation>Abzweigen bei %1</translation>
    </message>
    <message>
        <source>The second world is the same until this moment. What shall be different from here on?</source>
        <translation>Die zweite Welt ist bis zu diesem Moment dieselbe. Was soll von hier an anders sein?</translation>
    </message>
    <message>
        <source>Fork</source>
        <translation>Abzweigen</translation>
    </message>
    <message>
        <source>Guarantees</source>
        <translation>Garantien</translation>
    </message>
    <message>
        <source>no failures from here on</source>
        <translation>von hier an keine Störungen</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Störungen</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>Crash now</source>
        <translation>Absturz jetzt</translation>
    </message>
    <message>
        <source>drawn anew from here on</source>
        <translation>von hier an neu gezogen</translation>
    </message>
    <message>
        <source>Chance</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <source>max-attempts=3  members=4  fault=gateway-call=fail,count=3</source>
        <translation>max-attempts=3  members=4  fault=gateway-call=fail,count=3</translation>
    </message>
    <message>
        <source>Settings as orderlabd fork --set takes them, separated by blanks</source>
        <translation>Einstellungen, wie orderlabd fork --set sie nimmt, durch Leerzeichen getrennt</translation>
    </message>
    <message>
        <source>Other settings</source>
        <translation>Andere Einstellungen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>all as they are</source>
        <translation>alle, wie sie sind</translation>
    </message>
    <message>
        <source>%1 of %2 to %3, at %4</source>
        <translation>%1 von %2 an %3, bei %4</translation>
    </message>
    <message>
        <source>is lost</source>
        <translation>geht verloren</translation>
    </message>
    <message>
        <source>The member that has it in hand is killed before it begins</source>
        <translation>Das Mitglied, das es in Arbeit hat, wird abgeschossen, bevor es beginnt</translation>
    </message>
    <message>
        <source>comes %1 later</source>
        <translation>kommt %1 später</translation>
    </message>
    <message>
        <source>Next deliveries</source>
        <translation>Nächste Zustellungen</translation>
    </message>
    <message>
        <source>Choose what is different first</source>
        <translation>Wählen Sie zuerst, was anders ist</translation>
    </message>
    <message>
        <source>fork</source>
        <translation>Abzweigung</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::GroupsModel</name>
    <message>
        <source>L: its oldest event has waited for more than a second</source>
        <translation>L: Das älteste Ereignis wartet seit mehr als einer Sekunde</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Topic</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>Partition</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>Committed</source>
        <translation>Committet</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>Rückstand</translation>
    </message>
    <message>
        <source>Lag, time</source>
        <translation>Zeitrückstand</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::GroupsPanel</name>
    <message>
        <source>Reset offsets…</source>
        <translation>Offsets zurücksetzen…</translation>
    </message>
    <message>
        <source>Let the selected row&apos;s group go on from another place of the log (R)</source>
        <translation>Die Gruppe der gewählten Zeile an anderer Stelle des Logs weiterlesen lassen (R)</translation>
    </message>
    <message>
        <source>Consumer groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Members of %1</source>
        <translation>Mitglieder von %1</translation>
    </message>
    <message>
        <source>One member fewer in %1</source>
        <translation>Ein Mitglied weniger in %1</translation>
    </message>
    <message>
        <source>One member more in %1</source>
        <translation>Ein Mitglied mehr in %1</translation>
    </message>
    <message>
        <source>One member fewer: its partitions go to the others</source>
        <translation>Ein Mitglied weniger: Seine Partitionen gehen an die anderen</translation>
    </message>
    <message>
        <source>One member more: partitions are shared anew. More members than partitions wait idle.</source>
        <translation>Ein Mitglied mehr: Partitionen werden neu verteilt. Wo es mehr Mitglieder als Partitionen gibt, warten einige untätig.</translation>
    </message>
    <message>
        <source>Last failure</source>
        <translation>Letzter Fehler</translation>
    </message>
    <message>
        <source>To the last failed attempt, crash or dead letter of the selected row&apos;s group before the moment shown (G)</source>
        <translation>Zum letzten Fehlversuch, Absturz oder Dead Letter der Gruppe in der gewählten Zeile vor dem gezeigten Moment (G)</translation>
    </message>
    <message>
        <source>Consumer groups by partition</source>
        <translation>Consumer-Gruppen nach Partition</translation>
    </message>
    <message>
        <source>Go to the group&apos;s last failure	G</source>
        <translation>Zum letzten Fehler der Gruppe	G</translation>
    </message>
    <message>
        <source>No group has joined yet.</source>
        <translation>Noch ist keine Gruppe beigetreten.</translation>
    </message>
    <message>
        <source>Nothing has failed in %1 until the moment shown.</source>
        <translation>In %1 ist bis zum gezeigten Moment nichts fehlgeschlagen.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::GuaranteesSection</name>
    <message>
        <source>Guarantees</source>
        <translation>Garantien</translation>
    </message>
    <message>
        <source>what-if switches</source>
        <translation>Was-wäre-wenn-Schalter</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::HeldRows</name>
    <message>
        <source>%1 new ▲</source>
        <translation>%1 neu ▲</translation>
    </message>
    <message>
        <source>Rows that have come above; to the top</source>
        <translation>Zeilen, die oben hinzugekommen sind; nach oben</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ImportDialog</name>
    <message>
        <source>Import orders</source>
        <translation>Bestellungen importieren</translation>
    </message>
    <message>
        <source>Importing %1…</source>
        <translation>%1 wird importiert…</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>Fortschritt des Imports</translation>
    </message>
    <message>
        <source>Rejected lines</source>
        <translation>Abgelehnte Zeilen</translation>
    </message>
    <message>
        <source>Save rejected lines…</source>
        <translation>Abgelehnte Zeilen speichern…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1 imported · %2 rejected · %3 already there</source>
        <translation>%1 importiert · %2 abgelehnt · %3 schon vorhanden</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 was not imported to its end: %2</source>
        <translation>%1 wurde nicht vollständig importiert: %2</translation>
    </message>
    <message>
        <source>Canceled. What was imported stays; the same file again takes up where it ended.</source>
        <translation>Abgebrochen. Was importiert ist, bleibt; dieselbe Datei macht beim nächsten Mal dort weiter, wo sie aufgehört hat.</translation>
    </message>
    <message>
        <source>%1 is imported</source>
        <translation>%1 ist importiert</translation>
    </message>
    <message>
        <source>Save rejected lines</source>
        <translation>Abgelehnte Zeilen speichern</translation>
    </message>
    <message>
        <source>%1 was not written: %2</source>
        <translation>%1 wurde nicht geschrieben: %2</translation>
    </message>
    <message>
        <source>it is the imported file itself</source>
        <translation>es ist die importierte Datei selbst</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::InvariantsSection</name>
    <message>
        <source>Invariants</source>
        <translation>Zusagen</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>verletzt</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>hält</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>at %1 ▸</source>
        <translation>bei %1 ▸</translation>
    </message>
    <message>
        <source>%1: broken %2</source>
        <translation>%1: verletzt %2</translation>
    </message>
    <message>
        <source>Click for the order&apos;s story, at that moment.</source>
        <translation>Ein Klick zeigt den Verlauf der Bestellung in diesem Moment.</translation>
    </message>
    <message>
        <source>The first of %1. Click for the order&apos;s story at that moment, again for the next one (F3, Shift+F3).</source>
        <translation>Die erste von %1. Ein Klick zeigt den Verlauf der Bestellung in diesem Moment, noch ein Klick den der nächsten (F3, Umschalt+F3).</translation>
    </message>
    <message>
        <source>%1 in flight</source>
        <translation>%1 unterwegs</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LabBridge</name>
    <message>
        <source>The store belongs to the processes that are watched: their tables are not read from here. Choose another engine above to see tables.</source>
        <translation>Der Store gehört den beobachteten Prozessen: Ihre Tabellen werden von hier nicht gelesen. Wählen Sie oben eine andere Engine, um Tabellen zu sehen.</translation>
    </message>
    <message>
        <source>The log belongs to the processes that are watched: their topics are not read from here. Choose the engine Kafka above to see topics.</source>
        <translation>Das Log gehört den beobachteten Prozessen: Ihre Topics werden von hier nicht gelesen. Wählen Sie oben die Engine Kafka, um Topics zu sehen.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LabCommands</name>
    <message>
        <source>Orders are not being created. %1</source>
        <translation>Es werden keine Bestellungen angelegt. %1</translation>
    </message>
    <message>
        <source>The order was not created. %1</source>
        <translation>Die Bestellung wurde nicht angelegt. %1</translation>
    </message>
    <message>
        <source>The order was not created. %1 customers are still asking for theirs; wait until they have an answer.</source>
        <translation>Die Bestellung wurde nicht angelegt. %1 Kunden warten noch auf ihre; warten Sie, bis sie eine Antwort haben.</translation>
    </message>
    <message>
        <source>The order was not canceled. %1</source>
        <translation>Die Bestellung wurde nicht storniert. %1</translation>
    </message>
    <message>
        <source>%1 was not scaled. %2</source>
        <translation>%1 wurde nicht skaliert. %2</translation>
    </message>
    <message>
        <source>Not yet: the bus is being switched, and %1 joins there as it was.</source>
        <translation>Noch nicht: Der Bus wird gerade gewechselt, und %1 kommt dort dazu wie bisher.</translation>
    </message>
    <message>
        <source>The offsets of %1 were not moved. </source>
        <translation>Die Offsets von %1 wurden nicht verschoben. </translation>
    </message>
    <message>
        <source>The policies of %1 were not changed. %2</source>
        <translation>Die Regeln von %1 wurden nicht geändert. %2</translation>
    </message>
    <message>
        <source>Now on %1, but not all workers are. %2</source>
        <translation>Jetzt auf %1, aber nicht alle Worker sind es. %2</translation>
    </message>
    <message>
        <source>Still on %1. %2</source>
        <translation>Noch auf %1. %2</translation>
    </message>
    <message>
        <source>The system cannot be asked now.</source>
        <translation>Das System lässt sich jetzt nicht fragen.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LabFaultControl</name>
    <message>
        <source>The failures were not changed. %1</source>
        <translation>Die Störungen wurden nicht geändert. %1</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LabSession</name>
    <message>
        <source>Starting…</source>
        <translation>Startet…</translation>
    </message>
    <message>
        <source>Starting PostgreSQL…</source>
        <translation>PostgreSQL startet…</translation>
    </message>
    <message>
        <source>Connecting to PostgreSQL…</source>
        <translation>Verbindung mit PostgreSQL…</translation>
    </message>
    <message>
        <source>Orderlab</source>
        <translation>Orderlab</translation>
    </message>
    <message>
        <source>Where orders come in: created in this window.</source>
        <translation>Wo Bestellungen ankommen: in diesem Fenster angelegt.</translation>
    </message>
    <message>
        <source>Memory store</source>
        <translation>Speicher-Store</translation>
    </message>
    <message>
        <source>PostgreSQL</source>
        <translation>PostgreSQL</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Postgres</source>
        <translation>Postgres</translation>
    </message>
    <message>
        <source>Store: %1
Orders and their events are stored in one transaction.</source>
        <translation>Store: %1
Bestellungen und ihre Ereignisse werden in einer Transaktion gespeichert.</translation>
    </message>
    <message>
        <source>No orders yet. Create one with Ctrl+N.</source>
        <translation>Noch keine Bestellungen. Legen Sie eine mit Strg+N an.</translation>
    </message>
    <message>
        <source>Create one with Ctrl+N, or a hundred with Ctrl+B.</source>
        <translation>Legen Sie eine mit Strg+N an oder hundert mit Strg+B.</translation>
    </message>
    <message>
        <source>memory store</source>
        <translation>Store im Speicher</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LabTableDesk</name>
    <message>
        <source>the store in memory, now</source>
        <translation>der Store im Speicher, jetzt</translation>
    </message>
    <message>
        <source>PostgreSQL, now</source>
        <translation>PostgreSQL, jetzt</translation>
    </message>
    <message>
        <source>PostgreSQL keeps no earlier rows to compare with. The simulated engine, and a store in memory, can be compared.</source>
        <translation>PostgreSQL bewahrt keine früheren Zeilen zum Vergleichen auf. Vergleichen lassen sich die simulierte Engine und ein Store im Speicher.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LearnerProgress</name>
    <message>
        <source>Your progress in the lessons could not be read. The file was set aside as %1, and all lessons are new now.</source>
        <translation>Ihr Fortschritt in den Lektionen war nicht lesbar. Die Datei wurde als %1 beiseitegelegt, und alle Lektionen sind jetzt neu.</translation>
    </message>
    <message>
        <source>Your progress in the lessons cannot be kept: %1 can neither be read nor be set aside.</source>
        <translation>Ihr Fortschritt in den Lektionen wird nicht gespeichert: %1 lässt sich weder lesen noch beiseitelegen.</translation>
    </message>
    <message>
        <source>Your progress is not kept: the folder of %1 cannot be made.</source>
        <translation>Ihr Fortschritt wird nicht gespeichert: Der Ordner von %1 lässt sich nicht anlegen.</translation>
    </message>
    <message>
        <source>Your progress is not kept in %1: %2</source>
        <translation>Ihr Fortschritt wird nicht in %1 gespeichert: %2</translation>
    </message>
    <message>
        <source># Progress in the lessons of Orderlab</source>
        <translation># Fortschritt in den Lektionen von Orderlab</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Lektion</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Predictions right</source>
        <translation>Richtige Vorhersagen</translation>
    </message>
    <message>
        <source>Puzzle</source>
        <translation>Rätsel</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>begun</source>
        <translation>begonnen</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 of %2 worlds</source>
        <translation>%1 von %2 Welten</translation>
    </message>
    <message>
        <source>solved</source>
        <translation>gelöst</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LegendDialog</name>
    <message>
        <source>Legend of the event flow</source>
        <translation>Legende des Ereignisflusses</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>dead letter: a group gave the event up</source>
        <translation>Dead Letter: Eine Gruppe hat das Ereignis aufgegeben</translation>
    </message>
    <message>
        <source>In a partition</source>
        <translation>In einer Partition</translation>
    </message>
    <message>
        <source>hollow: published, its dot is still on the way here</source>
        <translation>hohl: veröffentlicht, sein Punkt ist noch auf dem Weg hierher</translation>
    </message>
    <message>
        <source>bright: some group has not handled it yet</source>
        <translation>hell: Mindestens eine Gruppe hat es noch nicht verarbeitet</translation>
    </message>
    <message>
        <source>dim: every group has handled it</source>
        <translation>blass: Jede Gruppe hat es verarbeitet</translation>
    </message>
    <message>
        <source>circled: of the selected order</source>
        <translation>umkreist: von der gewählten Bestellung</translation>
    </message>
    <message>
        <source>the slowest group is so many events further back</source>
        <translation>um so viele Ereignisse liegt die langsamste Gruppe weiter zurück</translation>
    </message>
    <message>
        <source>Groups: how far each has committed</source>
        <translation>Gruppen: wie weit jede committet hat</translation>
    </message>
    <message>
        <source>line under events: what the slowest group has still to do (its lag)</source>
        <translation>Linie unter Ereignissen: was die langsamste Gruppe noch vor sich hat (ihr Rückstand)</translation>
    </message>
    <message>
        <source>On the cards</source>
        <translation>Auf den Karten</translation>
    </message>
    <message>
        <source>ring: turns while the group works; yellow while it waits for the next attempt</source>
        <translation>Ring: dreht sich, solange die Gruppe arbeitet; gelb, solange sie auf den nächsten Versuch wartet</translation>
    </message>
    <message>
        <source>so many members share the group&apos;s partitions</source>
        <translation>so viele Mitglieder teilen sich die Partitionen der Gruppe</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Linien</translation>
    </message>
    <message>
        <source>order and its outbox row, in one transaction; then the relay publishes</source>
        <translation>Bestellung und ihre Outbox-Zeile, in einer Transaktion; danach veröffentlicht das Relay</translation>
    </message>
    <message>
        <source>a handler&apos;s effects, its inbox row and new events, in one transaction</source>
        <translation>Wirkungen eines Handlers, seine Inbox-Zeile und neue Ereignisse, in einer Transaktion</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LessonDesk</name>
    <message>
        <source>Say first when you know the cause.</source>
        <translation>Melden Sie zuerst, dass Sie die Ursache kennen.</translation>
    </message>
    <message>
        <source>Repair it first.</source>
        <translation>Beheben Sie es zuerst.</translation>
    </message>
    <message>
        <source>Commit your prediction first.</source>
        <translation>Legen Sie zuerst Ihre Vorhersage fest.</translation>
    </message>
    <message>
        <source>This lesson is done.</source>
        <translation>Diese Lektion ist fertig.</translation>
    </message>
    <message>
        <source>Something in this lesson is still open. It waits for you in the list.</source>
        <translation>In dieser Lektion ist noch etwas offen. Sie wartet in der Liste auf Sie.</translation>
    </message>
    <message>
        <source>The run of this lesson cannot be made: %1</source>
        <translation>Der Lauf dieser Lektion lässt sich nicht erzeugen: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a change of the world, and what is wrong with it</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LessonList</name>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>begun</source>
        <translation>begonnen</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>Search the lessons</source>
        <translation>Lektionen durchsuchen</translation>
    </message>
    <message>
        <source>Search: outbox, lag, timeouts…</source>
        <translation>Suche: Outbox, Rückstand, Timeouts…</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>Lektionen</translation>
    </message>
    <message>
        <source>More about lessons</source>
        <translation>Mehr zu den Lektionen</translation>
    </message>
    <message>
        <source>&amp;Open a lesson from a file…</source>
        <translation>Lektion aus Datei &amp;öffnen…</translation>
    </message>
    <message>
        <source>&amp;Export your progress…</source>
        <translation>Fortschritt &amp;exportieren…</translation>
    </message>
    <message>
        <source>&amp;Forget the chosen lesson…</source>
        <translation>Gewählte Lektion &amp;vergessen…</translation>
    </message>
    <message>
        <source>Forget &amp;all progress…</source>
        <translation>&amp;Allen Fortschritt vergessen…</translation>
    </message>
    <message>
        <source>Where do you want to begin?</source>
        <translation>Wo möchten Sie anfangen?</translation>
    </message>
    <message>
        <source>I have used Kafka or another log</source>
        <translation>Ich habe mit Kafka gearbeitet</translation>
    </message>
    <message>
        <source>I know the transactional outbox</source>
        <translation>Ich kenne die transaktionale Outbox</translation>
    </message>
    <message>
        <source>I know why “exactly once” is in quotes</source>
        <translation>Ich traue „genau einmal“ nicht</translation>
    </message>
    <message>
        <source>Find my way</source>
        <translation>Weg finden</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>%1 · %2 min · %3</source>
        <comment>state, how long, what about</comment>
        <translation>%1 · %2 min · %3</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 of %2 done</source>
        <translation>%1 von %2 fertig</translation>
    </message>
    <message>
        <source>Go on: %1</source>
        <translation>Weiter mit: %1</translation>
    </message>
    <message>
        <source>Next: %1</source>
        <translation>Als Nächstes: %1</translation>
    </message>
    <message>
        <source>Open a lesson</source>
        <translation>Lektion öffnen</translation>
    </message>
    <message>
        <source>Lessons (*.md);;All files (*)</source>
        <translation>Lektionen (*.md);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Export your progress</source>
        <translation>Fortschritt exportieren</translation>
    </message>
    <message>
        <source>Markdown (*.md);;JSON (*.json)</source>
        <translation>Markdown (*.md);;JSON (*.json)</translation>
    </message>
    <message>
        <source>%1 is written.</source>
        <translation>%1 ist geschrieben.</translation>
    </message>
    <message>
        <source>%1 is not written: %2</source>
        <translation>%1 wurde nicht geschrieben: %2</translation>
    </message>
    <message>
        <source>Forget all progress</source>
        <translation>Allen Fortschritt vergessen</translation>
    </message>
    <message>
        <source>Everything that you have done in the lessons is forgotten. Export it first if you want to keep it.</source>
        <translation>Alles, was Sie in den Lektionen getan haben, wird vergessen. Exportieren Sie es zuerst, wenn Sie es behalten möchten.</translation>
    </message>
    <message>
        <source>Choose a lesson in the list first: with the arrows, without opening it.</source>
        <translation>Wählen Sie zuerst eine Lektion in der Liste: mit den Pfeiltasten, ohne sie zu öffnen.</translation>
    </message>
    <message>
        <source>Forget this lesson</source>
        <translation>Diese Lektion vergessen</translation>
    </message>
    <message>
        <source>What you have done in “%1” is forgotten.</source>
        <translation>Was Sie in „%1“ getan haben, wird vergessen.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LessonPage</name>
    <message>
        <source>‹ All lessons</source>
        <translation>‹ Alle Lektionen</translation>
    </message>
    <message>
        <source>Handout…</source>
        <translation>Handout…</translation>
    </message>
    <message>
        <source>This lesson with its pictures as a PDF file</source>
        <translation>Diese Lektion mit ihren Bildern als PDF-Datei</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>On-call drill</source>
        <translation>Bereitschaftsübung</translation>
    </message>
    <message>
        <source>Lesson from a file</source>
        <translation>Lektion aus Datei</translation>
    </message>
    <message>
        <source>Lesson %1</source>
        <translation>Lektion %1</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Abschließen</translation>
    </message>
    <message>
        <source>Leave it for now</source>
        <translation>Vorerst verlassen</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LessonTextView</name>
    <message>
        <source>Text of the lesson</source>
        <translation>Text der Lektion</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LessonsPanel</name>
    <message>
        <source>Lessons</source>
        <translation>Lektionen</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LineChart</name>
    <message>
        <source>Click: the moment. Drag: a range for tables and charts.</source>
        <translation>Klicken: der Moment. Ziehen: ein Bereich für Tabellen und Diagramme.</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>noch nichts</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LiveRecorder</name>
    <message>
        <source>Only what a real system does is recorded. A simulated run can be made again at any time from its line; orderlabd simulate --journal writes it to a file.</source>
        <translation>Aufgezeichnet wird nur, was ein echtes System tut. Ein simulierter Lauf lässt sich jederzeit aus seiner Zeile wiederholen; orderlabd simulate --journal schreibt ihn in eine Datei.</translation>
    </message>
    <message>
        <source>The system has ended.</source>
        <translation>Das System ist beendet.</translation>
    </message>
    <message>
        <source>%1 is being recorded already.</source>
        <translation>%1 wird schon aufgezeichnet.</translation>
    </message>
    <message>
        <source>Recorded: %1 has %2 entries, %3.</source>
        <translation>Aufgezeichnet: %1 hat %2 Einträge, %3.</translation>
    </message>
    <message>
        <source>The recording has ended. %1. The file has %2 entries, %3, and can be opened.</source>
        <translation>Die Aufzeichnung ist beendet. %1. Die Datei hat %2 Einträge, %3, und lässt sich öffnen.</translation>
    </message>
    <message>
        <source>%1 %2 earlier or later entries are missing: the journal no longer had them.</source>
        <translation>%1 %2 frühere oder spätere Einträge fehlen: Das Journal hatte sie nicht mehr.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LogModel</name>
    <message>
        <source>no longer kept: the oldest entries have made room</source>
        <translation>nicht mehr vorhanden: Die ältesten Einträge haben Platz gemacht</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Bestellung</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>Versuch</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::LogPanel</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Show lines from this level on</source>
        <translation>Zeilen ab dieser Stufe zeigen</translation>
    </message>
    <message>
        <source>all lines</source>
        <translation>alle Zeilen</translation>
    </message>
    <message>
        <source>info and worse</source>
        <translation>ab Info</translation>
    </message>
    <message>
        <source>warnings and errors</source>
        <translation>Warnungen und Fehler</translation>
    </message>
    <message>
        <source>message, group or order id</source>
        <translation>Meldung, Gruppe oder Bestell-ID</translation>
    </message>
    <message>
        <source>Show lines that contain</source>
        <translation>Zeilen zeigen, die Folgendes enthalten</translation>
    </message>
    <message>
        <source>Show this moment</source>
        <translation>Diesen Moment zeigen</translation>
    </message>
    <message>
        <source>Only this order</source>
        <translation>Nur diese Bestellung</translation>
    </message>
    <message>
        <source>Copy the line</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>Noch ist nichts geschehen.</translation>
    </message>
    <message>
        <source>No line matches these filters.</source>
        <translation>Keine Zeile passt zu diesen Filtern.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1; the oldest %2 were not looked through</source>
        <translation>%1; die ältesten %2 wurden nicht durchsucht</translation>
    </message>
    <message>
        <source>the newest %1 lines</source>
        <translation>die neuesten %1 Zeilen</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::MainWindow</name>
    <message>
        <source>Another engine</source>
        <translation>Andere Engine</translation>
    </message>
    <message numerus="yes">
        <source>%n orders are under way. End the system nevertheless?</source>
        <translation>
            <numerusform>%n Bestellung ist unterwegs. Das System trotzdem beenden?</numerusform>
            <numerusform>%n Bestellungen sind unterwegs. Das System trotzdem beenden?</numerusform>
        </translation>
    </message>
    <message>
        <source>They are in the database, and go on when the real system is started again.</source>
        <translation>Sie sind in der Datenbank und laufen weiter, wenn das echte System wieder startet.</translation>
    </message>
    <message>
        <source>The store is in memory: all orders of this system are gone then.</source>
        <translation>Der Store ist im Speicher: Dann sind alle Bestellungen dieses Systems weg.</translation>
    </message>
    <message>
        <source>End the system</source>
        <translation>System beenden</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Bleiben</translation>
    </message>
    <message>
        <source>Toolbar</source>
        <translation>Symbolleiste</translation>
    </message>
    <message>
        <source>reset the layout</source>
        <translation>Anordnung zurücksetzen</translation>
    </message>
    <message>
        <source>As large as usual.</source>
        <translation>So groß wie üblich.</translation>
    </message>
    <message>
        <source>All is shown at %1 %. Ctrl+0: as usual.</source>
        <translation>Alles wird mit %1 % gezeigt. Strg+0: wie üblich.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>%1 orders are under way. Quit nevertheless?</source>
        <translation>%1 Bestellungen sind unterwegs. Trotzdem beenden?</translation>
    </message>
    <message>
        <source>Where the orders are kept</source>
        <translation>Ort der Bestellungen</translation>
    </message>
    <message>
        <source>This customer was charged twice. The story at the right says why, and what would have prevented it. F3 goes to the next broken promise.</source>
        <translation>Von diesem Kunden wurde doppelt abgebucht. Der Verlauf rechts zeigt, warum, und was es verhindert hätte. F3 geht zur nächsten verletzten Zusage.</translation>
    </message>
    <message>
        <source>This is a fifth of a second before the customer is charged twice, ten times as slow. Drag the playhead in the timeline to look again.</source>
        <translation>Dies ist eine Fünftelsekunde vor der doppelten Abbuchung, zehnmal langsamer. Ziehen Sie die Abspielmarke in der Zeitleiste, um noch einmal hinzusehen.</translation>
    </message>
    <message>
        <source>The world is still in order here. Choose what is to be otherwise from now on, and compare what becomes of it.</source>
        <translation>Hier ist die Welt noch in Ordnung. Wählen Sie, was von jetzt an anders sein soll, und vergleichen Sie, was daraus wird.</translation>
    </message>
    <message>
        <source>Import orders</source>
        <translation>Bestellungen importieren</translation>
    </message>
    <message>
        <source>Order files (*.csv);;All files (*)</source>
        <translation>Bestelldateien (*.csv);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>One import runs already. Wait for its end, or cancel it.</source>
        <translation>Ein Import läuft schon. Warten Sie sein Ende ab, oder brechen Sie ihn ab.</translation>
    </message>
    <message>
        <source>No promise is broken here.</source>
        <translation>Hier ist keine Zusage verletzt.</translation>
    </message>
    <message>
        <source>The screen has no room for more than %1 %.</source>
        <translation>Für mehr als %1 % hat der Bildschirm keinen Platz.</translation>
    </message>
    <message>
        <source>The saved filters of orders could not be read. They are set aside, and there are none now.</source>
        <translation>Die gespeicherten Filter für Bestellungen waren nicht lesbar. Sie sind beiseitegelegt, und es gibt jetzt keine.</translation>
    </message>
    <message>
        <source>What was remembered of the columns of “%1” could not be read. It is set aside, and the columns are as at first.</source>
        <translation>Was zu den Spalten von „%1“ gespeichert war, war nicht lesbar. Es ist beiseitegelegt, und die Spalten sind wie zu Anfang.</translation>
    </message>
    <message>
        <source>The list in front has columns that cannot be arranged. Open a tab with a table, such as Orders.</source>
        <translation>Die Liste im Vordergrund hat keine Spalten, die sich anordnen lassen. Öffnen Sie einen Reiter mit einer Tabelle, etwa „Bestellungen“.</translation>
    </message>
    <message>
        <source>Open a journal</source>
        <translation>Journal öffnen</translation>
    </message>
    <message>
        <source>Journals (*.jsonl *.orderlab-journal *.packed);;All files (*)</source>
        <translation>Journale (*.jsonl *.orderlab-journal *.packed);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>It cannot be simulated: %1</source>
        <translation>Das lässt sich nicht simulieren: %1</translation>
    </message>
    <message>
        <source>This moment is not copied. %1</source>
        <translation>Dieser Moment wurde nicht kopiert. %1</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <source>Open a moment</source>
        <translation>Moment öffnen</translation>
    </message>
    <message>
        <source>A line that begins with orderlab:</source>
        <translation>Eine Zeile, die mit orderlab: beginnt</translation>
    </message>
    <message>
        <source>This line is not opened: %1</source>
        <translation>Diese Zeile lässt sich nicht öffnen: %1</translation>
    </message>
    <message>
        <source>This is another run than the line tells of: this version of the program makes it otherwise. The journal up to the moment has the hash %1, not %2.</source>
        <translation>Das ist ein anderer Lauf als der, von dem die Zeile berichtet: Diese Programmversion erzeugt ihn anders. Das Journal bis zum Moment hat den Hash %1, nicht %2.</translation>
    </message>
    <message>
        <source>Open a scenario</source>
        <translation>Szenario öffnen</translation>
    </message>
    <message>
        <source>Scenarios (*.json);;All files (*)</source>
        <translation>Szenarien (*.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The further group joins, or goes, when the system is started again.</source>
        <translation>Die weitere Gruppe kommt hinzu oder geht, wenn das System neu gestartet wird.</translation>
    </message>
    <message>
        <source>This world is not opened. %1</source>
        <translation>Diese Welt lässt sich nicht öffnen. %1</translation>
    </message>
    <message>
        <source>Copied, without your program: a line starts none, so who opens it needs the same program. %1</source>
        <translation>Kopiert, ohne Ihr Programm: Eine Zeile startet keines; wer sie öffnet, braucht also dasselbe Programm. %1</translation>
    </message>
    <message>
        <source>&amp;Workers</source>
        <translation>&amp;Worker</translation>
    </message>
    <message>
        <source>Your &amp;own worker…</source>
        <translation>&amp;Eigener Worker…</translation>
    </message>
    <message>
        <source>Start your worker &amp;anew</source>
        <translation>Worker &amp;neu starten</translation>
    </message>
    <message>
        <source>Back to the &amp;built-in handler</source>
        <translation>Zurück zum ein&amp;gebauten Handler</translation>
    </message>
    <message>
        <source>No worker of yours runs.</source>
        <translation>Es läuft kein Worker von Ihnen.</translation>
    </message>
    <message>
        <source>Run the lesson first: the window shows another world.</source>
        <translation>Führen Sie zuerst die Lektion aus: Das Fenster zeigt eine andere Welt.</translation>
    </message>
    <message>
        <source>There is no lesson “%1”.</source>
        <translation>Es gibt keine Lektion „%1“.</translation>
    </message>
    <message>
        <source>This page is docs/%1 of the program&apos;s sources.</source>
        <translation>Diese Seite ist docs/%1 in den Quellen des Programms.</translation>
    </message>
    <message>
        <source>On call

The event flow is covered until it is repaired.
Look at: %1.</source>
        <translation>Rufbereitschaft

Der Ereignisfluss bleibt verdeckt, bis es behoben ist.
Sehen Sie sich an: %1.</translation>
    </message>
    <message>
        <source>Open a lesson first: the handout is of the one that is open.</source>
        <translation>Öffnen Sie zuerst eine Lektion: Das Handout gehört zur offenen Lektion.</translation>
    </message>
    <message>
        <source>Save the handout</source>
        <translation>Handout speichern</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>%1 is written.</source>
        <translation>%1 ist geschrieben.</translation>
    </message>
    <message>
        <source>The run of this lesson is not made yet. Ask again in a moment.</source>
        <translation>Der Lauf dieser Lektion ist noch nicht fertig. Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The event flow at %1 s.</source>
        <translation>Der Ereignisfluss bei %1 s.</translation>
    </message>
    <message>
        <source>The story of the order.</source>
        <translation>Der Verlauf der Bestellung.</translation>
    </message>
    <message>
        <source>The handout is not written: %1</source>
        <translation>Das Handout wurde nicht geschrieben: %1</translation>
    </message>
    <message>
        <source>&amp;Learn</source>
        <translation>&amp;Lernen</translation>
    </message>
    <message>
        <source>&amp;Lessons</source>
        <translation>&amp;Lektionen</translation>
    </message>
    <message>
        <source>&amp;Go on with the next lesson</source>
        <translation>Mit der &amp;nächsten Lektion weitermachen</translation>
    </message>
    <message>
        <source>&amp;Classroom</source>
        <translation>&amp;Klassenraum</translation>
    </message>
    <message>
        <source>Save a &amp;handout…</source>
        <translation>&amp;Handout speichern…</translation>
    </message>
    <message>
        <source>&amp;Present, or stop presenting</source>
        <translation>&amp;Präsentation starten oder beenden</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::MakeStep</name>
    <message>
        <source>A frame for it, in a language that you know: `orderlabd worker new python %1`. [How workers speak](orderlab-doc:own-worker.md)</source>
        <translation>Ein Grundgerüst dafür, in einer Sprache, die Sie kennen: `orderlabd worker new python %1`. [Wie Worker sprechen](orderlab-doc:own-worker.md)</translation>
    </message>
    <message>
        <source>Command that starts it</source>
        <translation>Befehl, der ihn startet</translation>
    </message>
    <message>
        <source>Command that starts your worker</source>
        <translation>Befehl, der Ihren Worker startet</translation>
    </message>
    <message>
        <source>Put it through the worlds</source>
        <translation>Durch die Welten schicken</translation>
    </message>
    <message>
        <source>The program is started on this machine, with your rights. You may leave this step out.</source>
        <translation>Das Programm wird auf diesem Rechner mit Ihren Rechten gestartet. Sie können diesen Schritt auslassen.</translation>
    </message>
    <message>
        <source>See the first world that fails</source>
        <translation>Erste gescheiterte Welt ansehen</translation>
    </message>
    <message>
        <source>✓ Every promise holds in all %1 worlds.</source>
        <translation>✓ Jede Zusage hält in allen %1 Welten.</translation>
    </message>
    <message>
        <source>✗ %1: holds in %2 of %3 worlds. Seed %4: %5</source>
        <translation>✗ %1: hält in %2 von %3 Welten. Seed %4: %5</translation>
    </message>
    <message>
        <source>✗ With seed %1 it answers otherwise when it is asked again: it depends on chance, or on a clock of its own.</source>
        <translation>✗ Mit Seed %1 antwortet das Programm anders, wenn es noch einmal gefragt wird: Es hängt vom Zufall oder von einer eigenen Uhr ab.</translation>
    </message>
    <message>
        <source>python3 my_%1.py</source>
        <translation>python3 my_%1.py</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ModifyStep</name>
    <message>
        <source>See the first world that fails</source>
        <translation>Erste gescheiterte Welt ansehen</translation>
    </message>
    <message>
        <source>✓ You have solved this before, in all %1 worlds.</source>
        <translation>✓ Das haben Sie schon einmal gelöst, in allen %1 Welten.</translation>
    </message>
    <message>
        <source>✓ It is repaired.</source>
        <translation>✓ Es ist behoben.</translation>
    </message>
    <message>
        <source>✓ Solved in all %1 worlds.</source>
        <translation>✓ In allen %1 Welten gelöst.</translation>
    </message>
    <message>
        <source>✗ Solved in %1 of %2 worlds. The first that fails is seed %3.</source>
        <translation>✗ In %1 von %2 Welten gelöst. Die erste gescheiterte hat Seed %3.</translation>
    </message>
    <message>
        <source>✗ It is not repaired.</source>
        <translation>✗ Es ist nicht behoben.</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>Changes in writing</source>
        <translation>Änderungen als Text</translation>
    </message>
    <message>
        <source>or in writing: throttle=200; members=3</source>
        <translation>oder als Text: throttle=200; members=3</translation>
    </message>
    <message>
        <source>or in writing: inbox=on; 0.9s,members=3</source>
        <translation>oder als Text: inbox=on; 0.9s,members=3</translation>
    </message>
    <message>
        <source>Repair it now</source>
        <translation>Jetzt beheben</translation>
    </message>
    <message>
        <source>Try it in %1 worlds</source>
        <translation>In %1 Welten ausprobieren</translation>
    </message>
    <message>
        <source>Take over the window&apos;s changes</source>
        <translation>Änderungen des Fensters übernehmen</translation>
    </message>
    <message>
        <source>What you have changed in the simulated world that the window shows</source>
        <translation>Was Sie in der simulierten Welt geändert haben, die das Fenster zeigt</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Nothing is changed yet: choose a value above.</source>
        <translation>Noch ist nichts geändert: Wählen Sie oben einen Wert.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::MomentDialog</name>
    <message>
        <source>This moment</source>
        <translation>Dieser Moment</translation>
    </message>
    <message>
        <source>This moment for somebody else</source>
        <translation>Dieser Moment für jemand anderen</translation>
    </message>
    <message>
        <source>QR code of the line below</source>
        <translation>QR-Code der Zeile darunter</translation>
    </message>
    <message>
        <source>Whoever reads it opens it with orderlab LINE, in the window with Ctrl+Shift+V, or with orderlabd why LINE.</source>
        <translation>Wer den Code liest, öffnet den Moment mit orderlab LINE, im Fenster mit Strg+Umschalt+V oder mit orderlabd why LINE.</translation>
    </message>
    <message>
        <source>There is no QR code of this moment: %1. Send the scenario as a file instead.</source>
        <translation>Von diesem Moment gibt es keinen QR-Code: %1. Senden Sie stattdessen das Szenario als Datei.</translation>
    </message>
    <message>
        <source>The line</source>
        <translation>Die Zeile</translation>
    </message>
    <message>
        <source>Copy the line</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>Save the picture…</source>
        <translation>Bild speichern…</translation>
    </message>
    <message>
        <source>Save the scenario…</source>
        <translation>Szenario speichern…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 is not saved: there is no code</source>
        <translation>%1 wurde nicht gespeichert: Es gibt keinen Code</translation>
    </message>
    <message>
        <source>%1 is not saved: %2</source>
        <translation>%1 wurde nicht gespeichert: %2</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Bilder (*.png)</translation>
    </message>
    <message>
        <source>Save the scenario</source>
        <translation>Szenario speichern</translation>
    </message>
    <message>
        <source>Scenarios (*.json)</source>
        <translation>Szenarien (*.json)</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Gespeichert: %1</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::NarratorLine</name>
    <message>
        <source>%1: %2</source>
        <comment>whose order, and what happened to it</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::OrdersModel</name>
    <message>
        <source>B: a promise was broken for it</source>
        <translation>B: Für diese Bestellung wurde eine Zusage verletzt</translation>
    </message>
    <message>
        <source>D: an event of it waits among the dead letters</source>
        <translation>D: Ein Ereignis der Bestellung wartet unter den Dead Letters</translation>
    </message>
    <message>
        <source>R: attempts have failed, and are made again</source>
        <translation>R: Versuche sind fehlgeschlagen und werden wiederholt</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>dead-lettered</source>
        <translation>als Dead Letter</translation>
    </message>
    <message>
        <source>promise broken</source>
        <translation>Zusage verletzt</translation>
    </message>
    <message>
        <source>✕ Broken: %1</source>
        <translation>✕ Verletzt: %1</translation>
    </message>
    <message>
        <source>Not known here: the order was accepted before this journal began</source>
        <translation>Hier nicht bekannt: Die Bestellung wurde angenommen, bevor dieses Journal begann</translation>
    </message>
    <message>
        <source>The order is of an earlier run; attempts before this start are not known</source>
        <translation>Die Bestellung stammt aus einem früheren Lauf; Versuche vor diesem Start sind nicht bekannt</translation>
    </message>
    <message>
        <source>%1, promise broken: %2</source>
        <translation>%1, Zusage verletzt: %2</translation>
    </message>
    <message>
        <source>From acceptance to the last thing that happened to it</source>
        <translation>Von der Annahme bis zum letzten Ereignis dazu</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Bestellung</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Failed attempts</source>
        <translation>Fehlversuche</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::OrdersPanel</name>
    <message>
        <source>Orders</source>
        <translation>Bestellungen</translation>
    </message>
    <message>
        <source>Show orders with status</source>
        <translation>Bestellungen mit diesem Status zeigen</translation>
    </message>
    <message>
        <source>all statuses</source>
        <translation>alle Status</translation>
    </message>
    <message>
        <source>customer or order id</source>
        <translation>Kunde oder Bestell-ID</translation>
    </message>
    <message>
        <source>Show orders of customer, or with id</source>
        <translation>Bestellungen dieses Kunden oder mit dieser ID zeigen</translation>
    </message>
    <message>
        <source>Copy id</source>
        <translation>ID kopieren</translation>
    </message>
    <message>
        <source>Copy the selected order&apos;s id (Ctrl+Shift+I)</source>
        <translation>Die ID der gewählten Bestellung kopieren (Strg+Umschalt+I)</translation>
    </message>
    <message>
        <source>Cancel order…</source>
        <translation>Stornieren…</translation>
    </message>
    <message>
        <source>the newest %1 of %2</source>
        <translation>die neuesten %1 von %2</translation>
    </message>
    <message>
        <source>Select an order first</source>
        <translation>Wählen Sie zuerst eine Bestellung</translation>
    </message>
    <message>
        <source>Cancel the selected order; a payment that is under way is refunded</source>
        <translation>Die gewählte Bestellung stornieren; eine Zahlung, die unterwegs ist, wird erstattet</translation>
    </message>
    <message>
        <source>This order is final and cannot be canceled</source>
        <translation>Diese Bestellung ist endgültig und lässt sich nicht stornieren</translation>
    </message>
    <message>
        <source>Go to its last moment	G</source>
        <translation>Zu ihrem letzten Moment	G</translation>
    </message>
    <message>
        <source>The journal has nothing of this order until the moment shown: it is of an earlier run, or so old that its entries had to make room.</source>
        <translation>Das Journal enthält bis zum gezeigten Moment nichts zu dieser Bestellung: Sie stammt aus einem früheren Lauf oder ist so alt, dass ihre Einträge Platz machen mussten.</translation>
    </message>
    <message>
        <source>Cancel order %1 of %2 over %3 %4?</source>
        <translation>Bestellung %1 von %2 über %3 %4 stornieren?</translation>
    </message>
    <message>
        <source>Cancel order</source>
        <translation>Stornieren</translation>
    </message>
    <message>
        <source>A payment that is under way is refunded. This cannot be undone.</source>
        <translation>Eine Zahlung, die unterwegs ist, wird erstattet. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Cancel the order</source>
        <translation>Bestellung stornieren</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Of earlier runs the newest %1 orders are read at the start, older ones as one scrolls down, at most %2, and others as something happens to them. The table has room for %3. GET /orders has all.</source>
        <translation>Von früheren Läufen werden beim Start die neuesten %1 Bestellungen gelesen, ältere beim Blättern nach unten, höchstens %2, andere, sobald etwas mit ihnen geschieht. Die Tabelle hat Platz für %3. GET /orders liefert alle.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::OutcomesDialog</name>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Bezahlt</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Canceled</source>
        <translation>Storniert</translation>
    </message>
    <message>
        <source>Dead-lettered</source>
        <translation>Als Dead Letter</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Charges</source>
        <translation>Abbuchungen</translation>
    </message>
    <message>
        <source>Refunds</source>
        <translation>Erstattungen</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Failed attempts</source>
        <translation>Fehlversuche</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Duplicates skipped</source>
        <translation>Duplikate übersprungen</translation>
    </message>
    <message>
        <source>How the worlds have ended</source>
        <translation>Wie die Welten endeten</translation>
    </message>
    <message>
        <source>Outcomes of all worlds</source>
        <translation>Ergebnisse aller Welten</translation>
    </message>
    <message>
        <source>only what differs</source>
        <translation>nur Unterschiede</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Seconds to the end</source>
        <translation>Sekunden bis zum Ende</translation>
    </message>
    <message>
        <source>%1, parts at %2</source>
        <translation>%1, zweigt ab bei %2</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>hält</translation>
    </message>
    <message>
        <source>✕ %1 times</source>
        <translation>✕ %1-mal</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::OwnWorkerDialog</name>
    <message>
        <source>Your own worker</source>
        <translation>Ihr eigener Worker</translation>
    </message>
    <message>
        <source>A program of yours, in any language, handles a group&apos;s events</source>
        <translation>Ein Programm von Ihnen, in beliebiger Sprache, verarbeitet die Ereignisse einer Gruppe</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Protokoll</translation>
    </message>
    <message>
        <source>Man&amp;y worlds</source>
        <translation>&amp;Viele Welten</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>a further group</source>
        <translation>eine weitere Gruppe</translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation>&amp;Gruppe</translation>
    </message>
    <message>
        <source>Name of the further group</source>
        <translation>Name der weiteren Gruppe</translation>
    </message>
    <message>
        <source>loyalty</source>
        <translation>loyalty</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>python3 /path/to/my_payment.py</source>
        <translation>python3 /path/to/my_payment.py</translation>
    </message>
    <message>
        <source>Program and arguments. They are split as a shell does; no shell runs them.</source>
        <translation>Programm und Argumente. Sie werden wie in einer Shell getrennt, aber von keiner ausgeführt.</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>D&amp;urchsuchen…</translation>
    </message>
    <message>
        <source>&amp;Write a start…</source>
        <translation>Grundgerüst &amp;erzeugen…</translation>
    </message>
    <message>
        <source>Writes a program that works, and the library it uses, into a folder</source>
        <translation>Schreibt ein lauffähiges Programm und die Bibliothek dazu in einen Ordner</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Go</translation>
    </message>
    <message>
        <source>JavaScript</source>
        <translation>JavaScript</translation>
    </message>
    <message>
        <source>C++</source>
        <translation>C++</translation>
    </message>
    <message>
        <source>Comman&amp;d</source>
        <translation>&amp;Befehl</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>St&amp;oppen</translation>
    </message>
    <message>
        <source>&amp;Try</source>
        <translation>P&amp;robieren</translation>
    </message>
    <message>
        <source>Starts it once, until it has said that it is ready</source>
        <translation>Startet es einmal, bis es sich bereit gemeldet hat</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Start it anew when its &amp;file changes</source>
        <translation>Neu starten, wenn sich die &amp;Datei ändert</translation>
    </message>
    <message>
        <source>A program of yours</source>
        <translation>Ein Programm von Ihnen</translation>
    </message>
    <message>
        <source>Programs (*.py *.js *.mjs *.bin);;All files (*)</source>
        <translation>Programme (*.py *.js *.mjs *.bin);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Where the start is written</source>
        <translation>Ordner für das Grundgerüst</translation>
    </message>
    <message>
        <source>Nothing was written: %1.</source>
        <translation>Nichts wurde geschrieben: %1.</translation>
    </message>
    <message>
        <source>%1 is written, with its library. Change it as you like, and start it.</source>
        <translation>%1 ist geschrieben, mit seiner Bibliothek. Ändern Sie es nach Belieben und starten Sie es.</translation>
    </message>
    <message>
        <source>%1 is written, with its library. Build it there first: %2</source>
        <translation>%1 ist geschrieben, mit seiner Bibliothek. Bauen Sie es zuerst dort: %2</translation>
    </message>
    <message>
        <source>Say which program: type a command, browse for a file, or write a start.</source>
        <translation>Nennen Sie das Programm: Geben Sie einen Befehl ein, suchen Sie eine Datei oder erzeugen Sie ein Grundgerüst.</translation>
    </message>
    <message>
        <source>Choose what the group takes.</source>
        <translation>Wählen Sie, was die Gruppe liest.</translation>
    </message>
    <message>
        <source>&amp;Start anew</source>
        <translation>Neu &amp;starten</translation>
    </message>
    <message>
        <source>&amp;Start this one</source>
        <translation>Dieses &amp;starten</translation>
    </message>
    <message>
        <source>No program of yours runs for this group.</source>
        <translation>Für diese Gruppe läuft kein Programm von Ihnen.</translation>
    </message>
    <message>
        <source>The built-in handler comes back</source>
        <translation>Der eingebaute Handler kommt zurück</translation>
    </message>
    <message>
        <source>%1 is your own</source>
        <translation>Eigener Worker für %1</translation>
    </message>
    <message>
        <source>Built-in handlers</source>
        <translation>Eingebaute Handler</translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation>Im Protokoll suchen</translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Cl&amp;ear</source>
        <translation>&amp;Leeren</translation>
    </message>
    <message>
        <source>What your workers say</source>
        <translation>Was Ihre Worker melden</translation>
    </message>
    <message>
        <source>Nothing yet. What a program of yours prints on standard error comes here, and which of its attempts failed.</source>
        <translation>Noch nichts. Hier erscheint, was Ihre Programme auf der Standardfehlerausgabe ausgeben und welche ihrer Versuche gescheitert sind.</translation>
    </message>
    <message>
        <source>Nothing yet. It has printed nothing on standard error, and no attempt has failed. It is started for its first event.</source>
        <translation>Noch nichts. Es hat nichts auf der Standardfehlerausgabe ausgegeben, und kein Versuch ist gescheitert. Gestartet wird es für sein erstes Ereignis.</translation>
    </message>
    <message>
        <source>&amp;Log (%1)</source>
        <translation>&amp;Protokoll (%1)</translation>
    </message>
    <message>
        <source>%1 lines are copied.</source>
        <translation>%1 Zeilen sind kopiert.</translation>
    </message>
    <message>
        <source>How many worlds</source>
        <translation>Anzahl der Welten</translation>
    </message>
    <message>
        <source> worlds</source>
        <translation> Welten</translation>
    </message>
    <message>
        <source>&amp;Open the smallest failing world</source>
        <translation>Kleinste gescheiterte Welt &amp;öffnen</translation>
    </message>
    <message>
        <source>Worlds done</source>
        <translation>Fertige Welten</translation>
    </message>
    <message>
        <source>What becomes of the promises</source>
        <translation>Was aus den Zusagen wird</translation>
    </message>
    <message>
        <source>Cance&amp;l</source>
        <translation>Abbre&amp;chen</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>Aus&amp;führen</translation>
    </message>
    <message>
        <source>The program is put through worlds in which all that can fail does.</source>
        <translation>Das Programm wird durch Welten geschickt, in denen alles ausfällt, was ausfallen kann.</translation>
    </message>
    <message>
        <source>No smaller world was found: its answers depend on chance.</source>
        <translation>Es wurde keine kleinere Welt gefunden: Die Antworten des Programms hängen vom Zufall ab.</translation>
    </message>
    <message>
        <source>Choose a promise that is broken.</source>
        <translation>Wählen Sie eine verletzte Zusage.</translation>
    </message>
    <message>
        <source>%1 is there already. Choose another folder.</source>
        <translation>%1 gibt es schon. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>%1 was not written: %2</source>
        <translation>%1 wurde nicht geschrieben: %2</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::OwnWorkers</name>
    <message>
        <source>There is no system.</source>
        <translation>Es gibt kein System.</translation>
    </message>
    <message>
        <source>%1 is your own: %2</source>
        <translation>Eigener Worker für %1: %2</translation>
    </message>
    <message>
        <source>your own: %1</source>
        <translation>eigene Worker: %1</translation>
    </message>
    <message>
        <source>Trying %1…</source>
        <translation>%1 wird probiert…</translation>
    </message>
    <message>
        <source>The world is made again…</source>
        <translation>Die Welt wird neu erzeugt…</translation>
    </message>
    <message>
        <source>The members of %1 finish what they have in hand…</source>
        <translation>Die Mitglieder von %1 beenden, woran sie arbeiten…</translation>
    </message>
    <message>
        <source>It cannot be started: %1.</source>
        <translation>Es lässt sich nicht starten: %1.</translation>
    </message>
    <message>
        <source>It does not work: %1</source>
        <translation>Es funktioniert nicht: %1</translation>
    </message>
    <message>
        <source>It starts, and says that it is ready. Nothing else was tried.</source>
        <translation>Es startet und meldet sich bereit. Mehr wurde nicht probiert.</translation>
    </message>
    <message>
        <source>%1 has ended.</source>
        <translation>%1 ist beendet.</translation>
    </message>
    <message>
        <source>%1 is a further group now: %2</source>
        <translation>%1 ist jetzt eine weitere Gruppe: %2</translation>
    </message>
    <message>
        <source>%1 was not changed. %2</source>
        <translation>%1 wurde nicht geändert. %2</translation>
    </message>
    <message>
        <source>%1 has its built-in handler again.</source>
        <translation>%1 hat wieder den eingebauten Handler.</translation>
    </message>
    <message>
        <source>The processes of %1 were started anew.</source>
        <translation>Die Prozesse von %1 wurden neu gestartet.</translation>
    </message>
    <message>
        <source>%1 is your own now: %2</source>
        <translation>%1 hat jetzt einen eigenen Worker: %2</translation>
    </message>
    <message>
        <source>Given up.</source>
        <translation>Aufgegeben.</translation>
    </message>
    <message>
        <source>%1 has changed.</source>
        <translation>%1 hat sich geändert.</translation>
    </message>
    <message>
        <source>It cannot be tested: %1.</source>
        <translation>Es lässt sich nicht testen: %1.</translation>
    </message>
    <message>
        <source>%1 of %2 worlds…</source>
        <translation>%1 von %2 Welten…</translation>
    </message>
    <message>
        <source>Making the failing world smaller: %1</source>
        <translation>Die gescheiterte Welt wird verkleinert: %1</translation>
    </message>
    <message>
        <source>Running the first worlds twice, to see whether its answers depend on chance…</source>
        <translation>Die ersten Welten werden zweimal ausgeführt, um zu sehen, ob die Antworten vom Zufall abhängen…</translation>
    </message>
    <message>
        <source>It was not tested: %1</source>
        <translation>Es wurde nicht getestet: %1</translation>
    </message>
    <message>
        <source>All promises hold in all %1 worlds, with %2 orders.</source>
        <translation>Alle Zusagen halten in allen %1 Welten, mit %2 Bestellungen.</translation>
    </message>
    <message>
        <source>All promises hold in all %1 worlds, but its answers depend on chance.</source>
        <translation>Alle Zusagen halten in allen %1 Welten, aber die Antworten des Programms hängen vom Zufall ab.</translation>
    </message>
    <message>
        <source>Not yet. Broken promises: %1, in %2 worlds.</source>
        <translation>Noch nicht. Verletzte Zusagen: %1, in %2 Welten.</translation>
    </message>
    <message>
        <source>Given up after %1 of %2 worlds.</source>
        <translation>Aufgegeben nach %1 von %2 Welten.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::PanelKind</name>
    <message>
        <source>Go to the order&apos;s story</source>
        <translation>Zum Bestellverlauf</translation>
    </message>
    <message>
        <source>Go to orders</source>
        <translation>Zu den Bestellungen</translation>
    </message>
    <message>
        <source>Go to the database</source>
        <translation>Zur Datenbank</translation>
    </message>
    <message>
        <source>Go to topics</source>
        <translation>Zu den Topics</translation>
    </message>
    <message>
        <source>Go to dead letters</source>
        <translation>Zu den Dead Letters</translation>
    </message>
    <message>
        <source>Go to consumer groups</source>
        <translation>Zu den Consumer-Gruppen</translation>
    </message>
    <message>
        <source>Go to charts</source>
        <translation>Zu den Diagrammen</translation>
    </message>
    <message>
        <source>Go to the log</source>
        <translation>Zum Protokoll</translation>
    </message>
    <message>
        <source>Go to traces</source>
        <translation>Zu den Traces</translation>
    </message>
    <message>
        <source>Go to worlds</source>
        <translation>Zu den Welten</translation>
    </message>
    <message>
        <source>Go to all seeds</source>
        <translation>Zu allen Seeds</translation>
    </message>
    <message>
        <source>Go to lessons</source>
        <translation>Zu den Lektionen</translation>
    </message>
    <message>
        <source>Go to the class</source>
        <translation>Zur Klasse</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::PredictStep</name>
    <message>
        <source>Commit</source>
        <translation>Festlegen</translation>
    </message>
    <message>
        <source>Your diagnosis. Whether it is right is told after the repair.</source>
        <translation>Ihre Diagnose. Ob sie stimmt, erfahren Sie nach der Reparatur.</translation>
    </message>
    <message>
        <source>Your prediction. Nothing is revealed before you commit.</source>
        <translation>Ihre Vorhersage. Bevor Sie sich festlegen, wird nichts aufgelöst.</translation>
    </message>
    <message>
        <source>How sure are you, in per cent</source>
        <translation>Wie sicher Sie sind, in Prozent</translation>
    </message>
    <message>
        <source>How sure?</source>
        <translation>Wie sicher?</translation>
    </message>
    <message>
        <source>You have committed. Now let it run.</source>
        <translation>Sie haben sich festgelegt. Lassen Sie es jetzt laufen.</translation>
    </message>
    <message>
        <source>Choose an answer to each question.</source>
        <translation>Wählen Sie zu jeder Frage eine Antwort.</translation>
    </message>
    <message>
        <source>Once you commit, it cannot be changed.</source>
        <translation>Was festgelegt ist, lässt sich nicht mehr ändern.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::Presentation</name>
    <message>
        <source>Space or Page Down: one step on. Page Up: one back. Escape: leave.</source>
        <translation>Leertaste oder Bild ab: ein Schritt weiter. Bild auf: einer zurück. Esc: verlassen.</translation>
    </message>
    <message>
        <source>This is the end of the story.</source>
        <translation>Hier endet der Verlauf.</translation>
    </message>
    <message>
        <source>This is its beginning.</source>
        <translation>Hier beginnt der Verlauf.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::PromisesModel</name>
    <message>
        <source>Its answers do not depend on chance</source>
        <translation>Die Antworten hängen nicht vom Zufall ab</translation>
    </message>
    <message>
        <source>✕ broken</source>
        <translation>✕ verletzt</translation>
    </message>
    <message>
        <source>✓ holds</source>
        <translation>✓ hält</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1 of %2, first seed %3</source>
        <translation>%1 von %2, erster Seed %3</translation>
    </message>
    <message>
        <source>seed %1, run twice</source>
        <translation>Seed %1, zweimal ausgeführt</translation>
    </message>
    <message>
        <source>%1: kept in all %2 worlds.</source>
        <translation>%1: in allen %2 Welten gehalten.</translation>
    </message>
    <message>
        <source>The first seeds were run twice, and the program gave the same answers.</source>
        <translation>Die ersten Seeds wurden zweimal ausgeführt, und das Programm gab dieselben Antworten.</translation>
    </message>
    <message>
        <source>Seed %1 gave other answers the second time: %2 said “%3”, then “%4”. Take time and chance from Orderlab only.</source>
        <translation>Seed %1 ergab beim zweiten Mal andere Antworten: %2 sagte „%3“, dann „%4“. Beziehen Sie Zeit und Zufall nur von Orderlab.</translation>
    </message>
    <message>
        <source>No smaller world was found.</source>
        <translation>Es wurde keine kleinere Welt gefunden.</translation>
    </message>
    <message>
        <source>The smallest world, at %1: %2</source>
        <translation>Die kleinste Welt, bei %1: %2</translation>
    </message>
    <message>
        <source>%1: broken in %2 of %3 worlds, first with seed %4. %5</source>
        <translation>%1: in %2 von %3 Welten verletzt, zuerst mit Seed %4. %5</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>Zusage</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Worlds that break it</source>
        <translation>Welten, die sie verletzen</translation>
    </message>
    <message>
        <source>What happens in the smallest</source>
        <translation>Was in der kleinsten geschieht</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::PublishDialog</name>
    <message>
        <source>&quot;%1&quot; is no header: write &quot;name: value&quot;.</source>
        <translation>„%1“ ist kein Header: Schreiben Sie „name: value“.</translation>
    </message>
    <message>
        <source>The key must be the order&apos;s id, which is in ce_subject: it keeps the events of an order in order.</source>
        <translation>Der Schlüssel muss die ID der Bestellung aus ce_subject sein: So bleiben die Ereignisse einer Bestellung in ihrer Reihenfolge.</translation>
    </message>
    <message>
        <source>Publish by hand</source>
        <translation>Von Hand veröffentlichen</translation>
    </message>
    <message>
        <source>Publish a record to a topic</source>
        <translation>Einen Record in einem Topic veröffentlichen</translation>
    </message>
    <message>
        <source>It goes straight to the log, without an order and without the outbox. Every group of the topic gets it, and nothing takes it back.</source>
        <translation>Er geht direkt ins Log, ohne Bestellung und ohne Outbox. Jede Gruppe des Topics bekommt ihn, und nichts nimmt ihn zurück.</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Topic</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Veröffentlichen</translation>
    </message>
    <message>
        <source>✓ A valid event: its groups will handle it.</source>
        <translation>✓ Ein gültiges Ereignis: Seine Gruppen werden es verarbeiten.</translation>
    </message>
    <message>
        <source>✕ No valid event: %1.</source>
        <translation>✕ Kein gültiges Ereignis: %1.</translation>
    </message>
    <message>
        <source>✕ %1</source>
        <translation>✕ %1</translation>
    </message>
    <message>
        <source>Publish anyway…</source>
        <translation>Dennoch veröffentlichen…</translation>
    </message>
    <message>
        <source>✕ No valid event: %1. Each group of the topic will give it up at once: it becomes a dead letter for each of them, which can only be discarded. Publish it even so?</source>
        <translation>✕ Kein gültiges Ereignis: %1. Jede Gruppe des Topics gibt es sofort auf: Es wird für jede von ihnen zu einem Dead Letter, der sich nur verwerfen lässt. Trotzdem veröffentlichen?</translation>
    </message>
    <message>
        <source>Yes, publish it</source>
        <translation>Ja, veröffentlichen</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::PuzzleStep</name>
    <message>
        <source>The first cause stands above. Drag the cards, or move the chosen one with Alt and the arrows. Space takes the mark from a card that does not belong there.</source>
        <translation>Die erste Ursache steht oben. Ziehen Sie die Karten oder verschieben Sie die gewählte mit Alt und den Pfeiltasten. Die Leertaste nimmt das Häkchen von einer Karte, die nicht dazugehört.</translation>
    </message>
    <message>
        <source>Cards, the first cause first</source>
        <translation>Karten, die erste Ursache zuerst</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>✓ This is the order in which your run&apos;s story tells it.</source>
        <translation>✓ In dieser Reihenfolge erzählt es der Verlauf Ihres Laufs.</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <comment>the letter of a card, and its text</comment>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>It cannot be checked: %1.</source>
        <translation>Es lässt sich nicht prüfen: %1.</translation>
    </message>
    <message>
        <source>✗ Not yet. %1</source>
        <translation>✗ Noch nicht. %1</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::QuestionDialog</name>
    <message>
        <source>Ask the class</source>
        <translation>Klasse fragen</translation>
    </message>
    <message>
        <source>What does the class expect?</source>
        <translation>Was erwartet die Klasse?</translation>
    </message>
    <message>
        <source>a question of your own</source>
        <translation>eine eigene Frage</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>none is right</source>
        <translation>keine ist richtig</translation>
    </message>
    <message>
        <source>&amp;Prediction of</source>
        <translation>&amp;Vorhersage aus</translation>
    </message>
    <message>
        <source>&amp;Question</source>
        <translation>&amp;Frage</translation>
    </message>
    <message>
        <source>&amp;Answers, one a line</source>
        <translation>&amp;Antworten, eine pro Zeile</translation>
    </message>
    <message>
        <source>&amp;Right is</source>
        <translation>&amp;Richtig ist</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Students vote at once; you end the round.</source>
        <translation>Die Teilnehmer stimmen sofort ab; Sie beenden die Runde.</translation>
    </message>
    <message>
        <source>A question has up to 1000 characters.</source>
        <translation>Eine Frage hat bis zu 1000 Zeichen.</translation>
    </message>
    <message>
        <source>There are two to six answers, of up to 300 characters each.</source>
        <translation>Es gibt zwei bis sechs Antworten mit je bis zu 300 Zeichen.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::RecordDialog</name>
    <message>
        <source>Record</source>
        <translation>Aufzeichnen</translation>
    </message>
    <message>
        <source>Record what this system does</source>
        <translation>Aufzeichnen, was dieses System tut</translation>
    </message>
    <message>
        <source>All entries of the journal go to this file, those that are already there, too, until you stop it or it reaches its bound. Lines of JSON; packed, a seventeenth of the size, where the name ends in .packed.</source>
        <translation>Alle Einträge des Journals kommen in diese Datei, auch die schon vorhandenen, bis Sie die Aufzeichnung beenden oder sie ihre Grenze erreicht. Zeilen mit JSON; gepackt, ein Siebzehntel so groß, wenn der Name auf .packed endet.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Auswählen…</translation>
    </message>
    <message>
        <source>Largest size in MiB</source>
        <translation>Größe höchstens, in MiB</translation>
    </message>
    <message>
        <source> MiB</source>
        <translation> MiB</translation>
    </message>
    <message>
        <source>It ends at</source>
        <translation>Endet bei</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Record to</source>
        <translation>Aufzeichnen in</translation>
    </message>
    <message>
        <source>Journals (*.jsonl *.packed);;All files (*)</source>
        <translation>Journale (*.jsonl *.packed);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Name a file.</source>
        <translation>Datei angeben.</translation>
    </message>
    <message>
        <source>This is a folder; add the name of a file.</source>
        <translation>Das ist ein Ordner; ergänzen Sie einen Dateinamen.</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>Den Ordner %1 gibt es nicht.</translation>
    </message>
    <message>
        <source>Replace the file?</source>
        <translation>Datei ersetzen?</translation>
    </message>
    <message>
        <source>%1 is there already. Replace it?</source>
        <translation>%1 gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::RecordModel</name>
    <message>
        <source>✕ no event of ours</source>
        <translation>✕ kein eigenes Ereignis</translation>
    </message>
    <message>
        <source>It is none of our events: %1. Each group gives it up at once, as a dead letter.</source>
        <translation>Das ist keines unserer Ereignisse: %1. Jede Gruppe gibt es sofort auf, als Dead Letter.</translation>
    </message>
    <message>
        <source>A filled letter: the group has read it. A letter in a frame: it reads this record next. Faint: it has yet to come here.</source>
        <translation>Ausgefüllter Buchstabe: Die Gruppe hat den Record gelesen. Buchstabe im Rahmen: Sie liest ihn als Nächstes. Blass: Sie ist noch nicht so weit.</translation>
    </message>
    <message>
        <source>Part.</source>
        <translation>Part.</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Offset</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Read by</source>
        <translation>Leser</translation>
    </message>
    <message>
        <source>read by %1</source>
        <translation>gelesen von %1</translation>
    </message>
    <message>
        <source>next for %1</source>
        <translation>nächster für %1</translation>
    </message>
    <message>
        <source>not yet by %1</source>
        <translation>noch nicht von %1</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::RecordView</name>
    <message>
        <source>The selected record</source>
        <translation>Der gewählte Record</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>Als JSON kopieren</translation>
    </message>
    <message>
        <source>Key, headers and value as one JSON object (Ctrl+Shift+C)</source>
        <translation>Schlüssel, Header und Wert als ein JSON-Objekt (Strg+Umschalt+C)</translation>
    </message>
    <message>
        <source>Clone…</source>
        <translation>Klonen…</translation>
    </message>
    <message>
        <source>Publish a record like this one, changed as you like</source>
        <translation>Einen Record wie diesen veröffentlichen, geändert nach Belieben</translation>
    </message>
    <message>
        <source>Redeliver…</source>
        <translation>Erneut zustellen…</translation>
    </message>
    <message>
        <source>Give this event to one group once more</source>
        <translation>Dieses Ereignis einer Gruppe noch einmal zustellen</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>Hex</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Select a record to see its key, headers and value.</source>
        <translation>Wählen Sie einen Record, um Schlüssel, Header und Wert zu sehen.</translation>
    </message>
    <message>
        <source>partition %1, offset %2</source>
        <translation>Partition %1, Offset %2</translation>
    </message>
    <message>
        <source>✕ No event of ours: %1</source>
        <translation>✕ Kein eigenes Ereignis: %1</translation>
    </message>
    <message>
        <source>key %1</source>
        <translation>Schlüssel %1</translation>
    </message>
    <message>
        <source>Select a record first.</source>
        <translation>Wählen Sie zuerst einen Record.</translation>
    </message>
    <message>
        <source>The record is in the clipboard, as JSON.</source>
        <translation>Der Record ist als JSON in der Zwischenablage.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::RecordedSession</name>
    <message>
        <source>a recording</source>
        <translation>eine Aufzeichnung</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>%1 wird gelesen…</translation>
    </message>
    <message>
        <source>Orderlab, %1</source>
        <translation>Orderlab, %1</translation>
    </message>
    <message>
        <source>recorded: %1</source>
        <translation>aufgezeichnet: %1</translation>
    </message>
    <message>
        <source>recorded</source>
        <translation>aufgezeichnet</translation>
    </message>
    <message>
        <source>Where the recorded orders came in.</source>
        <translation>Wo die aufgezeichneten Bestellungen eingingen.</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Store</translation>
    </message>
    <message>
        <source>Counts are as the recorded journal tells them up to the moment shown.</source>
        <translation>Die Zahlen gelten laut aufgezeichnetem Journal bis zum gezeigten Moment.</translation>
    </message>
    <message>
        <source>No orders in this recording up to this moment.</source>
        <translation>Bis zu diesem Moment keine Bestellungen in dieser Aufzeichnung.</translation>
    </message>
    <message>
        <source>Press Space to play.</source>
        <translation>Die Leertaste spielt ab.</translation>
    </message>
    <message>
        <source>The file ends in the middle: its recorder was ended. What is whole is shown.</source>
        <translation>Die Datei bricht mittendrin ab: Ihr Rekorder wurde beendet. Gezeigt wird, was vollständig ist.</translation>
    </message>
    <message>
        <source>%1 parts of the file are damaged and left out; the first begins at byte %2.</source>
        <translation>%1 Teile der Datei sind beschädigt und ausgelassen; der erste beginnt bei Byte %2.</translation>
    </message>
    <message>
        <source>%1 entries are of kinds that a later version knows, and left out.</source>
        <translation>%1 Einträge sind von Arten, die erst eine spätere Version kennt, und ausgelassen.</translation>
    </message>
    <message>
        <source>It was simulated. To change something, choose File, Simulate this recording.</source>
        <translation>Sie wurde simuliert. Um etwas zu ändern, wählen Sie „Datei, Diese Aufzeichnung simulieren“.</translation>
    </message>
    <message>
        <source>It is of a real system. To change something, choose File, Turn into a scenario.</source>
        <translation>Sie stammt von einem echten System. Um etwas zu ändern, wählen Sie „Datei, In Szenario umwandeln“.</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>Aufzeichnung</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::RedeliverDialog</name>
    <message>
        <source>Redeliver</source>
        <translation>Erneut zustellen</translation>
    </message>
    <message>
        <source>It is published once more, addressed to one group: all others skip it.</source>
        <translation>Es wird noch einmal veröffentlicht, an eine Gruppe gerichtet: Alle anderen überspringen es.</translation>
    </message>
    <message>
        <source>To the group</source>
        <translation>An die Gruppe</translation>
    </message>
    <message>
        <source>As the same event: where it was handled, the inbox skips it</source>
        <translation>Als dasselbe Ereignis: Wo es schon verarbeitet ist, überspringt es die Inbox</translation>
    </message>
    <message>
        <source>As a new event, with an id of its own: its effects happen again</source>
        <translation>Als neues Ereignis mit eigener ID: Seine Wirkungen treten noch einmal ein</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::RejectedLinesModel</name>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>Inhalt</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ReplayDialog</name>
    <message>
        <source>Edit and replay</source>
        <translation>Ändern und erneut zustellen</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Erneut zustellen</translation>
    </message>
    <message>
        <source>The event&apos;s data, as JSON</source>
        <translation>Die Daten des Ereignisses als JSON</translation>
    </message>
    <message>
        <source>Looking what that would do…</source>
        <translation>Auswirkungen werden ermittelt…</translation>
    </message>
    <message>
        <source>Progress of the replay</source>
        <translation>Fortschritt der erneuten Zustellung</translation>
    </message>
    <message>
        <source>At most, a second</source>
        <translation>Höchstens pro Sekunde</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Another replay is under way. Wait for its end.</source>
        <translation>Eine andere erneute Zustellung läuft noch. Warten Sie ihr Ende ab.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>0 of %1 replayed…</source>
        <translation>0 von %1 erneut zugestellt…</translation>
    </message>
    <message>
        <source>%1 of %2 replayed, %3 decided by somebody else</source>
        <translation>%1 von %2 erneut zugestellt, über %3 hat jemand anders entschieden</translation>
    </message>
    <message>
        <source>%1 of %2 replayed</source>
        <translation>%1 von %2 erneut zugestellt</translation>
    </message>
    <message>
        <source>%1; stopped, the rest waits as before</source>
        <translation>%1; angehalten, der Rest wartet wie zuvor</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ResetModel</name>
    <message>
        <source>%1 seen again</source>
        <translation>%1 noch einmal</translation>
    </message>
    <message>
        <source>%1 never seen</source>
        <translation>%1 nie gesehen</translation>
    </message>
    <message>
        <source>stays</source>
        <translation>bleibt</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Topic</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>Partition</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ResetOffsetsDialog</name>
    <message>
        <source>Reset offsets</source>
        <translation>Offsets zurücksetzen</translation>
    </message>
    <message>
        <source>Let a consumer group go on from another place of the log</source>
        <translation>Eine Consumer-Gruppe an einer anderen Stelle des Logs fortfahren lassen</translation>
    </message>
    <message>
        <source>What the reset does to each partition</source>
        <translation>Was das Zurücksetzen für jede Partition bedeutet</translation>
    </message>
    <message>
        <source>The earliest event that is kept</source>
        <translation>Frühestes erhaltenes Ereignis</translation>
    </message>
    <message>
        <source>The end: only new events</source>
        <translation>Ende: nur neue Ereignisse</translation>
    </message>
    <message>
        <source>An offset</source>
        <translation>Offset</translation>
    </message>
    <message>
        <source>A time</source>
        <translation>Zeitpunkt</translation>
    </message>
    <message>
        <source>All that it reads</source>
        <translation>Alle, die sie liest</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Goes on at</source>
        <translation>Weiter bei</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Topic</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>Partition</translation>
    </message>
    <message>
        <source>A whole number; where the log does not reach so far, its nearest event</source>
        <translation>Eine ganze Zahl; reicht das Log nicht so weit, das nächstgelegene Ereignis</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Offset</translation>
    </message>
    <message>
        <source>At the first event that was published then or later; at first the moment shown</source>
        <translation>Beim ersten Ereignis, das dann oder später veröffentlicht wurde; vorbelegt mit dem gezeigten Moment</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The group has no members here.</source>
        <translation>Die Gruppe hat hier keine Mitglieder.</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Stop the members, reset, start them again</source>
        <translation>Mitglieder anhalten, zurücksetzen, wieder starten</translation>
    </message>
    <message>
        <source>The offset must be a whole number, 0 or more.</source>
        <translation>Der Offset muss eine ganze Zahl sein, 0 oder mehr.</translation>
    </message>
    <message>
        <source>Looking what that would do…</source>
        <translation>Auswirkungen werden ermittelt…</translation>
    </message>
    <message>
        <source>Its inbox keeps those that it has handled from having their effects twice.</source>
        <translation>Ihre Inbox sorgt dafür, dass schon verarbeitete nicht doppelt wirken.</translation>
    </message>
    <message>
        <source>Nothing would change: the group is there already.</source>
        <translation>Es würde sich nichts ändern: Die Gruppe ist schon dort.</translation>
    </message>
    <message>
        <source>The inbox is off: what comes again has its effects again.</source>
        <translation>Die Inbox ist aus: Was noch einmal kommt, wirkt noch einmal.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The members of %1 finish what they have in hand and leave…</source>
        <translation>Die Mitglieder von %1 beenden, was sie gerade bearbeiten, und verlassen die Gruppe…</translation>
    </message>
    <message numerus="yes">
        <source>Its %n members finish what they have in hand, leave, and join again afterwards.</source>
        <translation>
            <numerusform>Ihr Mitglied beendet, was es gerade bearbeitet, verlässt die Gruppe und tritt danach wieder bei.</numerusform>
            <numerusform>Ihre %n Mitglieder beenden, was sie gerade bearbeiten, verlassen die Gruppe und treten danach wieder bei.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>orderlab::ui::RowsView</name>
    <message>
        <source>%1: the chosen step of the story has touched rows here</source>
        <translation>%1: Der gewählte Schritt des Verlaufs hat hier Zeilen berührt</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>changed only</source>
        <translation>nur geänderte</translation>
    </message>
    <message>
        <source>Go to that moment</source>
        <translation>Zu diesem Moment</translation>
    </message>
    <message>
        <source>Rows of the table</source>
        <translation>Zeilen der Tabelle</translation>
    </message>
    <message>
        <source>%1 (a view)</source>
        <translation>%1 (eine Ansicht)</translation>
    </message>
    <message>
        <source>no rows</source>
        <translation>keine Zeilen</translation>
    </message>
    <message>
        <source>rows %1–%2 of more than %3</source>
        <translation>Zeilen %1–%2 von mehr als %3</translation>
    </message>
    <message>
        <source>rows %1–%2 of %3</source>
        <translation>Zeilen %1–%2 von %3</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 bei %2</translation>
    </message>
    <message>
        <source>%1, not at the moment shown</source>
        <translation>%1, nicht im gezeigten Moment</translation>
    </message>
    <message>
        <source>Compare from here</source>
        <translation>Ab hier vergleichen</translation>
    </message>
    <message>
        <source>Since %1 ✕</source>
        <translation>Seit %1 ✕</translation>
    </message>
    <message>
        <source>Since the mark ✕</source>
        <translation>Seit der Marke ✕</translation>
    </message>
    <message>
        <source>Compare no more</source>
        <translation>Vergleich beenden</translation>
    </message>
    <message>
        <source>Mark the moment shown: rows that are added, changed or gone since then are told</source>
        <translation>Den gezeigten Moment markieren: Zeilen, die seither neu, geändert oder weg sind, werden angezeigt</translation>
    </message>
    <message>
        <source>Select a row to see who wrote it.</source>
        <translation>Wählen Sie eine Zeile, um zu sehen, wer sie geschrieben hat.</translation>
    </message>
    <message>
        <source>Written by %1 at %2, entry %3</source>
        <translation>Geschrieben von %1 bei %2, Eintrag %3</translation>
    </message>
    <message>
        <source>Who wrote this row is unknown: the journal does not tell.</source>
        <translation>Wer diese Zeile geschrieben hat, ist unbekannt: Das Journal verrät es nicht.</translation>
    </message>
    <message>
        <source>since my last look</source>
        <translation>seit dem letzten Blick</translation>
    </message>
    <message>
        <source>Rows that are added, changed or gone since the rows were last in sight are told: look at another panel, and come back</source>
        <translation>Zeilen, die hinzukamen, geändert wurden oder verschwanden, seit die Zeilen zuletzt zu sehen waren, sind markiert: eine andere Ansicht wählen und zurückkehren</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::RunStep</name>
    <message>
        <source>The system runs, and the clock with it. Look at the tabs below: the event flow, the stories and the timeline are closed to you, as they are on call.</source>
        <translation>Das System läuft und die Uhr mit ihm. Sehen Sie sich die Reiter unten an: Ereignisfluss, Verläufe und Zeitleiste bleiben Ihnen verschlossen, wie in der Rufbereitschaft.</translation>
    </message>
    <message>
        <source>The world of this lesson opens in the window and stops where it becomes interesting.</source>
        <translation>Die Welt dieser Lektion öffnet sich im Fenster und hält dort an, wo es interessant wird.</translation>
    </message>
    <message>
        <source>I know</source>
        <translation>Ich weiß es</translation>
    </message>
    <message>
        <source>To the moment at once</source>
        <translation>Gleich zum Moment</translation>
    </message>
    <message>
        <source>Since the alert</source>
        <translation>Seit dem Alarm</translation>
    </message>
    <message>
        <source>Run it again</source>
        <translation>Erneut ausführen</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Beginnen</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>–.– s</source>
        <translation>–.– s</translation>
    </message>
    <message>
        <source>all quiet</source>
        <translation>alles ruhig</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>You have said that you know. Go on to the diagnosis.</source>
        <translation>Sie haben gesagt, dass Sie es wissen. Weiter zur Diagnose.</translation>
    </message>
    <message>
        <source>Nobody has called yet.</source>
        <translation>Noch hat niemand angerufen.</translation>
    </message>
    <message>
        <source>The clock runs from the alert to your diagnosis.</source>
        <translation>Die Uhr läuft vom Alarm bis zu Ihrer Diagnose.</translation>
    </message>
    <message>
        <source>This is the moment. Look around; then go on.</source>
        <translation>Das ist der Moment. Sehen Sie sich um; dann geht es weiter.</translation>
    </message>
    <message>
        <source>It runs, and stops at the moment of the lesson.</source>
        <translation>Es läuft und hält im Moment der Lektion an.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SavedFiltersButton</name>
    <message>
        <source>Filters ▾</source>
        <translation>Filter ▾</translation>
    </message>
    <message>
        <source>Saved filters</source>
        <translation>Gespeicherte Filter</translation>
    </message>
    <message>
        <source>Choose a filter that was saved, save the one that is set, or delete one</source>
        <translation>Einen gespeicherten Filter wählen, den gesetzten speichern oder einen löschen</translation>
    </message>
    <message>
        <source>No filter is saved yet</source>
        <translation>Noch kein Filter gespeichert</translation>
    </message>
    <message>
        <source>&amp;Save this filter…</source>
        <translation>Diesen Filter &amp;speichern…</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Save the filter</source>
        <translation>Filter speichern</translation>
    </message>
    <message>
        <source>Its name; a filter of that name is replaced</source>
        <translation>Name; ein Filter mit diesem Namen wird ersetzt</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ScenarioFromDialog</name>
    <message>
        <source>Turn into a scenario</source>
        <translation>In Szenario umwandeln</translation>
    </message>
    <message>
        <source>Making a scenario of %1, and running it…</source>
        <translation>Aus %1 wird ein Szenario gemacht und ausgeführt…</translation>
    </message>
    <message>
        <source>Its run beside the recording</source>
        <translation>Sein Lauf neben der Aufzeichnung</translation>
    </message>
    <message>
        <source>In the scenario</source>
        <translation>Im Szenario</translation>
    </message>
    <message>
        <source>Not in it</source>
        <translation>Nicht darin</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Simulate it</source>
        <translation>Simulieren</translation>
    </message>
    <message>
        <source>No scenario was made</source>
        <translation>Es wurde kein Szenario gemacht</translation>
    </message>
    <message>
        <source>No order of the recording has ended: nothing can be compared</source>
        <translation>Keine Bestellung der Aufzeichnung ist abgeschlossen: Es gibt nichts zu vergleichen</translation>
    </message>
    <message>
        <source>%1 of %2 orders end the same way in the simulation</source>
        <translation>%1 von %2 Bestellungen enden in der Simulation ebenso</translation>
    </message>
    <message>
        <source>%1 is not saved: the scenario is not made yet</source>
        <translation>%1 wurde nicht gespeichert: Das Szenario ist noch nicht fertig</translation>
    </message>
    <message>
        <source>%1 is not saved: %2</source>
        <translation>%1 wurde nicht gespeichert: %2</translation>
    </message>
    <message>
        <source>Save the scenario</source>
        <translation>Szenario speichern</translation>
    </message>
    <message>
        <source>Scenarios (*.json)</source>
        <translation>Szenarien (*.json)</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Gespeichert: %1</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SeedField</name>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>The seed decides all that chance decides. The same seed: the same world.</source>
        <translation>Der Seed entscheidet alles, was der Zufall entscheidet. Gleicher Seed: gleiche Welt.</translation>
    </message>
    <message>
        <source>Throw another seed</source>
        <translation>Einen anderen Seed würfeln</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SeedsPanel</name>
    <message>
        <source>all hold</source>
        <translation>alle halten</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Seeds</translation>
    </message>
    <message>
        <source>A simulated world can be run with many seeds at once, to see how often a promise breaks. Choose “Simulated” above.</source>
        <translation>Eine simulierte Welt lässt sich mit vielen Seeds zugleich ausführen, um zu sehen, wie oft eine Zusage verletzt wird. Wählen Sie oben „Simuliert“.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>First broken</source>
        <translation>Zuerst verletzt</translation>
    </message>
    <message>
        <source>Promises</source>
        <translation>Zusagen</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>Bestellungen</translation>
    </message>
    <message>
        <source>How many seeds</source>
        <translation>Anzahl der Seeds</translation>
    </message>
    <message>
        <source> seeds</source>
        <translation> Seeds</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>This world, as it is now, with seeds from 1 on. Choose one to be in it.</source>
        <translation>Diese Welt, wie sie jetzt ist, mit Seeds ab 1. Wählen Sie eine, um in ihr zu sein.</translation>
    </message>
    <message>
        <source>%1 of %2…</source>
        <translation>%1 von %2…</translation>
    </message>
    <message>
        <source>0 of %1…</source>
        <translation>0 von %1…</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>%1 accepted, %2 paid · %3 charges</source>
        <translation>%1 angenommen, %2 bezahlt · %3 Abbuchungen</translation>
    </message>
    <message>
        <source>All promises hold in all %1 worlds.</source>
        <translation>Alle Zusagen halten in allen %1 Welten.</translation>
    </message>
    <message>
        <source>A promise is broken in %1 of %2 worlds.</source>
        <translation>In %1 von %2 Welten wird eine Zusage verletzt.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SelectView</name>
    <message>
        <source>SELECT statement</source>
        <translation>SELECT-Anweisung</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Run this SELECT (Ctrl+Enter). It only reads, for at most 5 s and 1,000 rows.</source>
        <translation>Dieses SELECT ausführen (Strg+Eingabe). Es liest nur, höchstens 5 s lang und 1.000 Zeilen.</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>How the database would run it</source>
        <translation>Wie die Datenbank es ausführen würde</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>History ▾</source>
        <translation>Frühere ▾</translation>
    </message>
    <message>
        <source>Rows of the SELECT</source>
        <translation>Zeilen des SELECT</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>Läuft…</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 bei %2</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SequenceView</name>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>Sequence of the order&apos;s events</source>
        <translation>Abfolge der Ereignisse der Bestellung</translation>
    </message>
    <message>
        <source>Bus</source>
        <translation>Bus</translation>
    </message>
    <message>
        <source>gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>after</source>
        <translation>danach</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SeriesTable</name>
    <message>
        <source>%1, other world</source>
        <translation>%1, andere Welt</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>Sekunde</translation>
    </message>
    <message>
        <source>%1, a tenth of the worlds is below</source>
        <translation>%1, ein Zehntel der Welten liegt darunter</translation>
    </message>
    <message>
        <source>%1, half of the worlds is below</source>
        <translation>%1, die Hälfte der Welten liegt darunter</translation>
    </message>
    <message>
        <source>%1, a tenth of the worlds is above</source>
        <translation>%1, ein Zehntel der Welten liegt darüber</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::Session</name>
    <message>
        <source>%1 Trying again every two seconds.</source>
        <translation>%1 Neuer Versuch alle zwei Sekunden.</translation>
    </message>
    <message>
        <source>A service is away</source>
        <translation>Dienst nicht erreichbar</translation>
    </message>
    <message>
        <source>The store is away</source>
        <translation>Store nicht erreichbar</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>Läuft nicht</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Search in the settings</source>
        <translation>In den Einstellungen suchen</translation>
    </message>
    <message>
        <source>Search in all settings</source>
        <translation>In allen Einstellungen suchen</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>No setting fits. Clear the search to see all of them.</source>
        <translation>Keine Einstellung passt. Leeren Sie die Suche, um alle zu sehen.</translation>
    </message>
    <message>
        <source>Start it again now</source>
        <translation>Jetzt neu starten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Takes back what was chosen since this dialog was opened</source>
        <translation>Nimmt zurück, was seit dem Öffnen dieses Dialogs gewählt wurde</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a sentence about a setting, and when it is in force</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a sentence about a setting, and why it is fixed</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>It is forgotten.</source>
        <translation>Ist vergessen.</translation>
    </message>
    <message>
        <source>Waits until the real system is started again: %1</source>
        <translation>Wartet auf den Neustart des echten Systems: %1</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the names of settings</comment>
        <translation>, </translation>
    </message>
    <message>
        <source>setting “%1”</source>
        <translation>Einstellung „%1“</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::ShortcutsDialog</name>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Event flow</source>
        <translation>Ereignisfluss</translation>
    </message>
    <message>
        <source>From node to node</source>
        <translation>Von Knoten zu Knoten</translation>
    </message>
    <message>
        <source>arrow keys</source>
        <translation>Pfeiltasten</translation>
    </message>
    <message>
        <source>Open a node, let go</source>
        <translation>Knoten öffnen, loslassen</translation>
    </message>
    <message>
        <source>Enter, Escape</source>
        <translation>Eingabe, Esc</translation>
    </message>
    <message>
        <source>Larger, smaller, fit</source>
        <translation>Größer, kleiner, einpassen</translation>
    </message>
    <message>
        <source>+, −, 0, Ctrl+wheel</source>
        <translation>+, −, 0, Strg+Mausrad</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>One entry back or forward</source>
        <translation>Einen Eintrag zurück oder vor</translation>
    </message>
    <message>
        <source>←, →</source>
        <translation>←, →</translation>
    </message>
    <message>
        <source>To the start, to the end</source>
        <translation>Zum Anfang, zum Ende</translation>
    </message>
    <message>
        <source>Home, End</source>
        <translation>Pos1, Ende</translation>
    </message>
    <message>
        <source>+, −, 0</source>
        <translation>+, −, 0</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>Abspielen/Pause</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Tables and lists</source>
        <translation>Tabellen und Listen</translation>
    </message>
    <message>
        <source>To the moment of a row</source>
        <translation>Zum Moment einer Zeile</translation>
    </message>
    <message>
        <source>Enter, G</source>
        <translation>Eingabe, G</translation>
    </message>
    <message>
        <source>Copy a row</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Ctrl+C</source>
        <translation>Strg+C</translation>
    </message>
    <message>
        <source>Failures and guarantees</source>
        <translation>Störungen und Garantien</translation>
    </message>
    <message>
        <source>From switch to switch</source>
        <translation>Von Schalter zu Schalter</translation>
    </message>
    <message>
        <source>↑, ↓</source>
        <translation>↑, ↓</translation>
    </message>
    <message>
        <source>To the amount and back</source>
        <translation>Zum Wert und zurück</translation>
    </message>
    <message>
        <source>→, ←</source>
        <translation>→, ←</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SimulatedCommands</name>
    <message>
        <source>A simulated world has its own bus. To use another, choose the engine In-memory or Kafka.</source>
        <translation>Eine simulierte Welt hat ihren eigenen Bus. Um einen anderen zu verwenden, wählen Sie die Engine „Im Speicher“ oder „Kafka“.</translation>
    </message>
    <message>
        <source>Orders are imported into the real system: choose the engine In-memory or Kafka.</source>
        <translation>Bestellungen werden in das echte System importiert: Wählen Sie die Engine „Im Speicher“ oder „Kafka“.</translation>
    </message>
    <message>
        <source>What happens in a simulated world follows from its seed and its changes; an event by hand is none of them yet. Choose the engine In-memory or Kafka to publish one.</source>
        <translation>Was in einer simulierten Welt geschieht, folgt aus ihrem Seed und ihren Änderungen; ein Ereignis von Hand gehört noch nicht dazu. Wählen Sie die Engine „Im Speicher“ oder „Kafka“, um eines zu veröffentlichen.</translation>
    </message>
    <message>
        <source>order of %1</source>
        <translation>Bestellung von %1</translation>
    </message>
    <message>
        <source>%1 orders a second for %2 s</source>
        <translation>%1 Bestellungen pro Sekunde, %2 s lang</translation>
    </message>
    <message>
        <source>cancel order %1</source>
        <translation>Bestellung %1 stornieren</translation>
    </message>
    <message>
        <source>reset the offsets of %1</source>
        <translation>Offsets von %1 zurücksetzen</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SimulatedDeadLetterDesk</name>
    <message>
        <source>replay %1 dead letters</source>
        <translation>%1 Dead Letters erneut zustellen</translation>
    </message>
    <message>
        <source>discard a dead letter</source>
        <translation>Dead Letter verwerfen</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SimulatedFaultControl</name>
    <message>
        <source>stop %1</source>
        <translation>%1 beenden</translation>
    </message>
    <message>
        <source>stop all failures</source>
        <translation>alle Störungen beenden</translation>
    </message>
    <message>
        <source>other failures</source>
        <translation>andere Störungen</translation>
    </message>
    <message>
        <source>guarantees</source>
        <translation>Garantien</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SimulatedSession</name>
    <message>
        <source>memory</source>
        <translation>im Speicher</translation>
    </message>
    <message>
        <source>Making the world…</source>
        <translation>Die Welt wird erzeugt…</translation>
    </message>
    <message>
        <source>Orderlab, simulated</source>
        <translation>Orderlab, simuliert</translation>
    </message>
    <message>
        <source>simulated: the real handlers in virtual time · %1 consumer groups</source>
        <translation>simuliert: die echten Handler in virtueller Zeit · %1 Consumer-Gruppen</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simuliert</translation>
    </message>
    <message>
        <source>Where the orders of the simulated customers come in.</source>
        <translation>Wo die Bestellungen der simulierten Kunden eingehen.</translation>
    </message>
    <message>
        <source>Memory store</source>
        <translation>Speicher-Store</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Store</translation>
    </message>
    <message>
        <source>The store of the simulated world, as of the moment shown.</source>
        <translation>Der Store der simulierten Welt im gezeigten Moment.</translation>
    </message>
    <message>
        <source>No orders yet at this moment.</source>
        <translation>In diesem Moment noch keine Bestellungen.</translation>
    </message>
    <message>
        <source>Press Space to play, or create an order with Ctrl+N.</source>
        <translation>Die Leertaste spielt ab; Strg+N legt eine Bestellung an.</translation>
    </message>
    <message>
        <source>virtual time</source>
        <translation>virtuelle Zeit</translation>
    </message>
    <message>
        <source>Simulated worlds need no database and no broker.</source>
        <translation>Simulierte Welten brauchen weder Datenbank noch Broker.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SimulatedTableDesk</name>
    <message>
        <source>from the scenario and seed in the recording</source>
        <translation>aus Szenario und Seed in der Aufzeichnung</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::StatusBanners</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Starts it once more as it is</source>
        <translation>Startet es noch einmal unverändert</translation>
    </message>
    <message>
        <source>Other folder…</source>
        <translation>Anderer Ordner…</translation>
    </message>
    <message>
        <source>Keeps the orders of this run, and its PostgreSQL, in a folder that you choose</source>
        <translation>Bewahrt die Bestellungen dieses Laufs und sein PostgreSQL in einem Ordner auf, den Sie wählen</translation>
    </message>
    <message>
        <source>Keep in memory</source>
        <translation>Im Speicher halten</translation>
    </message>
    <message>
        <source>Starts without a database: the orders of this run are gone when the window closes</source>
        <translation>Startet ohne Datenbank: Die Bestellungen dieses Laufs sind weg, wenn das Fenster geschlossen wird</translation>
    </message>
    <message>
        <source>Switching to %1: workers finish what they have in hand, new orders are accepted and wait in the outbox…</source>
        <translation>Wechsel zu %1: Worker beenden, was sie gerade bearbeiten, neue Bestellungen werden angenommen und warten in der Outbox…</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::StatusLine</name>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>What runs</source>
        <translation>Was läuft</translation>
    </message>
    <message>
        <source>Where the orders are kept</source>
        <translation>Ort der Bestellungen</translation>
    </message>
    <message>
        <source>The event bus in use</source>
        <translation>Der verwendete Ereignisbus</translation>
    </message>
    <message>
        <source>The moment that all panels show, and the chosen range</source>
        <translation>Der Moment, den alle Ansichten zeigen, und der gewählte Bereich</translation>
    </message>
    <message>
        <source>Events published and handled, a second</source>
        <translation>Veröffentlichte und verarbeitete Ereignisse pro Sekunde</translation>
    </message>
    <message>
        <source>Orders in flight and events in the outbox, at the moment shown</source>
        <translation>Bestellungen unterwegs und Ereignisse in der Outbox im gezeigten Moment</translation>
    </message>
    <message>
        <source>What the window has said, the latest first. Choose one to copy it</source>
        <translation>Was das Fenster gemeldet hat, das Neueste zuerst. Wählen Sie eine Meldung, um sie zu kopieren</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>Beobachtet</translation>
    </message>
    <message>
        <source>A recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>Simulated: %1</source>
        <translation>Simuliert: %1</translation>
    </message>
    <message>
        <source>bus: %1</source>
        <translation>Bus: %1</translation>
    </message>
    <message>
        <source>follows what happens now</source>
        <translation>folgt dem Jetzt</translation>
    </message>
    <message>
        <source>held, %1 behind</source>
        <translation>angehalten, %1 zurück</translation>
    </message>
    <message>
        <source>entry %1 of %2</source>
        <translation>Eintrag %1 von %2</translation>
    </message>
    <message>
        <source>%1 events/s</source>
        <translation>%1 Ereignisse/s</translation>
    </message>
    <message>
        <source>%1 in flight</source>
        <translation>%1 unterwegs</translation>
    </message>
    <message>
        <source>%1 in flight · outbox %2</source>
        <translation>%1 unterwegs · Outbox %2</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <comment>a time of day and a sentence</comment>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>no notices</source>
        <translation>keine Meldungen</translation>
    </message>
    <message>
        <source>range %1 to %2</source>
        <translation>Bereich %1 bis %2</translation>
    </message>
    <message>
        <source>Programs of yours in the place of handlers</source>
        <translation>Ihre Programme anstelle von Handlern</translation>
    </message>
    <message numerus="yes">
        <source>%n notices</source>
        <translation>
            <numerusform>%n Meldung</numerusform>
            <numerusform>%n Meldungen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>orderlab::ui::StepBar</name>
    <message>
        <source>Step %1 of %2: %3</source>
        <translation>Schritt %1 von %2: %3</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::StepDetail</name>
    <message>
        <source>Event detail</source>
        <translation>Ereignisdetails</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Headers of the event</source>
        <translation>Header des Ereignisses</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Payload of the event</source>
        <translation>Inhalt des Ereignisses</translation>
    </message>
    <message>
        <source>Looking for the event…</source>
        <translation>Ereignis wird gesucht…</translation>
    </message>
    <message>
        <source>Not known here: %1</source>
        <translation>Hier nicht bekannt: %1</translation>
    </message>
    <message>
        <source>Not known while the system does not run.</source>
        <translation>Nicht bekannt, solange das System nicht läuft.</translation>
    </message>
    <message>
        <source>Not known: %1</source>
        <translation>Nicht bekannt: %1</translation>
    </message>
    <message>
        <source>No table knows this event or its order any more.</source>
        <translation>Keine Tabelle kennt dieses Ereignis oder seine Bestellung noch.</translation>
    </message>
    <message>
        <source>From the outbox, as it was emitted.</source>
        <translation>Aus der Outbox, wie es dort abgelegt wurde.</translation>
    </message>
    <message>
        <source>From the dead letter that keeps it.</source>
        <translation>Aus dem Dead Letter, der es aufbewahrt.</translation>
    </message>
    <message>
        <source>From the retry topic, where it waits.</source>
        <translation>Aus dem Wiederholungs-Topic, wo es wartet.</translation>
    </message>
    <message>
        <source>No table has the event itself any more. This is what the rows of its order and payment say it was.</source>
        <translation>Keine Tabelle hat das Ereignis selbst noch. So war es nach den Zeilen seiner Bestellung und Zahlung.</translation>
    </message>
    <message>
        <source>A reason, if it gave one, is not known.</source>
        <translation>Falls es einen Grund nannte, ist er nicht bekannt.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::StepRowsView</name>
    <message>
        <source>Rows that the step has written</source>
        <translation>Vom Schritt geschriebene Zeilen</translation>
    </message>
    <message>
        <source>Show in the database</source>
        <translation>In der Datenbank zeigen</translation>
    </message>
    <message>
        <source>Opens the table with these rows only (Enter on a row)</source>
        <translation>Öffnet die Tabelle nur mit diesen Zeilen (Eingabetaste auf einer Zeile)</translation>
    </message>
    <message>
        <source>Select a step to see the rows that it wrote.</source>
        <translation>Wählen Sie einen Schritt, um die Zeilen zu sehen, die er geschrieben hat.</translation>
    </message>
    <message>
        <source>This step is too long ago: the journal no longer keeps the moment at which it wrote.</source>
        <translation>Dieser Schritt liegt zu lange zurück: Das Journal hat den Moment, in dem er schrieb, nicht mehr.</translation>
    </message>
    <message>
        <source>Right after this step, and what it was right before.</source>
        <translation>Direkt nach diesem Schritt, und wie es direkt davor war.</translation>
    </message>
    <message>
        <source>As they are now: this system keeps no earlier rows, and later steps may have changed them.</source>
        <translation>Wie sie jetzt sind: Dieses System bewahrt keine früheren Zeilen auf, und spätere Schritte können sie geändert haben.</translation>
    </message>
    <message>
        <source>What the store knows of this order.</source>
        <translation>Was der Store von dieser Bestellung weiß.</translation>
    </message>
    <message>
        <source>Looking for the rows…</source>
        <translation>Zeilen werden gesucht…</translation>
    </message>
    <message>
        <source>Not known here: %1</source>
        <translation>Hier nicht bekannt: %1</translation>
    </message>
    <message>
        <source>Not known while the system does not run.</source>
        <translation>Nicht bekannt, solange das System nicht läuft.</translation>
    </message>
    <message>
        <source>Not known: %1</source>
        <translation>Nicht bekannt: %1</translation>
    </message>
    <message>
        <source>No row of it is there any more.</source>
        <translation>Keine Zeile davon ist noch da.</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::StoryModel</name>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Danach</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>In the run</source>
        <translation>Im Lauf</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhrzeit</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::StoryPanel</name>
    <message>
        <source>The journal of this run has nothing about this order: it was made in an earlier run, or so long ago that its entries had to make room.</source>
        <translation>Das Journal dieses Laufs enthält nichts zu dieser Bestellung: Sie wurde in einem früheren Lauf angelegt oder vor so langer Zeit, dass ihre Einträge Platz machen mussten.</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>Vergleichen mit…</translation>
    </message>
    <message>
        <source>Shows this order and another one side by side, step by step</source>
        <translation>Zeigt diese und eine andere Bestellung nebeneinander, Schritt für Schritt</translation>
    </message>
    <message>
        <source>Detail of the order&apos;s story</source>
        <translation>Details zum Verlauf der Bestellung</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>The chosen step: its entry, and the event&apos;s headers and payload</source>
        <translation>Der gewählte Schritt: sein Eintrag sowie Header und Inhalt des Ereignisses</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>The rows of the tables that the chosen step has written</source>
        <translation>Die Tabellenzeilen, die der gewählte Schritt geschrieben hat</translation>
    </message>
    <message>
        <source>Causes</source>
        <translation>Ursachen</translation>
    </message>
    <message>
        <source>What led to how it ended, the latest first</source>
        <translation>Was zu diesem Ende führte, das Letzte zuerst</translation>
    </message>
    <message>
        <source>All steps</source>
        <translation>Alle Schritte</translation>
    </message>
    <message>
        <source>The story as a list</source>
        <translation>Der Verlauf als Liste</translation>
    </message>
    <message>
        <source>What led to how the order ended</source>
        <translation>Was zu diesem Ende der Bestellung führte</translation>
    </message>
    <message>
        <source>Click on the first title to choose what the times mean</source>
        <translation>Klicken auf die erste Überschrift legt fest, was die Zeiten bedeuten</translation>
    </message>
    <message>
        <source>Times since the order&apos;s beginning</source>
        <translation>Zeiten seit Beginn der Bestellung</translation>
    </message>
    <message>
        <source>Times since the step before</source>
        <translation>Zeiten seit dem vorigen Schritt</translation>
    </message>
    <message>
        <source>Times since the run&apos;s beginning</source>
        <translation>Zeiten seit Beginn des Laufs</translation>
    </message>
    <message>
        <source>Times of day</source>
        <translation>Uhrzeiten</translation>
    </message>
    <message>
        <source>charged %1 times</source>
        <translation>%1-mal abgebucht</translation>
    </message>
    <message>
        <source>refunded</source>
        <translation>erstattet</translation>
    </message>
    <message>
        <source>Order story</source>
        <translation>Bestellverlauf</translation>
    </message>
    <message>
        <source>Select an order in the table, or click one of its events in the event flow, to see everything that happened to it.</source>
        <translation>Wählen Sie in der Tabelle eine Bestellung, oder klicken Sie im Ereignisfluss auf eines ihrer Ereignisse, um alles zu sehen, was mit ihr geschah.</translation>
    </message>
    <message>
        <source>all groups</source>
        <translation>alle Gruppen</translation>
    </message>
    <message>
        <source>Also show notification and analytics, which follow along but decide nothing</source>
        <translation>Auch notification und analytics zeigen, die mitlaufen, aber nichts entscheiden</translation>
    </message>
    <message>
        <source>All steps of the story</source>
        <translation>Alle Schritte des Verlaufs</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::SystemCommands</name>
    <message>
        <source>Not yet: %1</source>
        <translation>Noch nicht: %1</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::TablePageModel</name>
    <message>
        <source>+ added</source>
        <translation>+ neu</translation>
    </message>
    <message>
        <source>± changed</source>
        <translation>± geändert</translation>
    </message>
    <message>
        <source>− gone</source>
        <translation>− weg</translation>
    </message>
    <message>
        <source>The row as it was at the marked moment</source>
        <translation>Die Zeile, wie sie im markierten Moment war</translation>
    </message>
    <message>
        <source>%1
was: %2</source>
        <translation>%1
war: %2</translation>
    </message>
    <message>
        <source>(an empty text)</source>
        <translation>(ein leerer Text)</translation>
    </message>
    <message>
        <source>since</source>
        <translation>seither</translation>
    </message>
    <message>
        <source>%1 %2 (key)</source>
        <translation>%1 %2 (Schlüssel)</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::TextStep</name>
    <message>
        <source>The run is being made…</source>
        <translation>Der Lauf wird erzeugt…</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>the letter of a choice, and its text</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>You did not answer. In your run it is %1.</source>
        <translation>Sie haben nicht geantwortet. In Ihrem Lauf ist es %1.</translation>
    </message>
    <message>
        <source>✓ You were right: %1.</source>
        <translation>✓ Sie hatten recht: %1.</translation>
    </message>
    <message>
        <source>✗ You said %1. In your run it is %2.
%3</source>
        <translation>✗ Sie sagten %1. In Ihrem Lauf ist es %2.
%3</translation>
    </message>
    <message>
        <source>You were %1 % sure.</source>
        <translation>Sie waren sich zu %1 % sicher.</translation>
    </message>
    <message>
        <source>In how many worlds is each true?</source>
        <translation>Was trifft in wie vielen Welten zu?</translation>
    </message>
    <message>
        <source>%1 is true in %2 of %3 worlds.</source>
        <translation>%1 trifft in %2 von %3 Welten zu.</translation>
    </message>
    <message>
        <source>The trouble began at %1.</source>
        <translation>Die Probleme begannen bei %1.</translation>
    </message>
    <message>
        <source>The alert came at %1.</source>
        <translation>Der Alarm kam bei %1.</translation>
    </message>
    <message>
        <source>You knew %1 after the alert.</source>
        <translation>Sie wussten es %1 nach dem Alarm.</translation>
    </message>
    <message>
        <source>You had repaired it %1 after the alert.</source>
        <translation>Sie hatten es %1 nach dem Alarm behoben.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::TimelinePanel</name>
    <message>
        <source>order %1</source>
        <translation>Bestellung %1</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Chosen range</source>
        <translation>Gewählter Bereich</translation>
    </message>
    <message>
        <source>Tables and charts show only what was under way in this range. Click or press Escape to see all</source>
        <translation>Tabellen und Diagramme zeigen nur, was in diesem Bereich unterwegs war. Klicken oder Esc zeigt alles</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>A lane for each consumer group (G)</source>
        <translation>Eine Bahn je Consumer-Gruppe (G)</translation>
    </message>
    <message>
        <source>Fork here…</source>
        <translation>Hier abzweigen…</translation>
    </message>
    <message>
        <source>A second world that is the same until here (F)</source>
        <translation>Eine zweite Welt, die bis hierher dieselbe ist (F)</translation>
    </message>
    <message>
        <source>Show what happens now (L)</source>
        <translation>Zeigen, was jetzt geschieht (L)</translation>
    </message>
    <message>
        <source>Find entries</source>
        <translation>Einträge suchen</translation>
    </message>
    <message>
        <source>find: attempt-failed group=payment</source>
        <translation>suchen: attempt-failed group=payment</translation>
    </message>
    <message>
        <source>Entries by kind and fields, and by what came before or after: gateway-charged and preceded-by gateway-charged same order. Enter: the next one, Shift+Enter: the one before (Ctrl+Shift+F)</source>
        <translation>Einträge nach Art und Feldern und danach, was davor oder danach kam: gateway-charged and preceded-by gateway-charged same order. Eingabetaste: der nächste, Umschalt+Eingabetaste: der vorige (Strg+Umschalt+F)</translation>
    </message>
    <message>
        <source>When the broken promise became inevitable: many worlds are run from each moment before it (Ctrl+Shift+P)</source>
        <translation>Wann die verletzte Zusage unausweichlich wurde: Aus jedem Moment davor werden viele Welten ausgeführt (Strg+Umschalt+P)</translation>
    </message>
    <message>
        <source>No promise is broken in this world.</source>
        <translation>In dieser Welt ist keine Zusage verletzt.</translation>
    </message>
    <message>
        <source>%1 % · cancel</source>
        <translation>%1 % · abbrechen</translation>
    </message>
    <message>
        <source>Point of no return</source>
        <translation>Punkt ohne Wiederkehr</translation>
    </message>
    <message>
        <source>looking…</source>
        <translation>sucht…</translation>
    </message>
    <message>
        <source>no hit</source>
        <translation>kein Treffer</translation>
    </message>
    <message>
        <source>%1 · entry %2 of %3</source>
        <translation>%1 · Eintrag %2 von %3</translation>
    </message>
    <message>
        <source>now · %1</source>
        <translation>jetzt · %1</translation>
    </message>
    <message>
        <source>%1 behind · catch up</source>
        <translation>%1 zurück · aufholen</translation>
    </message>
    <message>
        <source>%1 to %2 ✕</source>
        <translation>%1 bis %2 ✕</translation>
    </message>
    <message>
        <source>Mark this moment</source>
        <translation>Diesen Moment merken</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::TimelineView</name>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>Noch ist nichts geschehen.</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>The run from its start to its end. Left and right go an entry back and forward, with Shift of the same order, with Control of the same worker. Square brackets go to trouble, Space plays. I and O begin and end a range, Escape lets it go. G shows a lane for each group.</source>
        <translation>Der Lauf vom Anfang bis zum Ende. Links und Rechts gehen einen Eintrag zurück und vor, mit Umschalt innerhalb derselben Bestellung, mit Strg innerhalb desselben Workers. Eckige Klammern gehen zu Problemen, die Leertaste spielt ab. I und O beginnen und beenden einen Bereich, Esc hebt ihn auf. G zeigt eine Bahn je Gruppe.</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>bei %1</translation>
    </message>
    <message>
        <source>retry</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>fault</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>crash</source>
        <translation>Absturz</translation>
    </message>
    <message>
        <source>dead letter</source>
        <translation>Dead Letter</translation>
    </message>
    <message>
        <source>broken promise</source>
        <translation>verletzte Zusage</translation>
    </message>
    <message>
        <source>change</source>
        <translation>Änderung</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::Toolbar</name>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>virtual time</source>
        <translation>virtuelle Zeit</translation>
    </message>
    <message>
        <source>running for</source>
        <translation>läuft seit</translation>
    </message>
    <message>
        <source>orders</source>
        <translation>Bestellungen</translation>
    </message>
    <message>
        <source>Stop all failures</source>
        <translation>Alle Störungen stoppen</translation>
    </message>
    <message>
        <source>Show them…</source>
        <translation>Anzeigen…</translation>
    </message>
    <message>
        <source>Switch all guarantees on</source>
        <translation>Alle Garantien einschalten</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>Aufzeichnung beenden</translation>
    </message>
    <message>
        <source>Recording, %1</source>
        <translation>Aufzeichnung, %1</translation>
    </message>
    <message>
        <source>Recording to %1: %2 entries, %3 written</source>
        <translation>Aufzeichnung in %1: %2 Einträge, %3 geschrieben</translation>
    </message>
    <message>
        <source>Stop them all with Ctrl+.</source>
        <translation>Alle stoppen mit Strg+.</translation>
    </message>
    <message>
        <source>%1 off</source>
        <translation>%1 aus</translation>
    </message>
    <message>
        <source>%1 guarantees off</source>
        <translation>%1 Garantien aus</translation>
    </message>
    <message>
        <source>Off: %1</source>
        <translation>Aus: %1</translation>
    </message>
    <message>
        <source>%1 of %2 hold</source>
        <translation>%1 von %2 halten</translation>
    </message>
    <message>
        <source>%1 of %2 invariants hold</source>
        <translation>%1 von %2 Zusagen halten</translation>
    </message>
    <message>
        <source>invariants not checked</source>
        <translation>Zusagen nicht geprüft</translation>
    </message>
    <message>
        <source>Nothing runs yet that could keep or break them</source>
        <translation>Noch läuft nichts, was sie halten oder verletzen könnte</translation>
    </message>
    <message>
        <source>Checked with every entry of the journal</source>
        <translation>Bei jedem Eintrag des Journals geprüft</translation>
    </message>
    <message>
        <source>Click for the story of the first violation (F3 for the next one)</source>
        <translation>Ein Klick zeigt den Verlauf zur ersten Verletzung (F3 zur nächsten)</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::TopicsPanel</name>
    <message>
        <source>Topics</source>
        <translation>Topics</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Topic</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>Partition</translation>
    </message>
    <message>
        <source>all partitions</source>
        <translation>alle Partitionen</translation>
    </message>
    <message>
        <source>Which records come first</source>
        <translation>Welche Records zuerst kommen</translation>
    </message>
    <message>
        <source>newest first</source>
        <translation>neueste zuerst</translation>
    </message>
    <message>
        <source>oldest first</source>
        <translation>älteste zuerst</translation>
    </message>
    <message>
        <source>Go to an offset or a time</source>
        <translation>Zu einem Offset oder einer Zeit gehen</translation>
    </message>
    <message>
        <source>offset or time</source>
        <translation>Offset oder Zeit</translation>
    </message>
    <message>
        <source>Enter goes to an offset (120), a time since the start (+1.5 s), a time of day (14:03:07) or a date with a time (2026-01-31 14:03).</source>
        <translation>Die Eingabetaste geht zu einem Offset (120), einer Zeit seit dem Start (+1.5 s), einer Uhrzeit (14:03:07) oder einem Datum mit Uhrzeit (2026-01-31 14:03).</translation>
    </message>
    <message>
        <source>Show records that contain</source>
        <translation>Records zeigen, die Folgendes enthalten</translation>
    </message>
    <message>
        <source>text, key:…, type:…</source>
        <translation>Text, key:…, type:…</translation>
    </message>
    <message>
        <source>Enter looks for records with this text in key, headers or value. key:ada looks in the key alone, type:failed in the event&apos;s type; type:none finds what is no event.</source>
        <translation>Die Eingabetaste sucht Records mit diesem Text in Schlüssel, Headern oder Wert. key:ada sucht nur im Schlüssel, type:failed im Ereignistyp; type:none findet, was kein Ereignis ist.</translation>
    </message>
    <message>
        <source>Publish…</source>
        <translation>Veröffentlichen…</translation>
    </message>
    <message>
        <source>Write a record and publish it to a topic</source>
        <translation>Einen Record schreiben und in einem Topic veröffentlichen</translation>
    </message>
    <message>
        <source>Records of the topic</source>
        <translation>Records des Topics</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Look no further: what was found so far is shown</source>
        <translation>Nicht weitersuchen: Gezeigt wird, was bisher gefunden wurde</translation>
    </message>
    <message>
        <source>Other programs&apos; topics</source>
        <translation>Topics anderer Programme</translation>
    </message>
    <message>
        <source>%1: records %2, partitions %3</source>
        <translation>%1: Records %2, Partitionen %3</translation>
    </message>
    <message>
        <source>partition %1</source>
        <translation>Partition %1</translation>
    </message>
    <message>
        <source>Looking for topics…</source>
        <translation>Topics werden gesucht…</translation>
    </message>
    <message>
        <source>Looking through the topic…</source>
        <translation>Topic wird durchsucht…</translation>
    </message>
    <message>
        <source>No record matches among the %1 that were looked at. &quot;Look on&quot; goes through more.</source>
        <translation>Unter den %1 durchsuchten Records passt keiner. „Weitersuchen“ durchsucht mehr.</translation>
    </message>
    <message>
        <source>No record matches these words.</source>
        <translation>Kein Record passt zu diesen Wörtern.</translation>
    </message>
    <message>
        <source>There is no record beyond this place.</source>
        <translation>Jenseits dieser Stelle gibt es keinen Record.</translation>
    </message>
    <message>
        <source>Choose a topic.</source>
        <translation>Wählen Sie ein Topic.</translation>
    </message>
    <message>
        <source>No record yet at this moment.</source>
        <translation>In diesem Moment noch kein Record.</translation>
    </message>
    <message>
        <source>looking: %1 of %2 records</source>
        <translation>sucht: %1 von %2 Records</translation>
    </message>
    <message>
        <source>%1 found among %2 of %3 records</source>
        <translation>%1 gefunden unter %2 von %3 Records</translation>
    </message>
    <message>
        <source>%1 of %2 records, page %3</source>
        <translation>%1 von %2 Records, Seite %3</translation>
    </message>
    <message>
        <source>◂ Newer</source>
        <translation>◂ Neuere</translation>
    </message>
    <message>
        <source>◂ Older</source>
        <translation>◂ Ältere</translation>
    </message>
    <message>
        <source>Look on ▸</source>
        <translation>Weitersuchen ▸</translation>
    </message>
    <message>
        <source>Older ▸</source>
        <translation>Ältere ▸</translation>
    </message>
    <message>
        <source>Newer ▸</source>
        <translation>Neuere ▸</translation>
    </message>
    <message>
        <source>It is none of our events: no group can handle it.</source>
        <translation>Das ist keines unserer Ereignisse: Keine Gruppe kann es verarbeiten.</translation>
    </message>
    <message>
        <source>No group reads this topic.</source>
        <translation>Keine Gruppe liest dieses Topic.</translation>
    </message>
    <message>
        <source>Only the topics of our events are published to; others are only read.</source>
        <translation>Veröffentlicht wird nur in die Topics unserer Ereignisse; andere werden nur gelesen.</translation>
    </message>
    <message>
        <source>This record is older than what the journal knows: there is no moment to go to.</source>
        <translation>Dieser Record ist älter als das, was das Journal kennt: Es gibt keinen Moment dazu.</translation>
    </message>
    <message>
        <source>Show this moment</source>
        <translation>Diesen Moment zeigen</translation>
    </message>
    <message>
        <source>Only this key</source>
        <translation>Nur dieser Schlüssel</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>Als JSON kopieren</translation>
    </message>
    <message>
        <source>Clone…</source>
        <translation>Klonen…</translation>
    </message>
    <message>
        <source>The record is published.</source>
        <translation>Der Record ist veröffentlicht.</translation>
    </message>
    <message>
        <source>The clone is published.</source>
        <translation>Der Klon ist veröffentlicht.</translation>
    </message>
    <message>
        <source>%1 of order %2, offset %3</source>
        <translation>%1 der Bestellung %2, Offset %3</translation>
    </message>
    <message>
        <source>The event is published once more, for %1 only.</source>
        <translation>Das Ereignis wird noch einmal veröffentlicht, nur für %1.</translation>
    </message>
    <message>
        <source>%1. It is only read here.</source>
        <translation>%1. Es wird hier nur gelesen.</translation>
    </message>
    <message>
        <source>The record was not published. %1</source>
        <translation>Der Record wurde nicht veröffentlicht. %1</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::TracesPanel</name>
    <message>
        <source>Traces</source>
        <translation>Traces</translation>
    </message>
    <message>
        <source>Spans of the order</source>
        <translation>Spans der Bestellung</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>Span</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>The selected span</source>
        <translation>Der gewählte Span</translation>
    </message>
    <message>
        <source>trace</source>
        <translation>Trace</translation>
    </message>
    <message>
        <source>span</source>
        <translation>Span</translation>
    </message>
    <message>
        <source>event +%1</source>
        <translation>Ereignis +%1</translation>
    </message>
    <message>
        <source>Select an order in a table, or click one of its events in the event flow, to see its trace: each sending, attempt and call with the time it took, as they are exported to OpenTelemetry.</source>
        <translation>Wählen Sie in einer Tabelle eine Bestellung, oder klicken Sie im Ereignisfluss auf eines ihrer Ereignisse, um ihren Trace zu sehen: jedes Senden, jeden Versuch und jeden Aufruf mit der Dauer, so wie sie nach OpenTelemetry exportiert werden.</translation>
    </message>
    <message>
        <source>Nothing of this order has ended yet, or its entries are no longer kept.</source>
        <translation>Bei dieser Bestellung ist noch nichts abgeschlossen, oder ihre Einträge sind nicht mehr vorhanden.</translation>
    </message>
    <message>
        <source>order %1 · %2 · %3 in all</source>
        <translation>Bestellung %1 · %2 · insgesamt %3</translation>
    </message>
    <message>
        <source>%1, %2 with an error</source>
        <translation>%1, %2 mit Fehler</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::Transport</name>
    <message>
        <source>Back to where one was (Alt+←)</source>
        <translation>Zurück zur vorigen Stelle (Alt+←)</translation>
    </message>
    <message>
        <source>Forward again (Alt+→)</source>
        <translation>Wieder vorwärts (Alt+→)</translation>
    </message>
    <message>
        <source>To the start (Home)</source>
        <translation>Zum Anfang (Pos1)</translation>
    </message>
    <message>
        <source>One entry back (←)</source>
        <translation>Einen Eintrag zurück (←)</translation>
    </message>
    <message>
        <source>One entry forward (→)</source>
        <translation>Einen Eintrag vor (→)</translation>
    </message>
    <message>
        <source>To what happens now (L)</source>
        <translation>Zum aktuellen Geschehen (L)</translation>
    </message>
    <message>
        <source>To the end (End)</source>
        <translation>Zum Ende (Ende)</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Speed of the animation</source>
        <translation>Tempo der Animation</translation>
    </message>
    <message>
        <source>Speed of the animation. The system itself always runs in real time.</source>
        <translation>Tempo der Animation. Das System selbst läuft immer in Echtzeit.</translation>
    </message>
    <message>
        <source>Speed of virtual time</source>
        <translation>Tempo der virtuellen Zeit</translation>
    </message>
    <message>
        <source>Speed of virtual time: from a tenth to a thousand times that of a clock</source>
        <translation>Tempo der virtuellen Zeit: von einem Zehntel bis zum Tausendfachen der Uhr</translation>
    </message>
    <message>
        <source>Hold what is shown (Space). The system goes on.</source>
        <translation>Die Anzeige anhalten (Leertaste). Das System läuft weiter.</translation>
    </message>
    <message>
        <source>Go on from the moment that is shown (Space)</source>
        <translation>Vom gezeigten Moment an weiterlaufen (Leertaste)</translation>
    </message>
    <message>
        <source>Hold what is shown</source>
        <translation>Die Anzeige anhalten</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>Pause (Leertaste)</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>Abspielen (Leertaste)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::TwoOrdersDialog</name>
    <message>
        <source>Two orders side by side</source>
        <translation>Zwei Bestellungen nebeneinander</translation>
    </message>
    <message>
        <source>Compare order %1 &amp;with</source>
        <translation>Bestellung %1 vergleichen &amp;mit</translation>
    </message>
    <message>
        <source>the end of an order&apos;s id, or a customer</source>
        <translation>Ende der ID einer Bestellung oder ein Kunde</translation>
    </message>
    <message>
        <source>the order that is selected in the window</source>
        <translation>die im Fenster gewählte Bestellung</translation>
    </message>
    <message>
        <source>Select another order in the table or in the event flow, and it stands at the right</source>
        <translation>Wählen Sie in der Tabelle oder im Ereignisfluss eine andere Bestellung, und sie steht rechts</translation>
    </message>
    <message>
        <source>Sequence of the first order&apos;s events</source>
        <translation>Ereignisfolge der ersten Bestellung</translation>
    </message>
    <message>
        <source>Sequence of the second order&apos;s events</source>
        <translation>Ereignisfolge der zweiten Bestellung</translation>
    </message>
    <message>
        <source>Steps of both orders side by side</source>
        <translation>Schritte beider Bestellungen nebeneinander</translation>
    </message>
    <message>
        <source>No other order&apos;s id ends with “%1”, and no customer is called so.</source>
        <translation>Keine andere Bestell-ID endet auf „%1“, und kein Kunde heißt so.</translation>
    </message>
    <message>
        <source>%1 orders are meant by “%2”: write more of the id.</source>
        <translation>„%2“ passt auf %1 Bestellungen: Geben Sie mehr von der ID ein.</translation>
    </message>
    <message>
        <source>no order yet</source>
        <translation>noch keine</translation>
    </message>
    <message>
        <source>Write the end of another order&apos;s id, or select an order in the window&apos;s table.</source>
        <translation>Geben Sie das Ende der ID einer anderen Bestellung ein oder wählen Sie eine Bestellung in der Tabelle des Fensters.</translation>
    </message>
    <message>
        <source>The journal tells nothing of order %1: it was made in an earlier run.</source>
        <translation>Das Journal berichtet nichts über Bestellung %1: Sie wurde in einem früheren Lauf angelegt.</translation>
    </message>
    <message>
        <source>The same happened to both.</source>
        <translation>Beiden ist dasselbe geschehen.</translation>
    </message>
    <message numerus="yes">
        <source>%n steps differ (≠ another outcome, ◂ only at the left, ▸ only at the right).</source>
        <translation>
            <numerusform>%n Schritt ist anders (≠ anderer Ausgang, ◂ nur links, ▸ nur rechts).</numerusform>
            <numerusform>%n Schritte sind anders (≠ anderer Ausgang, ◂ nur links, ▸ nur rechts).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>orderlab::ui::TwoStoriesModel</name>
    <message>
        <source>the same</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>the same step, with another outcome</source>
        <translation>derselbe Schritt mit anderem Ausgang</translation>
    </message>
    <message>
        <source>only in the story at the left</source>
        <translation>nur im Verlauf links</translation>
    </message>
    <message>
        <source>only in the story at the right</source>
        <translation>nur im Verlauf rechts</translation>
    </message>
    <message>
        <source>! %1</source>
        <translation>! %1</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Danach</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::UndoDesk</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>members of %1: %2</source>
        <translation>Mitglieder von %1: %2</translation>
    </message>
    <message>
        <source>failure “%1”</source>
        <translation>Störung „%1“</translation>
    </message>
    <message>
        <source>no failure “%1”</source>
        <translation>keine Störung „%1“</translation>
    </message>
    <message>
        <source>no failures</source>
        <translation>keine Störungen</translation>
    </message>
    <message>
        <source>failures</source>
        <translation>Störungen</translation>
    </message>
    <message>
        <source>%1 on</source>
        <translation>%1 an</translation>
    </message>
    <message>
        <source>%1 off</source>
        <translation>%1 aus</translation>
    </message>
    <message>
        <source>guarantees</source>
        <translation>Garantien</translation>
    </message>
    <message>
        <source>steady flow %1</source>
        <translation>stetiger Zustrom %1</translation>
    </message>
    <message>
        <source>show %1</source>
        <translation>%1 zeigen</translation>
    </message>
    <message>
        <source>hide %1</source>
        <translation>%1 ausblenden</translation>
    </message>
    <message>
        <source>filter of %1</source>
        <translation>Filter von %1</translation>
    </message>
    <message>
        <source>&amp;Undo %1</source>
        <translation>&amp;Rückgängig: %1</translation>
    </message>
    <message>
        <source>&amp;Redo %1</source>
        <translation>&amp;Wiederherstellen: %1</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::VoteChart</name>
    <message>
        <source>Votes</source>
        <translation>Stimmen</translation>
    </message>
    <message>
        <source>%1 (%2 %)</source>
        <translation>%1 (%2 %)</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WatchedCommands</name>
    <message>
        <source>This window is attached to systems that run elsewhere and only looks at them. To change something, use their API or orderlabd, or start a window without --attach.</source>
        <translation>Dieses Fenster ist mit Systemen verbunden, die anderswo laufen, und sieht ihnen nur zu. Um etwas zu ändern, verwenden Sie deren API oder orderlabd oder starten Sie ein Fenster ohne --attach.</translation>
    </message>
    <message>
        <source>Dead letters lie in a store elsewhere. To decide about them, use orderlabd dead-letters, or the API there.</source>
        <translation>Dead Letters liegen in einem Store anderswo. Um über sie zu entscheiden, verwenden Sie orderlabd dead-letters oder die dortige API.</translation>
    </message>
    <message>
        <source>This is a recording: it can be looked at, not changed. It can be made a world (File, Simulate this recording, or Turn into a scenario).</source>
        <translation>Dies ist eine Aufzeichnung: Sie lässt sich ansehen, nicht ändern. Sie kann zu einer Welt werden („Datei, Diese Aufzeichnung simulieren“ oder „In Szenario umwandeln“).</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WatchedSession</name>
    <message>
        <source>Looking for shared journals on Kafka at %1…</source>
        <translation>Geteilte Journale auf Kafka bei %1 werden gesucht…</translation>
    </message>
    <message>
        <source>Orderlab, attached to Kafka at %1</source>
        <translation>Orderlab, verbunden mit Kafka bei %1</translation>
    </message>
    <message>
        <source>Attached to %1. It shows what orderlabd serve --share-journal tells, and changes nothing.</source>
        <translation>Verbunden mit %1. Zeigt, was orderlabd serve --share-journal berichtet, und ändert nichts.</translation>
    </message>
    <message>
        <source>attached to Kafka at %1 · read-only</source>
        <translation>verbunden mit Kafka bei %1 · schreibgeschützt</translation>
    </message>
    <message>
        <source>shared journals</source>
        <translation>geteilte Journale</translation>
    </message>
    <message>
        <source>Where orders come in: at processes elsewhere.</source>
        <translation>Wo Bestellungen eingehen: bei Prozessen anderswo.</translation>
    </message>
    <message>
        <source>Stores</source>
        <translation>Stores</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Store</translation>
    </message>
    <message>
        <source>Stores of processes elsewhere: counts are as their journals tell them since they were first heard.</source>
        <translation>Stores von Prozessen anderswo: Die Zahlen gelten laut ihren Journalen, seit sie zum ersten Mal zu hören waren.</translation>
    </message>
    <message>
        <source>No orders in the shared journals yet.</source>
        <translation>Noch keine Bestellungen in den geteilten Journalen.</translation>
    </message>
    <message>
        <source>Processes started with --share-journal show theirs here.</source>
        <translation>Prozesse, die mit --share-journal gestartet wurden, zeigen ihre hier.</translation>
    </message>
    <message numerus="yes">
        <source>%n processes</source>
        <translation>
            <numerusform>%n Prozess</numerusform>
            <numerusform>%n Prozesse</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody shares a journal there yet.</source>
        <translation>Dort teilt noch niemand ein Journal.</translation>
    </message>
    <message>
        <source>They share their journals:
%1</source>
        <translation>Diese teilen ihre Journale:
%1</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WelcomeDialog</name>
    <message>
        <source>Welcome to Orderlab</source>
        <translation>Willkommen bei Orderlab</translation>
    </message>
    <message>
        <source>How do you want to begin?</source>
        <translation>Wie möchten Sie beginnen?</translation>
    </message>
    <message>
        <source>Watch a simulated world</source>
        <translation>Eine simulierte Welt ansehen</translation>
    </message>
    <message>
        <source>The real services in virtual time. Drag the playhead back and forth, change something, compare. Needs no database.</source>
        <translation>Die echten Dienste in virtueller Zeit. Abspielmarke hin und her ziehen, etwas ändern, vergleichen. Braucht keine Datenbank.</translation>
    </message>
    <message>
        <source>Run the real system</source>
        <translation>Das echte System starten</translation>
    </message>
    <message>
        <source>Orders in PostgreSQL, events in memory or on Kafka, in real time. Starts a PostgreSQL of its own where none is given.</source>
        <translation>Bestellungen in PostgreSQL, Ereignisse im Speicher oder auf Kafka, in Echtzeit. Startet ein eigenes PostgreSQL, wo keines angegeben ist.</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>The engine can be changed at any time in the toolbar. This page comes back with Help, Welcome.</source>
        <translation>Die Engine lässt sich jederzeit in der Werkzeugleiste wechseln. Diese Seite kommt mit „Hilfe, Willkommen“ wieder.</translation>
    </message>
    <message>
        <source>Three things to try</source>
        <translation>Drei Dinge zum Ausprobieren</translation>
    </message>
    <message>
        <source>See why a customer was charged twice</source>
        <translation>Sehen, warum von einem Kunden doppelt abgebucht wurde</translation>
    </message>
    <message>
        <source>Go back in time to just before it happened</source>
        <translation>Bis kurz davor in der Zeit zurückgehen</translation>
    </message>
    <message>
        <source>Mend it there, and compare both futures</source>
        <translation>Es dort beheben und beide Zukünfte vergleichen</translation>
    </message>
    <message>
        <source>%1.  %2</source>
        <comment>a number and something to try</comment>
        <translation>%1.  %2</translation>
    </message>
    <message>
        <source>Sixteen lessons and two on-call drills: predict what happens, see it run, find out why, and mend it.</source>
        <translation>Sechzehn Lektionen und zwei Übungen für die Rufbereitschaft: vorhersagen, was geschieht, es ablaufen sehen, herausfinden, warum, und es beheben.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WhyBox</name>
    <message>
        <source>‹ previous</source>
        <translation>‹ zurück</translation>
    </message>
    <message>
        <source>Previous broken promise</source>
        <translation>Vorige verletzte Zusage</translation>
    </message>
    <message>
        <source>next ›</source>
        <translation>weiter ›</translation>
    </message>
    <message>
        <source>Next broken promise</source>
        <translation>Nächste verletzte Zusage</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>bei %1</translation>
    </message>
    <message>
        <source>✕ %1: broken %2</source>
        <translation>✕ %1: verletzt %2</translation>
    </message>
    <message>
        <source>✕ %1: broken %2 times, %3</source>
        <translation>✕ %1: %2-mal verletzt, %3</translation>
    </message>
    <message>
        <source>Click on the time to go to it</source>
        <translation>Ein Klick auf die Zeit geht dorthin</translation>
    </message>
    <message>
        <source>broken promise %1 of %2</source>
        <translation>verletzte Zusage %1 von %2</translation>
    </message>
    <message>
        <source>%1 (%2 in all)</source>
        <translation>%1 (insgesamt %2)</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WindowFiles</name>
    <message>
        <source>Nothing is recorded. %1</source>
        <translation>Es wird nichts aufgezeichnet. %1</translation>
    </message>
    <message>
        <source>%1 is not there any more, and was taken off the list.</source>
        <translation>%1 gibt es nicht mehr und wurde von der Liste genommen.</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>Szenarien</translation>
    </message>
    <message>
        <source>Kafka brokers</source>
        <translation>Kafka-Broker</translation>
    </message>
    <message>
        <source>Kafka at %1</source>
        <translation>Kafka bei %1</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>&amp;Clear the list</source>
        <translation>Liste &amp;leeren</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WindowLayouts</name>
    <message>
        <source>The layout is not kept: its name must have 1 to %1 letters.</source>
        <translation>Die Anordnung wurde nicht gespeichert: Ihr Name muss 1 bis %1 Zeichen haben.</translation>
    </message>
    <message>
        <source>The layout is not kept: this window remembers nothing.</source>
        <translation>Die Anordnung wurde nicht gespeichert: Dieses Fenster merkt sich nichts.</translation>
    </message>
    <message>
        <source>The layout is not kept: there are %1 layouts, which is the most. Delete one first.</source>
        <translation>Die Anordnung wurde nicht gespeichert: Es gibt schon %1 Anordnungen, mehr geht nicht. Löschen Sie zuerst eine.</translation>
    </message>
    <message>
        <source>The layout “%1” is kept: View, Layouts.</source>
        <translation>Die Anordnung „%1“ ist gespeichert: „Ansicht, Anordnungen“.</translation>
    </message>
    <message>
        <source>Keep this layout</source>
        <translation>Anordnung speichern</translation>
    </message>
    <message>
        <source>Name of the layout</source>
        <translation>Name der Anordnung</translation>
    </message>
    <message>
        <source>There is a layout “%1”. Replace it?</source>
        <translation>Die Anordnung „%1“ gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>The layout “%1” is of another version of the program, and is not taken.</source>
        <translation>Die Anordnung „%1“ stammt von einer anderen Programmversion und wird nicht übernommen.</translation>
    </message>
    <message>
        <source>layout “%1”</source>
        <translation>Anordnung „%1“</translation>
    </message>
    <message>
        <source>delete the layout “%1”</source>
        <translation>Anordnung „%1“ löschen</translation>
    </message>
    <message>
        <source>The layout “%1” is deleted. Ctrl+Z brings it back.</source>
        <translation>Die Anordnung „%1“ ist gelöscht. Strg+Z holt sie zurück.</translation>
    </message>
    <message>
        <source>None has a name yet</source>
        <translation>Noch keine hat einen Namen</translation>
    </message>
    <message>
        <source>&amp;Keep this layout…</source>
        <translation>Diese Anordnung &amp;speichern…</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;Reset the layout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>No panel is shown</source>
        <translation>Keine Ansicht wird gezeigt</translation>
    </message>
    <message>
        <source>%1:</source>
        <comment>the panel that is moved</comment>
        <translation>%1:</translation>
    </message>
    <message>
        <source>To the &amp;left</source>
        <translation>Nach &amp;links</translation>
    </message>
    <message>
        <source>To the &amp;right</source>
        <translation>Nach &amp;rechts</translation>
    </message>
    <message>
        <source>To the &amp;bottom</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>Into a &amp;window of its own</source>
        <translation>In ein eigenes &amp;Fenster</translation>
    </message>
    <message>
        <source>move %1</source>
        <translation>%1 verschieben</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WindowMemory</name>
    <message>
        <source>Size of the window and places of the panels</source>
        <translation>Größe des Fensters und Plätze der Ansichten</translation>
    </message>
    <message>
        <source>As the window was left last.</source>
        <translation>Wie das Fenster zuletzt verlassen wurde.</translation>
    </message>
    <message>
        <source>Layouts with a name</source>
        <translation>Anordnungen mit Namen</translation>
    </message>
    <message>
        <source>Those of the View menu.</source>
        <translation>Die aus dem Menü „Ansicht“.</translation>
    </message>
    <message>
        <source>Files, brokers and scenarios that were opened</source>
        <translation>Geöffnete Dateien, Broker und Szenarien</translation>
    </message>
    <message>
        <source>Those of File, Open recent. The files themselves stay.</source>
        <translation>Die unter „Datei, Zuletzt geöffnet“. Die Dateien selbst bleiben.</translation>
    </message>
    <message>
        <source>SELECT statements</source>
        <translation>SELECT-Anweisungen</translation>
    </message>
    <message>
        <source>Those that were run in the Database panel.</source>
        <translation>Die in der Ansicht „Datenbank“ ausgeführten.</translation>
    </message>
    <message>
        <source>Folder and bound of recordings</source>
        <translation>Ordner und Grenze von Aufzeichnungen</translation>
    </message>
    <message>
        <source>As the last recording was made.</source>
        <translation>Wie bei der letzten Aufzeichnung.</translation>
    </message>
    <message>
        <source>Engine of the last start</source>
        <translation>Engine des letzten Starts</translation>
    </message>
    <message>
        <source>Without it the next start asks how to begin.</source>
        <translation>Ohne sie fragt der nächste Start, wie es beginnen soll.</translation>
    </message>
    <message>
        <source>The settings file could not be read and was set aside as %1. The window starts with the usual settings.</source>
        <translation>Die Einstellungsdatei war nicht lesbar und wurde als %1 beiseitegelegt. Das Fenster startet mit den üblichen Einstellungen.</translation>
    </message>
    <message>
        <source>The settings file %1 can neither be read nor be set aside: nothing is remembered.</source>
        <translation>Die Einstellungsdatei %1 lässt sich weder lesen noch beiseitelegen: Es wird nichts gemerkt.</translation>
    </message>
    <message>
        <source>Commands of your own workers</source>
        <translation>Befehle Ihrer eigenen Worker</translation>
    </message>
    <message>
        <source>Those that were started. The programs themselves stay.</source>
        <translation>Die gestarteten. Die Programme selbst bleiben.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WindowMenus</name>
    <message>
        <source>&amp;Time</source>
        <translation>&amp;Zeit</translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation>A&amp;bspielen/Pause</translation>
    </message>
    <message>
        <source>To the &amp;start</source>
        <translation>Zum &amp;Anfang</translation>
    </message>
    <message>
        <source>To what happens &amp;now</source>
        <translation>Zum &amp;Jetzt</translation>
    </message>
    <message>
        <source>To the &amp;end</source>
        <translation>Zum &amp;Ende</translation>
    </message>
    <message>
        <source>&amp;Back to where one was</source>
        <translation>&amp;Zurück zur vorigen Stelle</translation>
    </message>
    <message>
        <source>F&amp;orward again</source>
        <translation>&amp;Wieder vorwärts</translation>
    </message>
    <message>
        <source>Previous &amp;trouble</source>
        <translation>Voriges &amp;Problem</translation>
    </message>
    <message>
        <source>Ne&amp;xt trouble</source>
        <translation>Nä&amp;chstes Problem</translation>
    </message>
    <message>
        <source>Previous broken promise</source>
        <translation>Vorige verletzte Zusage</translation>
    </message>
    <message>
        <source>Next broken promise</source>
        <translation>Nächste verletzte Zusage</translation>
    </message>
    <message>
        <source>&amp;Mark this moment…</source>
        <translation>Diesen &amp;Moment merken…</translation>
    </message>
    <message>
        <source>Find entr&amp;ies</source>
        <translation>E&amp;inträge suchen</translation>
    </message>
    <message>
        <source>&amp;Go to the timeline</source>
        <translation>Zur Zei&amp;tleiste</translation>
    </message>
    <message>
        <source>Point of &amp;no return</source>
        <translation>P&amp;unkt ohne Wiederkehr</translation>
    </message>
    <message>
        <source>&amp;Copy this moment as a line</source>
        <translation>Moment als Zeile &amp;kopieren</translation>
    </message>
    <message>
        <source>Show this moment as a &amp;QR code…</source>
        <translation>Moment als &amp;QR-Code zeigen…</translation>
    </message>
    <message>
        <source>&amp;Fork here…</source>
        <translation>&amp;Hier abzweigen…</translation>
    </message>
    <message>
        <source>&amp;Empty world</source>
        <translation>&amp;Leere Welt</translation>
    </message>
    <message>
        <source>From a &amp;file…</source>
        <translation>Aus &amp;Datei…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;New order</source>
        <translation>&amp;Neue Bestellung</translation>
    </message>
    <message>
        <source>&amp;Burst of 100</source>
        <translation>&amp;Schub von 100</translation>
    </message>
    <message>
        <source>&amp;Import orders…</source>
        <translation>Bestellungen &amp;importieren…</translation>
    </message>
    <message>
        <source>&amp;Open a journal…</source>
        <translation>Journal &amp;öffnen…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open a &amp;moment…</source>
        <translation>&amp;Moment öffnen…</translation>
    </message>
    <message>
        <source>Export the &amp;table…</source>
        <translation>&amp;Tabelle exportieren…</translation>
    </message>
    <message>
        <source>Export a &amp;picture…</source>
        <translation>&amp;Bild exportieren…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>B&amp;eenden</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Copy the selected order&apos;s id</source>
        <translation>ID der gewählten Bestellung &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Find in this list</source>
        <translation>In dieser &amp;Liste suchen</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>&amp;Simulate this recording</source>
        <translation>Diese Aufzeichnung simulie&amp;ren</translation>
    </message>
    <message>
        <source>&amp;Turn into a scenario…</source>
        <translation>In Szenario um&amp;wandeln…</translation>
    </message>
    <message>
        <source>The recording is not open.</source>
        <translation>Die Aufzeichnung ist nicht geöffnet.</translation>
    </message>
    <message>
        <source>It is of a real system: turn it into a scenario first.</source>
        <translation>Sie stammt von einem echten System: Wandeln Sie sie zuerst in ein Szenario um.</translation>
    </message>
    <message>
        <source>It is of a simulated run and has its scenario: simulate it.</source>
        <translation>Sie stammt von einem simulierten Lauf und hat ihr Szenario: Simulieren Sie sie.</translation>
    </message>
    <message>
        <source>Re&amp;cord…</source>
        <translation>Au&amp;fzeichnen…</translation>
    </message>
    <message>
        <source>Stop re&amp;cording</source>
        <translation>Au&amp;fzeichnung beenden</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>&amp;Ansichten</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Design</translation>
    </message>
    <message>
        <source>Go to the event flo&amp;w</source>
        <translation>Zum Ereignis&amp;fluss</translation>
    </message>
    <message>
        <source>Go to &amp;anything…</source>
        <translation>&amp;Gehe zu…</translation>
    </message>
    <message>
        <source>Columns of this list…</source>
        <translation>Spalten dieser Liste…</translation>
    </message>
    <message>
        <source>Le&amp;gend of the event flow</source>
        <translation>&amp;Legende des Ereignisflusses</translation>
    </message>
    <message>
        <source>Layo&amp;uts</source>
        <translation>A&amp;nordnungen</translation>
    </message>
    <message>
        <source>&amp;Move the panel</source>
        <translation>Ansicht &amp;verschieben</translation>
    </message>
    <message>
        <source>&amp;Reset the layout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Status bar</source>
        <translation>&amp;Statusleiste</translation>
    </message>
    <message>
        <source>F&amp;ailures</source>
        <translation>&amp;Störungen</translation>
    </message>
    <message>
        <source>&amp;Go to failures</source>
        <translation>Zu den S&amp;törungen</translation>
    </message>
    <message>
        <source>&amp;Compose a failure…</source>
        <translation>Störung &amp;zusammenstellen…</translation>
    </message>
    <message>
        <source>&amp;Stop all failures</source>
        <translation>&amp;Alle Störungen beenden</translation>
    </message>
    <message>
        <source>Switch all guarantees &amp;on</source>
        <translation>Alle &amp;Garantien einschalten</translation>
    </message>
    <message>
        <source>&amp;Reset a group&apos;s offsets…</source>
        <translation>Offsets einer Gruppe &amp;zurücksetzen…</translation>
    </message>
    <message>
        <source>S&amp;imulate a scenario</source>
        <translation>Szenario &amp;simulieren</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;Welcome, and three things to try…</source>
        <translation>&amp;Willkommen und drei Dinge zum Ausprobieren…</translation>
    </message>
    <message>
        <source>&amp;About Orderlab</source>
        <translation>Ü&amp;ber Orderlab</translation>
    </message>
    <message>
        <source>&amp;Follow the system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>High &amp;contrast</source>
        <translation>Hoher &amp;Kontrast</translation>
    </message>
    <message>
        <source>&amp;Larger</source>
        <translation>G&amp;rößer</translation>
    </message>
    <message>
        <source>Small&amp;er</source>
        <translation>&amp;Kleiner</translation>
    </message>
    <message>
        <source>Usual si&amp;ze</source>
        <translation>Ü&amp;bliche Größe</translation>
    </message>
    <message>
        <source>Event fl&amp;ow alone</source>
        <translation>Nur Ereignisfl&amp;uss</translation>
    </message>
    <message>
        <source>Event flow &amp;larger</source>
        <translation>Ereignisfluss &amp;größer</translation>
    </message>
    <message>
        <source>Event flow &amp;smaller</source>
        <translation>Ereignisfluss &amp;kleiner</translation>
    </message>
    <message>
        <source>&amp;Fit the event flow</source>
        <translation>Ereignisfluss &amp;einpassen</translation>
    </message>
    <message>
        <source>Re&amp;duce motion</source>
        <translation>&amp;Weniger Bewegung</translation>
    </message>
    <message>
        <source>Nothing glides, turns or pulses: events jump from place to place</source>
        <translation>Nichts gleitet, dreht sich oder pulsiert: Ereignisse springen von Ort zu Ort</translation>
    </message>
    <message>
        <source>&amp;Next part of the window</source>
        <translation>Nä&amp;chster Fensterbereich</translation>
    </message>
    <message>
        <source>Pre&amp;vious part of the window</source>
        <translation>Vor&amp;heriger Fensterbereich</translation>
    </message>
    <message>
        <source>E&amp;ngine</source>
        <translation>E&amp;ngine</translation>
    </message>
    <message>
        <source>Customers&apos; &amp;names at their events</source>
        <translation>&amp;Namen der Kunden an ihren Ereignissen</translation>
    </message>
    <message>
        <source>Whose order an event is of; while a class is on, the students&apos; names</source>
        <translation>Zu wessen Bestellung ein Ereignis gehört; während einer Klasse die Namen der Teilnehmer</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WindowSettings</name>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Design</translation>
    </message>
    <message>
        <source>The colours of the whole window.</source>
        <translation>Die Farben des ganzen Fensters.</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>The language of the window. The command line and files speak English.</source>
        <translation>Die Sprache des Fensters. Befehlszeile und Dateien bleiben englisch.</translation>
    </message>
    <message>
        <source>With the next start of Orderlab.</source>
        <translation>Mit dem nächsten Start von Orderlab.</translation>
    </message>
    <message>
        <source>This window remembers nothing.</source>
        <translation>Dieses Fenster merkt sich nichts.</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>How large all of the window is (Ctrl++, Ctrl+−).</source>
        <translation>Wie groß das ganze Fenster ist (Strg++, Strg+−).</translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>a zoom</comment>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
    <message>
        <source>Nothing glides, turns or pulses: events jump from place to place.</source>
        <translation>Nichts gleitet, dreht sich oder pulsiert: Ereignisse springen von Ort zu Ort.</translation>
    </message>
    <message>
        <source>Status bar</source>
        <translation>Statusleiste</translation>
    </message>
    <message>
        <source>The line at the lower edge: what runs, the moment, rates and notices.</source>
        <translation>Die Zeile am unteren Rand: was läuft, der Moment, Raten und Meldungen.</translation>
    </message>
    <message>
        <source>Layout of the panels</source>
        <translation>Anordnung der Ansichten</translation>
    </message>
    <message>
        <source>All panels are shown where they are at the first start.</source>
        <translation>Alle Ansichten stehen wieder dort, wo sie beim ersten Start waren.</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>All keys of the window (F1).</source>
        <translation>Alle Tasten des Fensters (F1).</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Real system</source>
        <translation>Echtes System</translation>
    </message>
    <message>
        <source>With the next start of the real system.</source>
        <translation>Mit dem nächsten Start des echten Systems.</translation>
    </message>
    <message>
        <source>as usual</source>
        <translation>wie üblich</translation>
    </message>
    <message>
        <source>as usual: %1</source>
        <translation>wie üblich: %1</translation>
    </message>
    <message>
        <source>Set by %1, which wins: %2</source>
        <translation>Festgelegt durch %1, das hat Vorrang: %2</translation>
    </message>
    <message>
        <source>Remembered</source>
        <translation>Gemerktes</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>It is forgotten for good: Cancel does not bring it back.</source>
        <translation>Wird endgültig vergessen: „Abbrechen“ bringt es nicht zurück.</translation>
    </message>
    <message>
        <source>Nothing is remembered.</source>
        <translation>Nichts ist gemerkt.</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WorkRow</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Worlds that are done</source>
        <translation>Fertige Welten</translation>
    </message>
    <message>
        <source>%1 of %2 worlds</source>
        <translation>%1 von %2 Welten</translation>
    </message>
    <message>
        <source>%1 worlds</source>
        <translation>%1 Welten</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WorkerLogModel</name>
    <message>
        <source>Given up, order %1: %2</source>
        <translation>Aufgegeben, Bestellung %1: %2</translation>
    </message>
    <message>
        <source>Attempt failed, order %1: %2</source>
        <translation>Fehlversuch, Bestellung %1: %2</translation>
    </message>
    <message>
        <source>Enter tells the story of this order.</source>
        <translation>Die Eingabetaste zeigt den Verlauf dieser Bestellung.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>What it says on standard error</source>
        <translation>Standardfehlerausgabe</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::Worlds</name>
    <message>
        <source>This world cannot be run. %1</source>
        <translation>Diese Welt lässt sich nicht ausführen. %1</translation>
    </message>
    <message>
        <source>At %1 s this cannot be done: %2. %3</source>
        <translation>Bei %1 s ist das nicht möglich: %2. %3</translation>
    </message>
    <message>
        <source>A world has at most %1 changes. Undo some, or begin another world.</source>
        <translation>Eine Welt hat höchstens %1 Änderungen. Machen Sie einige rückgängig oder beginnen Sie eine andere Welt.</translation>
    </message>
    <message>
        <source>remove “%1”</source>
        <translation>„%1“ entfernen</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Seed %1</translation>
    </message>
    <message>
        <source>There are %1 worlds, which is the most. Remove one first.</source>
        <translation>Es gibt schon %1 Welten, mehr geht nicht. Entfernen Sie zuerst eine.</translation>
    </message>
    <message>
        <source>%1 on</source>
        <translation>%1 an</translation>
    </message>
    <message>
        <source>%1 off</source>
        <translation>%1 aus</translation>
    </message>
    <message>
        <source>stop all failures</source>
        <translation>alle Störungen beenden</translation>
    </message>
    <message>
        <source>stop %1</source>
        <translation>%1 beenden</translation>
    </message>
    <message>
        <source>all groups</source>
        <translation>alle Gruppen</translation>
    </message>
    <message>
        <source>order of %1</source>
        <translation>Bestellung von %1</translation>
    </message>
    <message>
        <source>cancel order %1</source>
        <translation>Bestellung %1 stornieren</translation>
    </message>
    <message>
        <source>crash %1</source>
        <translation>Absturz: %1</translation>
    </message>
    <message>
        <source>replay a dead letter of %1</source>
        <translation>Dead Letter von %1 erneut zustellen</translation>
    </message>
    <message>
        <source>discard a dead letter of %1</source>
        <translation>Dead Letter von %1 verwerfen</translation>
    </message>
    <message>
        <source>reset the offsets of %1</source>
        <translation>Offsets von %1 zurücksetzen</translation>
    </message>
    <message>
        <source>chance anew (%1)</source>
        <translation>Zufall neu (%1)</translation>
    </message>
</context>
<context>
    <name>orderlab::ui::WorldsPanel</name>
    <message>
        <source>all hold</source>
        <translation>alle halten</translation>
    </message>
    <message>
        <source>%1 accepted, %2 paid, %3 failed</source>
        <translation>%1 angenommen, %2 bezahlt, %3 fehlgeschlagen</translation>
    </message>
    <message>
        <source>, %1 dead-lettered</source>
        <translation>, %1 als Dead Letter</translation>
    </message>
    <message>
        <source>, %1 in flight</source>
        <translation>, %1 unterwegs</translation>
    </message>
    <message>
        <source> · %1 charges</source>
        <translation> · %1 Abbuchungen</translation>
    </message>
    <message>
        <source>Worlds</source>
        <translation>Welten</translation>
    </message>
    <message>
        <source>The simulated engine has worlds: runs in virtual time that can be played back and forth, changed at any moment, and forked. Choose “Simulated” above.</source>
        <translation>Die simulierte Engine hat Welten: Läufe in virtueller Zeit, die sich vor und zurück abspielen, in jedem Moment ändern und abzweigen lassen. Wählen Sie oben „Simuliert“.</translation>
    </message>
    <message>
        <source>World</source>
        <translation>Welt</translation>
    </message>
    <message>
        <source>Parts at</source>
        <translation>Zweigt ab</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Promises</source>
        <translation>Zusagen</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>Bestellungen</translation>
    </message>
    <message>
        <source>Choose a world to be in it. Fork another at the playhead with F.</source>
        <translation>Wählen Sie eine Welt, um in ihr zu sein. F zweigt an der Abspielmarke eine weitere ab.</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>Vergleichen…</translation>
    </message>
    <message>
        <source>Another world beside the one that is shown</source>
        <translation>Eine andere Welt neben der gezeigten</translation>
    </message>
    <message>
        <source>Forget world</source>
        <translation>Welt vergessen</translation>
    </message>
    <message>
        <source>At</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Change in this world</source>
        <translation>Änderung in dieser Welt</translation>
    </message>
    <message>
        <source>Changes in this world</source>
        <translation>Änderungen in dieser Welt</translation>
    </message>
    <message>
        <source>Nothing is changed in this world yet. Flip a switch, place an order or scale a group: it happens at the playhead, and stands here.</source>
        <translation>In dieser Welt ist noch nichts geändert. Legen Sie einen Schalter um, geben Sie eine Bestellung auf oder skalieren Sie eine Gruppe: Es geschieht an der Abspielmarke und steht dann hier.</translation>
    </message>
    <message>
        <source>What you do at the playhead becomes a change here.</source>
        <translation>Was Sie an der Abspielmarke tun, wird hier zu einer Änderung.</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>The world is made again without this change (undo with Ctrl+Z)</source>
        <translation>Die Welt wird ohne diese Änderung neu erzeugt (rückgängig mit Strg+Z)</translation>
    </message>
    <message>
        <source>&amp;All worlds in a table…</source>
        <translation>&amp;Alle Welten in einer Tabelle…</translation>
    </message>
</context>
</TS>
