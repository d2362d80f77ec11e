// A further group: gives customers a point for each whole unit of money that they pay, and takes it back with a refund.
//
//     orderlabd simulate --worker loyalty='node loyalty.js' --topics payment-succeeded,payment-refunded
"use strict";

const { run } = require("./orderlab_worker.js");

async function handle(attempt) {
  const key = "points/" + attempt.data.user_id;
  const points = Math.trunc(Number(attempt.data.amount));
  const sum = (await attempt.read(key)) ?? 0;
  // Adding twice would be wrong. It is right because what we write and the note that this event is handled are one
  // transaction: either both are there or neither.
  attempt.write(key, attempt.topic === "payment-refunded" ? sum - points : sum + points);
}

run(handle, { pipeline: 16 });
