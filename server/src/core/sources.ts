import type { LeftOut } from "./files.ts";
import type { FileKind, Uri } from "./model.ts";
import type { ParameterFile } from "./samconfig/readParameters.ts";
import type { IndexedConfig } from "./samconfig/templateIndex.ts";
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

/** A file that could not be read. */
export interface SourceError {
  readonly uri: Uri;
  /** One sentence. */
  readonly error: string;
  readonly missing: boolean;
}

/** Parsed files by URI, cached by whoever implements it (`Workspace`). */
export interface Sources {
  get(uri: Uri): SourceFile | SourceError;
  /** The text of a file that is not YAML/JSON template text (samconfig.toml). */
  text(uri: Uri): { readonly text: string } | SourceError;
  list(folder: Uri, glob: string): readonly Uri[];
  /** As `Files.leftOut`. */
  leftOut?(folder: Uri, glob: string): readonly LeftOut[];
  /** As `Files.folders`; none when absent. */
  folders?(): readonly Uri[];
  /** As `Files.mayRead`; true when absent. */
  mayRead?(folder: Uri): boolean;
  /** What samconfig files were read as, by the answer of `text`: an answer stays the same object while the text does. */
  readonly configs?: WeakMap<object, IndexedConfig>;
  /** The same for parameter files. */
  readonly parameterFiles?: WeakMap<object, ParameterFile>;
}
