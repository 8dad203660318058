import type { Place, Uri } from "../model.ts";
import { placeInSection, type Section } from "./sections.ts";

/** `template`: YAML 1.1 as PyYAML reads it, and JSON. `budget`: YAML 1.2 core schema. */
export type Dialect = "template" | "budget";

/** The tree both YAML and JSON are read into. Every node knows its offsets in the text. */
export type Node = ScalarNode | MapNode | SeqNode | AliasNode;

/** What every node has: where it stands. `start`, `end` and `tagStart` are UTF-16 offsets in the whole text. */
abstract class PlacedNode {
  section: Section;
  /** Tag as written, with its `!`: `!Ref`, `!Sub`, `!!str`. */
  tag: string | undefined;
  /** Counted from the section's offset, as `to` and `tagFrom` are. */
  private from: number;
  private to: number;
  private tagFrom: number;
  private place: Place | undefined;

  constructor(section: Section, from: number, to: number) {
    this.section = section;
    this.tag = undefined;
    this.from = from;
    this.to = to;
    this.tagFrom = 0;
    this.place = undefined;
  }

  /** Offset of the first character, behind tag and anchor. */
  get start(): number {
    return this.section.offset + this.from;
  }

  /** Offset behind the last character (trailing blanks and comments excluded). */
  get end(): number {
    return this.section.offset + this.to;
  }

  /** Where the tag starts; undefined without a tag. */
  get tagStart(): number | undefined {
    return this.tag === undefined ? undefined : this.section.offset + this.tagFrom;
  }

  /** The node as written, its tag included; moves with the text. The same object as long as nothing in the node is edited. */
  placeIn(uri: Uri): Place {
    if (this.place?.uri !== uri) {
      this.place = placeInSection(this.section, uri, this.tagStart ?? this.start, this.end);
    }
    return this.place;
  }

  endAt(end: number): void {
    this.to = end - this.section.offset;
    this.place = undefined;
  }

  setTag(tag: string, start: number): void {
    this.tag = tag;
    this.tagFrom = start - this.section.offset;
  }

  /** Moves this node, not what is in it, within its section or into another one. */
  move(delta: number, section: Section = this.section): void {
    const by = this.section.offset + delta - section.offset;
    this.section = section;
    this.from += by;
    this.to += by;
    this.tagFrom += by;
    this.place = undefined;
  }
}

export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded" | "empty";
export type ScalarValue = string | number | boolean | null;

export class ScalarNode extends PlacedNode {
  readonly kind = "scalar";
  /** `empty`: nothing was written (a key without a value); start = end. */
  readonly style: ScalarStyle;
  /** The content: unquoted, unescaped, folded. */
  readonly text: string;
  /** What the schema makes of it: PyYAML's YAML 1.1 for templates, YAML 1.2 core for budget files. Dates stay strings. */
  value: ScalarValue;
  /** What SAM CLI sends in place of `text`, where PyYAML takes it for something else: `false` for `NO`, `1.1` for `1.10`. */
  typed: string | undefined;

  constructor(section: Section, from: number, to: number, style: ScalarStyle, text: string, value: ScalarValue) {
    super(section, from, to);
    this.style = style;
    this.text = text;
    this.value = value;
    this.typed = undefined;
  }
}

export class MapNode extends PlacedNode {
  readonly kind = "map";
  readonly flow: boolean;
  /** Pairs as written, `<<` included. Read through `pairs()` in `lookup.ts`, which resolves merges and duplicates. */
  readonly written: Pair[];
  /** Made by `lookup.ts` for a long mapping that is looked into. */
  index: KeyIndex | undefined;
  private withKey: Place | undefined;

  constructor(section: Section, from: number, to: number, flow: boolean, written: Pair[]) {
    super(section, from, to);
    this.flow = flow;
    this.written = written;
    this.index = undefined;
    this.withKey = undefined;
  }

  /** From its key to its end, as `placeIn`. */
  placeWithKey(key: Node, uri: Uri): Place {
    if (this.withKey?.uri !== uri) {
      const { start, end } = key.placeIn(uri);
      this.withKey = placeInSection(this.section, uri, start, Math.max(end, this.end));
    }
    return this.withKey;
  }

  override endAt(end: number): void {
    super.endAt(end);
    this.withKey = undefined;
  }

  override move(delta: number, section: Section = this.section): void {
    super.move(delta, section);
    this.withKey = undefined;
  }
}

export class SeqNode extends PlacedNode {
  readonly kind = "seq";
  readonly flow: boolean;
  readonly items: Node[];

  constructor(section: Section, from: number, to: number, flow: boolean, items: Node[]) {
    super(section, from, to);
    this.flow = flow;
    this.items = items;
  }
}

/** `*name`; `target` is undefined when no such anchor stands before it. */
export class AliasNode extends PlacedNode {
  readonly kind = "alias";
  readonly name: string;
  readonly target: Node | undefined;

  constructor(section: Section, from: number, to: number, name: string, target: Node | undefined) {
    super(section, from, to);
    this.name = name;
    this.target = target;
  }
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
