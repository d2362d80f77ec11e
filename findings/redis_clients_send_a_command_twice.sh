#!/usr/bin/env bash
# A service appends one event to a stream of Redis; the connection breaks after Redis did it and before the answer arrives.
# Versions: redis 8.1.0 of Python, ioredis 6.0.0 and redis 6.3.1 of JavaScript, go-redis 9.23.0; Redis 7.0 of Debian 12.
# Expected: the call fails, since nobody can know whether XADD was done; without being told so, no client sends it again.
# Seen: redis-py, ioredis and go-redis connect again and send it a second time by default. The call succeeds with one id, and
# the stream has two entries; INCR counts twice. node-redis reports the error. Off: Retry(NoBackoff(), 0),
# autoResendUnfulfilledCommands: false, MaxRetries: -1.
set -euo pipefail
work=$(mktemp -d)
processes=()
end() { for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; wait "$process" 2>/dev/null || true; done; chmod -R u+w "$work"; rm -rf "$work"; }
trap end EXIT
cd "$work"
mkdir debs root javascript go
(cd debs && apt-get -q download redis-tools libjemalloc2 liblzf1 >/dev/null 2>&1)
for deb in debs/*.deb; do dpkg-deb -x "$deb" root; done
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check redis==8.1.0
(cd javascript && npm install --silent --no-fund --no-audit ioredis@6.0.0 redis@6.3.1 >/dev/null)
cat >go/main.go <<'END_OF_PROGRAM'
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/redis/go-redis/v9"
)

func main() {
	client := redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + os.Args[1]})
	arguments := &redis.XAddArgs{Stream: "go-redis", Values: map[string]any{"order": "7"}}
	id, err := client.XAdd(context.Background(), arguments).Result()
	fmt.Println(id != "" && err == nil)
}
END_OF_PROGRAM
(cd go && export GOFLAGS=-mod=mod GOPATH="$work/gopath" && go mod init append >/dev/null 2>&1 && go get github.com/redis/go-redis/v9@v9.23.0 >/dev/null 2>&1 && go build -o append .)
cat >append.py <<'END_OF_PROGRAM'
import redis, sys
try:
    print(bool(redis.Redis(port=int(sys.argv[1])).xadd("redis-py", {"order": "7"})))
except redis.RedisError:
    print(False)
END_OF_PROGRAM
cat >javascript/ioredis.js <<'END_OF_PROGRAM'
const { Redis } = require('ioredis')
const client = new Redis(Number(process.argv[2]))
client.on('error', () => {})
client.xadd('ioredis', '*', 'order', '7').then(() => console.log(true), () => console.log(false)).finally(() => process.exit())
END_OF_PROGRAM
cat >javascript/node-redis.js <<'END_OF_PROGRAM'
const client = require('redis').createClient({ url: `redis://127.0.0.1:${process.argv[2]}` })
client.on('error', () => {})
client.connect().then(() => client.xAdd('node-redis', '*', { order: '7' }))
  .then(() => console.log(true), () => console.log(false)).finally(() => process.exit())
END_OF_PROGRAM
# In front of Redis: it ends the connection instead of handing on the first answer to an XADD.
cat >lossy.py <<'END_OF_PROGRAM'
import socket, sys, threading
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
lost = threading.Event()

def serve(client):
    redis = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    appending = threading.Event()

    def answers():
        while data := redis.recv(65536):
            if appending.is_set() and not lost.is_set():
                lost.set()
                client.shutdown(socket.SHUT_RDWR)
                return
            client.sendall(data)

    threading.Thread(target=answers, daemon=True).start()
    while data := client.recv(65536):
        if b"XADD" in data.upper():
            appending.set()
        redis.sendall(data)

while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
END_OF_PROGRAM
libraries=$(echo "$work"/root/usr/lib/*-linux-gnu)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
[ -e root/usr/bin/redis-server ] || ln -s redis-check-rdb root/usr/bin/redis-server # Redis looks at its name.
LD_LIBRARY_PATH=$libraries root/usr/bin/redis-server --port "$port" --save '' --dir "$work" >redis.log 2>&1 &
processes+=($!)
cli() { LD_LIBRARY_PATH=$libraries root/usr/bin/redis-cli -p "$port" "$@"; }
for ((i = 0; i < 120; i++)); do cli ping >/dev/null 2>&1 && break; sleep 0.5; done
cli info server | grep redis_version | tr -d '\r'
# append NAME COMMAND…: whether the call succeeded, and the number of entries afterwards.
append() {
    local lossy said
    mkfifo "$1.port"
    python3 lossy.py "$port" >"$1.port" 2>/dev/null &
    lossy=$!
    processes+=("$lossy")
    read -r said <"$1.port"
    said=$("${@:2}" "$said" 2>/dev/null)
    kill "$lossy"
    wait "$lossy" 2>/dev/null || true
    echo "$1: success ${said,,}, entries $(cli xlen "$1")" | tee -a seen
}
append redis-py venv/bin/python append.py
append ioredis node javascript/ioredis.js
append go-redis go/append
append node-redis node javascript/node-redis.js
printf '%s: success true, entries 2\n' redis-py ioredis go-redis >expected
echo 'node-redis: success false, entries 1' >>expected
cmp -s seen expected || { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
