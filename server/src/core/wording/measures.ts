const tenths = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const threeDigits = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });

/** A measured number: `71.4`, `1,250.0`. */
export function decimal(value: number): string {
  return tenths.format(value);
}

/** A share from 0 to 1: `89.1 %`. What is not all or nothing is never rounded to it. */
export function percent(share: number): string {
  const shown = share <= 0 || share >= 1 ? share * 100 : Math.min(99.9, Math.max(0.1, share * 100));
  return `${tenths.format(shown)} %`;
}

/** A measured time, to three digits: `0.42 ms`, `350 ms`, `2.35 s`. */
export function measuredTime(milliseconds: number): string {
  return Math.abs(milliseconds) < 1000
    ? `${threeDigits.format(milliseconds)} ms`
    : `${threeDigits.format(milliseconds / 1000)} s`;
}
