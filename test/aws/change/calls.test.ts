import assert from "node:assert/strict";
import { test } from "node:test";
import {
  restoreScalingTarget,
  setMappingEnabled,
  setProvisioned,
  setReserved,
  setScalingSuspension,
  tagFunction,
  untagFunction,
} from "#aws";
import type { AccountFile } from "#demo";
import { virtualAccount } from "../apply/virtualSession.ts";

const queue = "arn:aws:sqs:us-east-1:123456789012:orders";
const arn = "arn:aws:lambda:us-east-1:123456789012:function:orders";
const account: AccountFile = {
  functions: [
    {
      name: "orders",
      reserved: 40,
      versions: 1,
      aliases: { live: "1" },
      provisioned: { live: 10 },
      targets: { live: { minimum: 5, maximum: 20 } },
      mappings: [{ source: queue, maximumConcurrency: 7 }],
      tags: { team: "shop" },
    },
    { name: "plain" },
  ],
};

async function orders(...args: Parameters<typeof virtualAccount>) {
  const virtual = await virtualAccount(args[0], { account, ...args[1] });
  const { state } = virtual.demo.account.region("us-east-1");
  const [subject, plain] = state.functions;
  const [mapping] = state.mappings;
  const [target] = state.targets;
  assert.ok(subject && plain && mapping && target);
  return { ...virtual, options: { retryPolicy: virtual.retryPolicy }, subject, plain, mapping, target };
}

test("a reservation is changed where it is as it was seen, and read back", async (t) => {
  const { session, subject, calls, options } = await orders(t);
  assert.deepEqual(await setReserved(session, "orders", { from: 40, to: 50 }, options), { outcome: "done", found: 50 });
  assert.equal(subject.reserved, 50);
  assert.deepEqual(calls, ["GetFunction", "PutFunctionConcurrency", "GetFunction"]);
});

test("none is not 0, neither before nor after", async (t) => {
  const { session, plain, options } = await orders(t);
  assert.deepEqual(await setReserved(session, "plain", { from: null, to: 0 }, options), { outcome: "done", found: 0 });
  assert.equal(plain.reserved, 0);
  assert.equal((await setReserved(session, "plain", { from: null, to: 3 }, options)).outcome, "changed");
  assert.deepEqual(await setReserved(session, "plain", { from: 0, to: null }, options), {
    outcome: "done",
    found: null,
  });
  assert.equal(plain.reserved, null);
});

test("what is already as wanted is left alone", async (t) => {
  const { session, calls, options } = await orders(t);
  assert.deepEqual(await setReserved(session, "orders", { from: 12, to: 40 }, options), {
    outcome: "already",
    found: 40,
  });
  assert.deepEqual(calls, ["GetFunction"]);
});

test("what somebody else changed is not overwritten", async (t) => {
  const { session, subject, calls, options } = await orders(t);
  assert.deepEqual(await setReserved(session, "orders", { from: 30, to: 50 }, options), {
    outcome: "changed",
    message: "Somebody changed the reservation of orders meanwhile: now 40.",
    found: 40,
  });
  assert.equal(subject.reserved, 40);
  assert.deepEqual(calls, ["GetFunction"]);
});

test("a refusal tells the floor and changes nothing", async (t) => {
  const { session, subject, options } = await orders(t);
  const { outcome, error, found } = await setReserved(session, "orders", { from: 40, to: 950 }, options);
  assert.deepEqual([outcome, error?.kind, error?.floor, found, subject.reserved], ["refused", "refused", 100, 40, 40]);
});

test("a denied change is refused", async (t) => {
  const { session, faults, subject, options } = await orders(t);
  faults("deny:PutFunctionConcurrency");
  const { outcome, error } = await setReserved(session, "orders", { from: 40, to: 50 }, options);
  assert.deepEqual(
    [outcome, error?.kind, error?.action, subject.reserved],
    ["refused", "denied", "lambda:PutFunctionConcurrency", 40],
  );
});

test("a function that does not exist is said to be missing", async (t) => {
  const { session, options } = await orders(t);
  const { outcome, error } = await setReserved(session, "gone", { from: 40, to: 50 }, options);
  assert.deepEqual([outcome, error?.kind], ["failed", "notFound"]);
});

