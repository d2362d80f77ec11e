#!/usr/bin/env bash
# A service takes an order's UUID (16 bytes, as a trace id has) for its trace id, to find the trace by the order, and
# samples one trace in ten (traceidratio, 0.1).
# Versions: opentelemetry-sdk 1.45.2 of Python, @opentelemetry/sdk-trace-base 2.12.1 of JavaScript.
# Expected: 10 % of the traces; a ratio of 0.6 gives 60 %. The id has 122 random bits, and 74 of version 7.
# Seen: Python samples none at 0.1 and at 0.5, about 40 % at 0.6 and all from 0.75 on, since it compares the lower 64
# bits, whose first two are the same in every UUID. JavaScript folds the whole id and samples what was asked for, so two
# services of one trace disagree.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install --disable-pip-version-check opentelemetry-sdk==1.45.2
cd "$work"
"$work/venv/bin/python" >"$work/python" <<'END_OF_PROGRAM'
import random, uuid
from opentelemetry.sdk.trace.sampling import TraceIdRatioBased

random.seed(1)
ids = [uuid.UUID(int=random.getrandbits(128), version=4) for _ in range(10_000)]
with open("ids", "w") as file:
    file.write("\n".join(one.hex for one in ids))
for ratio in (0.1, 0.5, 0.6, 0.75):
    sampler = TraceIdRatioBased(ratio)
    print(ratio, round(sum(sampler.should_sample(None, one.int, "order").decision.is_sampled() for one in ids) / 100))
END_OF_PROGRAM
npm install --silent --no-fund --no-audit --prefix "$work" @opentelemetry/sdk-trace-base@2.12.1 @opentelemetry/api@1.9.0 >/dev/null
cat >"$work/sample.js" <<'JS'
const { TraceIdRatioBasedSampler, SamplingDecision } = require("@opentelemetry/sdk-trace-base");
const { ROOT_CONTEXT } = require("@opentelemetry/api");
const ids = require("fs").readFileSync("ids", "utf8").split("\n");
for (const ratio of [0.1, 0.5, 0.6, 0.75]) {
  const sampler = new TraceIdRatioBasedSampler(ratio);
  const taken = ids.filter((id) => sampler.shouldSample(ROOT_CONTEXT, id).decision === SamplingDecision.RECORD_AND_SAMPLED);
  console.log(ratio, Math.round(taken.length / 100));
}
JS
node "$work/sample.js" >"$work/javascript"
echo "ratio and percent sampled of 10,000 UUIDs; Python:"; cat "$work/python"; echo "JavaScript:"; cat "$work/javascript"
python3 - "$work" <<'END_OF_CHECK'
import sys
def read(name): return {float(r): int(p) for r, p in (line.split() for line in open(f"{sys.argv[1]}/{name}"))}
python, javascript = read("python"), read("javascript")
assert python[0.1] == python[0.5] == 0 and 37 <= python[0.6] <= 43 and python[0.75] == 100, "Python behaves otherwise now"
assert all(abs(100 * ratio - percent) <= 3 for ratio, percent in javascript.items()), "JavaScript behaves otherwise now"
END_OF_CHECK
echo "as described"
