#!/usr/bin/env bash
# Orders get UUIDs of version 7: in one service with `pip install uuid7`, in another with npm's uuid.
# Versions: uuid7 0.1.0 of Python, uuid 14.0.3 of JavaScript.
# Expected: ids of both sort by their time, and their first 48 bits are milliseconds since 1970 (RFC 9562).
# Seen: the Python package follows an early draft. It begins with seconds in 36 bits and says "version 7" all the same: read as
# the RFC says, its ids are of the year 2203, and each sorts after every id of the other library, also after later ones.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check uuid7==0.1.0
npm install --silent --no-fund --no-audit uuid@14.0.3 >/dev/null
python=$(venv/bin/python -c 'import uuid_extensions; print(uuid_extensions.uuid7())')
javascript=$(node -e 'console.log(require("uuid").v7())')
describe() { python3 -c 'import sys, uuid, datetime
id = uuid.UUID(sys.argv[1])
print(id.version, (datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=id.int >> 80)).year)' "$1"; }
first=$(describe "$python")
second=$(describe "$javascript")
echo "made first, in Python:     $python (version and year: $first)"
echo "made next, in JavaScript:  $javascript (version and year: $second)"
[ "${first%% *}" = 7 ] && [ "${first##* }" -gt 2190 ] && [ "$second" = "7 $(date -u +%Y)" ] && [[ $python > $javascript ]] ||
    { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
