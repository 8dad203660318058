import type { FinishApplyOutcome, FinishApplyPreview, FinishApplyWay, Ui } from "#operations";
import { complain } from "../complain.ts";
import { exitCodes, UsageError } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import type { OptionSpecs, Options } from "../options.ts";
import { appliedLines } from "../reporters/change.ts";
import { jsonText } from "../reporters/jsonText.ts";
import { printable } from "../reporters/terminal.ts";
import { appliedCode, terminalState } from "./changeUi.ts";
import { checkGivenAccount } from "./confirm.ts";
import { loadOperations } from "./openAccount.ts";
import { choiceOf } from "./options.ts";
import { terminalUi } from "./terminalUi.ts";
import { withSession } from "./withSession.ts";

/** What can be done about an apply that was interrupted. */
export const finishApplyOptions = {
  resume: { help: "finish an apply that was interrupted" },
  undo: { help: "take back what an interrupted apply has done" },
  forget: { help: "leave what an interrupted apply has done as it is" },
} as const satisfies OptionSpecs;

/** Which of the three is asked for; undefined: none. */
export function finishApplyWay(options: Options): FinishApplyWay | undefined {
  const [wish, ...others] = (["resume", "undo", "forget"] as const).filter((name) => options.has(name));
  if (wish === undefined) return undefined;
  if (others.length > 0) throw new UsageError(`--${wish} and --${others[0]} exclude each other.`);
  if (options.positionals.length > 0) throw new UsageError(`--${wish} takes no budget: it settles what was begun.`);
  return wish;
}

/** Finishes, takes back or forgets the unfinished apply of an account. */
export async function finishUnfinishedApply(way: FinishApplyWay, options: Options, io: Io): Promise<number> {
  return await withSession(choiceOf(options), io, async (session, signal) => {
    await checkGivenAccount(options, session.identity);
    const { finishApply } = await loadOperations();
    const wish = { way, dryRun: options.has("dry-run") };
    const { kind, applied } = await finishApply(
      { session, state: await terminalState(io), ui: finishApplyUi(options, io, signal) },
      wish,
    );
    if (applied !== null) return appliedCode(applied);
    if (kind === "unreadable") return exitCodes.account;
    return kind === "cancelled" ? exitCodes.cancelled : exitCodes.done;
  });
}

/** Shows an unfinished apply and what came of it as text, unless JSON is wanted. */
export function finishApplyUi(
  options: Options,
  io: Io,
  signal: AbortSignal,
): Ui<FinishApplyPreview, FinishApplyOutcome> {
  const isText = options.text("format") !== "json";
  const terminal = terminalUi(options, io, signal);
  return {
    ...terminal,
    confirm(confirmation) {
      const { what, changes, consequences } = confirmation;
      const lines = [`${what}:`, ...changes.map((change) => `  ${change}`), ...consequences.map((one) => `- ${one}`)];
      if (isText) io.stdout.write(`${lines.map(printable).join("\n")}\n\n`);
      return terminal.confirm(confirmation);
    },
    async preview({ lines }) {
      if (isText) io.stdout.write(`${lines.map(printable).join("\n")}\n\n`);
    },
    async report({ kind, record, broken, applied, says }) {
      for (const sentence of broken) complain(sentence, io);
      if (kind === "nothing") complain(says, io);
      const unread = broken.length > 0 ? { broken } : {};
      if (!isText && kind !== "cancelled")
        io.stdout.write(jsonText({ version: 1, record: record ?? null, applied, ...unread }));
      if (!isText || kind === "nothing" || kind === "unreadable" || kind === "shown") return;
      io.stdout.write(applied === null ? `${says}\n` : appliedLines(applied));
    },
  };
}
