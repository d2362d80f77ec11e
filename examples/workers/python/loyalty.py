"""A further group: gives customers a point for each whole unit of money that they pay, and takes it back with a refund.

    orderlabd simulate --worker loyalty='python3 loyalty.py' --topics payment-succeeded,payment-refunded
"""

from orderlab_worker import run


# Async: while one customer's points are looked up, others get theirs.
async def handle(attempt):
    key = "points/" + attempt.data["user_id"]
    points = int(attempt.data["amount"].partition(".")[0])
    if attempt.topic == "payment-refunded":
        points = -points
    # Adding twice would be wrong. It is right because what we write and the note that this event is handled are one
    # transaction: either both are there or neither.
    attempt.write(key, (await attempt.read(key) or 0) + points)


run(handle, pipeline=16)
