import type { KillPreview } from "#aws";
import { mappingsByName, namesText, shortPhrase } from "#core";
import type { KillOutcome, KillShown, Ui } from "#operations";
import type { EditorWindow } from "../operations/editorWindow.ts";
import { killCommands } from "./ids.ts";
import { killPreviewText } from "./killPreviewText.ts";
import { killEnding, killReportText } from "./killReportText.ts";
import { type KillUiParts, workingUi } from "./workingUi.ts";

const retry = "Retry";
const restore = "Restore…";

/** Shows a kill as a document, which becomes the report of what was done. */
export function killUi(parts: KillUiParts): Ui<KillShown, KillOutcome> {
  const { window, document } = parts;
  return {
    ...workingUi(parts, "kill"),
    preview: ({ preview, order }) =>
      document.show(preview.identity, namesOf(preview), killPreviewText(preview, order, new Date())),
    async report(outcome) {
      const { kind, preview, results } = outcome;
      if (kind === "nothing") void tellNothing(window, preview);
      if (results === null) return;
      const names = results.map(({ name }) => name);
      parts.readAgain(names);
      const { identity } = preview;
      const text = killReportText(identity, results, mappingsByName(preview.functions), new Date());
      await document.show(identity, names, text);
      void tellKilled(window, { preview, results });
    },
  };
}

function namesOf({ functions }: KillPreview): readonly string[] {
  return functions.map(({ name }) => name);
}

async function tellNothing(window: EditorWindow, { functions, identity }: KillPreview): Promise<void> {
  const [first] = functions;
  if (functions.length === 1 && first?.kind === "refused") {
    await window.message("warning", `${first.message} Nothing was changed.`);
  } else if (functions.every(({ kind }) => kind !== "refused")) {
    const names = namesText(functions.map(({ name }) => name));
    await window.message("information", `${names} of ${shortPhrase(identity)}: off already.`);
  } else
    await window.message("warning", "None of these can be switched off; the preview says why. Nothing was changed.");
}

/** Says how a kill ended. What was not done can be tried again, and what was done taken back. */
async function tellKilled(
  window: EditorWindow,
  { preview, results }: Pick<KillOutcome, "preview"> & { readonly results: NonNullable<KillOutcome["results"]> },
): Promise<void> {
  const { sentence, notDone } = killEnding(results, mappingsByName(preview.functions));
  const off = results.flatMap(({ name, outcome }) => (outcome === "killed" || outcome === "partial" ? [name] : []));
  const says = `${shortPhrase(preview.identity)}: ${sentence}`;
  const offers = [...(notDone.length > 0 ? [retry] : []), ...(off.length > 0 ? [restore] : [])];
  const picked =
    notDone.length === 0
      ? await window.message("information", says, offers)
      : await window.message("warning", `${says} The report says what was not done.`, offers);
  if (picked === retry) await window.run(killCommands.killSwitch, notDone);
  if (picked === restore) await window.run(killCommands.restore, off);
}
