import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { createJournal, type Journal } from "#aws";
import { interceptCalls } from "./interceptCalls.ts";
import { type Scene, sceneFor, temporaryFolder } from "./scene.ts";

type Seen = Awaited<ReturnType<Scene["seen"]>>;

/** What must come back, and whether somebody interfered. */
interface Model {
  baseline: Seen | undefined;
  edited: boolean;
}

interface Real {
  readonly scene: Scene;
  /** Two machines. */
  readonly journals: readonly [Journal, Journal];
  crashIn: number;
}

type Command = fc.AsyncCommand<Model, Real>;

/** A process that stops: nothing of it goes on, neither calls nor writes. */
const never = () => new Promise<never>(() => {});

/** The journal of a machine as a process sees it that may stop at any time. Its claims die with it. */
function journalFor(real: Real, machine: 0 | 1): Journal {
  const journal = real.journals[machine];
  return {
    ...journal,
    write: async (entry) => (gone(real) ? await never() : await journal.write(entry)),
    claim: async () => ({ release: async () => {}, isHeld: async () => true }),
  };
}

function gone(real: Real): boolean {
  return --real.crashIn < 0;
}

/** Runs until it ends or stops. */
async function upTo<T>(real: Real, steps: number, work: () => Promise<T>): Promise<T | "stopped"> {
  real.crashIn = steps;
  let stopped = false;
  const watch = new Promise<"stopped">((resolve) => {
    const look = () => {
      if (real.crashIn < 0) resolve("stopped");
      else if (!stopped) setImmediate(look);
    };
    look();
  });
  const result = await Promise.race([work(), watch]);
  stopped = true;
  real.crashIn = Number.POSITIVE_INFINITY;
  return result;
}

const kills = (machine: 0 | 1, leaveOne: boolean, steps: number): Command => ({
  check: () => true,
  toString: () =>
    `kill on ${machine}${leaveOne ? " leaving one" : ""}${Number.isFinite(steps) ? `, stopped after ${steps}` : ""}`,
  async run(model, real) {
    const before = await real.scene.seen("orders");
    const journal = journalFor(real, machine);
    const result = await upTo(real, steps, () => real.scene.kill(["orders"], { leaveOne, journal }));
    // Killed again after somebody changed it: what is there now is what comes back, with what the first kill switched off.
    if (model.baseline === undefined) model.baseline = before;
    else if (model.edited) model.baseline = undefined;
    if (result === "stopped") return;
    const [{ outcome, message } = { outcome: "", message: "" }] = result;
    assert.ok(["killed", "alreadyKilled"].includes(outcome), `${outcome} ${message}`);
    const after = await real.scene.seen("orders");
    assert.ok(after.reserved === 0 || after.reserved === 1);
  },
});

const restores = (machine: 0 | 1, steps: number): Command => ({
  check: () => true,
  toString: () => `restore on ${machine}${Number.isFinite(steps) ? `, stopped after ${steps}` : ""}`,
  async run(model, real) {
    const before = await real.scene.seen("orders");
    const journal = journalFor(real, machine);
    const result = await upTo(real, steps, () => real.scene.restore(["orders"], { journal }));
    if (result === "stopped") return;
    const [{ outcome, message } = { outcome: "", message: "" }] = result;
    const after = await real.scene.seen("orders");
    if (outcome === "changed") {
      // A kill that was restored from the other machine, with a change afterwards, is one that this machine cannot tell from an open one.
      assert.ok(model.edited || model.baseline === undefined, message);
      assert.deepEqual(after, before);
    } else if (outcome === "notKilled") {
      assert.deepEqual(after, before);
      if (model.baseline !== undefined && !model.edited) assert.deepEqual(after, model.baseline);
    } else {
      assert.ok(outcome === "restored" || outcome === "warming", `${outcome} ${message}`);
      if (!model.edited && model.baseline !== undefined) assert.deepEqual(after, model.baseline);
      model.baseline = undefined;
      model.edited = false;
    }
  },
});

const edits = (reserved: number | null): Command => ({
  check: () => true,
  toString: () => `somebody sets ${reserved}`,
  async run(model, real) {
    const { state } = real.scene.demo.account.region("us-east-1");
    const subject = state.functions.find(({ name }) => name === "orders");
    assert.ok(subject);
    const provisioned = subject.provisioned.reduce((sum, { requested }) => sum + requested, 0);
    if (reserved !== null && reserved < provisioned) return;
    subject.reserved = reserved;
    const seen = await real.scene.seen("orders");
    if (model.baseline !== undefined && !isDeepStrictEqual(seen, model.baseline)) model.edited = true;
  },
});

const machine = fc.constantFrom(0 as const, 1 as const);
const steps = fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.nat({ max: 40 }));
const commands = fc.commands(
  [
    fc.tuple(machine, fc.boolean(), steps).map((args) => kills(...args)),
    fc.tuple(machine, steps).map((args) => restores(...args)),
    fc.constantFrom(25, 60, 61, null).map(edits),
  ],
  { maxCommands: 8 },
);

test("whatever is killed, restored, changed by others and stopped half way, in any order: what was before comes back, or a refusal changes nothing", async (t) => {
  await fc.assert(
    fc.asyncProperty(commands, async (sequence) => {
      const scene = await sceneFor(t);
      const real: Real = {
        scene,
        journals: [createJournal(temporaryFolder(t)), createJournal(temporaryFolder(t))],
        crashIn: Number.POSITIVE_INFINITY,
      };
      interceptCalls(scene.session, async (call, command) => {
        const changes = !/^(?:Get|List|Describe)/.test(command);
        if (changes && gone(real)) return await never();
        const result = await call();
        if (changes && gone(real)) return await never();
        return result;
      });
      const setup = () => ({ model: { baseline: undefined, edited: false }, real });
      await fc.asyncModelRun(setup, sequence);
      await scene.demo.close();
    }),
    { numRuns: 25, interruptAfterTimeLimit: 20_000 },
  );
});
