import type { Answer, Choice, Confirmation, Ui } from "#operations";

/** What a script answers; each is called when its question is put. */
export interface Script {
  /** Default: true. */
  readonly interactive?: boolean;
  /** Default: a yes without the account's name. */
  readonly confirm?: (confirmation: Confirmation<string>, count: number) => Answer<string> | Promise<Answer<string>>;
  /** The label of the item to take; default: none, which cancels. */
  readonly choose?: (choice: Choice<unknown>, count: number) => string | undefined;
  /** Sees what is said while work goes on, and may cancel it. */
  readonly say?: (what: string, cancel: () => void) => void;
}

/** A ui whose questions a script answers. */
export interface ScriptedUi<Preview, Outcome> {
  readonly ui: Ui<Preview, Outcome>;
  /** The calls of the port in their order: `preview`, `confirm Set the reservation of a to 5`, … */
  readonly calls: readonly string[];
  readonly previews: readonly Preview[];
  readonly confirmations: readonly Confirmation<string>[];
  readonly outcomes: readonly Outcome[];
}

/** Answers like this script, at once. */
export function scriptedUi<Preview, Outcome extends { readonly kind: string }>(
  script: Script = {},
): ScriptedUi<Preview, Outcome> {
  const calls: string[] = [];
  const previews: Preview[] = [];
  const confirmations: Confirmation<string>[] = [];
  const outcomes: Outcome[] = [];
  let chosen = 0;
  const ui: Ui<Preview, Outcome> = {
    interactive: script.interactive ?? true,
    async preview(preview) {
      calls.push("preview");
      previews.push(preview);
    },
    async confirm<Other extends string>(confirmation: Confirmation<Other>): Promise<Answer<Other>> {
      calls.push(`confirm ${confirmation.what}`);
      const count = confirmations.push(confirmation);
      const answer = (await script.confirm?.(confirmation, count)) ?? { kind: "yes" };
      return answer as Answer<Other>;
    },
    async choose(choice) {
      calls.push(`choose ${choice.title}`);
      const label = script.choose?.(choice, ++chosen);
      return choice.items.find((item) => item.label === label)?.value;
    },
    async progress(title, work) {
      calls.push(`progress ${title}`);
      const abort = new AbortController();
      return await work({
        signal: abort.signal,
        say: (what) => script.say?.(what, () => abort.abort()),
        advance() {},
      });
    },
    async report(outcome) {
      calls.push(`report ${outcome.kind}`);
      outcomes.push(outcome);
    },
  };
  return { ui, calls, previews, confirmations, outcomes };
}
