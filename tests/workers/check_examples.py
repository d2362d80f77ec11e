"""See check-examples. Cases: each transcript, one attempt after the other and all at once; the ends of a process; many
events with state that must add up."""
import collections
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import uuid

import jsonschema

import transcript
from languages import EXAMPLES, LANGUAGES, MISTAKES, ROOT, command
from worker_process import WorkerProcess, Wrong

TRANSCRIPTS = pathlib.Path(__file__).resolve().parent / "transcripts"
SCHEMA = json.loads((ROOT / "resources/schemas/worker-protocol.schema.json").read_text())
VALIDATORS = {
    side: jsonschema.Draft202012Validator({**SCHEMA, "anyOf": [{"$ref": f"#/$defs/{side}"}]})
    for side in ("to-worker", "from-worker")
}
EVENTS = 5_000
CUSTOMERS = 200


def validate(side, message):
    for error in VALIDATORS[side].iter_errors(message):
        raise Wrong(f"against the schema's {side}: {error.message}\n  {json.dumps(message)}")


def trust(_side, _message):
    """Many lines of a few forms, which others validate."""


def init(group="payment", topics=("order-created",), protocol=1):
    return {"type": "init", "protocol": protocol, "group": group, "member": f"{group}-1", "seed": 7, "simulated": False,
            "topics": list(topics)}


def event(id, topic="order-created", user="ada", amount="19.99"):
    return {"type": "event", "id": id, "attempt": 1, "from": {"topic": topic, "partition": 0, "offset": id},
            "event": {"specversion": "1.0", "id": str(uuid.UUID(int=id)), "source": "/orderlab",
                      "type": f"orders.{topic}.v1", "subject": str(uuid.UUID(int=id)), "time": "2026-01-01T00:00:00.004000Z",
                      "datacontenttype": "application/json", "data": {"user_id": user, "amount": amount, "currency": "EUR"}}}


def play_transcripts(start):
    for path in sorted(TRANSCRIPTS.glob("*.transcript")):
        lines = transcript.read(path)
        ways = {"one after the other": transcript.play}
        if "pipeline" in lines[1][1]:
            ways["all at once"] = transcript.play_pipelined
        for way, play in ways.items():
            with start(path.stem) as worker:
                try:
                    play(worker, lines)
                    worker.end()
                except Wrong as wrong:
                    raise Wrong(f"{path.name}, {way}: {wrong}") from None
                if path.stem == "tour":
                    expect_in_log(worker, "goes to the log", "payment-1 of payment", "a mistake of the tour's own")


def expect_in_log(worker, *texts):
    missing = [text for text in texts if text not in worker.log()]
    if missing:
        raise Wrong(f"{worker.command}: its log has no {missing}:\n{worker.log()}")


def end_of_input_ends_it(start):
    """Also one that waits for an answer: nobody is there any more, so it may only give up."""
    for messages in ([], [event(1)]):
        with start("payment") as worker:
            worker.say(init(), *messages)
            for _ in range(1 + len(messages)):
                worker.hear()
            worker.process.stdin.close()
            worker.end(may_fail=True)


def shutdown_waits_for_the_attempt(start):
    with start("payment") as worker:
        worker.say(init(), event(1), {"type": "shutdown"})
        worker.hear()
        transcript.compare({"type": "read", "id": 1, "key": str(uuid.UUID(int=1))}, worker.hear())
        worker.say({"type": "answer", "id": 1, "value": {"state": "paid"}})
        transcript.compare({"type": "done", "id": 1}, worker.hear())
        worker.end()


