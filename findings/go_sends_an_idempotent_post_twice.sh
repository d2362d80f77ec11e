#!/usr/bin/env bash
# A shop posts an order over a connection that it used before; the server takes the order and breaks before it answers.
# Version: Go 1.26.8 (net/http).
# Expected: Do() returns the error, as for each POST: it is the caller who decides whether to try again.
# Seen: with the header Idempotency-Key the transport sends the order a second time by itself, and the caller sees one success. No
# server has promised to know the header: where it does not, there are two orders. Without the header the error comes (EOF).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/post.go" <<'END_OF_PROGRAM'
package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
)

var orders atomic.Int32

// The first order of each case is taken, and the connection ends without an answer.
func serve(connection net.Conn) {
	defer connection.Close()
	reader := bufio.NewReader(connection)
	for {
		request, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		io.Copy(io.Discard, request.Body)
		if request.Method == http.MethodPost && orders.Add(1) == 1 {
			return
		}
		fmt.Fprint(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
	}
}

// post says whether the call succeeded and how many orders arrived.
func post(url, key string) string {
	orders.Store(0)
	if answer, err := http.Get(url); err == nil { // From now on the connection is an old one.
		io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
	}
	request, err := http.NewRequest(http.MethodPost, url, strings.NewReader(`{"item":"book"}`))
	if err != nil {
		panic(err)
	}
	if key != "" {
		request.Header.Set("Idempotency-Key", key)
	}
	answer, err := http.DefaultClient.Do(request)
	if err == nil {
		answer.Body.Close()
	}
	return fmt.Sprintf("success %t, orders that arrived %d", err == nil, orders.Load())
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			if connection, err := listener.Accept(); err == nil {
				go serve(connection)
			}
		}
	}()
	url := "http://" + listener.Addr().String() + "/orders"
	println(runtime.Version())
	fmt.Println("without Idempotency-Key:", post(url, ""))
	fmt.Println("with Idempotency-Key:", post(url, "order-7"))
}
END_OF_PROGRAM
seen=$(go run "$work/post.go")
echo "$seen"
[ "$seen" = 'without Idempotency-Key: success false, orders that arrived 1
with Idempotency-Key: success true, orders that arrived 2' ] || { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
