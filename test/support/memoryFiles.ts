import { URI, Utils } from "vscode-uri";
import type { Files, FileText, Uri } from "#core";
import { globMatcher } from "#workspaceFiles/glob.ts";

/** A workspace at `file:///w` that exists in memory only and can be changed behind the back of whoever reads it. */
export class MemoryFiles implements Files {
  readonly #texts = new Map<Uri, string>();
  /** How often each file was read. */
  readonly reads = new Map<Uri, number>();

  /** @param texts texts by path below the workspace */
  constructor(texts: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(texts)) this.write(path, text);
  }

  write(path: string, text: string): void {
    this.#texts.set(uriOf(path), text);
  }

  remove(path: string): void {
    this.#texts.delete(uriOf(path));
  }

  read(uri: Uri): FileText {
    this.reads.set(uri, (this.reads.get(uri) ?? 0) + 1);
    const text = this.#texts.get(uri);
    return text === undefined ? { error: "There is no such file.", missing: true } : { text };
  }

  list(folder: Uri, glob: string): readonly Uri[] {
    const up = glob.split("/").lastIndexOf("..") + 1;
    const base = Utils.resolvePath(URI.parse(folder), ...glob.split("/").slice(0, up)).path;
    const matches = globMatcher(glob.split("/").slice(up).join("/"));
    const prefix = base.endsWith("/") ? base : `${base}/`;
    return [...this.#texts.keys()]
      .filter((uri) => uri.startsWith(`file://${prefix}`) && matches(uri.slice(`file://${prefix}`.length)))
      .sort();
  }
}

/** The URI of a path below the workspace. */
export function uriOf(path: string): Uri {
  return URI.file(`/w/${path}`).toString();
}