def a_simulated_worker_repeats_itself(start):
    """What it says never depends on how lines came together: an attempt that was given up ends before the next begins."""
    given_up = {"type": "answer", "id": 1, "error": {"code": "canceled", "message": "given up", "retry": "never"}}
    next_one = event(2, "payment-succeeded", "bob")
    for blocks in ([given_up, next_one],), ([given_up], [next_one]), ([next_one, given_up],), ([next_one], [given_up]):
        with start("loyalty") as worker:
            worker.say({**init("loyalty", ["payment-succeeded"]), "simulated": True}, event(1, "payment-succeeded"))
            worker.hear()
            transcript.compare({"type": "read", "id": 1, "key": "points/ada"}, worker.hear())
            for block in blocks:
                worker.say(*block)
            transcript.compare({"type": "fail", "id": 1, "message": "given up", "retry": "never"}, worker.hear())
            transcript.compare({"type": "read", "id": 2, "key": "points/bob"}, worker.hear())
            worker.process.stdin.close()
            worker.end(may_fail=True)


def another_protocol_is_refused(start):
    with start("payment") as worker:
        worker.validate = trust
        worker.say(init(protocol=2))
        worker.end(code=1)
        expect_in_log(worker, "protocol 1")


def wrong_words_are_told(start):
    for words in ("mistakes", "mistakes.none"):
        with start(words) as worker:
            worker.end(code=1)
            expect_in_log(worker, *MISTAKES)


def many_events_add_up(start):
    """As many at once as the worker allows. Two attempts that read the same value and both change it: a conflict, so the
    later one is repeated."""
    with start("loyalty") as worker:
        worker.validate = trust
        worker.say(init("loyalty", ["payment-succeeded"]))
        room = worker.hear().get("pipeline", 1)
        if room < 16:
            raise Wrong(f"loyalty takes only {room} events at once")
        waiting = collections.deque((f"user-{n % CUSTOMERS}", n % 100) for n in range(EVENTS))
        values, versions, attempts = {}, collections.Counter(), {}
        next_id = conflicts = 0
        began = time.monotonic()
        while waiting or attempts:
            batch = []
            while waiting and len(attempts) < room:
                next_id += 1
                attempts[next_id] = (waiting.popleft(), {}, {})
                (user, amount), _, _ = attempts[next_id]
                batch.append(event(next_id, "payment-succeeded", user, f"{amount}.99"))
            said = worker.hear() if not batch else None
            while said is not None:
                what, read, written = attempts[said["id"]]
                if said["type"] == "read":
                    read[said["key"]] = versions[said["key"]]
                    batch.append({"type": "answer", "id": said["id"], "value": values.get(said["key"])})
                elif said["type"] == "write":
                    written[said["key"]] = said["value"]
                elif said["type"] != "done":
                    raise Wrong(f"the worker said {json.dumps(said)}")
                else:
                    del attempts[said["id"]]
                    if all(versions[key] == version for key, version in read.items()):
                        values.update(written)
                        versions.update(written.keys())
                    else:
                        waiting.append(what)
                        conflicts += 1
                said = worker.hear() if not worker.lines.empty() else None
            worker.say(*batch)
        seconds = time.monotonic() - began
        worker.say({"type": "shutdown"})
        worker.end()
    expected = sum(n % 100 for n in range(EVENTS))
    if sum(values.values()) != expected or len(values) != CUSTOMERS:
        raise Wrong(f"{len(values)} customers have {sum(values.values())} points; it should be {CUSTOMERS} with {expected}")
    print(f"  {EVENTS} events with a question each in {seconds:.1f} s, {EVENTS / seconds:,.0f} events/s, {conflicts} conflicts")


