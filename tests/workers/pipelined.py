#!/usr/bin/env python3
"""Counts the events of each customer, several attempts in progress at once. For tests."""
import json
import sys

waiting = []


def say(**message):
    sys.stdout.write(json.dumps(message, separators=(",", ":")) + "\n")


def read():
    return json.loads(sys.stdin.readline())


def ask(number, **question):
    say(id=number, **question)
    sys.stdout.flush()
    while True:
        message = read()
        if message["type"] == "answer" and message["id"] == number:
            return message
        waiting.append(message)


while True:
    if not waiting:
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            break
        waiting.append(json.loads(line))
    message = waiting.pop(0)
    if message["type"] == "init":
        say(type="ready", protocol=1, pipeline=64)
    elif message["type"] == "shutdown":
        break
    elif message["type"] == "event":
        number = message["id"]
        if "asks" in sys.argv:
            key = "customer:" + message["event"]["data"]["user_id"]
            answer = ask(number, type="read", key=key)
            if "error" in answer:
                say(type="fail", id=number, message=answer["error"]["message"])
                continue
            say(type="write", id=number, key=key, value=(answer["value"] or 0) + 1)
        say(type="done", id=number)
