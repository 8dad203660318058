import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  createJournal,
  type Journal,
  type KilledFunction,
  listKills,
  previewRestore,
  type RestoredFunction,
  type RestorePreview,
  restore,
} from "#aws";
import { type Scene, sceneFor, temporaryFolder } from "./scene.ts";
import { stateOf } from "./stateOf.ts";

type Machine = 0 | 1;

/** Two people at two machines, and what each has been shown and not yet confirmed. */
interface Real {
  readonly scene: Scene;
  readonly journals: readonly [Journal, Journal];
  readonly shown: [RestorePreview | undefined, RestorePreview | undefined];
  /** Reservations that somebody set by hand. */
  readonly edited: Set<number | null>;
}

interface Truth {
  readonly reserved: number | null;
  readonly provisioned: readonly (readonly [string, number])[];
  readonly enabled: readonly boolean[];
  readonly suspended: readonly boolean[];
}

type Command = fc.AsyncCommand<object, Real>;

/** What is so, whatever reads say. */
function truthOf({ scene }: Real): Truth {
  const { state, subject } = stateOf(scene, "orders");
  return {
    reserved: subject.reserved,
    provisioned: subject.provisioned.map(({ qualifier, requested }) => [qualifier, requested] as const).sort(),
    enabled: state.mappings.map(({ enabled }) => enabled),
    suspended: state.targets.flatMap(({ resourceId, suspended }) =>
      resourceId === "function:orders:live" ? suspended.DynamicScalingOutSuspended : [],
    ),
  };
}

/** Nothing is done without saying so; what is said to be restored is so; only what was shown is done. */
function checkRestored(real: Real, before: Truth, shown: RestorePreview, [result]: readonly RestoredFunction[]): void {
  assert.ok(result);
  const { outcome, record, steps, message = "" } = result;
  const now = truthOf(real);
  const where = `${outcome} ${message}`;
  if (!steps.some((step) => step.outcome === "done" || step.outcome === "unknown")) {
    assert.deepEqual(now, before, where);
    return;
  }
  const [found] = shown.functions;
  assert.ok(found?.kind === "restore" && found.record.id === record?.id, where);
  if (outcome !== "restored" && outcome !== "warming") return;
  assert.equal(now.reserved, record.before.reserved, where);
  for (const { qualifier, requested } of record.before.provisioned)
    assert.ok(
      now.provisioned.some((config) => config[0] === qualifier && config[1] === requested),
      where,
    );
  const { state } = stateOf(real.scene, "orders");
  for (const { uuid } of record.before.mappings)
    assert.equal(state.mappings.find((mapping) => mapping.uuid === uuid)?.enabled, true, where);
  assert.deepEqual(now.suspended, [false], where);
}

function checkKilled(real: Real, before: Truth, [result]: readonly KilledFunction[]): void {
  assert.ok(result);
  const { outcome, steps, message = "" } = result;
  const { reserved } = truthOf(real);
  const where = `${outcome} ${message}`;
  if (outcome === "killed") assert.ok(reserved === 0 || reserved === 1, where);
  if (!steps.some((step) => step.outcome === "done" || step.outcome === "unknown"))
    assert.deepEqual(truthOf(real), before, where);
}

const kills = (machine: Machine, leaveOne: boolean): Command => ({
  check: () => true,
  toString: () => `${machine} kills${leaveOne ? " leaving one" : ""}`,
  async run(_, real) {
    const before = truthOf(real);
    checkKilled(real, before, await real.scene.kill(["orders"], { leaveOne, journal: real.journals[machine] }));
  },
});

const previews = (machine: Machine): Command => ({
  check: () => true,
  toString: () => `${machine} is shown a restore`,
  async run(_, real) {
    const { session, now } = real.scene;
    const journal = real.journals[machine];
    const before = truthOf(real);
    real.shown[machine] = await previewRestore(session, ["orders"], { journal, now });
    assert.deepEqual(truthOf(real), before);
  },
});

const confirms = (machine: Machine, keepChanges: boolean): Command => ({
  check: () => true,
  toString: () => `${machine} confirms${keepChanges ? ", keeping changes" : ""}`,
  async run(_, real) {
    const shown = real.shown[machine];
    if (shown === undefined) return;
    real.shown[machine] = undefined;
    const { session, now, retryPolicy } = real.scene;
    const before = truthOf(real);
    const journal = real.journals[machine];
    checkRestored(real, before, shown, await restore(session, shown, { journal, now, retryPolicy, keepChanges }));
  },
});

