import type { Cause } from "./cause.ts";
import type { FindingDraft } from "./findingDraft.ts";
import { hiddenClaims } from "./hidden.ts";
import type { RuleContext } from "./ruleContext.ts";
import { undecidedSettings } from "./undecided.ts";

/** `value-unknown` in templates, once per place: what is not decided about a function, or hides functions, and what it means. */
export function* templateUnknown(context: RuleContext): Generator<FindingDraft> {
  const causes = new Map<string, [Cause, ...Cause[]]>();
  for (const cause of [...undecidedSettings(context), ...hiddenClaims(context)]) {
    const { place, text } = cause;
    const key = `${place.start} ${place.end} ${place.uri} ${text}`;
    const group = causes.get(key);
    if (group) group.push(cause);
    else causes.set(key, [cause]);
  }
  for (const group of causes.values()) {
    const [first] = group;
    const same = group.every(({ consequence }) => consequence === first.consequence);
    const text = same ? first.text + first.consequence : first.text;
    for (const { use, place, who, related, data } of group) {
      yield {
        rule: "value-unknown",
        use,
        place,
        text,
        related,
        ...(who !== undefined && { who }),
        ...(data && { data }),
      };
    }
  }
}
