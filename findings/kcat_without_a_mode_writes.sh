#!/usr/bin/env bash
# kcat that is given a topic and told to end at its end, but neither -C nor -P, in a script.
# Versions: kcat 1.7.1 of Debian 12 (librdkafka 2.0.2), Apache Kafka 4.3.1.
# Expected: -t with -e ("exit at the end of the partition") and -o (where to begin) reads, as it does on a terminal.
# Seen: where the input is no terminal it is a producer. With an empty input it prints nothing and ends well, although the
# topic has an event; with something in a pipe that text is written to the topic.
set -euo pipefail
. "$(dirname "$0")/support/kafka_node.sh"
start_kafka
mkdir "$work/debs" "$work/root"
(cd "$work/debs" && apt-get -q download kcat=1.7.1-2 librdkafka1=2.0.2-1 libyajl2 >/dev/null 2>&1)
for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$work/root"; done
kcat() { LD_LIBRARY_PATH=$(echo "$work"/root/usr/lib/*-linux-gnu) "$work/root/usr/bin/kcat" -b "$address" "$@"; }
kcat -V 2>&1 | grep -o 'Version [0-9.]*' || true

echo first | kcat -P -t events
read_all() { kcat -C -t events -o beginning -e -q | paste -sd ' '; }
echo "with -C: $(read_all)"
nothing=$(kcat -t events -o beginning -e -q </dev/null)
echo "without a mode, empty input: '$nothing'"
echo 'some text' | kcat -t events -o beginning -e -q
after=$(read_all)
echo "after the same with a pipe: $after"
[ -z "$nothing" ] && [ "$after" = 'first some text' ] || { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
