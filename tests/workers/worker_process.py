"""A worker's process, as Orderlab has it: lines in both directions."""
import json
import queue
import subprocess
import threading

PATIENCE_S = 120  # Nothing fails because it took long.


class Wrong(Exception):
    """What a worker said or did is not what it should."""


class WorkerProcess:
    def __init__(self, command, validate):
        self.command = command
        self.validate = validate  # validate("to-worker" or "from-worker", message)
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.lines = queue.Queue()
        self.errors = []
        self.threads = [threading.Thread(target=self._hear, daemon=True), threading.Thread(target=self._log, daemon=True)]
        for thread in self.threads:
            thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def _hear(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def _log(self):
        for line in self.process.stderr:
            self.errors.append(line.decode(errors="replace"))

    def log(self):
        return "".join(self.errors)

    def say(self, *messages):
        for message in messages:
            self.validate("to-worker", message)
        data = "".join(json.dumps(message, ensure_ascii=False) + "\n" for message in messages).encode()
        try:
            self.process.stdin.write(data)
            self.process.stdin.flush()
        except BrokenPipeError:
            raise Wrong(f"the worker ended too early\n{self.log()}") from None

    def hear(self):
        """The next message; None: it has closed its output."""
        try:
            line = self.lines.get(timeout=PATIENCE_S)
        except queue.Empty:
            raise Wrong(f"the worker says nothing for {PATIENCE_S} s\n{self.log()}") from None
        if line is None:
            return None
        try:
            message = json.loads(line)
        except ValueError:
            raise Wrong(f"the worker wrote what is no JSON: {line[:200]}") from None
        self.validate("from-worker", message)
        return message

    def end(self, code=0, may_fail=False):
        """Waits for the end. What it still says is a mistake, but that an attempt has failed where it may."""
        last = self.hear()
        while may_fail and last and last["type"] == "fail":
            last = self.hear()
        if last is not None:
            raise Wrong(f"the worker says more than it should: {json.dumps(last)}")
        try:
            ended = self.process.wait(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            raise Wrong("the worker does not end") from None
        for thread in self.threads:
            thread.join(PATIENCE_S)
        if ended != code:
            raise Wrong(f"the worker ended with {ended}, not {code}\n{self.log()}")
