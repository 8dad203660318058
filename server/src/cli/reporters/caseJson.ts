import type { Named } from "#core";

/** The classes of a case in the documented shape: a text, or the texts that it is none of. */
export function whenJson(when: Named): Readonly<Record<string, string | { readonly not: readonly string[] }>> {
  return Object.fromEntries(when);
}
