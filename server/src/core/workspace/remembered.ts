import type { Uri } from "../model.ts";

/** Results that are worked out from files, until one of those files changes. */
export class Remembered<T extends { readonly reads: readonly Uri[] }> {
  readonly #results = new Map<string, T>();
  readonly #keysOf = new Map<Uri, Set<string>>();
  #used = new Set<string>();

  get(key: string, compute: () => T): T {
    this.#used.add(key);
    const known = this.#results.get(key);
    if (known) return known;
    const result = compute();
    this.#results.set(key, result);
    for (const uri of result.reads) {
      const keys = this.#keysOf.get(uri);
      if (keys) keys.add(key);
      else this.#keysOf.set(uri, new Set([key]));
    }
    return result;
  }

  /** Is an answer to this at hand? */
  has(key: string): boolean {
    return this.#results.has(key);
  }

  /** Forgets whatever was made from this file. */
  changed(uri: Uri): void {
    for (const key of this.#keysOf.get(uri) ?? []) this.#forget(key);
  }

  /** Forgets everything. */
  clear(): void {
    for (const key of [...this.#results.keys()]) this.#forget(key);
  }

  /** Forgets what nobody has asked for since the last call. */
  forgetUnused(): void {
    for (const key of [...this.#results.keys()]) if (!this.#used.has(key)) this.#forget(key);
    this.#used = new Set();
  }

  #forget(key: string): void {
    for (const uri of this.#results.get(key)?.reads ?? []) {
      const keys = this.#keysOf.get(uri);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysOf.delete(uri);
    }
    this.#results.delete(key);
  }
}
