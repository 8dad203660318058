import { commands, type Progress, window } from "vscode";
import type { KilledFunction, KillPreview } from "#aws";
import { accountKey, fieldText, type MappingsByName, mappingsByName, tomorrowMorning } from "#core";
import type { OpenAccount } from "../account/accountState.ts";
import { askChange } from "../changes/confirmChange.ts";
import { accountCommands } from "../ids.ts";
import { checkCurrent } from "../operations/editor.ts";
import { UserError } from "../userError.ts";
import { counted, shortPhrase } from "../views/text.ts";
import { askOptions } from "./askOptions.ts";
import { functionsWithTag } from "./askTag.ts";
import { killConfirmation } from "./killConfirmation.ts";
import type { KillContext } from "./killContext.ts";
import { type KillOrder, noReason } from "./killOrder.ts";
import { killPreviewText } from "./killPreviewText.ts";
import { type Ending, killEnding, killReportText } from "./killReportText.ts";
import { namesText } from "./killWords.ts";
import { journalOf, openAuditOf, readAgain } from "./makeKill.ts";
import { pickTargets } from "./pickTargets.ts";
import { reachAccount } from "./reachAccount.ts";
import { withAbort } from "./withAbort.ts";

const options = "Options…";
const retry = "Retry";
const previewName = "Kill Switch";

/** Switches functions off: those named, else what the user picks. Reads afresh, shows what will happen, asks once, and does it. */
export async function killSwitch(context: KillContext, names?: readonly string[]): Promise<void> {
  const { account } = context;
  let wanted = names;
  do {
    const given = wanted;
    if (!(await reachAccount(account, () => commands.executeCommand(accountCommands.connect)))) return;
    const ending = await account.withSession((open) => killIn(context, open, given));
    // Asked when the account is no longer held open: a message may stay for as long as the user likes.
    wanted = ending && (await askAgain(ending));
  } while (wanted !== undefined);
}

/** The names for which the user wants another try. */
async function askAgain({ sentence, notDone }: Ending): Promise<readonly string[] | undefined> {
  if (notDone.length === 0) {
    void window.showInformationMessage(sentence);
    return undefined;
  }
  const picked = await window.showWarningMessage(`${sentence} The report says what was not done.`, retry);
  return picked === retry ? notDone : undefined;
}

async function killIn(
  context: KillContext,
  open: OpenAccount,
  given: readonly string[] | undefined,
): Promise<Ending | undefined> {
  const names = given ?? (await pickNames(context, open));
  if (names === undefined) return undefined;
  if (names.length === 0) throw new UserError("No function of the account is meant by this. Nothing was changed.");
  const agreed = await agree(context, open, names);
  if (agreed === undefined) return undefined;
  checkCurrent(open);
  const { preview, order } = agreed;
  const done = await killShown(context, open, preview, order);
  return done && told(context, open, preview, done);
}

async function pickNames(context: KillContext, open: OpenAccount): Promise<readonly string[] | undefined> {
  const picked = await pickTargets(context, open.snapshot);
  if (picked === undefined || !picked.byTag) return picked?.names;
  const tagged = await functionsWithTag(open.session);
  return tagged && [...new Set([...picked.names, ...tagged])];
}

interface Agreed {
  readonly preview: KillPreview;
  readonly order: KillOrder;
}

/** Shows what will happen and asks, again after each change of the options. Undefined: nothing is to be done. */
async function agree(context: KillContext, open: OpenAccount, names: readonly string[]): Promise<Agreed | undefined> {
  let order: KillOrder = {
    reason: noReason,
    until: tomorrowMorning(new Date()),
    leaveOne: false,
    mappings: new Map(),
  };
  for (;;) {
    const preview = await read(open, names, order);
    if (preview === undefined) return undefined;
    const wanted = preview.functions.filter(({ kind }) => kind === "kill");
    await context.documents.showMarkdown(previewName, killPreviewText(preview, order, new Date()), {
      preserveFocus: true,
    });
    if (wanted.length === 0) {
      nothingToDo(preview);
      return undefined;
    }
    const answer = await askChange(context, killConfirmation(preview, order, new Date()), [options]);
    if (answer === true) return { preview, order };
    if (answer === false) return undefined;
    const changed = await askOptions(preview, order);
    if (changed === undefined) return undefined;
    order = changed;
  }
}

async function read(
  { session }: OpenAccount,
  names: readonly string[],
  { leaveOne, mappings }: KillOrder,
): Promise<KillPreview | undefined> {
  const { previewKill } = await import("#aws");
  const journal = await journalOf();
  return withAbort(`Reading ${names.length === 1 ? names[0] : counted(names.length, "function")}`, (signal, progress) =>
    previewKill(session, names, {
      journal,
      leaveOne,
      mappings,
      signal,
      onRead: (done, total) => progress.report({ message: `${done} of ${total}`, increment: 100 / total }),
    }),
  );
}

function nothingToDo({ functions, identity }: KillPreview): void {
  const [first] = functions;
  const where = shortPhrase(identity);
  if (functions.length === 1 && first?.kind === "refused") {
    void window.showWarningMessage(`${first.message} Nothing was changed.`);
  } else if (functions.every(({ kind }) => kind !== "refused")) {
    void window.showInformationMessage(`${namesText(functions.map(({ name }) => name))} of ${where}: off already.`);
  } else
    void window.showWarningMessage("None of these can be switched off; the preview says why. Nothing was changed.");
}

async function killShown(
  context: KillContext,
  { session }: OpenAccount,
  preview: KillPreview,
  order: KillOrder,
): Promise<readonly KilledFunction[] | undefined> {
  const { kill } = await import("#aws");
  const journal = await journalOf();
  const audit = await openAuditOf(session);
  const names = preview.functions.flatMap(({ kind, name }) => (kind === "kill" ? [name] : []));
  const title = `Switching off ${names.length === 1 ? names[0] : counted(names.length, "function")}`;
  try {
    return await context.store.during("kill", accountKey(session.identity), names, () =>
      withAbort(title, (signal, progress) =>
        kill(session, preview, {
          journal,
          audit,
          signal,
          reason: order.reason,
          ...(order.until === undefined ? {} : { until: order.until }),
          onProgress: shownIn(progress, mappingsByName(preview.functions)),
        }),
      ),
    );
  } finally {
    await audit.close();
    readAgain(context, names);
  }
}

/** Shows how far a kill or a restore is. */
export function shownIn(progress: Progress<{ message?: string; increment?: number }>, mappings: MappingsByName) {
  return ({ name, field, done, total }: { name: string; field?: string; done: number; total: number }) => {
    if (field === undefined) progress.report({ increment: 100 / total, message: `${done} of ${total}` });
    else progress.report({ message: `${name}: ${fieldText(field, mappings.get(name))}` });
  };
}

/** Replaces the preview, which is no longer true, by what was done. */
async function told(
  { documents }: KillContext,
  { session: { identity } }: OpenAccount,
  preview: KillPreview,
  done: readonly KilledFunction[],
): Promise<Ending> {
  const mappings = mappingsByName(preview.functions);
  await documents.showMarkdown(previewName, killReportText(identity, done, mappings, new Date()), {
    preserveFocus: true,
  });
  const { sentence, notDone } = killEnding(done, mappings);
  return { sentence: `${shortPhrase(identity)}: ${sentence}`, notDone };
}
