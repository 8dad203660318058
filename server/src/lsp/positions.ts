import type { Range } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Place, Sources, Uri } from "#core";
import type { Documents } from "./documents.ts";

/** Turns offsets into lines and characters, the last step before the wire. */
export class Positions {
  readonly #documents: Documents;
  readonly #sources: Sources;
  /** Line tables of files that are not open, as long as the file is cached. */
  readonly #tables = new WeakMap<object, TextDocument>();

  constructor(documents: Documents, sources: Sources) {
    this.#documents = documents;
    this.#sources = sources;
  }

  /** The range of a place; undefined when the file cannot be read any more. */
  range({ uri, start, end }: Place): Range | undefined {
    const text = this.text(uri);
    return text && { start: text.positionAt(start), end: text.positionAt(end) };
  }

  /** The text of a file with its line table; undefined when it cannot be read. */
  text(uri: Uri): TextDocument | undefined {
    const open = this.#documents.get(uri);
    if (open) return open.text;
    const file = this.version(uri);
    if (!file) return undefined;
    const known = this.#tables.get(file);
    if (known) return known;
    const made = TextDocument.create(uri, "", 0, file.text);
    this.#tables.set(file, made);
    return made;
  }

  /** An object that is the same as long as the file's text is. */
  version(uri: Uri): { readonly text: string } | undefined {
    const file = uri.endsWith(".toml") ? this.#sources.text(uri) : this.#sources.get(uri);
    return "text" in file ? file : undefined;
  }

  /** The URI as the client spells it. */
  clientUri(uri: Uri): string {
    return this.#documents.get(uri)?.clientUri ?? uri;
  }
}
