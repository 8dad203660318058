import { commands, window } from "vscode";
import type { RestoredFunction, RestorePreview } from "#aws";
import { accountKey, type MappingsByName, mappingsByName, roomFor } from "#core";
import type { OpenAccount } from "../account/accountState.ts";
import { askChange } from "../changes/confirmChange.ts";
import { floorOf } from "../changes/freshFacts.ts";
import { accountCommands } from "../ids.ts";
import { checkCurrent } from "../operations/editor.ts";
import { UserError } from "../userError.ts";
import { counted, shortPhrase } from "../views/text.ts";
import { followWarming } from "./followWarming.ts";
import type { KillContext } from "./killContext.ts";
import { restoreEnding, restoreReportText } from "./killReportText.ts";
import { shownIn } from "./killSwitch.ts";
import { journalOf, openAuditOf, readAgain } from "./makeKill.ts";
import { pickKills } from "./pickKills.ts";
import { reachAccount } from "./reachAccount.ts";
import { keep, type RestoreQuestion, restoreQuestion } from "./restoreConfirmation.ts";
import { withAbort } from "./withAbort.ts";

const plan = "Show Plan";
const retry = "Retry";

/** How a restore ended, with what can be offered next. */
interface Ended {
  readonly sentence: string;
  readonly notDone: readonly string[];
  /** The pool had not enough for some. */
  readonly short: boolean;
}

/** Puts functions back as they were before their kill: those named, else what the user picks. */
export async function restoreKills(context: KillContext, names?: readonly string[]): Promise<void> {
  let wanted = names;
  do {
    const given = wanted;
    if (!(await reachAccount(context.account, () => commands.executeCommand(accountCommands.connect)))) return;
    const ended = await context.account.withSession((open) => restoreIn(context, open, given));
    wanted = ended && (await askAgain(ended));
  } while (wanted !== undefined);
}

async function askAgain({ sentence, notDone, short }: Ended): Promise<readonly string[] | undefined> {
  if (notDone.length === 0) {
    void window.showInformationMessage(sentence);
    return undefined;
  }
  const picked = await window.showWarningMessage(sentence, ...(short ? [plan] : []), retry);
  if (picked === plan) await commands.executeCommand("lambdaConcurrency.showPlan");
  return picked === retry ? notDone : undefined;
}

async function restoreIn(
  context: KillContext,
  open: OpenAccount,
  given: readonly string[] | undefined,
): Promise<Ended | undefined> {
  const names = given ?? (await pickKills(context, open));
  if (names === undefined || names.length === 0) return undefined;
  const floor = await learnedFloor(context, open);
  const preview = await read(open, names, floor);
  if (preview === undefined) return undefined;
  const { short } = preview;
  const room = short && roomFor(open.snapshot.functions, short.needed - short.available, new Set(names));
  const question = restoreQuestion(preview, room);
  if (question.clean.length + question.changed.length === 0) {
    const [first] = preview.functions;
    const why = first?.kind === "refused" ? first.message : "There is nothing to restore.";
    throw new UserError(`${why} Nothing was changed.`);
  }
  const others = [
    ...(question.changed.length > 0 ? ([keep] as const) : []),
    ...(short === undefined ? [] : ([plan] as const)),
  ];
  const wanted =
    question.clean.length > 0
      ? await askChange(context, question.confirmation, others)
      : await askKeep(context, question, others);
  if (wanted === plan) {
    void commands.executeCommand("lambdaConcurrency.showPlan");
    return undefined;
  }
  if (wanted === false) return undefined;
  const keepChanges = wanted === keep;
  if (keepChanges && question.clean.length > 0) {
    const sure = await askChange(context, question.keeping, []);
    if (sure !== true) return undefined;
  }
  checkCurrent(open);
  const chosen = keepChanges ? [...question.clean, ...question.changed] : question.clean;
  const mappings = mappingsByName(preview.functions);
  const shown = { ...preview, functions: preview.functions.filter(({ name }) => chosen.includes(name)) };
  const done = await restoreShown(context, open, shown, mappings, keepChanges, floor);
  return done && told(context, open, done, mappings);
}

/** When all were changed there is nothing to restore but what nobody changed. */
async function askKeep(
  context: KillContext,
  question: RestoreQuestion,
  others: readonly (typeof keep | typeof plan)[],
): Promise<boolean | typeof keep | typeof plan> {
  const answer = await askChange(
    context,
    question.keeping,
    others.filter((other) => other !== keep),
  );
  return answer === true ? keep : answer;
}

async function learnedFloor(context: KillContext, { session, snapshot }: OpenAccount): Promise<number | undefined> {
  const { floor, learnedFloor: learned } = await floorOf(context, session.identity);
  return floor ?? learned ?? snapshot.learnedFloor;
}

async function read(
  { session }: OpenAccount,
  names: readonly string[],
  floor: number | undefined,
): Promise<RestorePreview | undefined> {
  const { previewRestore } = await import("#aws");
  const journal = await journalOf();
  return withAbort(`Reading ${names.length === 1 ? names[0] : counted(names.length, "function")}`, (signal, progress) =>
    previewRestore(session, names, {
      journal,
      signal,
      ...(floor === undefined ? {} : { floor }),
      onRead: (done, total) => progress.report({ message: `${done} of ${total}`, increment: 100 / total }),
    }),
  );
}

async function restoreShown(
  context: KillContext,
  { session }: OpenAccount,
  shown: RestorePreview,
  mappings: MappingsByName,
  keepChanges: boolean,
  floor: number | undefined,
): Promise<readonly RestoredFunction[] | undefined> {
  const { learnedFloors, restore } = await import("#aws");
  const names = shown.functions.map(({ name }) => name);
  const journal = await journalOf();
  const audit = await openAuditOf(session);
  const key = accountKey(session.identity);
  const title = `Restoring ${names.length === 1 ? names[0] : counted(names.length, "function")}`;
  try {
    const done = await context.store.during("restore", key, names, () =>
      withAbort(title, (signal, progress) =>
        restore(session, shown, {
          journal,
          audit,
          signal,
          keepChanges,
          ...(floor === undefined ? {} : { floor }),
          onProgress: shownIn(progress, mappings),
        }),
      ),
    );
    const named = done?.find((each) => each.floor !== undefined)?.floor;
    if (named !== undefined) await learnedFloors(journal.folder.replace(/[\\/]kills$/, "")).learn(key, named);
    return done;
  } finally {
    await audit.close();
    readAgain(context, names);
  }
}

/** More than this is said in a report. */
const said = 1;

async function told(
  context: KillContext,
  { session: { identity } }: OpenAccount,
  done: readonly RestoredFunction[],
  mappings: MappingsByName,
): Promise<Ended> {
  const { sentence, notDone } = restoreEnding(done, mappings);
  const warming = done.filter(({ outcome }) => outcome === "warming");
  if (warming.length > 0) void followWarming(context, accountKey(identity), warming);
  if (notDone.length > said || (notDone.length > 0 && done.length > 1))
    await context.documents.showMarkdown("Restore", restoreReportText(identity, done, mappings, new Date()), {
      preserveFocus: true,
    });
  const warm =
    warming.length === 0
      ? ""
      : ` Provisioned concurrency of ${warming.length === 1 ? warming[0]?.name : counted(warming.length, "function")} is still being allocated; the Kills view follows it.`;
  return {
    sentence: `${shortPhrase(identity)}: ${sentence}${warm}`,
    notDone,
    short: done.some(({ outcome }) => outcome === "short"),
  };
}