/** Is shown a restore and confirms it at once. */
const restores = (machine: Machine, keepChanges: boolean): Command => ({
  check: () => true,
  toString: () => `${machine} restores${keepChanges ? ", keeping changes" : ""}`,
  async run(model, real) {
    await previews(machine).run(model, real);
    await confirms(machine, keepChanges).run(model, real);
  },
});

const edits = (reserved: number | null): Command => ({
  check: () => true,
  toString: () => `somebody sets ${reserved}`,
  async run(_, real) {
    const { subject } = stateOf(real.scene, "orders");
    const provisioned = subject.provisioned.reduce((sum, { requested }) => sum + requested, 0);
    if (reserved !== null && reserved < provisioned) return;
    subject.reserved = reserved;
    real.edited.add(reserved);
    // What others have just changed nobody can know while reads lag: there is no compare-and-set.
    real.scene.clock.advance(4000);
  },
});

const waits = (milliseconds: number): Command => ({
  check: () => true,
  toString: () => `${milliseconds} ms pass`,
  async run(_, { scene }) {
    scene.clock.advance(milliseconds);
  },
});

const faulty = (faults: readonly string[]): Command => ({
  check: () => true,
  toString: () => `faults: ${faults.join(", ") || "none"}`,
  async run(_, { scene }) {
    scene.faults(...faults);
  },
});

const kinds = [
  "stale:ms=4000",
  "stale-tags:ms=2000",
  "stale-tags:GetResources:ms=60000",
  "deny:TagResource",
  "deny:UntagResource",
  "deny:ListEventSourceMappings",
  "deny:UpdateEventSourceMapping",
  "deny:GetFunction",
];
const faultSets = fc.subarray(kinds, { maxLength: 3 });
const machine = fc.constantFrom<Machine>(0, 1);
const commands = fc.commands(
  [
    fc.tuple(machine, fc.boolean()).map((args) => kills(...args)),
    machine.map(previews),
    fc.tuple(machine, fc.boolean()).map((args) => confirms(...args)),
    fc.tuple(machine, fc.boolean()).map((args) => restores(...args)),
    fc.tuple(machine, fc.boolean()).map((args) => restores(...args)),
    fc.tuple(machine, fc.boolean()).map((args) => kills(...args)),
    fc.constantFrom(30, 61, null).map(edits),
    fc.constantFrom(0, 500, 2000, 60_000).map(waits),
    faultSets.map(faulty),
  ],
  { maxCommands: 14 },
);

/** Both restore what they know of, until nobody knows of a kill. */
async function settle(real: Real): Promise<void> {
  const { scene, journals } = real;
  scene.faults();
  for (const journal of [...journals, ...journals, ...journals]) {
    scene.clock.advance(120_000);
    await scene.restore(["orders"], { journal, keepChanges: true });
  }
  scene.clock.advance(120_000);
  for (const journal of journals) assert.deepEqual((await listKills({ ...scene, journal })).kills, []);
}

test("two people kill, restore and confirm what they were shown, while others change things, reads lag and actions are denied: what is said to be done is done, nothing else is, and all that a kill switched off can be switched on again", async (t) => {
  await fc.assert(
    fc.asyncProperty(faultSets, commands, fc.integer({ min: 1, max: 1000 }), async (faults, sequence, seed) => {
      const scene = await sceneFor(t, { seed });
      scene.faults(...faults);
      const real: Real = {
        scene,
        journals: [createJournal(temporaryFolder(t)), createJournal(temporaryFolder(t))],
        shown: [undefined, undefined],
        edited: new Set([60]),
      };
      const first = truthOf(real);
      await fc.asyncModelRun(() => ({ model: {}, real }), sequence);
      await settle(real);
      const { reserved, ...rest } = truthOf(real);
      assert.deepEqual(rest, { provisioned: first.provisioned, enabled: first.enabled, suspended: first.suspended });
      assert.ok(real.edited.has(reserved), String(reserved));
      await scene.demo.close();
    }),
    { numRuns: 40, interruptAfterTimeLimit: 30_000 },
  );
});
