import type { CaseClass } from "./stackCases.ts";
import type { When } from "./when.ts";

/** A text names at most this many cases, and of "anything but" at most this many texts. */
export const namedCases = 3;

/** `Stage=prod, Size=big`; empty for a case that nothing tells apart from others. */
export function caseName(when: When): string {
  return [...when].map(([name, one]) => `${name}${classText(one)}`).join(", ");
}

/** The values alone: `prod/big`, `other`. */
export function caseLabel(when: When): string {
  return [...when.values()].map((one) => (typeof one === "string" ? one || '""' : "other")).join("/");
}

function classText(one: CaseClass): string {
  if (typeof one === "string") return `=${one || '""'}`;
  const shown = one.not.slice(0, namedCases).map((text) => text || '""');
  const rest = one.not.length - shown.length;
  return ` other than ${shown.join(", ")}${rest > 0 ? `, +${rest}` : ""}`;
}

/** The first few of some texts, worst first: `a · b · c · +2`. */
export function firstFew(texts: readonly string[], separator: string): string {
  const rest = texts.length - namedCases;
  return [...texts.slice(0, namedCases), ...(rest > 0 ? [`+${rest}`] : [])].join(separator);
}
