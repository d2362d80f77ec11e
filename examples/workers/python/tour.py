"""Asks for everything that there is, once, and keeps what it heard under "tour". Shows how each call looks."""

import sys

from orderlab_worker import Failure, OrderlabError, run


async def handle(attempt):
    if attempt.topic == "payment-failed":
        raise Failure("nothing to see here", retry="never")
    if attempt.topic == "order-canceled":
        raise KeyError("a mistake of the tour's own")
    print("what is printed goes to the log")
    print(f"{attempt.worker.member} of {attempt.worker.group}", file=sys.stderr)
    heard = {"before": await attempt.read("tour")}
    now = await attempt.now()
    heard["now"] = round(now.timestamp() * 1e6)
    chance = await attempt.random()
    heard["chance"] = [chance.unit, chance.uuid]
    await attempt.sleep(0.25)
    charge = await attempt.charge(payment_key="tour", amount="1.50")
    heard["charge"] = [charge.approved, charge.payment]
    heard["refund"] = await attempt.refund("tour")
    heard["status"] = await attempt.set_status("paid")
    try:
        await attempt.charge()
    except OrderlabError as error:
        heard["error"] = [error.code, str(error), error.retry]
    attempt.write("tour", heard)
    attempt.write("gone", None)
    attempt.notify()
    attempt.emit("payment-failed", reason="the tour is over")


run(handle, pipeline=8)
