#!/usr/bin/env bash
# A service counts all requests for orders and the orders that were created.
# Version: prometheus_client 0.26.0 of Python.
# Expected: Counter("orders") and Counter("orders_created") stand side by side: they are orders_total and orders_created_total.
# Seen: the second is refused as a duplicate, in either order, since the first also has a gauge orders_created with the time of its
# creation; disable_created_metrics() does not help. Alone, it has a gauge of the name orders_created_created.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install --disable-pip-version-check prometheus_client==0.26.0
"$work/venv/bin/python" - <<'END_OF_PROGRAM'
from prometheus_client import CollectorRegistry, Counter, disable_created_metrics, generate_latest


def register(*names):
    registry = CollectorRegistry()
    for name in names:
        try:
            Counter(name, "Orders.", registry=registry)
        except ValueError as error:
            return f"{name}: {error}"
    return [line.split()[0] for line in generate_latest(registry).decode().splitlines() if not line.startswith("#")]


alone = register("orders_created")
together = [register("orders", "orders_created"), register("orders_created", "orders")]
other = register("orders", "orders_accepted")
disable_created_metrics()
disabled = register("orders", "orders_created")
for case in (alone, *together, disabled, other):
    print(case)
assert alone == ["orders_created_total", "orders_created_created"], "it behaves otherwise now"
assert all("orders_created" in text and "Duplicated" in text for text in [*together, disabled]), "it behaves otherwise now"
assert "orders_accepted_total" in other
END_OF_PROGRAM
echo "as described"
