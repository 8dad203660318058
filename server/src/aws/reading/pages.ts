import { AccountError } from "../accountError.ts";

const MOST_PAGES = 2000;
const MOST_EMPTY_PAGES = 50;
/** Pages in a row that repeat what is known already. */
const MOST_REPEATED = 3;
const MOST_ITEMS = 100_000;

/** One page of a list, and the marker with which to ask for the next. */
export interface Page<T> {
  /** Undefined: the answer has no list, which is no answer. */
  readonly items: readonly T[] | undefined;
  readonly next: string | undefined;
}

/** Tells the elements of a list apart; undefined where pages may bring more of the same one. */
export type KeyOf<T> = ((item: T) => string | undefined) | undefined;

/**
 * Walks through a list page by page. A page may be empty and yet not be the last. Throws an `AccountError` of kind `failed` instead of
 * running in circles or for ever: when a marker comes a second time, after 50 empty pages in a row or 3 without anything new, after 2,000
 * pages and after 100,000 elements.
 */
export async function* pages<T>(
  action: string,
  ask: (marker: string | undefined) => Promise<Page<T>>,
  key: KeyOf<T>,
): AsyncGenerator<readonly T[], void, undefined> {
  const markers = new Set<string>();
  const known = new Set<string>();
  let marker: string | undefined;
  let counts = { pages: 0, items: 0, empty: 0, repeated: 0 };
  for (;;) {
    const { items, next } = await ask(marker);
    if (items === undefined) throw incomplete(action, "answered without a list");
    yield items;
    // The tagging API ends with an empty marker, the others with none.
    if (next === undefined || next === "") return;
    const news = key === undefined ? items.length : addNew(known, items, key);
    counts = {
      pages: counts.pages + 1,
      items: counts.items + items.length,
      empty: items.length === 0 ? counts.empty + 1 : 0,
      repeated: news > 0 ? 0 : counts.repeated + (items.length === 0 ? 0 : 1),
    };
    if (markers.has(next)) throw incomplete(action, "gave the same page twice");
    if (counts.empty >= MOST_EMPTY_PAGES) throw incomplete(action, `gave ${MOST_EMPTY_PAGES} empty pages in a row`);
    if (counts.repeated >= MOST_REPEATED)
      throw incomplete(action, `gave ${MOST_REPEATED} pages in a row with nothing new`);
    if (counts.pages >= MOST_PAGES) throw incomplete(action, `gave more than ${MOST_PAGES} pages`);
    if (counts.items > MOST_ITEMS) throw incomplete(action, `gave more than ${MOST_ITEMS} entries`);
    markers.add(next);
    marker = next;
  }
}

/** All elements of a list. Fails as `pages` does. */
export async function allPages<T>(
  action: string,
  ask: (marker: string | undefined) => Promise<Page<T>>,
  key: KeyOf<T>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const items of pages(action, ask, key)) for (const item of items) found.push(item);
  return found;
}

/** How many of these were not known before. */
function addNew<T>(known: Set<string>, items: readonly T[], key: NonNullable<KeyOf<T>>): number {
  const before = known.size;
  for (const item of items) known.add(key(item) ?? "");
  return known.size - before;
}

function incomplete(action: string, what: string): AccountError {
  return new AccountError("failed", `${action} ${what}, so the list is not complete. Read again later.`, { action });
}
