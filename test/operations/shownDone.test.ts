import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import fc from "fast-check";
import { createJournal, decodeKillTags, isOpen } from "#aws";
import {
  type ForgetOutcome,
  type ForgetShown,
  forgetKills,
  type KillOutcome,
  type KillShown,
  killFunctions,
  type OperationState,
  type RestoreOutcome,
  type RestoreShown,
  restoreFunctions,
} from "#operations";
import { type Scene, sceneFor, temporaryFolder } from "../aws/kill/scene.ts";
import { scriptedUi } from "./scriptedUi.ts";

/** What somebody does: an operation that is asked for and answered, or a change by hand. */
type Act =
  | {
      readonly kind: "kill" | "restore" | "forget";
      readonly person: 0 | 1;
      readonly names: readonly string[];
      readonly yes: boolean;
      /** Leaves one, or keeps changes. */
      readonly option: boolean;
    }
  | { readonly kind: "edit"; readonly name: string; readonly reserved: number | null };

/** An act, and what others do while its question stands. */
interface Turn {
  readonly act: Act;
  readonly meanwhile: readonly Act[];
}

interface World {
  readonly scene: Scene;
  readonly folders: readonly [string, string];
}

/** All that an operation may change of a function. */
interface Truth {
  readonly reserved: number | null;
  readonly provisioned: ReadonlyMap<string, number>;
  readonly enabled: ReadonlySet<string>;
  readonly suspended: ReadonlySet<string>;
  /** Id of the record in its tags. */
  readonly tagged: string | undefined;
}

function truthOf({ scene }: World): ReadonlyMap<string, Truth> {
  const { state } = scene.demo.account.region("us-east-1");
  return new Map(
    state.functions.map((fn) => {
      const arn = `arn:aws:lambda:us-east-1:123456789012:function:${fn.name}`;
      const decoded = decodeKillTags(fn.tags, arn);
      const own = state.mappings.filter(({ functionName }) => functionName === fn.name);
      const targets = state.targets.filter(({ resourceId }) => resourceId.split(":")[1] === fn.name);
      return [
        fn.name,
        {
          reserved: fn.reserved,
          provisioned: new Map(fn.provisioned.map(({ qualifier, requested }) => [qualifier, requested])),
          enabled: new Set(own.filter(({ enabled }) => enabled).map(({ uuid }) => uuid)),
          suspended: new Set(
            targets.filter((each) => each.suspended.DynamicScalingOutSuspended).map(({ resourceId }) => resourceId),
          ),
          tagged: decoded.kind === "record" ? decoded.record.id : undefined,
        },
      ];
    }),
  );
}

async function openIds({ folders }: World): Promise<ReadonlySet<string>> {
  const lists = await Promise.all(folders.map((folder) => createJournal(folder).list()));
  return new Set(lists.flatMap(({ entries }) => entries.filter(isOpen).map(({ record }) => record.id)));
}

/** Each function that is not as it was, with what it was and is. */
function changes(before: ReadonlyMap<string, Truth>, after: ReadonlyMap<string, Truth>) {
  return [...after].flatMap(([name, is]) => {
    const was = before.get(name);
    assert.ok(was);
    try {
      assert.deepEqual(is, was);
      return [];
    } catch {
      return [{ name, was, is }];
    }
  });
}

const added = <T>(is: ReadonlySet<T>, was: ReadonlySet<T>) => [...is].filter((each) => !was.has(each));

function checkKill(outcome: KillOutcome, before: ReadonlyMap<string, Truth>, after: ReadonlyMap<string, Truth>): void {
  for (const { name, was, is } of changes(before, after)) {
    const shown = outcome.preview.functions.find((each) => each.name === name);
    assert.ok(shown?.kind === "kill", `${name} was not shown`);
    if (is.reserved !== was.reserved) assert.deepEqual([was.reserved, is.reserved], [shown.reserved, shown.killedTo]);
    for (const [qualifier, requested] of was.provisioned)
      if (!is.provisioned.has(qualifier))
        assert.ok(
          shown.before.provisioned.some((each) => each.qualifier === qualifier && each.requested === requested),
        );
    const disabled = new Set(shown.mappings.filter(({ disable }) => disable).map(({ uuid }) => uuid));
    assert.deepEqual(added(was.enabled, new Set([...is.enabled, ...disabled])), []);
    assert.deepEqual(
      [added(is.enabled, was.enabled), added(new Set(is.provisioned.keys()), new Set(was.provisioned.keys()))],
      [[], []],
    );
  }
}

function checkRestore(
  outcome: RestoreOutcome,
  before: ReadonlyMap<string, Truth>,
  after: ReadonlyMap<string, Truth>,
): void {
  for (const { name, was, is } of changes(before, after)) {
    const shown = outcome.preview.functions.find((each) => each.name === name);
    assert.ok(shown?.kind === "restore", `${name} was not shown`);
    const { record } = shown;
    if (is.reserved !== was.reserved) assert.equal(is.reserved, record.before.reserved);
    for (const [qualifier, requested] of is.provisioned)
      if (!was.provisioned.has(qualifier))
        assert.ok(
          record.before.provisioned.some((each) => each.qualifier === qualifier && each.requested === requested),
        );
    const recorded = new Set(record.before.mappings.map(({ uuid }) => uuid));
    assert.deepEqual(added(is.enabled, new Set([...was.enabled, ...recorded])), []);
    assert.deepEqual([added(was.enabled, is.enabled), added(is.suspended, was.suspended)], [[], []]);
    if (is.tagged !== was.tagged) assert.deepEqual([was.tagged, is.tagged], [record.id, undefined]);
  }
}

