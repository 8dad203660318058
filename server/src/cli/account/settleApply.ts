import type { ApplyRecord, ApplyReport } from "#aws";
import { isoText, many } from "#core";
import { complain } from "../complain.ts";
import { exitCodes, type Io, UsageError } from "../io.ts";
import type { OptionSpecs, Options } from "../options.ts";
import { appliedLines, stepText } from "../reporters/change.ts";
import { jsonText } from "../reporters/jsonText.ts";
import { printable } from "../reporters/terminal.ts";
import { checkGivenAccount, confirm } from "./confirm.ts";
import { codeOf, withProgress } from "./makeChange.ts";
import { accountRoom } from "./openAccount.ts";
import { choiceOf } from "./options.ts";
import { productionReason } from "./productionReason.ts";
import { withSession } from "./withSession.ts";

/** What can be done about an apply that was interrupted. */
export const settleOptions = {
  resume: { help: "finish an apply that was interrupted" },
  undo: { help: "take back what an interrupted apply has done" },
  forget: { help: "leave what an interrupted apply has done as it is" },
} as const satisfies OptionSpecs;

type Wish = keyof typeof settleOptions;

/** Which of the three is asked for; undefined: none. */
export function settleWish(options: Options): Wish | undefined {
  const [wish, ...others] = (["resume", "undo", "forget"] as const).filter((name) => options.has(name));
  if (wish === undefined) return undefined;
  if (others.length > 0) throw new UsageError(`--${wish} and --${others[0]} exclude each other.`);
  if (options.positionals.length > 0) throw new UsageError(`--${wish} takes no budget: it settles what was begun.`);
  return wish;
}

/** Finishes, takes back or forgets the unfinished apply of an account. */
export async function settleApply(wish: Wish, options: Options, io: Io): Promise<number> {
  const isText = options.text("format") !== "json";
  return await withSession(choiceOf(options), io, async (session, signal) => {
    const { identity } = session;
    await checkGivenAccount(options, identity);
    const { forgetApply, pendingApplies, resumeApply, stateFolder, undoApply } = await accountRoom();
    const folder = stateFolder(io.env);
    const [pending] = await pendingApplies(folder, identity);
    const printJson = (applied: ApplyReport | null) => {
      if (isText) return;
      io.stdout.write(jsonText({ version: 1, record: pending ?? null, applied }));
    };
    if (pending === undefined) {
      printJson(null);
      complain(
        `There is no unfinished apply to account ${identity.account} in ${identity.region} on this machine.`,
        io,
      );
      return exitCodes.done;
    }
    if (isText) io.stdout.write(recordLines(pending));
    if (options.has("dry-run")) {
      printJson(null);
      return exitCodes.done;
    }
    const production = await productionReason(identity, io);
    if (!(await confirm({ what: questions[wish], identity, production }, options, io))) {
      if (isText) io.stdout.write("Nothing was changed.\n");
      return exitCodes.cancelled;
    }
    if (wish === "forget") {
      await forgetApply(folder, pending.id);
      if (isText) io.stdout.write("It counts as settled; nothing was changed.\n");
      printJson(null);
      return exitCodes.done;
    }
    const settle = wish === "resume" ? resumeApply : undoApply;
    const applied = await withProgress(io, signal, (applying) => settle(session, pending.id, applying));
    if (isText) io.stdout.write(appliedLines(applied));
    printJson(applied);
    return codeOf(applied);
  });
}

const questions = {
  resume: "Finish it",
  undo: "Take it back",
  forget: "Leave it as it is",
} as const;

function recordLines({ title, at, who, steps, next, away }: ApplyRecord): string {
  const made = steps.slice(0, next).map((step) => `  done      ${stepText(step)}`);
  const open = steps.slice(next).map((step, index) => `  ${index === 0 ? "may be   " : "not begun"} ${stepText(step)}`);
  const missing = away.map(
    ({ name, qualifier, requested }) =>
      `Provisioned concurrency of ${name}:${qualifier} (${requested}) may be missing.`,
  );
  const lines = [
    `${title}, begun ${isoText(at, new Date())} by ${who}: ${next} of ${many(steps.length, "step")} done.`,
    ...made,
    ...open,
    ...missing,
  ];
  return `${lines.map(printable).join("\n")}\n\n`;
}
