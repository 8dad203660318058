import { AccountError } from "../accountError.ts";

const MOST_PAGES = 2000;
const MOST_EMPTY_PAGES = 50;

/** One page of a list, and the marker with which to ask for the next. */
export interface Page<T> {
  readonly items: readonly T[] | undefined;
  readonly next: string | undefined;
}

/**
 * Walks through a list page by page. A page may be empty and yet not be the last. Throws an `AccountError` of kind `failed` instead of
 * running in circles: when a marker comes a second time, after 50 empty pages in a row, and after 2,000 pages.
 */
export async function* pages<T>(
  action: string,
  ask: (marker: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<readonly T[], void, undefined> {
  const seen = new Set<string>();
  let marker: string | undefined;
  let empty = 0;
  for (let count = 1; ; count++) {
    const { items = [], next } = await ask(marker);
    yield items;
    // The tagging API ends with an empty marker, the others with none.
    if (next === undefined || next === "") return;
    empty = items.length === 0 ? empty + 1 : 0;
    if (seen.has(next)) throw endless(action, "gave the same page twice");
    if (empty >= MOST_EMPTY_PAGES) throw endless(action, `gave ${MOST_EMPTY_PAGES} empty pages in a row`);
    if (count >= MOST_PAGES) throw endless(action, `gave more than ${MOST_PAGES} pages`);
    seen.add(next);
    marker = next;
  }
}

/** All elements of a list. Fails as `pages` does. */
export async function allPages<T>(
  action: string,
  ask: (marker: string | undefined) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const items of pages(action, ask)) found.push(...items);
  return found;
}

function endless(action: string, what: string): AccountError {
  return new AccountError("failed", `${action} ${what}, so the list is not complete. Read again later.`, { action });
}
