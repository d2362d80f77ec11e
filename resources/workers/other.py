#!/usr/bin/env python3
"""A worker for Orderlab that counts the orders of each customer. Make of it what you want.

Try it:  orderlabd worker test 'python3 THIS_FILE' --group loyalty --topics payment-succeeded --seeds 200
The protocol is in docs/worker-protocol.md. Print to standard error; standard output is for Orderlab.
"""
import json
import sys


class OrderlabError(Exception):
    """The answer to a question was an error."""

    def __init__(self, error):
        super().__init__(error["message"])
        self.retry = error["retry"]


class Attempt:
    """One try to handle one event. Effects happen together when it ends well, or not at all."""

    def __init__(self, number, event):
        self.number = number
        self.event = event
        self.order = event["subject"]
        self.customer = event["data"]["user_id"]
        self.topic = event["type"].split(".")[1]  # order-created, payment-succeeded, …

    def say(self, kind, **members):
        print(json.dumps({"type": kind, "id": self.number, **members}), flush=True)

    def ask(self, kind, **members):
        self.say(kind, **members)
        answer = json.loads(sys.stdin.readline())
        if "error" in answer:
            raise OrderlabError(answer["error"])
        return answer["value"]


def handle(attempt):
    # The inbox sees to it that each event counts once, so that there is nothing to remember about it here.
    count = attempt.ask("read", key="customer:" + attempt.customer) or 0
    attempt.say("write", key="customer:" + attempt.customer, value=count + 1)


def main():
    while line := sys.stdin.readline():
        message = json.loads(line)
        if message["type"] == "init":
            print(json.dumps({"type": "ready", "protocol": 1}), flush=True)
        elif message["type"] == "event":
            attempt = Attempt(message["id"], message["event"])
            try:
                handle(attempt)
                attempt.say("done")
            except OrderlabError as error:
                attempt.say("fail", message=str(error), retry=error.retry)
        elif message["type"] == "shutdown":
            break


main()
