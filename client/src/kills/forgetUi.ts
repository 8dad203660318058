import { namesText } from "#core";
import type { ForgetOutcome, ForgetShown, Ui } from "#operations";
import { editorUi } from "../operations/editorUi.ts";
import type { KillUiParts } from "./workingUi.ts";

/** Asks about forgetting kills in a message, and says what was not forgotten. */
export function forgetUi(parts: KillUiParts): Ui<ForgetShown, ForgetOutcome> {
  const { window, readAgain } = parts;
  return {
    ...editorUi(parts),
    // The question has what each function had.
    async preview() {},
    async report({ results }) {
      if (results === null) return;
      readAgain(results.map(({ name }) => name));
      const problems = results.flatMap(({ message }) => message ?? []);
      const names = results.flatMap(({ name, outcome }) => (outcome === "forgotten" ? [name] : []));
      const forgotten = names.length === 0 ? [] : [`Forgotten: ${namesText(names)}.`];
      const says = [...forgotten, ...problems].join(" ");
      if (says !== "") void window.message(problems.length > 0 ? "error" : "information", says);
    },
  };
}
