import type { FileKind, Uri } from "../model.ts";
import { faultSentence } from "../soundAnalysis.ts";
import type { SourceFile } from "../sources.ts";
import type { Dialect, SyntaxProblem, SyntaxTree } from "../syntax/nodes.ts";
import { parse } from "../syntax/parse.ts";
import { type Change, reparse } from "../syntax/reparse.ts";
import { recognise } from "../template/recognise.ts";

/** What a file tells whoever keeps it. */
export interface Keeper {
  /** The tree is there and was used; the file may be asked to forget it. */
  used(file: ParsedFile): void;
}

/** One version of a file's text. The tree is read when it is first needed, and again when it was forgotten meanwhile. */
export class ParsedFile implements SourceFile {
  readonly uri: Uri;
  readonly text: string;
  readonly dialect: Dialect;
  readonly #keeper: Keeper;
  #tree: SyntaxTree | undefined;
  #kind: FileKind | undefined;
  #problems: readonly SyntaxProblem[] | undefined;

  constructor(uri: Uri, text: string, dialect: Dialect, keeper: Keeper, tree?: SyntaxTree) {
    this.uri = uri;
    this.text = text;
    this.dialect = dialect;
    this.#keeper = keeper;
    this.#tree = tree;
  }

  get tree(): SyntaxTree {
    this.#tree ??= readTree(this.text, this.dialect);
    this.#problems = this.#tree.problems;
    this.#keeper.used(this);
    return this.#tree;
  }

  get kind(): FileKind {
    this.#kind ??= this.#recognise();
    return this.#kind;
  }

  get problems(): readonly SyntaxProblem[] {
    this.#problems ??= this.tree.problems;
    return this.#problems;
  }

  /** The next version, with `text` when the caller has it already. Its tree is made from this one's, which is used up. */
  changed(change: Change, newText?: string): ParsedFile {
    const start = clamp(change.start, 0, this.text.length);
    const end = clamp(change.end, start, this.text.length);
    const text = newText ?? this.text.slice(0, start) + change.text + this.text.slice(end);
    const tree = this.#tree && reparse(this.#tree, text, { start, end, text: change.text }, this.dialect);
    this.#tree = undefined;
    return new ParsedFile(this.uri, text, this.dialect, this.#keeper, tree);
  }

  forgetTree(): void {
    this.#tree = undefined;
  }

  #recognise(): FileKind {
    if (this.dialect === "budget") return "budget";
    return couldBeTemplate(this.text) ? recognise(this.uri, this.tree) : "other";
  }
}

/** A bug of ours in reading is a mistake in this file, and in no other. */
function readTree(text: string, dialect: Dialect): SyntaxTree {
  try {
    return parse(text, dialect);
  } catch (error) {
    const problems = [{ start: 0, end: 0, message: faultSentence(error) }];
    return { documents: [], problems, comments: [], anchored: false, recovered: false };
  }
}

/** Most JSON and YAML files of a workspace are no templates; a look at the text saves reading them. */
function couldBeTemplate(text: string): boolean {
  return text.includes("Resources") || text.includes("AWSTemplateFormatVersion") || text.includes("AWS::Serverless-");
}

function clamp(offset: number, low: number, high: number): number {
  return Math.min(Math.max(offset, low), high);
}
