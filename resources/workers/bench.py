import json
import sys

# Does nothing with each event. For `orderlabd bench worker`.
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "init":
        print(json.dumps({"type": "ready", "protocol": 1, "pipeline": 128}), flush=True)
    elif message["type"] == "event":
        sys.stdout.write(json.dumps({"type": "done", "id": message["id"]}) + chr(10))
        sys.stdout.flush()
    elif message["type"] == "shutdown":
        break
