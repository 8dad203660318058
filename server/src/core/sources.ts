import type { LeftOut } from "./files.ts";
import type { FileKind, Uri } from "./model.ts";
import type { SyntaxProblem, SyntaxTree } from "./syntax/nodes.ts";

/** A file that was read and parsed. */
export interface SourceFile {
  readonly uri: Uri;
  readonly text: string;
  /** Dialect by kind: budget files are YAML 1.2, everything else is read as a template. */
  readonly tree: SyntaxTree;
  readonly kind: FileKind;
  /** The problems of the tree, kept when the tree itself is forgotten. */
  readonly problems?: readonly SyntaxProblem[];
}

/** The text of a file; the same object while the text stays the same. */
export interface TextFile {
  readonly text: string;
}

/** Makes something of a text. Called once per text, it must not depend on anything else. */
export type Reader<T> = (uri: Uri, text: string) => T;

/** A file that could not be read. */
export interface SourceError {
  readonly uri: Uri;
  /** One sentence. */
  readonly error: string;
  readonly missing: boolean;
}

/** What `read` makes of a file that was read through the port. */
export function readAs<T>(uri: Uri, file: TextFile, read: Reader<T>, sources: Sources): T {
  return sources.readAs ? sources.readAs(uri, file, read) : read(uri, file.text);
}

/** Parsed files by URI, cached by whoever implements it (`Workspace`). */
export interface Sources {
  get(uri: Uri): SourceFile | SourceError;
  /** The text of a file that is not YAML/JSON template text (samconfig.toml). */
  text(uri: Uri): TextFile | SourceError;
  list(folder: Uri, glob: string): readonly Uri[];
  /** As `Files.leftOut`. */
  leftOut?(folder: Uri, glob: string): readonly LeftOut[];
  /** As `Files.folders`; none when absent. */
  folders?(): readonly Uri[];
  /** As `Files.mayRead`; true when absent. */
  mayRead?(folder: Uri): boolean;
  /** What `read` makes of an answer of `text`, made once while the text stays the same; made each time when absent. */
  readAs?<T>(uri: Uri, file: TextFile, read: Reader<T>): T;
}
