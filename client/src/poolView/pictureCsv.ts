import type { PoolPicture } from "#webview/poolMessages.ts";

const head = ["function", "claimed", "in use now", "max", "granted", "declared", "in AWS", "before the what-if"];

/** The table of a picture as CSV (RFC 4180). What a spreadsheet would take for a formula begins with a quote. */
export function pictureCsv({ slices }: PoolPicture): string {
  const rows = slices.map(({ name, claimed, size, use, most, granted, declared, inAws, was }) =>
    [name, size ?? claimed, use, most, granted, declared, inAws, was].map(cell),
  );
  return [head.map(cell), ...rows].map((cells) => `${cells.join(",")}\r\n`).join("");
}

function cell(value: string | number | undefined): string {
  // Numbers as they are counted, not as they are written for people.
  const text =
    typeof value === "string" ? value.replace(/^[\d,]+$/, (digits) => digits.replaceAll(",", "")) : `${value ?? ""}`;
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
