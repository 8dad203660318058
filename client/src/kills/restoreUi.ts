import { many, mappingsByName, roomAdvice, shortPhrase } from "#core";
import type { RestoreOutcome, RestoreShown, Ui } from "#operations";
import { changeCommands } from "../ids.ts";
import type { EditorWindow } from "../operations/editorWindow.ts";
import { killCommands } from "./ids.ts";
import { restoreEnding, restoreReportText } from "./killReportText.ts";
import { type KillUiParts, workingUi } from "./workingUi.ts";

const plan = "Show Plan";
const retry = "Retry";

/** Asks about a restore in a message; what came of it takes the place of the kill's document. */
export function restoreUi(parts: KillUiParts): Ui<RestoreShown, RestoreOutcome> {
  const { window, document, readAgain, follow } = parts;
  return {
    ...workingUi(parts, "restore"),
    // The question has what comes back, what somebody changed and what the pool lacks.
    async preview() {},
    async report(outcome) {
      const { kind, preview, results } = outcome;
      if (kind === "nothing") void tellNothing(window, outcome);
      if (kind === "plan") void window.run(changeCommands.showPlan);
      if (results === null) return;
      const { identity, functions } = preview;
      const names = results.map(({ name }) => name);
      readAgain(names);
      const warming = results.filter((each) => each.outcome === "warming");
      if (warming.length > 0) follow(warming);
      const mappings = mappingsByName(functions);
      const text = restoreReportText(identity, results, mappings, new Date());
      const isLong = results.length > 1 && restoreEnding(results, mappings).notDone.length > 0;
      await (isLong ? document.show(identity, names, text) : document.replace(identity, names, text));
      void tellRestored(window, outcome, results);
    },
  };
}

async function tellNothing(window: EditorWindow, { preview }: RestoreShown): Promise<void> {
  const [first] = preview.functions;
  const why = first?.kind === "refused" ? first.message : "There is nothing to restore.";
  await window.message("error", `${why} Nothing was changed.`);
}

/** Says how a restore ended. What was not done can be tried again: it is read and shown afresh. */
async function tellRestored(
  window: EditorWindow,
  { preview: { identity, functions }, shortAfter, room }: RestoreOutcome,
  results: NonNullable<RestoreOutcome["results"]>,
): Promise<void> {
  const { sentence, notDone } = restoreEnding(results, mappingsByName(functions));
  const warming = results.filter(({ outcome }) => outcome === "warming").map(({ name }) => name);
  const who = warming.length === 1 ? warming[0] : many(warming.length, "function");
  const says = [
    `${shortPhrase(identity)}: ${sentence}`,
    ...(warming.length === 0
      ? []
      : [`Provisioned concurrency of ${who} is still being allocated; the Kill Switch view follows it.`]),
    ...(shortAfter === undefined || !room ? [] : roomAdvice(room)),
  ].join(" ");
  if (notDone.length === 0) {
    await window.message("information", says);
    return;
  }
  const isShort = results.some(({ outcome }) => outcome === "short");
  const picked = await window.message("warning", says, [...(isShort ? [plan] : []), retry]);
  if (picked === plan) await window.run(changeCommands.showPlan);
  if (picked === retry) await window.run(killCommands.restore, notDone);
}