test("a connection cut after the call is decided by reading back: it was made, and is not made twice", async (t) => {
  const { session, faults, calls, subject, options } = await orders(t);
  faults("cut:PutFunctionConcurrency");
  assert.deepEqual(await setReserved(session, "orders", { from: 40, to: 50 }, options), { outcome: "done", found: 50 });
  assert.equal(subject.reserved, 50);
  assert.deepEqual(calls, ["GetFunction", "PutFunctionConcurrency", "GetFunction"]);
});

test("a server error is decided by reading back: it was not made, and is tried again", async (t) => {
  const { session, faults, subject, options } = await orders(t);
  faults("server-error:PutFunctionConcurrency:times=2");
  assert.deepEqual(await setReserved(session, "orders", { from: 40, to: 50 }, options), { outcome: "done", found: 50 });
  assert.equal(subject.reserved, 50);
});

test("server errors without end are a failure that changed nothing", async (t) => {
  const { session, faults, subject, calls, options } = await orders(t);
  faults("server-error:PutFunctionConcurrency");
  const { outcome, message, found } = await setReserved(session, "orders", { from: 40, to: 50 }, options);
  assert.deepEqual([outcome, found, subject.reserved], ["failed", 40, 40]);
  assert.match(message ?? "", /^The reservation of orders was not changed: 4 tries failed\. /);
  assert.equal(calls.filter((name) => name === "PutFunctionConcurrency").length, 4);
});

test("between two tries somebody else's change is seen", async (t) => {
  const { session, faults, subject, options } = await orders(t);
  faults("server-error:PutFunctionConcurrency:times=1");
  const wait = options.retryPolicy.wait;
  const retryPolicy = {
    wait: async (ms: number) => {
      subject.reserved = 77;
      await wait(ms);
    },
  };
  const result = await setReserved(session, "orders", { from: 40, to: 50 }, { retryPolicy });
  assert.deepEqual([result.outcome, result.found, subject.reserved], ["changed", 77, 77]);
});

test("when reading back fails too it says that nobody knows, and where to look", async (t) => {
  const { session, faults, options } = await orders(t);
  faults("cut:PutFunctionConcurrency", "server-error:GetFunction:after=1");
  const { outcome, message } = await setReserved(session, "orders", { from: 40, to: 50 }, options);
  assert.equal(outcome, "unknown");
  assert.match(message ?? "", /aws lambda get-function-concurrency --function-name orders$/);
});

test("throttled calls are repeated by the rate limiter", async (t) => {
  const { session, faults, options } = await orders(t);
  faults("throttle:PutFunctionConcurrency:times=3", "throttle:GetFunction:times=2");
  assert.equal((await setReserved(session, "orders", { from: 40, to: 50 }, options)).outcome, "done");
  assert.equal(session.rateLimiter.counts.throttled, 5);
});

test("who may not read functions whole can still change reservations", async (t) => {
  const { session, faults, calls, options } = await orders(t);
  faults("deny:GetFunction");
  assert.equal((await setReserved(session, "orders", { from: 40, to: 50 }, options)).outcome, "done");
  assert.deepEqual(calls.slice(0, 3), ["GetFunction", "GetFunctionConcurrency", "PutFunctionConcurrency"]);
});

test("cancelled before its call, nothing is called", async (t) => {
  const { session, calls, options } = await orders(t);
  const signal = AbortSignal.abort();
  const { outcome, error } = await setReserved(session, "orders", { from: 40, to: 50 }, { ...options, signal });
  assert.deepEqual([outcome, error?.kind, calls], ["failed", "cancelled", []]);
});

test("provisioned concurrency is deleted and put back", async (t) => {
  const { session, subject, options } = await orders(t);
  assert.deepEqual(await setProvisioned(session, "orders", "live", { from: 10, to: null }, options), {
    outcome: "done",
    found: null,
  });
  assert.deepEqual(subject.provisioned, []);
  const back = await setProvisioned(session, "orders", "live", { from: null, to: 10 }, options);
  assert.deepEqual([back.outcome, back.found?.requested, back.found?.status], ["done", 10, "IN_PROGRESS"]);
});

test("provisioned concurrency above the reservation is refused", async (t) => {
  const { session, options } = await orders(t);
  const { outcome, error } = await setProvisioned(session, "orders", "live", { from: 10, to: 41 }, options);
  assert.deepEqual([outcome, error?.kind], ["refused", "refused"]);
});

