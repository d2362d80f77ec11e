"""Charges new orders and refunds canceled ones, as Orderlab's own payment group does.

    orderlabd worker test 'python3 payment.py' --group payment --seeds 200
"""

from orderlab_worker import run


def handle(attempt):
    known = attempt.read(attempt.order)
    if attempt.topic == "order-canceled":
        cancel(attempt, known)
    elif known is None:  # Else it is done, or was canceled before we came.
        charge(attempt)


def charge(attempt):
    # The order's id is the payment key: the same on every attempt, so that the gateway charges once.
    answer = attempt.charge(payment_key=attempt.order)
    if answer.approved:
        attempt.write(attempt.order, {"state": "paid", "payment": answer.payment})
        attempt.emit("payment-succeeded", payment_id=answer.payment)
    else:
        attempt.write(attempt.order, {"state": "failed"})
        attempt.emit("payment-failed", reason=answer.reason)


def cancel(attempt, known):
    if known is not None and known["state"] != "paid":
        return
    # Also where we know of no charge: an attempt may have charged and then failed. No charge can come after this.
    returned = attempt.refund(payment_key=attempt.order)
    if returned:
        attempt.write(attempt.order, {"state": "refunded"})
        payment = {} if known is None else {"payment_id": known["payment"]}
        attempt.emit("payment-refunded", reason="order canceled", **payment)
    elif known is None:
        attempt.write(attempt.order, {"state": "canceled"})


run(handle)
