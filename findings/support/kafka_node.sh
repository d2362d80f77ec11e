# shellcheck shell=bash
# A plain Apache Kafka of one node in a temporary folder, from Maven, for the scripts of this folder. Sourced; sets $work,
# $address and a trap that ends it; kafka_tool runs one of Kafka's own tools. Needs Java 17 and Maven.
kafka_version=4.3.1
work=$(mktemp -d)
node=''
end_kafka() { [ -z "$node" ] || kill "$node" 2>/dev/null || true; [ -z "$node" ] || wait "$node" 2>/dev/null || true; rm -rf "$work"; }
trap end_kafka EXIT

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# start_kafka [FILE]: with more settings from the file.
start_kafka() {
    local client controller i
    cat >"$work/pom.xml" <<END
<project><modelVersion>4.0.0</modelVersion><groupId>none</groupId><artifactId>none</artifactId><version>1</version>
<dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>$kafka_version</version></dependency>
<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-tools</artifactId><version>$kafka_version</version></dependency></dependencies>
</project>
END
    mvn -B -q -f "$work/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$work/libs" </dev/null
    client=$(free_port) controller=$(free_port)
    address=127.0.0.1:$client
    cat >"$work/server.properties" <<END
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$controller
listeners=PLAINTEXT://$address,CONTROLLER://127.0.0.1:$controller
advertised.listeners=PLAINTEXT://$address
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.listener.names=CONTROLLER
log.dirs=$work/data
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
END
    [ -z "${1:-}" ] || cat "$1" >>"$work/server.properties"
    java -cp "$work/libs/*" kafka.tools.StorageTool format -t AAAAAAAAQACAAAAAAAAAAA -c "$work/server.properties" >"$work/format.log" 2>&1
    java -Xmx512m -cp "$work/libs/*" kafka.Kafka "$work/server.properties" >"$work/server.log" 2>&1 &
    node=$!
    for ((i = 0; i < 240; i++)); do
        (exec 3<>"/dev/tcp/127.0.0.1/$client") 2>/dev/null && return 0
        kill -0 "$node" 2>/dev/null || break
        sleep 0.5
    done
    tail -n 20 "$work/server.log" >&2
    return 1
}

# kafka_tool CLASS OPTION…: what it says, without log lines; ends with its exit code. Reads the standard input.
kafka_tool() {
    printf 'status = off\nrootLogger.level = off\n' >"$work/tool-log4j2.properties"
    java -XX:TieredStopAtLevel=1 -cp "$work/libs/*" "-Dlog4j2.configurationFile=$work/tool-log4j2.properties" "$1" \
        --bootstrap-server "$address" "${@:2}"
}

# python_with PACKAGE==VERSION…: an environment of its own; $python runs it.
python_with() {
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" -q install "$@"
    python=$work/venv/bin/python
}
