import { asScalar, deref } from "../syntax/lookup.ts";
import type { Node, ScalarNode } from "../syntax/nodes.ts";
import type { Placed } from "./budgetFile.ts";
import { MAX_NUMBER } from "./budgetKeys.ts";
import { type Entry, kindOf, placeOf, type Reading, report, short } from "./reading.ts";

/** A number read from a value; `off` when it was written as `off` or `false`. */
export interface ReadNumber extends Placed<number> {
  readonly off: boolean;
}

/** Bounds of an integer. */
export interface Bounds {
  readonly min: number;
  readonly max?: number;
}

/** A text. A number or boolean is reported with a fix that quotes it, and read as it is written. */
export function readText(reading: Reading, entry: Entry): Placed<string> | undefined {
  const scalar = asScalar(entry.value);
  if (!scalar || scalar.value === null || scalar.text === "") {
    report(
      reading,
      entry.place,
      `\`${short(entry.name)}\` needs a text${scalar ? "" : `, not ${kindOf(entry.value)}`}.`,
    );
    return undefined;
  }
  if (typeof scalar.value !== "string") {
    report(
      reading,
      entry.place,
      `\`${short(entry.name)}\` needs a text; quote it: "${scalar.text}".`,
      quoted(scalar.text),
    );
  }
  return { value: scalar.text, place: entry.place };
}

/** An integer within bounds. A number in quotes is reported with a fix, everything else without. */
export function readInteger(reading: Reading, entry: Entry, bounds: Bounds): Placed<number> | undefined {
  const scalar = asScalar(entry.value);
  const value = scalar && integerIn(reading, entry, scalar, bounds, "an integer");
  if (!scalar) {
    report(reading, entry.place, `\`${short(entry.name)}\` needs an integer, not ${kindOf(entry.value)}.`);
  }
  return value === undefined ? undefined : { value, place: entry.place };
}

/** A reservation: an integer ≥ 0, or `off` (also `false`) for 0 on purpose. */
export function readReserved(reading: Reading, entry: Entry): ReadNumber | undefined {
  const scalar = asScalar(entry.value);
  if (!scalar) {
    report(reading, entry.place, `\`${short(entry.name)}\` needs an integer or \`off\`, not ${kindOf(entry.value)}.`);
    return undefined;
  }
  if (isOff(scalar)) return { value: 0, off: true, place: entry.place };
  const value = integerIn(reading, entry, scalar, { min: 0 }, "an integer or `off`");
  return value === undefined ? undefined : { value, off: false, place: entry.place };
}

/** A list of texts, or one text. Reports items that are no text and items listed twice. */
export function readTexts(reading: Reading, entry: Entry, what: string): readonly Placed<string>[] {
  const target = deref(entry.value);
  if (target?.kind !== "seq") {
    report(reading, entry.place, `\`${short(entry.name)}\` must be a list of ${what}, not ${kindOf(entry.value)}.`);
    return [];
  }
  if (target.items.length === 0) report(reading, entry.place, `\`${short(entry.name)}\` needs at least one entry.`);
  const byText = new Map<string, Placed<string>>();
  for (const item of target.items) {
    const text = readText(reading, { ...entry, value: item, place: itemPlace(reading, item, entry) });
    if (!text) continue;
    if (byText.has(text.value)) {
      report(
        reading,
        text.place,
        `\`${short(text.value)}\` is listed twice in \`${short(entry.name)}\`. Keep one of them.`,
      );
      continue;
    }
    byText.set(text.value, text);
  }
  return [...byText.values()];
}

/** A positive number, fractions allowed. */
export function readPositive(reading: Reading, entry: Entry): Placed<number> | undefined {
  const value = asScalar(entry.value)?.value;
  if (typeof value === "number" && value > 0 && value <= MAX_NUMBER) return { value, place: entry.place };
  report(reading, entry.place, `\`${short(entry.name)}\` needs a number above 0, not ${kindOf(entry.value)}.`);
  return undefined;
}

/** The fix that puts a text in quotes. */
export function quoted(text: string): { readonly title: string; readonly text: string } {
  const literal = JSON.stringify(text);
  return { title: `Write ${literal}`, text: literal };
}

function isOff(scalar: ScalarNode): boolean {
  return scalar.value === false || (typeof scalar.value === "string" && /^off$/i.test(scalar.value));
}

function itemPlace(reading: Reading, item: Node, entry: Entry) {
  return item.end > item.start ? placeOf(reading, item) : entry.place;
}

function integerIn(
  reading: Reading,
  entry: Entry,
  scalar: ScalarNode,
  { min, max = MAX_NUMBER }: Bounds,
  expected: string,
): number | undefined {
  const { value } = scalar;
  const name = `\`${short(entry.name)}\``;
  if (typeof value === "string") {
    const digits = value.replaceAll(/[_,\s]/g, "");
    const fix = /^[0-9]{1,10}$/.test(digits)
      ? { title: `Write ${Number(digits)}`, text: String(Number(digits)) }
      : undefined;
    const written = scalar.style === "plain" ? `\`${short(value)}\`` : `the text "${short(value)}"`;
    report(reading, entry.place, `${name} needs ${expected}, not ${written}${fix ? `: write ${fix.text}` : ""}.`, fix);
    return undefined;
  }
  if (typeof value !== "number") {
    const message =
      value === null ? `${name} is empty: write ${expected}.` : `${name} needs ${expected}, not ${kindOf(scalar)}.`;
    report(reading, entry.place, message);
    return undefined;
  }
  if (!Number.isInteger(value)) {
    report(reading, entry.place, `${name} needs ${expected}, not ${short(scalar.text)}.`);
    return undefined;
  }
  if (value < min || value > max) {
    const bound = value < min ? `at least ${min}` : `at most ${max}`;
    report(reading, entry.place, `${name} must be ${bound}, not ${short(scalar.text)}.`);
    return undefined;
  }
  return value;
}
