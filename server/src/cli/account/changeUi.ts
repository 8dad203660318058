import type { ApplyReport } from "#aws";
import type { KnownEnvironments, NotPlanned } from "#core";
import type { ChangeOutcome, ChangePreview, OperationState, Ui } from "#operations";
import { exitCodes } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { appliedLines, type ChangeReport } from "../reporters/change.ts";
import { printable } from "../reporters/terminal.ts";
import { loadAws } from "./openAccount.ts";
import { productionReason } from "./productionReason.ts";
import { terminalUi } from "./terminalUi.ts";

/**
 * Shows and reports changes of reservations as text, unless JSON is wanted. `record` gets the report as far as it is, so
 * that it can be printed as JSON also when nobody can be asked.
 */
export function changeUi(
  options: Options,
  io: Io,
  signal: AbortSignal,
  record: (report: ChangeReport) => void,
): Ui<ChangePreview, ChangeOutcome> {
  const print = (text: string) => {
    if (options.text("format") !== "json") io.stdout.write(text);
  };
  const terminal = terminalUi(options, io, signal);
  return {
    ...terminal,
    confirm(confirmation) {
      print("\n");
      return terminal.confirm(confirmation);
    },
    async preview(preview) {
      record({ ...preview, applied: null });
      if (preview.changed !== undefined) print(`${appliedLines(preview.changed)}\n`);
      print(preview.text("text").split("\n").map(printable).join("\n"));
    },
    async report(outcome) {
      const { kind, applied } = outcome;
      if (kind === "cancelled") print("Nothing was changed.\n");
      if (applied === null) return;
      record(outcome);
      print(appliedLines(applied));
    },
  };
}

/** What this machine says beside the account; `environments`: of the budgets that a command names. */
export async function terminalState(io: Io, environments?: KnownEnvironments): Promise<OperationState> {
  const { stateFolder } = await loadAws();
  return {
    folder: stateFolder(io.env),
    production: (identity) => productionReason(identity, io, environments),
  };
}

/** The exit code of a change. */
export function codeOf({ kind, applied, notPlanned }: ChangeOutcome): number {
  if (kind === "impossible") return exitCodes.account;
  if (kind === "cancelled") return exitCodes.cancelled;
  return Math.max(
    isIncomplete(notPlanned) ? exitCodes.account : exitCodes.done,
    applied === null ? 0 : appliedCode(applied),
  );
}

/** The exit code of calls that were made, or refused. */
export function appliedCode({ result }: ApplyReport): number {
  if (result === "done") return exitCodes.done;
  return result === "cancelled" ? exitCodes.cancelled : exitCodes.account;
}

/** Is something left out that should have been applied? What does not exist or takes nothing from the pool is no such thing. */
export function isIncomplete(notPlanned: readonly NotPlanned[]): boolean {
  return notPlanned.some(({ kind }) => kind !== "missing" && kind !== "outside" && kind !== "pattern");
}
