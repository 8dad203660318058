/** A tag by which functions are selected. */
export interface TagFilter {
  readonly key: string;
  /** Absent: any value. */
  readonly value?: string;
}

/** Reads `KEY=VALUE`, or `KEY` alone for any value. A sentence when that is no tag. */
export function parseTag(text: string): TagFilter | string {
  const at = text.indexOf("=");
  const key = (at < 0 ? text : text.slice(0, at)).trim();
  if (key === "") return "Write the key of the tag before the “=”: KEY=VALUE.";
  return at < 0 ? { key } : { key, value: text.slice(at + 1).trim() };
}
