/** Part of a list and the marker of the next part. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** Asked for with this in front, a page that was left empty by a fault comes full. */
const AFTER_EMPTY = "again-";

/** The page of a list that starts at the marker. Markers that this server did not make count as the start. */
export function page<T>(items: readonly T[], marker: string | undefined, size: number, empty: boolean): Page<T> {
  const again = marker?.startsWith(AFTER_EMPTY) === true;
  const plain = again ? marker.slice(AFTER_EMPTY.length) : (marker ?? "");
  if (empty && !again) return { items: [], next: AFTER_EMPTY + plain };
  const start = decode(plain);
  const end = start + size;
  return { items: items.slice(start, end), ...(end < items.length ? { next: encode(end) } : {}) };
}

function encode(position: number): string {
  return Buffer.from(`page:${position}`).toString("base64url");
}

function decode(marker: string): number {
  const position = Number(/^page:(\d+)$/.exec(Buffer.from(marker, "base64url").toString())?.[1] ?? 0);
  return Number.isSafeInteger(position) ? position : 0;
}
