#!/usr/bin/env bash
# A check that the configuration file switches off for one operation, and `--checks all` on the command line.
# Version: Schemathesis 4.32.5.
# Expected: the flag says which checks there are; what the file says of one operation still counts for it.
# Seen: with --checks all the switched-off check runs at that operation and fails the run. Without the flag, when all checks
# run as well, it is left out.
set -euo pipefail
work=$(mktemp -d)
server=''
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install schemathesis==4.32.5
cat >"$work/server.py" <<'END'
import http.server, json, sys
description = {
    "openapi": "3.1.0", "info": {"title": "prices", "version": "1"},
    "paths": {"/prices": {"post": {
        "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "integer", "minimum": 1, "maximum": 50}}}},
        "responses": {"200": {"description": "taken"}, "422": {"description": "refused"}, "400": {"description": "refused"}}}}}}

class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def do_GET(self):
        self.answer(200, json.dumps(description).encode())
    def do_POST(self):  # Odd prices are refused, which the description does not say.
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            price = json.loads(body)
        except ValueError:
            return self.answer(400, b"{}")
        good = type(price) is int and 1 <= price <= 50 and price % 2 == 0
        self.answer(200 if good else 422, b"{}")
    def log_message(self, *arguments):
        pass

server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
END
"$work/venv/bin/python" "$work/server.py" >"$work/port" &
server=$!
for ((i = 0; i < 100; i++)); do [ -s "$work/port" ] && break; sleep 0.1; done
url=http://127.0.0.1:$(cat "$work/port")
cat >"$work/exceptions.toml" <<'END'
[[operations]]
include-name = "POST /prices"
checks.positive_data_acceptance.enabled = false
END
try() { # its checks that failed
    (cd "$work" && "$work/venv/bin/schemathesis" --config-file exceptions.toml run "$url/openapi.json" --phases fuzzing \
        --max-examples 30 --seed 1 --generation-deterministic "$@" >out 2>&1) && echo passed || grep -m1 -o '^- .*' "$work/out" || true
}
plain=$(try)
all=$(try --checks all)
echo "by default: $plain; with --checks all: $all"
[ "$plain" = passed ] && [ "$all" = '- ST202 Schema-valid request rejected' ] || { tail -n 40 "$work/out"; exit 1; }
echo "as described"
