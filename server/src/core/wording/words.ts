/** A number as people write it: `1,050`. */
export function num(value: number): string {
  // Whole numbers without Intl: loading its data takes longer than checking a template.
  if (!Number.isSafeInteger(value)) return value.toLocaleString("en-US");
  let left = String(Math.abs(value));
  let text = "";
  for (; left.length > 3; left = left.slice(0, -3)) text = `,${left.slice(-3)}${text}`;
  return `${value < 0 ? "-" : ""}${left}${text}`;
}

/** A change of a number: `+15`, `-1,200`, `0`. */
export function signed(change: number): string {
  return change > 0 ? `+${num(change)}` : num(change);
}

/** A large number in a few characters: `9,999`, `103k`, `1.2M`. */
export function rough(value: number): string {
  if (value < 10_000) return num(value);
  return value.toLocaleString("en-US", { notation: "compact", maximumSignificantDigits: 3 }).replace("K", "k");
}

/** `a`, `a and b`, `a, b and c`; of more than `most` names the rest is only counted. */
export function list(names: readonly string[], most = 5): string {
  return joined(names.length > most ? [...names.slice(0, most), `${num(names.length - most)} more`] : names, "and");
}

/** Names in a sentence that is to stay short: `a`, `a and b`, `a, b and 3 more`. */
export function namesText(names: readonly string[], most = 3): string {
  return list(names, names.length > most ? most - 1 : most);
}

/** `a`, `a or b`, `a, b or c`. */
export function either(names: readonly string[]): string {
  return joined(names, "or");
}

function joined(parts: readonly string[], word: string): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} ${word} ${last}`;
}

/** With its first letter in upper case, as a sentence begins. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** `1 function`, `3 functions`. */
export function many(count: number, noun: string, plural = `${noun}s`): string {
  return `${num(count)} ${count === 1 ? noun : plural}`;
}
