import { setImmediate } from "node:timers/promises";
import type { Uri } from "#core";
import { toPath, walk } from "#workspaceFiles";

/** The event loop gets its turn after this many milliseconds of reading. */
const SLICE_MS = 8;

/** What a search of the workspace folders found. */
export interface Found {
  /** Budget files and templates. */
  readonly uris: ReadonlySet<Uri>;
  /** What the search left out or could not read, as sentences. */
  readonly notes: readonly string[];
}

/** Searches folders (absolute paths), then reads each file found, a slice at a time; `read` answers false for what does not belong. */
export async function searchFolders(
  folders: readonly string[],
  read: (uri: Uri) => boolean,
  signal: AbortSignal,
): Promise<Found> {
  const candidates = new Set<Uri>();
  const notes: string[] = [];
  for (const folder of folders) {
    const { budgets, templates, problems, cut } = await walk(folder, { signal });
    for (const uri of [...budgets, ...templates]) candidates.add(uri);
    if (cut !== undefined) notes.push(cut);
    for (const { uri, error } of problems) notes.push(`${toPath(uri) ?? uri}: ${error}`);
  }
  const uris = new Set<Uri>();
  let sliceEnd = performance.now() + SLICE_MS;
  for (const uri of candidates) {
    if (performance.now() > sliceEnd) {
      await setImmediate();
      signal.throwIfAborted();
      sliceEnd = performance.now() + SLICE_MS;
    }
    if (read(uri)) uris.add(uri);
  }
  return { uris, notes };
}
