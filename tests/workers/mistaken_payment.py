#!/usr/bin/env python3
"""A payment worker with one mistake: mistaken_payment.py WHICH. For tests."""
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
        self.topic = event["type"].split(".")[1]  # order-created, order-canceled, …

    def say(self, kind, **members):
        print(json.dumps({"type": kind, "id": self.number, **members}), flush=True)

    def ask(self, kind, **members):
        self.say(kind, **members)
        answer = json.loads(sys.stdin.readline())
        if "error" in answer:
            raise OrderlabError(answer["error"])
        return answer["value"]


def handle(attempt):
    known = attempt.ask("read", key=attempt.order)  # What this group has kept of the order, or None.
    if attempt.topic == "order-created":
        if known:  # Done already, or canceled before we came.
            return
        answer = attempt.ask("charge") if "no-key" in sys.argv else attempt.ask("charge", payment_key=attempt.order)
        if answer["approved"]:
            attempt.say("write", key=attempt.order, value="paid")
            attempt.say("emit", topic="payment-succeeded", data={"payment_id": answer["payment"]})
        else:
            attempt.say("write", key=attempt.order, value="declined")
            attempt.say("emit", topic="payment-failed", data={"reason": answer["reason"]})
    elif attempt.topic == "order-canceled":
        if known in ("declined", "refunded", "canceled"):
            return
        # Also where nothing is known: a charge may be under way. From here on the key is refused.
        answer = attempt.ask("refund", payment_key=attempt.order)
        if answer["returned"]:
            attempt.say("write", key=attempt.order, value="refunded")
            attempt.say("emit", topic="payment-refunded", data={"reason": "order canceled"})
        elif not known:
            attempt.say("write", key=attempt.order, value="canceled")


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