test("a mapping is disabled, and enabled again once it has settled", async (t) => {
  const { session, mapping, calls, options } = await orders(t);
  const off = await setMappingEnabled(session, "orders", mapping.uuid, { from: true, to: false }, options);
  assert.deepEqual(off, { outcome: "done", found: { state: "Disabling", enabled: false } });
  const on = await setMappingEnabled(session, "orders", mapping.uuid, { from: false, to: true }, options);
  assert.deepEqual(on, { outcome: "done", found: { state: "Enabling", enabled: true } });
  assert.equal(mapping.maximumConcurrency, 7);
  assert.equal(calls.filter((name) => name === "UpdateEventSourceMapping").length, 2);
});

test("a mapping that is in use is waited for", async (t) => {
  const { session, mapping, clock, options } = await orders(t);
  Object.assign(mapping, { transition: "Updating", settledAt: clock.now() + 20_000 });
  const off = await setMappingEnabled(session, "orders", mapping.uuid, { from: true, to: false }, options);
  assert.deepEqual(off, { outcome: "done", found: { state: "Disabling", enabled: false } });
});

test("a mapping that never settles is given up after a minute", async (t) => {
  const { session, mapping, options } = await orders(t);
  Object.assign(mapping, { transition: "Updating", settledAt: Number.MAX_SAFE_INTEGER });
  const { outcome, message } = await setMappingEnabled(
    session,
    "orders",
    mapping.uuid,
    { from: true, to: false },
    options,
  );
  assert.equal(outcome, "failed");
  assert.match(message ?? "", /^The event source mapping [\w-]+ is Updating and did not settle within 60 seconds\. /);
});

test("a mapping of another function is left alone", async (t) => {
  const { session, mapping, options } = await orders(t);
  const { outcome, message } = await setMappingEnabled(
    session,
    "other",
    mapping.uuid,
    { from: true, to: false },
    options,
  );
  assert.deepEqual(
    [outcome, message, mapping.enabled],
    ["failed", `The event source mapping ${mapping.uuid} belongs to orders, not to other.`, true],
  );
});

test("a scaling target is suspended and gets back each switch as it was", async (t) => {
  const { session, target, options } = await orders(t);
  target.suspended.DynamicScalingInSuspended = true;
  const seen = { qualifier: "live", minimum: 5, maximum: 20, suspended: { in: true, out: false, scheduled: false } };
  const suspended = { ...seen, suspended: { in: true, out: true, scheduled: true } };
  assert.deepEqual(await setScalingSuspension(session, "orders", seen, options), { outcome: "done", found: suspended });
  assert.deepEqual(await restoreScalingTarget(session, "orders", seen, suspended.suspended, options), {
    outcome: "done",
    found: seen,
  });
  assert.deepEqual(
    [target.minimum, target.maximum, target.suspended],
    [5, 20, { DynamicScalingInSuspended: true, DynamicScalingOutSuspended: false, ScheduledScalingSuspended: false }],
  );
});

test("a scaling target whose range somebody changed is left alone, and one that is gone is not made again", async (t) => {
  const { session, demo, target, options } = await orders(t);
  const seen = { qualifier: "live", minimum: 5, maximum: 20, suspended: { in: false, out: false, scheduled: false } };
  target.maximum = 30;
  assert.equal((await setScalingSuspension(session, "orders", seen, options)).outcome, "changed");
  const { state } = demo.account.region("us-east-1");
  state.targets = [];
  const { outcome, found } = await setScalingSuspension(session, "orders", seen, options);
  assert.deepEqual([outcome, found, state.targets], ["changed", null, []]);
});

test("tags are put beside others and taken away again", async (t) => {
  const { session, subject, options } = await orders(t);
  const tags = { "lambda-concurrency:kill:1": "a", "lambda-concurrency:kill:2": "b" };
  assert.deepEqual(await tagFunction(session, arn, tags, options), { outcome: "done", found: tags });
  assert.deepEqual(subject.tags, { team: "shop", ...tags });
  assert.deepEqual(await untagFunction(session, arn, tags, options), { outcome: "done", found: {} });
  assert.deepEqual(subject.tags, { team: "shop" });
});

test("tags with another value are neither overwritten nor taken away", async (t) => {
  const { session, subject, options } = await orders(t);
  const tags = { team: "other" };
  assert.equal((await tagFunction(session, arn, tags, options)).outcome, "changed");
  assert.equal((await untagFunction(session, arn, tags, options)).outcome, "changed");
  assert.deepEqual(subject.tags, { team: "shop" });
});
