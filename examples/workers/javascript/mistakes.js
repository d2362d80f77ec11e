// Five payment workers, each with one typical mistake that Orderlab finds: node mistakes.js NAME.
//
//     orderlabd worker test 'node mistakes.js without-key' --group payment --seeds 200
"use strict";

const { run } = require("./orderlab_worker.js");

const keyOf = new Map();
const handled = new Set();

const mistakes = {
  // No payment key, so the gateway cannot know that it has charged already. An attempt that charges and is then cut off,
  // by a crash or a lost answer, is followed by one that charges again.
  async "without-key"(attempt) {
    settle(attempt, await attempt.charge());
  },

  // A key for each order, kept in a variable. It is gone when the process is killed: the next one makes another.
  async "key-in-memory"(attempt) {
    if (!keyOf.has(attempt.order)) keyOf.set(attempt.order, (await attempt.random()).uuid);
    settle(attempt, await attempt.charge({ paymentKey: keyOf.get(attempt.order) }));
  },

  // A key made of the time: each attempt has another. And a simulation that is repeated sees another run.
  async "own-clock"(attempt) {
    settle(attempt, await attempt.charge({ paymentKey: `${attempt.order}-${process.hrtime.bigint()}` }));
  },

  // Notes that the order is handled before it is. The charge fails, the event comes again, and nothing is done.
  async "remembers-too-early"(attempt) {
    if (handled.has(attempt.order)) return;
    handled.add(attempt.order);
    settle(attempt, await attempt.charge({ paymentKey: attempt.order }));
  },

  // An error is written to the log, and that is all. The event counts as handled, and the order waits for ever.
  async "swallows-errors"(attempt) {
    try {
      settle(attempt, await attempt.charge({ paymentKey: attempt.order }));
    } catch (error) {
      console.error(`order ${attempt.order} was not charged: ${error.message}`);
    }
  },
};

// The rest is right.

function settle(attempt, answer) {
  if (answer.approved) {
    attempt.write(attempt.order, { state: "paid", payment: answer.payment });
    attempt.emit("payment-succeeded", { payment_id: answer.payment });
  } else {
    attempt.write(attempt.order, { state: "failed" });
    attempt.emit("payment-failed", { reason: answer.reason });
  }
}

async function cancel(attempt, known) {
  if (known && known.state !== "paid") return;
  if (await attempt.refund(attempt.order)) {
    attempt.write(attempt.order, { state: "refunded" });
    attempt.emit("payment-refunded", { reason: "order canceled", payment_id: known?.payment });
  } else if (!known) {
    attempt.write(attempt.order, { state: "canceled" });
  }
}

const charge = mistakes[process.argv[2]];
if (!charge) {
  console.error("usage: mistakes.js " + Object.keys(mistakes).join("|"));
  process.exit(1);
}

run(async (attempt) => {
  const known = await attempt.read(attempt.order);
  if (attempt.topic === "order-canceled") await cancel(attempt, known);
  else if (!known) await charge(attempt);
});
