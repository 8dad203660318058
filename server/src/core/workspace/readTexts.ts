import type { Uri } from "../model.ts";
import type { Reader, TextFile } from "../sources.ts";

/** What readers made of texts, kept as long as the texts are. */
export class ReadTexts {
  readonly #results = new WeakMap<TextFile, Map<Reader<unknown>, unknown>>();

  get<T>(uri: Uri, file: TextFile, read: Reader<T>): T {
    const results = this.#results.get(file) ?? new Map<Reader<unknown>, unknown>();
    this.#results.set(file, results);
    // What is kept for a reader is what this reader made.
    if (results.has(read)) return results.get(read) as T;
    const result = read(uri, file.text);
    results.set(read, result);
    return result;
  }
}
