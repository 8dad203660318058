import {
  type ForgottenKill,
  forgetKill,
  type LeftBehind,
  leftBehind,
  previewRestore,
  type RestorePreview,
  readLeftBehind,
} from "#aws";
import { type KillRecord, many, num, stateText } from "#core";
import { confirm } from "./confirm.ts";
import { fitting } from "./fitting.ts";
import { killPorts, readFunctions, whom, withAudit } from "./killPorts.ts";
import type { Operation } from "./operation.ts";
import type { Confirmation } from "./ui.ts";

/** Kills that somebody wants to close without a restore. */
export interface ForgetWish {
  /** The kills that were shown before; or names of functions, whose open kills are looked for. */
  readonly kills: readonly KillRecord[] | { readonly names: readonly string[] };
  /** Only shows what would be done. */
  readonly dryRun?: boolean;
}

/** Kills that would be forgotten. */
export interface ForgetShown {
  readonly records: readonly KillRecord[];
  /** What was found of functions that were named. */
  readonly preview?: RestorePreview;
  /** What the kills switched off and stays so, with what takes it back. */
  readonly left: readonly LeftBehind[];
}

/** How it ended. */
export interface ForgetOutcome extends ForgetShown {
  /** `nothing`: there is no kill to forget; `shown`: a dry run; `cancelled`: not confirmed; with these nothing was done. */
  readonly kind: "nothing" | "shown" | "cancelled" | "done";
  /** null: nothing was done. */
  readonly results: readonly ForgottenKill[] | null;
}

/** More kills are not listed in the question, and no more of what they leave off. */
const listed = 8;
const linesForLeft = 6;

/**
 * Closes kills without restoring them, once that is confirmed. Their functions stay as they are, and what was recorded of the state before is
 * of no use afterwards. A kill that was restored meanwhile, or followed by another one, is left alone.
 */
export async function forgetKills(
  operation: Operation<ForgetShown, ForgetOutcome>,
  { kills, dryRun }: ForgetWish,
): Promise<ForgetOutcome> {
  const { session, state, ui } = operation;
  const production = await state.production(session.identity);
  const shown = "names" in kills ? await readKills(operation, kills.names) : await readLeft(operation, kills);
  const { records, left } = shown;
  const end = async (kind: ForgetOutcome["kind"], results: ForgetOutcome["results"] = null) => {
    const outcome: ForgetOutcome = { ...shown, kind, results };
    await ui.report(outcome);
    return outcome;
  };
  await ui.preview(shown);
  if (records.length === 0) return await end("nothing");
  if (dryRun) return await end("shown");
  const names = records.map(({ name }) => name);
  const answer = await confirm(operation, production, forgetConfirmation(records, left));
  if (answer !== "yes") return await end("cancelled");
  await session.verify();
  const results = await withAudit(operation, (audit) =>
    ui.progress(`Forgetting ${whom(names)}`, async ({ signal, advance }) => {
      const done: ForgottenKill[] = [];
      for (const record of records) {
        if (signal.aborted) break;
        done.push(await forgetKill(session, record, { ...killPorts(operation), audit }));
        advance(records.length);
      }
      return done;
    }),
  );
  return await end("done", results);
}

/** What is asked before kills are forgotten. */
export function forgetConfirmation(
  records: readonly KillRecord[],
  left: readonly LeftBehind[] = [],
): Omit<Confirmation, "identity" | "production" | "others"> {
  const [first] = records;
  const more = records.length - listed;
  const staying = fitting(
    left.map(({ message }) => message),
    linesForLeft,
    (shown) => `and ${num(left.length - shown)} more`,
  );
  return {
    what: `Forget ${records.length === 1 ? `the kill of ${first?.name}` : many(records.length, "kill")}`,
    action: "Forget",
    changes: [
      ...records.slice(0, listed).map(({ name, before }) => `${name} had: ${stateText(before)}`),
      ...(more > 0 ? [`and ${more} more`] : []),
    ],
    consequences: [
      "The record is closed and nothing is restored: what it says of the state before is of no use afterwards.",
      ...staying,
      ...(left.length === 0 ? [] : ["To put that back, restore instead; once forgotten, it is done by hand."]),
    ],
  };
}

async function readKills(
  operation: Operation<ForgetShown, ForgetOutcome>,
  names: readonly string[],
): Promise<ForgetShown> {
  const preview = await readFunctions(operation, names, (reading) =>
    previewRestore(operation.session, names, { ...killPorts(operation), ...reading }),
  );
  const left = preview.functions.flatMap((found) =>
    found.kind === "restore" ? leftBehind(found.record, found.fresh) : [],
  );
  return { preview, records: preview.functions.flatMap(({ record }) => record ?? []), left };
}

async function readLeft(
  operation: Operation<ForgetShown, ForgetOutcome>,
  records: readonly KillRecord[],
): Promise<ForgetShown> {
  const names = records.map(({ name }) => name);
  const left = await readFunctions(operation, names, ({ signal }) =>
    readLeftBehind(operation.session, records, signal),
  );
  return { records, left };
}
