"""Write a worker for Orderlab in Python: one file, nothing to install. Python 3.8 or later.

    from orderlab_worker import run

    def handle(attempt):
        answer = attempt.charge(payment_key=attempt.order)
        if answer.approved:
            attempt.emit("payment-succeeded", payment_id=answer.payment)
        else:
            attempt.emit("payment-failed", reason=answer.reason)

    run(handle)

Orderlab starts the program and calls `handle` for each event. When it returns, the event is handled, and everything
that it asked for happens in one transaction. When it raises, nothing of it happens, and the event comes again. Time and
randomness come from the attempt (`now`, `random`, `sleep`), so that a simulation can repeat a run exactly. What you
print goes to standard error, which is Orderlab's log. The protocol: docs/worker-protocol.md.
"""

import collections
import datetime
import json
import os
import sys

__all__ = ["run", "Attempt", "Charge", "Failure", "OrderlabError", "Random", "Worker"]

PROTOCOL = 1
LINE_BYTES_MAX = 64 * 1024
MESSAGE_CHARACTERS_MAX = 300
CO_COROUTINE = 0x80  # inspect.CO_COROUTINE; to import it takes as long as the rest of the start.

Worker = collections.namedtuple("Worker", "group member seed simulated topics")
Worker.__doc__ = "Who this process is: its group, its member, and a seed for a generator of your own."

Charge = collections.namedtuple("Charge", "approved payment reason")
Charge.__doc__ = "What the gateway said: `payment` is the payment's id if it was approved, `reason` says why it was not."

Random = collections.namedtuple("Random", "unit uuid")
Random.__doc__ = "Chance from Orderlab: a number in [0, 1) and the text of a UUID."


class OrderlabError(Exception):
    """Orderlab answered a question with an error. Left alone, it fails the attempt, which is mostly right.

    `code` says what happened (`unavailable`, `peer-failed`, `canceled`…), `retry` when to try again: now, later, never.
    """

    def __init__(self, code, message, retry):
        super().__init__(message)
        self.code = code
        self.retry = retry


class Failure(Exception):
    """Raise it to fail the attempt on purpose. `retry`: "later" (again after a delay; as often as the group's policy
    allows, then a dead letter), "never" (a dead letter at once) or "now" (at once and not counted)."""

    def __init__(self, message, retry="later"):
        super().__init__(message)
        self.retry = retry


class Attempt:
    """One try to handle one event. In an `async` handler, await the questions: `await attempt.read(key)`."""

    def __init__(self, connection, worker, message):
        self._connection = connection
        self.worker = worker
        self.id = message["id"]
        self.number = message["attempt"]  #: 1: the first try.
        self.event = message["event"]  #: The CloudEvent, as a dictionary.
        self.topic = message["from"]["topic"]  #: "order-created", for example.
        self.partition = message["from"]["partition"]
        self.offset = message["from"]["offset"]

    @property
    def order(self):
        """The order's id."""
        return self.event["subject"]

    @property
    def data(self):
        """`user_id`, `amount` (text, such as "19.99"), `currency`, and what the event's type has besides."""
        return self.event["data"]

    # Questions: Orderlab answers, or they raise OrderlabError.

    def read(self, key):
        """Your group's value under `key`, with what this attempt has written; None where there is none."""
        return self._ask("read", key=key)

    def charge(self, payment_key=None, amount=None):
        """Charges the event's customer: a Charge. A declined card is an answer, not an error.

        The gateway charges once under each `payment_key` and repeats its answer. Without one, every call is a new charge.
        """
        return self._ask("charge", lambda value: Charge(value["approved"], value.get("payment"), value.get("reason")),
                         payment_key=payment_key, amount=amount)

    def refund(self, payment_key):
        """Returns what was charged under this key, and refuses later charges under it. False: there was nothing."""
        return self._ask("refund", lambda value: value["returned"], payment_key=payment_key)

    def set_status(self, status):
        """Moves the order to "paid", "failed" or "canceled". False: it was final already and stays as it is."""
        return self._ask("set-status", lambda value: value["changed"], status=status)

    def now(self):
        """The time: a datetime, UTC. Virtual in simulation."""
        epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        return self._ask("now", lambda value: epoch + datetime.timedelta(microseconds=value["unix_us"]))

    def random(self):
        """Chance: a Random. The same in each run of a seed."""
        return self._ask("random", lambda value: Random(value["unit"], value["uuid"]))

    def sleep(self, seconds):
        """Waits, at most an hour. Virtual in simulation."""
        return self._ask("sleep", ms=round(seconds * 1000))

    # Effects: they happen when the attempt is done, and cost no round trip.

    def write(self, key, value):
        """Your group's value under `key`: anything that JSON can say. None deletes it."""
        self._say("write", key=key, value=value)

    def notify(self):
        """The customer is notified of this event."""
        self._say("notify")

    def emit(self, topic, **data):
        """A new event about the same order: `attempt.emit("payment-failed", reason="card declined")`."""
        self._say("emit", topic=topic, data=data)

    def _say(self, kind, **members):
        self._connection.say({"type": kind, "id": self.id, **members})

    def _ask(self, kind, understand=lambda value: value, **members):
        self._say(kind, **{name: member for name, member in members.items() if member is not None})
        return _value_of(self._connection.answer(self.id), understand)