def pages_code_is_right(start):
    """docs/own-worker.md: its first and second worker play as the page says, and the third is the example."""
    page = (ROOT / "docs/own-worker.md").read_text()
    first, second, complete = re.findall(r"^```python\n(.*?)^```$", page, re.M | re.S)
    if complete not in (EXAMPLES / "python/payment.py").read_text():
        raise Wrong("the last worker of docs/own-worker.md is not examples/workers/python/payment.py")
    charged = {"approved": True, "payment": str(uuid.UUID(int=77))}
    for code, key in (first, {}), (second, {"payment_key": str(uuid.UUID(int=1))}):
        with tempfile.TemporaryDirectory(prefix="orderlab-workers-") as folder:
            shutil.copy(EXAMPLES / "python/orderlab_worker.py", folder)
            (pathlib.Path(folder) / "first.py").write_text(code)
            with WorkerProcess([sys.executable, f"{folder}/first.py"], validate) as worker:
                transcript.play(worker, [
                    (">", init()), ("<", {"type": "ready", "protocol": 1}), (">", event(1)),
                    ("<", {"type": "charge", "id": 1, **key}), (">", {"type": "answer", "id": 1, "value": charged}),
                    ("<", {"type": "emit", "id": 1, "topic": "payment-succeeded", "data": {"payment_id": charged["payment"]}}),
                    ("<", {"type": "done", "id": 1}), (">", event(2, "order-canceled")), ("<", {"type": "done", "id": 2}),
                    (">", {"type": "shutdown"})])
                worker.end()


def pages_go_code_is_right(start):
    page = (ROOT / "docs/own-worker.md").read_text()
    (code,) = re.findall(r"^```go\n(.*?)^```$", page, re.M | re.S)
    with tempfile.TemporaryDirectory(prefix="orderlab-workers-") as folder:
        shutil.copytree(EXAMPLES / "go", folder, dirs_exist_ok=True)
        (pathlib.Path(folder) / "first").mkdir()
        (pathlib.Path(folder) / "first/main.go").write_text(code)
        subprocess.run(["go", "build", "-o", "first.bin", "./first"], cwd=folder, check=True)
        with WorkerProcess([f"{folder}/first.bin"], validate) as worker:
            transcript.play(worker, [
                (">", init()), ("<", {"type": "ready", "protocol": 1}), (">", event(1)),
                ("<", {"type": "charge", "id": 1, "payment_key": str(uuid.UUID(int=1))}),
                (">", {"type": "answer", "id": 1, "value": {"approved": False, "reason": "card declined"}}),
                ("<", {"type": "emit", "id": 1, "topic": "payment-failed", "data": {"reason": "card declined"}}),
                ("<", {"type": "done", "id": 1}), (">", {"type": "shutdown"})])
            worker.end()


def a_missing_await_is_told(start):
    with tempfile.TemporaryDirectory(prefix="orderlab-workers-") as folder:
        shutil.copy(EXAMPLES / "javascript/orderlab_worker.js", folder)
        (pathlib.Path(folder) / "first.js").write_text(
            'require("./orderlab_worker.js").run((attempt) => { attempt.charge(); });')
        with WorkerProcess(["node", f"{folder}/first.js"], validate) as worker:
            transcript.play(worker, [
                (">", init()), ("<", {"type": "ready", "protocol": 1}), (">", event(1)), ("<", {"type": "charge", "id": 1}),
                ("<", {"type": "fail", "id": 1, "message": "an await is missing", "retry": "later"}),
                (">", {"type": "answer", "id": 1, "error": {"code": "canceled", "message": "too late", "retry": "later"}}),
                (">", {"type": "shutdown"})])
            worker.end()


OF_ONE_LANGUAGE = {"python": [pages_code_is_right], "javascript": [a_missing_await_is_told], "go": [pages_go_code_is_right]}
CASES = [play_transcripts, end_of_input_ends_it, shutdown_waits_for_the_attempt, a_simulated_worker_repeats_itself,
         another_protocol_is_refused, wrong_words_are_told, many_events_add_up]


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in LANGUAGES:
        sys.exit("usage: check-examples " + "|".join(LANGUAGES))
    language = sys.argv[1]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="orderlab-workers-") as build:
        LANGUAGES[language][0](build)
        for case in CASES + OF_ONE_LANGUAGE.get(language, []):
            print(f"{language}: {case.__name__}", flush=True)
            try:
                case(lambda name: WorkerProcess(command(language, build, name), validate))
            except Wrong as wrong:
                print(f"FAILED: {wrong}", flush=True)
                failed += 1
    return 1 if failed else 0


sys.exit(main())
