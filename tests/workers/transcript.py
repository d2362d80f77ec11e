"""Transcripts: what Orderlab (>) and a worker (<) say, a line each; lines with # are for people."""
import collections
import json

from worker_process import Wrong


def read(path):
    """A list of (direction, message)."""
    lines = [line for line in path.read_text().split("\n") if line and not line.startswith("#")]
    return [(line[0], json.loads(line[2:])) for line in lines]


def fits(expected, said):
    """Equal; a text that ends with * fits all that begin so."""
    if isinstance(expected, str) and expected.endswith("*"):
        return isinstance(said, str) and said.startswith(expected[:-1])
    if isinstance(expected, dict) and isinstance(said, dict):
        return expected.keys() == said.keys() and all(fits(expected[name], said[name]) for name in expected)
    if isinstance(expected, list) and isinstance(said, list):
        return len(expected) == len(said) and all(map(fits, expected, said))
    return type(expected) is type(said) and expected == said or (
        {type(expected), type(said)} == {int, float} and expected == said)  # A language may spell 1 as 1.0.


def compare(expected, said):
    if said is None:
        raise Wrong(f"the worker ended instead of saying {json.dumps(expected)}")
    kept = dict(said)
    if expected["type"] == "ready":
        kept.pop("name", None)
        kept["pipeline"] = kept.get("pipeline", 1)
        expected = {"pipeline": 1, **expected}
    if expected["type"] == "fail" and expected["message"] in said.get("message", ""):
        kept["message"] = expected["message"]  # A language may put more around it.
    if not fits(expected, kept):
        raise Wrong(f"the worker should say\n  {json.dumps(expected)}\nbut said\n  {json.dumps(said)}")


def play(worker, lines):
    """One line after the other."""
    for direction, message in lines:
        if direction == ">":
            worker.say(message)
        else:
            compare(message, worker.hear())


def play_pipelined(worker, lines):
    """All events at once; each attempt then gets its answers as it asks, whatever the others do."""
    play(worker, [(">", {**lines[0][1], "simulated": False}), lines[1]])
    attempts = collections.defaultdict(collections.deque)
    for line in lines[2:-1]:
        attempts[line[1]["id"]].append(line)
    worker.say(*(attempt.popleft()[1] for attempt in attempts.values()))
    open_attempts = {id for id, attempt in attempts.items() if attempt}
    while open_attempts:
        said = worker.hear()
        attempt = attempts.get(said and said.get("id"))
        if not attempt:
            raise Wrong(f"the worker speaks of an attempt that is over, or ended: {json.dumps(said)}")
        compare(attempt.popleft()[1], said)
        while attempt and attempt[0][0] == ">":
            worker.say(attempt.popleft()[1])
        if not attempt:
            open_attempts.remove(said["id"])
    worker.say(lines[-1][1])
