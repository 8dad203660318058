import { type KilledFunction, type KillPreview, kill, previewKill } from "#aws";
import { type KillOrder, mappingsByName } from "#core";
import { confirm } from "./confirm.ts";
import { killConfirmation } from "./killConfirmation.ts";
import {
  clockOf,
  functionsDone,
  ifReadable,
  killPorts,
  learnFloor,
  readFunctions,
  whom,
  withAudit,
} from "./killPorts.ts";
import type { Operation } from "./operation.ts";

/** Functions that somebody wants to switch off. */
export interface KillWish {
  /** FunctionNames. */
  readonly names: readonly string[];
  readonly order: KillOrder;
  /** Only shows what would be done. */
  readonly dryRun?: boolean;
  /** Lets the user change the order after it was shown; undefined: cancelled. Absent where there is no way to. */
  readonly changeOrder?: (shown: KillShown) => Promise<KillOrder | undefined>;
}

/** What a kill would do. */
export interface KillShown {
  readonly preview: KillPreview;
  readonly order: KillOrder;
}

/** How a kill ended. */
export interface KillOutcome extends KillShown {
  /**
   * - `nothing`: none of the functions is to be switched off; `preview` says why of each.
   * - `shown`: a dry run. `cancelled`: not confirmed. Nothing was done.
   * - `done`: begun; `results` say what became of each.
   */
  readonly kind: "nothing" | "shown" | "cancelled" | "done";
  /** null: nothing was done. */
  readonly results: readonly KilledFunction[] | null;
  /** What was not as it was shown, and so was left alone, as it is now. */
  readonly again?: KillPreview;
}

const options = "Options…";

/**
 * Switches functions off: reads them afresh, shows what will happen, has it confirmed, and does what was shown. A function that is not as
 * it was shown by then is left alone. A floor that Lambda names is kept.
 */
export async function killFunctions(
  operation: Operation<KillShown, KillOutcome>,
  { names, order: first, dryRun, changeOrder }: KillWish,
): Promise<KillOutcome> {
  const { session, state, ui } = operation;
  const production = await state.production(session.identity);
  for (let order = first; ; ) {
    const preview = await readKill(operation, names, order);
    const shown: KillShown = { preview, order };
    const end = async (kind: KillOutcome["kind"], results: KillOutcome["results"] = null, again?: KillPreview) => {
      const outcome: KillOutcome = { ...shown, kind, results, ...(again !== undefined && { again }) };
      await ui.report(outcome);
      return outcome;
    };
    await ui.preview(shown);
    if (preview.functions.every(({ kind }) => kind !== "kill")) return await end("nothing");
    if (dryRun) return await end("shown");
    const answer = await confirm<typeof options>(operation, production, {
      ...killConfirmation(preview, order, clockOf(operation)()),
      ...(changeOrder !== undefined && { others: [options] }),
    });
    if (answer === options) {
      const changed = await changeOrder?.(shown);
      if (changed === undefined) return await end("cancelled");
      order = changed;
      continue;
    }
    if (answer !== "yes") return await end("cancelled");
    const results = await killShown(operation, shown);
    const left = results.flatMap(({ name, outcome }) => (outcome === "changed" ? [name] : []));
    const again = left.length === 0 ? undefined : await ifReadable(() => readKill(operation, left, order));
    return await end("done", results, again);
  }
}

async function readKill(
  operation: Operation<KillShown, KillOutcome>,
  names: readonly string[],
  { leaveOne, keepTriggers, mappings }: KillOrder,
): Promise<KillPreview> {
  return await readFunctions(operation, names, (reading) =>
    previewKill(operation.session, names, {
      ...killPorts(operation),
      ...reading,
      leaveOne,
      mappings,
      ...(keepTriggers !== undefined && { keepTriggers }),
    }),
  );
}

async function killShown(
  operation: Operation<KillShown, KillOutcome>,
  { preview, order }: KillShown,
): Promise<readonly KilledFunction[]> {
  const { session, ui } = operation;
  const names = preview.functions.flatMap(({ kind, name }) => (kind === "kill" ? [name] : []));
  const results = await withAudit(operation, (audit) =>
    ui.progress(
      `Switching off ${whom(names)}`,
      (progress) =>
        kill(session, preview, {
          ...killPorts(operation),
          audit,
          signal: progress.signal,
          reason: order.reason,
          ...(order.until !== undefined && { until: order.until }),
          onProgress: functionsDone(progress, mappingsByName(preview.functions)),
        }),
      { changes: names },
    ),
  );
  await learnFloor(operation, results);
  return results;
}
