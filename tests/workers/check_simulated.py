"""See check-simulated."""
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

from languages import LANGUAGES, ROOT, command

ORDERLABD = os.environ.get("ORDERLABD", str(ROOT / "build/release/bin/orderlabd"))
# Where each is put: its group, and what a further group takes.
RIGHT = {
    "payment": ["--group", "payment"],
    "notification": ["--group", "notification"],
    "order-status": ["--group", "order-status"],
    "loyalty": ["--group", "loyalty", "--topics", "payment-succeeded,payment-refunded"],
}
# What each mistake breaks, of `invariants`; "deterministic": it is told to depend on chance.
BREAKS = {
    "without-key": {"charged-at-most-once"},
    "key-in-memory": {"charged-at-most-once"},
    "own-clock": {"charged-at-most-once", "deterministic"},
    "remembers-too-early": {"all-orders-finish"},
    "swallows-errors": {"all-orders-finish"},
}
SEEDS_MAX = 200


def verdict(words, arguments, seeds):
    """What `worker test` says. Both verdicts are exit codes, 0 and 1."""
    call = [ORDERLABD, "worker", "test", shlex.join(words), *arguments, "--seeds", str(seeds), "--json"]
    done = subprocess.run(call, capture_output=True, text=True)
    if done.returncode not in (0, 1) or not done.stdout:
        raise SystemExit(f"{shlex.join(call)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    said = json.loads(done.stdout)
    if said["holds"] != (done.returncode == 0) or said["worlds"] != seeds or said["deliveries"] == 0:
        raise SystemExit(f"{shlex.join(call)} contradicts itself, exit code {done.returncode}:\n{done.stdout}")
    return said


def broken(said):
    names = {one["name"]: one for one in said["invariants"] if not one["holds"]}
    return names if said["deterministic"] else {**names, "deterministic": said["difference"]}


def main():
    language = sys.argv[1] if len(sys.argv) > 1 else ""
    seeds = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    if language not in LANGUAGES:
        sys.exit("usage: check-simulated " + "|".join(LANGUAGES) + " [SEEDS]")
    failed = 0

    def told(name, is_right, text):
        nonlocal failed
        failed += not is_right
        print(f"{'' if is_right else 'FAILED: '}{language}: {name}: {text}", flush=True)

    with tempfile.TemporaryDirectory(prefix="orderlab-workers-") as build:
        LANGUAGES[language][0](build)
        for name, arguments in RIGHT.items():
            said = verdict(command(language, build, name), arguments, seeds)
            wrong = broken(said)
            told(name, not wrong, f"breaks {json.dumps(wrong)}" if wrong else
                 f"every promise holds in {said['worlds']} worlds, {said['deliveries']} deliveries")
        for name, promises in BREAKS.items():
            for tried in (5, 30, SEEDS_MAX):  # A mistake that is found in the first worlds needs no more.
                wrong = broken(verdict(command(language, build, f"mistakes.{name}"), ["--group", "payment"], tried))
                if promises <= wrong.keys():
                    break
            moments = [one["moment"] for one in wrong.values() if one.get("moment")]
            is_right = promises <= wrong.keys() and all(moment.startswith("orderlab:") for moment in moments)
            told(name, is_right, f"breaks {', '.join(sorted(wrong)) or 'nothing'} within {tried} worlds")
    return 1 if failed else 0


sys.exit(main())
