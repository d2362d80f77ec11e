// Moves orders to paid or failed, as Orderlab's own order-status group does.
//
//     orderlabd worker test 'node order-status.js' --group order-status --seeds 200
"use strict";

const { run } = require("./orderlab_worker.js");

const status = new Map([["payment-succeeded", "paid"], ["payment-failed", "failed"]]);

async function handle(attempt) {
  // Not where a payment was returned: that order is canceled already.
  if (status.has(attempt.topic)) await attempt.setStatus(status.get(attempt.topic));
}

run(handle, { pipeline: 16 });
