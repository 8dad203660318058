import { isBudgetFile } from "../budgetFile/isBudgetFile.ts";
import type { Files, LeftOut } from "../files.ts";
import type { Uri } from "../model.ts";
import type { SourceError, Sources } from "../sources.ts";
import type { Change } from "../syntax/reparse.ts";
import { type Keeper, ParsedFile } from "./parsedFile.ts";

/** Trees of files that nobody has open are kept up to this much text; a tree takes some twenty times its text. */
const MAX_TREE_TEXT = 100_000;

/** Texts and trees by URI: open documents first, then the disk, also the answer that there is no such file. */
export class FileCache implements Sources, Keeper {
  readonly #files: Files;
  readonly #entries = new Map<Uri, ParsedFile | SourceError>();
  /** Open documents, each with whether its language makes it a budget whatever it is called. */
  readonly #open = new Map<Uri, boolean>();
  /** Closed files with a tree, longest unused first. */
  readonly #trees = new Set<ParsedFile>();
  #treeText = 0;

  constructor(files: Files) {
    this.#files = files;
  }

  get(uri: Uri): ParsedFile | SourceError {
    let entry = this.#entries.get(uri);
    if (!entry) {
      entry = this.#read(uri);
      this.#entries.set(uri, entry);
    }
    return entry;
  }

  text(uri: Uri): ParsedFile | SourceError {
    return this.get(uri);
  }

  /** Not kept: who implements `Files` knows when a listing is stale. */
  list(folder: Uri, glob: string): readonly Uri[] {
    return this.#files.list(folder, glob);
  }

  folders(): readonly Uri[] {
    return this.#files.folders?.() ?? [];
  }

  mayRead(folder: Uri): boolean {
    return this.#files.mayRead?.(folder) ?? true;
  }

  leftOut(folder: Uri, glob: string): readonly LeftOut[] {
    return this.#files.leftOut?.(folder, glob) ?? [];
  }

  isOpen(uri: Uri): boolean {
    return this.#open.has(uri);
  }

  known(): readonly Uri[] {
    return [...this.#entries.keys()];
  }

  /** The text of an open document; undefined when it was closed and the disk counts again. True when that makes a difference. */
  setText(uri: Uri, text: string | undefined, isBudget: boolean): boolean {
    if (text === undefined) {
      this.#open.delete(uri);
      return this.reread(uri);
    }
    this.#open.set(uri, isBudget);
    const old = this.#entries.get(uri);
    const next = this.#parsed(uri, text);
    if (old && sameAnswer(old, next)) return false;
    return this.#replace(uri, next);
  }

  /** One edit of an open document; positions beyond the text are moved to its end. */
  applyChange(uri: Uri, change: Change, newText?: string): boolean {
    if (!this.#open.has(uri)) this.#open.set(uri, false);
    const old = this.get(uri);
    const next = old instanceof ParsedFile ? old.changed(change, newText) : this.#parsed(uri, newText ?? change.text);
    return this.#replace(uri, next);
  }

  /** Looks at the disk again; open documents stay what they are. True when that makes a difference. */
  reread(uri: Uri): boolean {
    const old = this.#entries.get(uri);
    if (!old || this.#open.has(uri)) return false;
    const now = this.#read(uri);
    if (!sameAnswer(old, now)) return this.#replace(uri, now);
    // Closed now: its tree is one of those that may be forgotten.
    if (old instanceof ParsedFile) this.used(old);
    return false;
  }

  used(file: ParsedFile): void {
    if (this.#open.has(file.uri)) return;
    if (this.#trees.delete(file)) this.#treeText -= file.text.length;
    this.#trees.add(file);
    this.#treeText += file.text.length;
    for (const oldest of this.#trees) {
      if (this.#treeText <= MAX_TREE_TEXT || oldest === file) break;
      this.#drop(oldest);
    }
  }

  #drop(file: ParsedFile): void {
    if (!this.#trees.delete(file)) return;
    this.#treeText -= file.text.length;
    if (!this.#open.has(file.uri)) file.forgetTree();
  }

  #replace(uri: Uri, next: ParsedFile | SourceError): true {
    const old = this.#entries.get(uri);
    if (old instanceof ParsedFile) this.#drop(old);
    this.#entries.set(uri, next);
    return true;
  }

  #read(uri: Uri): ParsedFile | SourceError {
    const answer = this.#files.read(uri);
    return "text" in answer ? this.#parsed(uri, answer.text) : { uri, ...answer };
  }

  #parsed(uri: Uri, text: string): ParsedFile {
    const isBudget = this.#open.get(uri) || isBudgetFile(uri);
    return new ParsedFile(uri, text, isBudget ? "budget" : "template", this);
  }
}

function sameAnswer(a: ParsedFile | SourceError, b: ParsedFile | SourceError): boolean {
  if (a instanceof ParsedFile) return b instanceof ParsedFile && a.text === b.text && a.dialect === b.dialect;
  return !(b instanceof ParsedFile) && a.error === b.error && a.missing === b.missing;
}
