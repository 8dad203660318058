import { boundsText, type PoolShares, poolShares, type Value, valueText } from "#core";
import type { PictureSlice, Place } from "#webview/poolMessages.ts";

/** A function as a picture needs it, or what is claimed by none that is known. */
export interface PictureClaim {
  readonly key: string;
  readonly name: string;
  /** What all its copies take together. */
  readonly claim: Value;
  /** How many copies a typed reservation is for. */
  readonly copies: number;
  readonly use?: number;
  readonly granted?: string;
  readonly declared?: string;
  readonly inAws?: string;
  readonly places: readonly Place[];
  readonly rest?: true;
}

/** Reservations that were typed, by the key of the function. */
export type WhatIf = ReadonlyMap<string, number>;

/** Claims laid out with what was typed. */
export interface LaidOut {
  readonly slices: readonly PictureSlice[];
  readonly shares: PoolShares;
}

/** Lays claims out, the largest first and those of unknown size behind them. A claim keeps its place while its reservation is typed. */
export function layOut(
  { limit, floor }: { readonly limit: number; readonly floor: number },
  claims: readonly PictureClaim[],
  whatIf: WhatIf,
): LaidOut {
  const sorted = claims.toSorted((a, b) => sizeOf(b.claim) - sizeOf(a.claim) || a.name.localeCompare(b.name, "en"));
  const values = sorted.map((claim) => typed(claim, whatIf));
  const shares = poolShares({ limit, floor, claims: values });
  const slices = sorted.map(({ key, name, claim, copies, rest, ...facts }, i): PictureSlice => {
    const value = values[i] ?? null;
    const { most, ...stretches } = shares.claims[i] as PoolShares["claims"][number];
    const input = whatIf.get(key) ?? (typeof claim === "number" ? Math.floor(claim / copies) : 0);
    return {
      key,
      name,
      claimed: typeof value === "object" && value !== null ? boundsText(value) : valueText(value),
      ...(typeof value === "number" && { size: value }),
      ...stretches,
      most: valueText(most),
      ...(whatIf.has(key) && { was: valueText(claim) }),
      ...(rest ? { rest } : { input }),
      ...facts,
    };
  });
  return { slices, shares };
}

function typed({ key, claim, copies }: PictureClaim, whatIf: WhatIf): Value {
  const value = whatIf.get(key);
  return value === undefined ? claim : value * copies;
}

function sizeOf(claim: Value): number {
  return typeof claim === "number" ? claim : (claim?.min ?? 0);
}
