#!/usr/bin/env python3
"""A worker that does one thing as no worker should: odd.py WHAT. For tests."""
import json
import sys
import time

what = sys.argv[1]


def say(**message):
    print(json.dumps(message), flush=True)


print("start", what, file=sys.stderr, flush=True)
if what == "mute":
    time.sleep(60)
if what == "no-worker":
    print("Hello, world!", flush=True)
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "init":
        if what == "old-protocol":
            say(type="ready", protocol=0)
        say(type="ready", protocol=1)
    elif message["type"] == "shutdown":
        break
    elif message["type"] == "event":
        number = message["id"]
        if what == "garbage":
            print("processing event…", flush=True)
        elif what == "dies":
            raise RuntimeError("it is Monday")
        elif what == "silent":
            continue
        elif what == "huge":
            say(type="write", id=number, key="k", value="x" * 70_000)
        elif what == "big-value":
            say(type="write", id=number, key="k", value="x" * 20_000)
        elif what == "unknown":
            say(type="transfer", id=number)
        elif what == "other-attempt":
            say(type="done", id=number + 1000)
        elif what == "bad-topic":
            say(type="emit", id=number, topic="order-lost")
        elif what == "own-topic":
            say(type="emit", id=number, topic="order-created")
        elif what == "endless":
            while True:
                say(type="write", id=number, key="k", value=1)
        elif what == "fails":
            say(type="fail", id=number, message="no stock", retry="never")
            continue
        elif what == "twice":
            say(type="done", id=number)
        elif what == "clock":
            say(type="write", id=number, key="seen", value=time.time_ns())
        elif what == "count":  # In the state, and in memory.
            say(type="read", id=number, key="count")
            answer = json.loads(sys.stdin.readline())
            if "error" in answer:
                say(type="fail", id=number, message=answer["error"]["message"])
                continue
            say(type="write", id=number, key="count", value=(answer["value"] or 0) + 1)
        say(type="done", id=number)
