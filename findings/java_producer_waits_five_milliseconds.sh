#!/usr/bin/env bash
# A Java program sends one event after the other and waits for each, as a service does that answers its caller then. Its
# kafka-clients goes from 3.9 to 4.x, its settings stay.
# Versions: kafka-clients 3.9.1 and 4.3.1 with the same Apache Kafka 4.3.1.
# Expected: linger.ms is 0 unless it is set, so that a lone event goes out at once.
# Seen: it is 5 from 4.0 on. Each event waits for others that never come, and a hundred of them take half a second more.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
start_kafka
mkdir "$work/old"
cat >"$work/old/pom.xml" <<END
<project><modelVersion>4.0.0</modelVersion><groupId>none</groupId><artifactId>none</artifactId><version>1</version>
<dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId><version>3.9.1</version></dependency></dependencies>
</project>
END
mvn -B -q -f "$work/old/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$work/old/libs" </dev/null
cat >"$work/Send.java" <<'END_OF_PROGRAM'
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.AppInfoParser;

public class Send {
    public static void main(String[] args) throws Exception {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", args[0]);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 200; i++)
                producer.send(new ProducerRecord<>("orders", "warm up")).get();
            long began = System.nanoTime();
            for (int i = 0; i < 100; i++)
                producer.send(new ProducerRecord<>("orders", "order " + i)).get();
            long ms = (System.nanoTime() - began) / 1_000_000;
            System.err.println("100 events, one after the other: " + ms + " ms");
        }
        System.out.println(AppInfoParser.getVersion() + " linger.ms=" + ProducerConfig.configDef().defaultValues().get("linger.ms"));
    }
}
END_OF_PROGRAM
send() {
    mkdir -p "$1/classes"
    javac -cp "$1/libs/*" -d "$1/classes" "$work/Send.java"
    java -cp "$1/classes:$1/libs/*" Send "$address" 2> >(grep events >&2)
}
{ send "$work/old" && send "$work"; } | tee "$work/seen"
if [ "$(cat "$work/seen")" != "3.9.1 linger.ms=0
4.3.1 linger.ms=5" ]; then
    echo "it behaves otherwise now" >&2
    exit 1
fi
echo "as described"
