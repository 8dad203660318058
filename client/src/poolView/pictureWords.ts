import { longValueText, many, num, type Value, type Verdict, valueText } from "#core";
import type { PictureFinding, PictureSlice } from "#webview/poolMessages.ts";
import type { WhatIf } from "./pictureInput.ts";

/** What is said of a pool in one line, the decisive number first. */
export function summaryOf({
  claimed,
  limit,
  headroom,
  over,
}: {
  readonly claimed: Value;
  readonly limit: number;
  readonly headroom: Value;
  readonly over: Value;
}): string {
  const taken = `${valueText(claimed)} of ${num(limit)} claimed`;
  if (typeof over === "number" && over > 0) return `${num(over)} too many: ${taken}`;
  return `${taken}, ${valueText(headroom)} headroom`;
}

/** What a pool and the values that were typed lead to. */
export function* poolFindings({
  over,
  verdict,
  slices,
  whatIf,
}: {
  readonly over: Value;
  readonly verdict: Verdict;
  readonly slices: readonly PictureSlice[];
  readonly whatIf: WhatIf;
}): Generator<PictureFinding> {
  if (verdict === "over") {
    yield {
      severity: "error",
      text: `Over-committed by ${valueText(over)}. AWS refuses what does not fit; lower a reservation.`,
    };
  }
  const unknown = slices.filter(({ size }) => size === undefined);
  if (unknown.length > 0) {
    const what = `${many(unknown.length, "function")} of unknown size`;
    const drawn = unknown.some(({ perhaps }) => perhaps.to > perhaps.from);
    yield {
      severity: verdict === "depends" ? "warning" : "info",
      text: drawn ? `${what}: hatched, because no number is known.` : `${what}: not drawn, because no room is left.`,
    };
  }
  for (const { key, name, use } of slices) {
    const typed = whatIf.get(key);
    if (typed === undefined) continue;
    if (typed === 0) yield { severity: "warning", text: `${name}: a reservation of 0 throttles every request.` };
    else if (use !== undefined && use > typed) {
      yield { severity: "warning", text: `${name}: ${num(use)} in use now, so ${num(typed)} would throttle it.` };
    }
  }
}

/** A fact that may not be known. */
export function factOf(value: Value | undefined): string {
  return value === undefined ? "not known" : longValueText(value);
}
