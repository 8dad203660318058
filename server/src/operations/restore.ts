import {
  AccountError,
  followAllocation,
  learnedFloors,
  previewRestore,
  type RestoredFunction,
  type RestorePreview,
  readRoom,
  restore,
  type Shortage,
} from "#aws";
import { accountKey, many, mappingsByName, type Room, roomFor } from "#core";
import { confirm } from "./confirm.ts";
import { functionsDone, killPorts, learnFloor, whom, withAudit } from "./killState.ts";
import type { Operation } from "./operation.ts";
import { keep, restoreQuestion } from "./restoreConfirmation.ts";

/** Functions that somebody wants as they were before their kill. */
export interface RestoreWish {
  /** FunctionNames, in the order in which they come where the pool has not enough for all. */
  readonly names: readonly string[];
  /** Of these it is an error that they were not killed; of the others it is only said. Default: all. */
  readonly required?: readonly string[];
  /** Restores what nobody changed since the kill, and leaves the rest as it is. Where it is absent, somebody who answers may choose it. */
  readonly keepChanges?: boolean;
  /** Waits until provisioned concurrency is allocated. */
  readonly wait?: boolean;
  /** The floor that a budget states; it counts more than the one that was learned here. */
  readonly floor?: number;
  /** Only shows what would be done. */
  readonly dryRun?: boolean;
}

/** What a restore would do. */
export interface RestoreShown {
  readonly preview: RestorePreview;
  /** Functions that were only selected and are not killed. */
  readonly notKilled: readonly string[];
  /** Who could make room for what is short; null where the account was not read completely; absent: nothing is short. */
  readonly room?: Room | null;
}

/** How a restore ended. */
export interface RestoreOutcome extends RestoreShown {
  /**
   * - `nothing`: none of the functions can be restored; `preview` says why of each.
   * - `shown`: a dry run. `cancelled`: not confirmed. Nothing was done.
   * - `plan`: somebody wants to see the plan of the pool first, because it is short. Nothing was done.
   * - `done`: begun, or refused just before; `results` say what became of each.
   */
  readonly kind: "nothing" | "shown" | "cancelled" | "plan" | "done";
  /** null: nothing was done. */
  readonly results: readonly RestoredFunction[] | null;
  /** The pool lacks this much for what was not restored, as was learned only by the refusal; `room` is for it. */
  readonly shortAfter?: Shortage;
}

type RestoreOperation = Operation<RestoreShown, RestoreOutcome>;

const plan = "Show Plan";

/** What can be answered beside yes and no. */
type Other = typeof keep | typeof plan;

/**
 * Puts functions back as they were before their kill: reads them afresh, shows what comes back and what somebody changed since, has it
 * confirmed, and does what was shown. A function whose kill is another one by then, or that was changed, is left alone. A floor that
 * Lambda names is kept, and where it leaves no room, who could make some is found.
 */
export async function restoreFunctions(operation: RestoreOperation, wish: RestoreWish): Promise<RestoreOutcome> {
  const { session, state, ui } = operation;
  const production = await state.production(session.identity);
  const shown = await readShown(operation, wish);
  const { preview, room } = shown;
  const end = async (
    kind: RestoreOutcome["kind"],
    results: RestoreOutcome["results"] = null,
    after: Pick<RestoreOutcome, "shortAfter" | "room"> = {},
  ) => {
    const outcome: RestoreOutcome = { ...shown, ...after, kind, results };
    await ui.report(outcome);
    return outcome;
  };
  await ui.preview(shown);
  const question = restoreQuestion(preview, room ?? undefined);
  const { clean, changed } = question;
  if (clean.length + changed.length === 0) return await end("nothing");
  if (wish.dryRun) return await end("shown");
  const others: readonly Other[] = [
    ...(changed.length > 0 && clean.length > 0 && !wish.keepChanges ? ([keep] as const) : []),
    ...(preview.short === undefined ? [] : ([plan] as const)),
  ];
  const ask = (keeping: boolean, more: readonly Other[]) =>
    confirm<Other>(operation, production, {
      ...(keeping ? question.keeping : question.confirmation),
      others: more,
    });
  // An answer that was given beforehand keeps nobody's changes: that has to be said in so many words.
  if (clean.length === 0 && !wish.keepChanges && !ui.interactive) {
    return await end("done", await restoreShown(operation, preview, false, wish));
  }
  const onlyKeeping = wish.keepChanges === true || clean.length === 0;
  const answer = await ask(onlyKeeping, others);
  if (answer === plan) return await end("plan");
  if (answer === "no") return await end("cancelled");
  if (answer === keep && (await ask(true, [])) !== "yes") return await end("cancelled");
  const keepChanges = onlyKeeping ? changed.length > 0 : answer === keep;
  const results = await restoreShown(operation, preview, keepChanges, wish);
  const named = await learnFloor(operation, results);
  return await end("done", results, await roomAfter(operation, shown, results, named));
}

