#!/usr/bin/env bash
# Events go through Watermill's PostgreSQL tables; in another database of the same server somebody's transaction stays open.
# Versions: github.com/ThreeDotsLabs/watermill-sql/v4 4.1.2, pgx 5.12.0, PostgreSQL 15 of Debian 12.
# Expected: the databases have nothing to do with each other; a subscriber gets what is committed.
# Seen: it gets nothing until that transaction ends, and is told nothing. It reads only what is older than the oldest running
# transaction, so as to miss none, and PostgreSQL numbers the transactions of all databases together.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
server=''
end() { [ -z "$server" ] || kill -INT "$server" 2>/dev/null || true; [ -z "$server" ] || wait "$server" 2>/dev/null || true; chmod -R u+w "$work"; rm -rf "$work"; }
trap end EXIT
mkdir "$work/debs" "$work/root" "$work/data" "$work/go"
(cd "$work/debs" && apt-get -q download postgresql-15 postgresql-client-15 libpq5 >/dev/null 2>&1)
for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$work/root"; done
libraries=$(echo "$work"/root/usr/lib/*-linux-gnu)
bin=$work/root/usr/lib/postgresql/15/bin
as_user=() # A server refuses to run as root.
if [ "$(id -u)" = 0 ]; then
    chown nobody "$work/data"
    as_user=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
fi
(cd / && "${as_user[@]}" env LD_LIBRARY_PATH="$libraries" "$bin/initdb" -D "$work/data" -U tester -A trust >"$work/initdb.log" 2>&1) ||
    { cat "$work/initdb.log"; exit 1; }
"${as_user[@]}" env LD_LIBRARY_PATH="$libraries" "$bin/postgres" -D "$work/data" -k "$work/data" -c listen_addresses= >"$work/server.log" 2>&1 &
server=$!
psql() { LD_LIBRARY_PATH=$libraries "$bin/psql" -X -q -h "$work/data" -U tester "$@"; }
for ((i = 0; i < 240; i++)); do psql -d postgres -c 'select 1' >/dev/null 2>&1 && break; sleep 0.5; done
psql --version
psql -d postgres -c 'create database shop'
psql -d postgres -c 'create database other'
cat >"$work/go/main.go" <<'END_OF_PROGRAM'
package main

import (
	"context"
	stdsql "database/sql"
	"fmt"
	"os"
	"time"

	"github.com/ThreeDotsLabs/watermill"
	"github.com/ThreeDotsLabs/watermill-sql/v4/pkg/sql"
	"github.com/ThreeDotsLabs/watermill/message"
	_ "github.com/jackc/pgx/v5/stdlib"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func open(database string) *stdsql.DB {
	return must(stdsql.Open("pgx", "host="+os.Args[1]+" user=tester dbname="+database))
}

func main() {
	background, logger := context.Background(), watermill.NopLogger{}
	shop, other := open("shop"), open("other")
	subscriber := must(sql.NewSubscriber(sql.BeginnerFromStdSQL(shop), sql.SubscriberConfig{
		SchemaAdapter: sql.DefaultPostgreSQLSchema{}, OffsetsAdapter: sql.DefaultPostgreSQLOffsetsAdapter{},
		InitializeSchema: true, PollInterval: 100 * time.Millisecond}, logger))
	events := must(subscriber.Subscribe(background, "orders"))
	publisher := must(sql.NewPublisher(sql.BeginnerFromStdSQL(shop), sql.PublisherConfig{SchemaAdapter: sql.DefaultPostgreSQLSchema{}}, logger))
	arrives := func(patience time.Duration) bool {
		select {
		case event := <-events:
			event.Ack()
			return true
		case <-time.After(patience):
			return false
		}
	}
	publish := func() {
		if err := publisher.Publish("orders", message.NewMessage(watermill.NewUUID(), []byte(`{"order":7}`))); err != nil {
			panic(err)
		}
	}
	publish()
	fmt.Println("no other transaction, the event arrives:", arrives(time.Minute))
	foreign := must(other.Begin())
	must(foreign.Exec("create table t (n int)"))
	publish()
	fmt.Println("one is open in another database, the event arrives within 15 s:", arrives(15*time.Second))
	if err := foreign.Rollback(); err != nil {
		panic(err)
	}
	fmt.Println("it has ended, the event arrives:", arrives(time.Minute))
}
END_OF_PROGRAM
(cd "$work/go" && export GOFLAGS=-mod=mod GOPATH="$work/gopath" && go mod init wait >/dev/null 2>&1 &&
    go get github.com/ThreeDotsLabs/watermill-sql/v4@v4.1.2 github.com/jackc/pgx/v5@v5.12.0 >/dev/null 2>&1 && go build -o wait . >build.log 2>&1 || { cat build.log; exit 1; })
seen=$("$work/go/wait" "$work/data")
echo "$seen"
[ "$seen" = 'no other transaction, the event arrives: true
one is open in another database, the event arrives within 15 s: false
it has ended, the event arrives: true' ] || { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
