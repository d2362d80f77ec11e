// Write a worker for Orderlab in JavaScript: one file, nothing to install. Node 18 or later.
//
//     const { run } = require("./orderlab_worker.js");
//
//     run(async (attempt) => {
//       const answer = await attempt.charge({ paymentKey: attempt.order });
//       if (answer.approved) attempt.emit("payment-succeeded", { payment_id: answer.payment });
//       else attempt.emit("payment-failed", { reason: answer.reason });
//     });
//
// Orderlab starts the program and calls the function for each event. When it ends, the event is handled, and everything
// that it asked for happens in one transaction. When it throws, nothing of it happens, and the event comes again. Time and
// randomness come from the attempt (now, random, sleep), so that a simulation can repeat a run exactly. What you log goes
// to standard error, which is Orderlab's log. The protocol: docs/worker-protocol.md.
"use strict";

const path = require("node:path");

const PROTOCOL = 1;
const LINE_BYTES_MAX = 64 * 1024;
const MESSAGE_CHARACTERS_MAX = 300;

/**
 * Orderlab answered a question with an error. Left alone, it fails the attempt, which is mostly right. `code` says what
 * happened ("unavailable", "peer-failed", "canceled"…), `retry` when to try again: "now", "later", "never".
 */
class OrderlabError extends Error {
  constructor({ code, message, retry }) {
    super(message);
    this.name = "OrderlabError";
    this.code = code;
    this.retry = retry;
  }
}

/**
 * Throw it to fail the attempt on purpose. `retry`: "later" (again after a delay; as often as the group's policy allows,
 * then a dead letter), "never" (a dead letter at once) or "now" (at once and not counted).
 */
class Failure extends Error {
  constructor(message, retry = "later") {
    super(message);
    this.name = "Failure";
    this.retry = retry;
  }
}

/** One try to handle one event. */
class Attempt {
  #connection;

  constructor(connection, worker, message) {
    this.#connection = connection;
    /** Who this process is: group, member, seed (for a generator of your own), simulated, topics. */
    this.worker = worker;
    this.id = message.id;
    /** 1: the first try. */
    this.number = message.attempt;
    /** The CloudEvent. */
    this.event = message.event;
    /** "order-created", for example. */
    this.topic = message.from.topic;
    this.partition = message.from.partition;
    this.offset = message.from.offset;
  }

  /** The order's id. */
  get order() {
    return this.event.subject;
  }

  /** user_id, amount (text, such as "19.99"), currency, and what the event's type has besides. */
  get data() {
    return this.event.data;
  }

  // Questions: promises of Orderlab's answer. One at a time.

  /** Your group's value under `key`, with what this attempt has written; null where there is none. */
  read(key) {
    return this.#ask({ type: "read", key });
  }

  /**
   * Charges the event's customer: { approved, payment } or { approved, reason }. A declined card is an answer, not an
   * error. The gateway charges once under each `paymentKey` and repeats its answer; without one, every call is a new
   * charge. `amount`: text such as "19.99"; by default the event's.
   */
  charge({ paymentKey, amount } = {}) {
    return this.#ask({ type: "charge", payment_key: paymentKey, amount });
  }