async function readShown(operation: RestoreOperation, wish: RestoreWish): Promise<RestoreShown> {
  const { session, ui } = operation;
  const floor = await floorFor(operation, wish);
  const read = await ui.progress(`Reading ${whom(wish.names)}`, ({ signal, say, advance }) =>
    previewRestore(session, wish.names, {
      ...killPorts(operation),
      signal,
      ...(floor !== undefined && { floor }),
      onRead(done, total) {
        say(`${done} of ${many(total, "function")} read`);
        advance(total);
      },
    }),
  );
  const { required = wish.names } = wish;
  const notKilled = read.functions.flatMap((found) =>
    found.kind === "refused" && found.notKilled && !required.includes(found.name) ? [found.name] : [],
  );
  const preview = { ...read, functions: read.functions.filter(({ name }) => !notKilled.includes(name)) };
  const room = preview.short && (await findRoom(operation, preview.short, wish.names));
  return { preview, notKilled, ...(room !== undefined && { room }) };
}

async function floorFor({ session, state }: RestoreOperation, { floor }: RestoreWish): Promise<number | undefined> {
  return floor ?? (await learnedFloors(state.folder).get(accountKey(session.identity))) ?? state.shown?.learnedFloor;
}

/** What is on screen says who holds what as well: it is advice, and nothing is done by it. */
async function findRoom(
  { session, state, ui }: RestoreOperation,
  short: Shortage,
  names: readonly string[],
): Promise<Room | null> {
  const { shown } = state;
  if (shown?.reading.state === "complete")
    return roomFor(shown.functions, short.needed - short.available, new Set(names));
  return await ui.progress("Reading who could make room", async ({ signal }) => {
    return (await readRoom(session, short, names, signal)) ?? null;
  });
}

async function restoreShown(
  operation: RestoreOperation,
  preview: RestorePreview,
  keepChanges: boolean,
  wish: RestoreWish,
): Promise<readonly RestoredFunction[]> {
  const { session, state, ui } = operation;
  const names = preview.functions.flatMap(({ kind, name }) => (kind === "restore" ? [name] : []));
  const floor = await floorFor(operation, wish);
  const restored = await withAudit(operation, (audit) =>
    ui.progress(
      `Restoring ${whom(names)}`,
      (progress) =>
        restore(session, preview, {
          ...killPorts(operation),
          audit,
          signal: progress.signal,
          keepChanges,
          ...(floor !== undefined && { floor }),
          onProgress: functionsDone(progress, mappingsByName(preview.functions)),
        }),
      { changes: names },
    ),
  );
  if (!wish.wait) return restored;
  const { patience } = state;
  return await ui.progress("Waiting for provisioned concurrency", ({ signal }) =>
    Promise.all(
      restored.map((result) =>
        followAllocation(session, result, { signal, ...(patience !== undefined && { patience }) }),
      ),
    ),
  );
}

/** Nobody knew that it would be short: the floor was another one, or somebody took from the pool. */
async function roomAfter(
  operation: RestoreOperation,
  { room }: RestoreShown,
  results: readonly RestoredFunction[],
  floor: number | undefined,
): Promise<Pick<RestoreOutcome, "shortAfter" | "room">> {
  if (room !== undefined || floor === undefined) return {};
  const { session, ui } = operation;
  const left = results.filter(({ outcome }) => outcome === "short").map(({ name }) => name);
  try {
    const { short } = await ui.progress(`Reading ${whom(left)}`, ({ signal }) =>
      previewRestore(session, left, { ...killPorts(operation), signal, floor }),
    );
    return short === undefined ? {} : { shortAfter: short, room: await findRoom(operation, short, left) };
  } catch (error) {
    // What was restored is told, also when the advice is not to be had.
    if (error instanceof AccountError) return {};
    throw error;
  }
}
