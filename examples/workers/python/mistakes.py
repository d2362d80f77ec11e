"""Five payment workers, each with one typical mistake that Orderlab finds: `python3 mistakes.py NAME`.

    orderlabd worker test 'python3 mistakes.py without-key' --group payment --seeds 200
"""

import sys
import time

from orderlab_worker import OrderlabError, run


def without_key(attempt):
    """No payment key, so the gateway cannot know that it has charged already. An attempt that charges and is then cut
    off, by a crash or a lost answer, is followed by one that charges again."""
    settle(attempt, attempt.charge())


key_of = {}


def key_in_memory(attempt):
    """A key for each order, kept in a variable. It is gone when the process is killed: the next one makes another."""
    if attempt.order not in key_of:
        key_of[attempt.order] = attempt.random().uuid
    settle(attempt, attempt.charge(payment_key=key_of[attempt.order]))


def own_clock(attempt):
    """A key made of the time: each attempt has another. And a simulation that is repeated sees another run."""
    settle(attempt, attempt.charge(payment_key=f"{attempt.order}-{time.time_ns()}"))


handled = set()


def remembers_too_early(attempt):
    """Notes that the order is handled before it is. The charge fails, the event comes again, and nothing is done."""
    if attempt.order not in handled:
        handled.add(attempt.order)
        settle(attempt, attempt.charge(payment_key=attempt.order))


def swallows_errors(attempt):
    """An error is written to the log, and that is all. The event counts as handled, and the order waits for ever."""
    try:
        settle(attempt, attempt.charge(payment_key=attempt.order))
    except OrderlabError as error:
        print(f"order {attempt.order} was not charged: {error}", file=sys.stderr)


# The rest is right.


def settle(attempt, answer):
    if answer.approved:
        attempt.write(attempt.order, {"state": "paid", "payment": answer.payment})
        attempt.emit("payment-succeeded", payment_id=answer.payment)
    else:
        attempt.write(attempt.order, {"state": "failed"})
        attempt.emit("payment-failed", reason=answer.reason)


def cancel(attempt, known):
    if known is not None and known["state"] != "paid":
        return
    if attempt.refund(payment_key=attempt.order):
        attempt.write(attempt.order, {"state": "refunded"})
        payment = {} if known is None else {"payment_id": known["payment"]}
        attempt.emit("payment-refunded", reason="order canceled", **payment)
    elif known is None:
        attempt.write(attempt.order, {"state": "canceled"})


mistakes = {
    "without-key": without_key,
    "key-in-memory": key_in_memory,
    "own-clock": own_clock,
    "remembers-too-early": remembers_too_early,
    "swallows-errors": swallows_errors,
}
if len(sys.argv) != 2 or sys.argv[1] not in mistakes:
    sys.exit("usage: mistakes.py " + "|".join(mistakes))
charge = mistakes[sys.argv[1]]


def handle(attempt):
    known = attempt.read(attempt.order)
    if attempt.topic == "order-canceled":
        cancel(attempt, known)
    elif known is None:
        charge(attempt)


run(handle)