  /** Returns what was charged under this key, and refuses later charges under it. false: there was nothing. */
  async refund(paymentKey) {
    return (await this.#ask({ type: "refund", payment_key: paymentKey })).returned;
  }

  /** Moves the order to "paid", "failed" or "canceled". false: it was final already and stays as it is. */
  async setStatus(status) {
    return (await this.#ask({ type: "set-status", status })).changed;
  }

  /** The time, a Date; virtual in simulation. */
  async now() {
    return new Date((await this.#ask({ type: "now" })).unix_us / 1000);
  }

  /** Chance: { unit, uuid }, a number in [0, 1) and a UUID. The same in each run of a seed. */
  random() {
    return this.#ask({ type: "random" });
  }

  /** Waits, at most an hour; virtual in simulation. */
  async sleep(milliseconds) {
    await this.#ask({ type: "sleep", ms: Math.round(milliseconds) });
  }

  // Effects: they happen when the attempt is done, and cost no round trip.

  /** Your group's value under `key`: anything that JSON can say. null deletes it. */
  write(key, value) {
    if (JSON.stringify(value) === undefined) throw new TypeError("there is no value to write; null deletes");
    this.#say({ type: "write", key, value });
  }

  /** The customer is notified of this event. */
  notify() {
    this.#say({ type: "notify" });
  }

  /** A new event about the same order: attempt.emit("payment-failed", { reason: "card declined" }). */
  emit(topic, data = {}) {
    this.#say({ type: "emit", topic, data });
  }

  #say({ type, ...members }) {
    this.#connection.say({ type, id: this.id, ...members });
  }

  #ask(message) {
    return this.#connection.ask(this.id, () => this.#say(message));
  }
}

/** Lines in both directions. What is said in one go is written in one go. */
class Connection {
  #write = process.stdout.write.bind(process.stdout);
  #outgoing = [];
  #asking = new Map();
  #isClosed = false;

  constructor() {
    // What the program logs must not get between our lines.
    process.stdout.write = process.stderr.write.bind(process.stderr);
    process.stdout.on("error", () => process.exit(0)); // Orderlab is gone.
  }

  say(message) {
    const line = JSON.stringify(message) + "\n";
    const bytes = Buffer.byteLength(line);
    if (bytes > LINE_BYTES_MAX) throw new RangeError(`${message.type} has ${bytes} bytes; Orderlab takes ${LINE_BYTES_MAX}`);
    if (this.#outgoing.length === 0) setImmediate(() => this.flush());
    this.#outgoing.push(line);
  }

  flush(then) {
    this.#write(this.#outgoing.join(""), then);
    this.#outgoing = [];
  }

  /** Nobody will answer any more. */
  close() {
    this.#isClosed = true;
    for (const { reject } of this.#asking.values()) reject(Connection.#gone());
    this.#asking.clear();
  }

  static #gone() {
    return new OrderlabError({ code: "canceled", message: "Orderlab is gone", retry: "later" });
  }

  ask(id, say) {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) throw Connection.#gone();
      if (this.#asking.has(id)) throw new Error("the question before has no answer yet: await it");
      say();
      this.#asking.set(id, { resolve, reject });
    });
  }

  /** Nobody waits for the answer any more. false: there is none to come. */
  drop(id) {
    return this.#asking.delete(id);
  }

  answer(message) {
    const asking = this.#asking.get(message.id);
    this.#asking.delete(message.id);
    if (message.error) asking?.reject(new OrderlabError(message.error));
    else asking?.resolve(message.value);
  }
}

function fail(connection, attempt, error) {
  const isMeant = error instanceof Failure || error instanceof OrderlabError;
  if (!isMeant) console.error(error);
  const text = isMeant ? error.message : String(error);
  const message = Array.from(text).slice(0, MESSAGE_CHARACTERS_MAX).join("");
  connection.say({ type: "fail", id: attempt.id, message, retry: isMeant ? error.retry : "later" });
}

async function handleEvent(connection, handle, attempt) {
  try {
    await handle(attempt);
    if (connection.drop(attempt.id)) throw new Error("the handler ended before its question was answered: an await is missing");
    connection.say({ type: "done", id: attempt.id });
  } catch (error) {
    fail(connection, attempt, error);
  }
}

/** Handles as many attempts at the same time as there are places; others wait for their turn. */
class Places {
  #running = new Set();
  #waiting = [];

  constructor(count, start) {
    this.count = count;
    this.start = start;
  }

  add(attempt) {
    if (this.#running.size >= this.count) {
      this.#waiting.push(attempt);
      return;
    }
    const ended = this.start(attempt).then(() => {
      this.#running.delete(ended);
      if (this.#waiting.length > 0) this.add(this.#waiting.shift());
    });
    this.#running.add(ended);
  }

  async ended() {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}

/** The lines of standard input, as messages. */
async function* messages() {
  let rest = "";
  process.stdin.setEncoding("utf8");
  for await (const block of process.stdin) {
    const lines = (rest + block).split("\n");
    rest = lines.pop();
    for (const line of lines) yield JSON.parse(line);
  }
}

/**
 * Calls `handle(attempt)`, which may be async, for each event until Orderlab ends the program; then it is resolved, and
 * the process ends. `pipeline` (1 to 128): how many events may be in progress at the same time; by default one.
 */
async function run(handle, { pipeline = 1 } = {}) {
  const name = path.basename(process.argv[1]);
  if (process.stdin.isTTY) {
    console.error(`This is a worker: Orderlab starts it and talks to it. Try:\n  orderlabd simulate --worker payment='node ${name}'`);
    process.exit(1);
  }
  const connection = new Connection();
  const end = () => places.ended().then(() => connection.flush(() => process.exit(0)));
  let worker = null;
  let places = new Places(0);
  for await (const message of messages()) {
    if (!worker) {
      if (message.type !== "init" || message.protocol !== PROTOCOL) {
        console.error(`This worker speaks protocol ${PROTOCOL}, Orderlab said: ${JSON.stringify(message).slice(0, MESSAGE_CHARACTERS_MAX)}`);
        process.exit(1);
      }
      const { group, member, seed, simulated, topics } = message;
      worker = { group, member, seed, simulated, topics };
      // An attempt that Orderlab has given up may still run as the next one begins: a repeated run must not depend on it.
      places = new Places(simulated ? 1 : pipeline, (attempt) => handleEvent(connection, handle, attempt));
      connection.say({ type: "ready", protocol: PROTOCOL, pipeline, name });
    } else if (message.type === "event") {
      places.add(new Attempt(connection, worker, message));
    } else if (message.type === "answer") {
      connection.answer(message);
    } else if (message.type === "shutdown") {
      end(); // Answers still come.
    }
  }
  connection.close();
  end();
}

module.exports = { run, Failure, OrderlabError };
