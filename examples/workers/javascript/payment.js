// Charges new orders and refunds canceled ones, as Orderlab's own payment group does.
//
//     orderlabd worker test 'node payment.js' --group payment --seeds 200
"use strict";

const { run } = require("./orderlab_worker.js");

async function handle(attempt) {
  const known = await attempt.read(attempt.order);
  if (attempt.topic === "order-canceled") await cancel(attempt, known);
  else if (!known) await charge(attempt); // Else it is done, or was canceled before we came.
}

async function charge(attempt) {
  // The order's id is the payment key: the same on every attempt, so that the gateway charges once.
  const answer = await attempt.charge({ paymentKey: attempt.order });
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
  // Also where we know of no charge: an attempt may have charged and then failed. No charge can come after this.
  const returned = await attempt.refund(attempt.order);
  if (returned) {
    attempt.write(attempt.order, { state: "refunded" });
    attempt.emit("payment-refunded", { reason: "order canceled", payment_id: known?.payment });
  } else if (!known) {
    attempt.write(attempt.order, { state: "canceled" });
  }
}

run(handle);
