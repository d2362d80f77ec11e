// Asks for everything that there is, once, and keeps what it heard under "tour". Shows how each call looks.
"use strict";

const { run, Failure, OrderlabError } = require("./orderlab_worker.js");

async function handle(attempt) {
  if (attempt.topic === "payment-failed") throw new Failure("nothing to see here", "never");
  if (attempt.topic === "order-canceled") throw new Error("a mistake of the tour's own");
  console.log("what is logged goes to the log");
  console.error(`${attempt.worker.member} of ${attempt.worker.group}`);
  const heard = { before: await attempt.read("tour") };
  heard.now = (await attempt.now()).getTime() * 1000;
  const chance = await attempt.random();
  heard.chance = [chance.unit, chance.uuid];
  await attempt.sleep(250);
  const charge = await attempt.charge({ paymentKey: "tour", amount: "1.50" });
  heard.charge = [charge.approved, charge.payment];
  heard.refund = await attempt.refund("tour");
  heard.status = await attempt.setStatus("paid");
  try {
    await attempt.charge();
  } catch (error) {
    if (!(error instanceof OrderlabError)) throw error;
    heard.error = [error.code, error.message, error.retry];
  }
  attempt.write("tour", heard);
  attempt.write("gone", null);
  attempt.notify();
  attempt.emit("payment-failed", { reason: "the tour is over" });
}

run(handle, { pipeline: 8 });
