#!/usr/bin/env bash
# A script gives psql two commands and looks at its exit code.
# Version: PostgreSQL 15.20 of Debian 12 (psql and server).
# Expected: psql -c with a statement that fails ends with 1, also where another -c follows.
# Seen: only the last -c counts. When the first fails and the second works, psql ends with 0. With -v ON_ERROR_STOP=1 it stops
# at the first and ends with 1.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
server=''
end() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; [ -z "$server" ] || wait "$server" 2>/dev/null || true; rm -rf "$work"; }
trap end EXIT
mkdir "$work/debs" "$work/root" "$work/data"
(cd "$work/debs" && apt-get -q download postgresql-15 postgresql-client-15 libpq5 >/dev/null 2>&1)
for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$work/root"; done
libraries=$(echo "$work"/root/usr/lib/*-linux-gnu)
bin=$work/root/usr/lib/postgresql/15/bin
as_user=() # A server refuses to run as root.
if [ "$(id -u)" = 0 ]; then
    chown nobody "$work/data"
    as_user=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
fi
with() { "${as_user[@]}" env LD_LIBRARY_PATH="$libraries" "$@"; }
(cd / && with "$bin/initdb" -D "$work/data" -U tester -A trust >"$work/initdb.log" 2>&1) || { cat "$work/initdb.log"; exit 1; }
"${as_user[@]}" env LD_LIBRARY_PATH="$libraries" "$bin/postgres" -D "$work/data" -k "$work/data" -c listen_addresses= >"$work/server.log" 2>&1 &
server=$!
psql() { LD_LIBRARY_PATH=$libraries "$bin/psql" -X -q -A -t -h "$work/data" -U tester -d postgres "$@"; }
for ((i = 0; i < 240; i++)); do psql -c 'select 1' >/dev/null 2>&1 && break; sleep 0.5; done
psql --version
code() { local code=0; psql "$@" >/dev/null 2>&1 || code=$?; echo "$code"; }
one=$(code -c 'select missing')
last=$(code -c 'select 1' -c 'select missing')
first=$(code -c 'select missing' -c 'select 1')
stopping=$(code -v ON_ERROR_STOP=1 -c 'select missing' -c 'select 1')
echo "exit codes: one that fails $one; the last fails $last; the first fails $first; with ON_ERROR_STOP $stopping"
[ "$one $last $first $stopping" = '1 1 0 1' ] || { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