function checkForget(
  outcome: ForgetOutcome,
  before: ReadonlyMap<string, Truth>,
  after: ReadonlyMap<string, Truth>,
): void {
  const ids = new Set(outcome.records.map(({ id }) => id));
  for (const { was, is } of changes(before, after)) {
    assert.deepEqual({ ...is, tagged: undefined }, { ...was, tagged: undefined });
    assert.ok(was.tagged !== undefined && ids.has(was.tagged) && is.tagged === undefined);
  }
}

/** Does an act while others act at its question; nothing but what was shown is done, nothing at all without a yes. */
async function act(world: World, what: Act, meanwhile: readonly Act[]): Promise<void> {
  const { scene, folders } = world;
  if (what.kind === "edit") {
    const { functions } = scene.demo.account.region("us-east-1").state;
    for (const fn of functions) if (fn.name === what.name && fn.provisioned.length === 0) fn.reserved = what.reserved;
    return;
  }
  const { kind, person, names, yes, option } = what;
  const { session, retryPolicy, clock } = scene;
  const folder = folders[person];
  const state: OperationState = { folder, retryPolicy, now: () => clock.now(), production: async () => undefined };
  let before = truthOf(world);
  let open = await openIds(world);
  const confirm = async () => {
    for (const other of meanwhile) await act(world, other, []);
    clock.advance(60_000);
    before = truthOf(world);
    open = await openIds(world);
    return { kind: yes ? "yes" : "no" };
  };
  const closed = async () => added(open, await openIds(world));
  if (kind === "kill") {
    const { ui } = scriptedUi<KillShown, KillOutcome>({ confirm });
    const order = { reason: "on fire", leaveOne: option, mappings: new Map<string, boolean>() };
    checkKill(await killFunctions({ session, state, ui }, { names, order }), before, truthOf(world));
  } else if (kind === "restore") {
    const { ui } = scriptedUi<RestoreShown, RestoreOutcome>({ confirm });
    const outcome = await restoreFunctions({ session, state, ui }, { names, keepChanges: option });
    checkRestore(outcome, before, truthOf(world));
    const ids = outcome.preview.functions.flatMap((each) => each.record?.id ?? []);
    assert.deepEqual(
      (await closed()).filter((id) => !ids.includes(id)),
      [],
    );
  } else {
    const { ui } = scriptedUi<ForgetShown, ForgetOutcome>({ confirm });
    const outcome = await forgetKills({ session, state, ui }, { kills: { names } });
    checkForget(outcome, before, truthOf(world));
    const ids = outcome.records.map(({ id }) => id);
    assert.deepEqual(
      (await closed()).filter((id) => !ids.includes(id)),
      [],
    );
  }
  if (!yes) assert.deepEqual([changes(before, truthOf(world)), await closed()], [[], []]);
}

const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "kill" as const,
        "kill" as const,
        "restore" as const,
        "restore" as const,
        "forget" as const,
      ),
      person: fc.constantFrom(0 as const, 1 as const),
      names: fc.subarray(["orders", "plain", "warm"], { minLength: 1 }),
      yes: fc.boolean().map((no) => !no),
      option: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("edit" as const),
      name: fc.constantFrom("orders", "plain"),
      reserved: fc.constantFrom(0, 7, 61, null),
    }),
  },
);
/** A restore, a change and another kill of the same functions: what comes back by then is something else. */
const again: fc.Arbitrary<readonly Act[]> = fc
  .record({ person: fc.constantFrom(0 as const, 1 as const), reserved: fc.constantFrom(7, 61) })
  .map(({ person, reserved }) => {
    const all = { person, names: ["orders", "plain", "warm"], yes: true, option: false };
    return [
      { ...all, kind: "restore" },
      { kind: "edit", name: "plain", reserved },
      { ...all, kind: "kill" },
    ];
  });
const turns: fc.Arbitrary<Turn> = fc.record({
  act: acts,
  meanwhile: fc.oneof({ weight: 3, arbitrary: fc.array(acts, { maxLength: 3 }) }, { weight: 1, arbitrary: again }),
});

async function play(t: TestContext, sequence: readonly Turn[]): Promise<void> {
  const scene = await sceneFor(t);
  const world: World = { scene, folders: [temporaryFolder(t), temporaryFolder(t)] };
  for (const turn of sequence) await act(world, turn.act, turn.meanwhile);
  await scene.demo.close();
}

test("two people kill, restore and forget, each at questions of the other: what is done is what was shown, and nothing without a yes", async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(turns, { minLength: 1, maxLength: 5 }), (sequence) => play(t, sequence)),
    { numRuns: 25, interruptAfterTimeLimit: 60_000 },
  );
});

test("a kill at the question of a restore, and the restore of one at the question of a kill", async (t) => {
  const by = (person: 0 | 1, kind: "kill" | "restore" | "forget", option = false): Act => ({
    kind,
    person,
    names: ["plain"],
    yes: true,
    option,
  });
  const again: readonly Act[] = [by(0, "restore"), { kind: "edit", name: "plain", reserved: 61 }, by(0, "kill")];
  for (const question of [by(1, "restore"), by(1, "restore", true), by(1, "forget"), by(1, "kill")])
    await play(t, [
      { act: by(0, "kill", true), meanwhile: [] },
      { act: question, meanwhile: again },
    ]);
});
