"""Moves orders to paid or failed, as Orderlab's own order-status group does.

    orderlabd worker test 'python3 order-status.py' --group order-status --seeds 200
"""

from orderlab_worker import run

STATUS = {"payment-succeeded": "paid", "payment-failed": "failed"}


async def handle(attempt):
    if attempt.topic in STATUS:  # Not where a payment was returned: that order is canceled already.
        await attempt.set_status(STATUS[attempt.topic])


run(handle, pipeline=16)