class _AsyncAttempt(Attempt):
    """Its questions are awaited, so that others get their turn meanwhile."""

    async def _ask(self, kind, understand=lambda value: value, **members):
        self._say(kind, **{name: member for name, member in members.items() if member is not None})
        return _value_of(await _Answer(), understand)


class _Answer:
    def __await__(self):
        return (yield)


def _value_of(answer, understand):
    if "error" in answer:
        raise OrderlabError(**{name: answer["error"][name] for name in ("code", "message", "retry")})
    return understand(answer["value"])


class _End(BaseException):
    """Orderlab is gone."""


class _Connection:
    """Lines in both directions. Writes when there is nothing more to read, so that many events cost few system calls."""

    def __init__(self):
        # What the program prints must not get between our lines.
        self._output = os.dup(1)
        os.dup2(2, 1)
        sys.stdout.reconfigure(line_buffering=True)
        self._input = b""
        self._lines = collections.deque()
        self._outgoing = []
        self._later = collections.deque()

    def say(self, message):
        # Not a number is no JSON: ValueError.
        line = json.dumps(message, separators=(",", ":"), allow_nan=False).encode() + b"\n"
        if len(line) > LINE_BYTES_MAX:
            raise ValueError(f"{message['type']} has {len(line)} bytes; Orderlab takes {LINE_BYTES_MAX}")
        self._outgoing.append(line)

    def flush(self):
        data = b"".join(self._outgoing)
        self._outgoing.clear()
        try:
            while data:
                data = data[os.write(self._output, data):]
        except BrokenPipeError:
            raise _End() from None

    def hear(self):
        """The next message, whatever it is."""
        while not self._lines:
            self.flush()
            block = os.read(0, 65536)
            if not block:
                raise _End()
            *lines, self._input = (self._input + block).split(b"\n")
            self._lines.extend(lines)
        return json.loads(self._lines.popleft())

    def next(self):
        """The next message that was not kept for later."""
        return self._later.popleft() if self._later else self.hear()

    def answer(self, id):
        """The answer to the question of attempt `id`. Events that come meanwhile are kept for later."""
        while True:
            message = self.hear()
            if message["type"] == "answer" and message["id"] == id:
                return message
            if message["type"] != "answer":
                self._later.append(message)


def _fail(connection, attempt, error):
    retry = "later"
    if isinstance(error, (Failure, OrderlabError)):
        retry, text = error.retry, str(error)
    else:
        import traceback  # Only where it is needed: a simulation starts this program many times.

        traceback.print_exception(type(error), error, error.__traceback__)
        text = f"{type(error).__name__}: {error}"
    connection.say({"type": "fail", "id": attempt.id, "message": text[:MESSAGE_CHARACTERS_MAX], "retry": retry})


def _handle(connection, worker, handle, message):
    attempt = Attempt(connection, worker, message)
    try:
        if hasattr(handle(attempt), "__await__"):
            raise TypeError("the handler is async, but no plain `async def` function")
    except Exception as error:
        _fail(connection, attempt, error)
    else:
        connection.say({"type": "done", "id": attempt.id})


def _go_on(connection, running, id, answer):
    """An async handler runs up to its next question."""
    attempt, coroutine = running[id]
    try:
        coroutine.send(answer)
        return
    except StopIteration:
        connection.say({"type": "done", "id": id})
    except Exception as error:
        _fail(connection, attempt, error)
    del running[id]


def _serve(connection, worker, handle):
    is_async = bool(getattr(handle, "__code__", None) and handle.__code__.co_flags & CO_COROUTINE)
    running, waiting = {}, collections.deque()  # Async attempts.
    is_ending = False
    while not (is_ending and not running):
        message = connection.next()
        if message["type"] == "event" and is_async:
            waiting.append(message)
        elif message["type"] == "event":
            _handle(connection, worker, handle, message)
        elif message["type"] == "answer" and message["id"] in running:
            _go_on(connection, running, message["id"], message)
        elif message["type"] == "shutdown":
            is_ending = True
        # An attempt that Orderlab has given up may still run as the next one begins: a repeated run must not depend on it.
        while waiting and not (worker.simulated and running):
            attempt = _AsyncAttempt(connection, worker, waiting.popleft())
            running[attempt.id] = (attempt, handle(attempt))
            _go_on(connection, running, attempt.id, None)
    connection.flush()


def run(handle, pipeline=1):
    """Calls `handle(attempt)` for each event until Orderlab ends the program; then returns.

    `pipeline` (1 to 128): how many events Orderlab may send ahead; 64 makes a worker that asks little many times as
    fast. They are handled one after the other. An `async def` handler gets them at the same time: while one waits for an
    answer, others go on.
    """
    if os.isatty(0):
        sys.exit("This is a worker: Orderlab starts it and talks to it. Try:\n"
                 f"  orderlabd simulate --worker payment='python3 {sys.argv[0]}'")
    connection = _Connection()
    try:
        init = connection.hear()
        if init.get("type") != "init" or init.get("protocol") != PROTOCOL:
            sys.exit(f"This worker speaks protocol {PROTOCOL}, Orderlab said: {json.dumps(init)[:MESSAGE_CHARACTERS_MAX]}")
        connection.say({"type": "ready", "protocol": PROTOCOL, "pipeline": pipeline, "name": os.path.basename(sys.argv[0])})
        _serve(connection, Worker(*(init[name] for name in Worker._fields)), handle)
    except _End:
        pass
