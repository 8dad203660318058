import type { Refusal } from "../model.ts";
import { caseName } from "./caseText.ts";
import { type CaseGroup, type FunctionCases, outcomeIn } from "./stackCases.ts";
import { whenOf } from "./when.ts";

/** What AWS refuses of a function in some cases. */
export interface RefusedCases {
  readonly refusal: Refusal;
  /** The cases: `Stage=dev`. */
  readonly names: readonly string[];
}

/**
 * What AWS refuses of a function, each with the cases in which it does; that a mapping has no entry for "anything else" nobody needs
 * to be told.
 */
export function refusedCases(group: CaseGroup, own: FunctionCases): readonly RefusedCases[] {
  const byReason = new Map<string, { refusal: Refusal; names: string[] }>();
  if (own.outcomes.every(({ refusals }) => refusals.length === 0)) return [];
  for (let index = 0; index < group.size; index++) {
    const when = whenOf(group.variables, index, own.variables);
    const isAnythingElse = [...when.values()].some((one) => typeof one !== "string");
    const name = caseName(when);
    for (const refusal of outcomeIn(own, index).refusals) {
      if (refusal.noEntry !== undefined && isAnythingElse) continue;
      const { message, place } = refusal;
      const key = `${place.start} ${place.uri} ${refusal.noEntry ?? message}`;
      const known = byReason.get(key) ?? { refusal, names: [] };
      byReason.set(key, known);
      if (!known.names.includes(name)) known.names.push(name);
    }
  }
  return [...byReason.values()];
}

/** What goes on after the logical id: `cannot be deployed with Stage=dev: …`, the cases as `names` says. */
export function refusedText(logicalId: string, { noEntry, message }: Refusal, names: string): string {
  const reason = noEntry ?? `${logicalId} ${message}`;
  return `cannot be deployed with ${names}: ${reason.replace(/\.$/, "")}.`;
}
