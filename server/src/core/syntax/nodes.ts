/** The tree both YAML and JSON are read into. Every node knows its offsets in the text. */
export type Node = ScalarNode | MapNode | SeqNode | AliasNode;

interface NodeBase {
  /** UTF-16 offset of the first character, behind tag and anchor. */
  start: number;
  /** Offset behind the last character (trailing blanks and comments excluded). */
  end: number;
  /** Tag as written, with its `!`: `!Ref`, `!Sub`, `!!str`. */
  tag?: string;
  /** Where the tag starts; only with `tag`. */
  tagStart?: number;
}

export interface ScalarNode extends NodeBase {
  readonly kind: "scalar";
  /** `empty`: nothing was written (a key without a value); start = end. */
  readonly style: "plain" | "single" | "double" | "literal" | "folded" | "empty";
  /** The content: unquoted, unescaped, folded. */
  readonly text: string;
  /** What the schema makes of it: PyYAML's YAML 1.1 for templates, YAML 1.2 core for budget files. Dates stay strings. */
  readonly value: string | number | boolean | null;
  /** What SAM CLI sends in place of `text`, where PyYAML takes it for something else: `false` for `NO`, `1.1` for `1.10`. */
  readonly typed?: string;
}

export interface MapNode extends NodeBase {
  readonly kind: "map";
  readonly flow: boolean;
  /** Pairs as written, `<<` included. Read through `pairs()` in `lookup.ts`, which resolves merges and duplicates. */
  readonly written: Pair[];
  /** Made by `lookup.ts` for a long mapping that is looked into. */
  index?: KeyIndex;
}

/** The pairs of a mapping by their keys, of keys written twice the last one. */
export interface KeyIndex {
  readonly pairs: ReadonlyMap<string, Pair>;
  /** Some key is a loop, or is filled in inside one. */
  readonly computed: boolean;
  /** Other mappings are merged in. */
  readonly merges: boolean;
}

export interface Pair {
  /** Nearly always a scalar; complex keys are kept as they are. */
  readonly key: Node;
  readonly value: Node;
}

export interface SeqNode extends NodeBase {
  readonly kind: "seq";
  readonly flow: boolean;
  readonly items: Node[];
}

/** `*name`; `target` is undefined when no such anchor stands before it. */
export interface AliasNode extends NodeBase {
  readonly kind: "alias";
  readonly name: string;
  readonly target: Node | undefined;
}

/** A mistake in the text. The tree still holds whatever could be read. */
export interface SyntaxProblem {
  start: number;
  end: number;
  /** A sentence that says what to do. */
  readonly message: string;
}

/** A `# …` comment. */
export interface Comment {
  start: number;
  end: number;
}

/** One document of a YAML stream, or a JSON text. */
export interface Document {
  start: number;
  end: number;
  /** Undefined for an empty document. */
  root: Node | undefined;
}

export interface SyntaxTree {
  readonly documents: Document[];
  readonly problems: SyntaxProblem[];
  readonly comments: Comment[];
  /** An anchor stands somewhere: blocks are not independent of each other. */
  readonly anchored: boolean;
  /** Read in recovery: a bracket or quote is not closed. */
  readonly recovered: boolean;
}
