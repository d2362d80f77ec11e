"""Notifies customers of everything that happens to their orders, as Orderlab's own notification group does.

    orderlabd worker test 'python3 notification.py' --group notification --seeds 200
"""

from orderlab_worker import run


def handle(attempt):
    attempt.notify()


run(handle, pipeline=64)
