import type { Pool, Stack } from "../analysis.ts";
import { num } from "../wording/words.ts";
import { shortName } from "./paths.ts";

/** What the arithmetic of a pool rests on beside the files, as sentences. A verdict is only as good as these. */
export function assumptionsOf(
  limits: Pick<Pool, "limit" | "limitSource" | "floor" | "floorSource">,
  { hasBudget, hasLive }: { readonly hasBudget: boolean; readonly hasLive: boolean },
  stacks: readonly Stack[],
): readonly string[] {
  const sentences: string[] = [];
  if (limits.limitSource === "assumed") sentences.push(`The limit of ${num(limits.limit)} is assumed.`);
  if (limits.floorSource === "estimated") sentences.push(`The floor of ${num(limits.floor)} is estimated.`);
  if (!hasBudget) {
    const others = hasLive ? "counts only in whether it can be deployed now" : "is not known";
    sentences.push(`Only ${counted(stacks)} counted: what other stacks of the account reserve ${others}.`);
  }
  return sentences;
}

function counted(stacks: readonly Stack[]): string {
  const [first] = stacks;
  if (first && stacks.length === 1) return `${shortName(first.template.uri)} is`;
  return `these ${stacks.length} templates are`;
}
