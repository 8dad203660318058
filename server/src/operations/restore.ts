import { followAllocation, type RestoredFunction, type RestorePreview, restore, type Shortage } from "#aws";
import { mappingsByName } from "#core";
import { confirm } from "./confirm.ts";
import { functionsDone, ifReadable, killPorts, learnFloor, whom, withAudit } from "./killPorts.ts";
import type { Operation } from "./operation.ts";
import { keep, restoreQuestion } from "./restoreConfirmation.ts";
import { floorFor, type RestoreShown, type RestoreWish, readRestore, readShown, roomAfter } from "./restorePreview.ts";

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
  /** What was not as it was shown, and so was left alone, as it is now. */
  readonly again?: RestorePreview;
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
    after: Pick<RestoreOutcome, "shortAfter" | "room" | "again"> = {},
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
  const onlyKeeping = changed.length > 0 && (wish.keepChanges === true || clean.length === 0);
  const answer = await ask(onlyKeeping, others);
  if (answer === plan) return await end("plan");
  if (answer === "no") return await end("cancelled");
  if (answer === keep && (await ask(true, [])) !== "yes") return await end("cancelled");
  const keepChanges = onlyKeeping || answer === keep;
  const results = await restoreShown(operation, preview, keepChanges, wish);
  const asShown = keepChanges ? [...clean, ...changed] : clean;
  const left = results.flatMap(({ name, outcome }) => (outcome === "changed" && asShown.includes(name) ? [name] : []));
  const again = left.length === 0 ? undefined : await ifReadable(() => readRestore(operation, left, wish));
  const named = await learnFloor(operation, results);
  const after = await roomAfter(operation, shown, results, wish, named);
  return await end("done", results, { ...after, ...(again !== undefined && { again }) });
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
  const { retryPolicy } = state;
  return await ui.progress("Waiting for provisioned concurrency", ({ signal }) =>
    Promise.all(
      restored.map((result) =>
        followAllocation(session, result, { signal, ...(retryPolicy !== undefined && { retryPolicy }) }),
      ),
    ),
  );
}
