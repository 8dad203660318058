import type { When } from "#core";

/** A case in the documented JSON: by parameter its text, or the texts that it is none of. */
export type CaseJson = Readonly<Record<string, string | { readonly not: readonly string[] }>>;

/** The classes of a case in the documented shape. */
export function caseJson(when: When): CaseJson {
  return Object.fromEntries(when);
}
