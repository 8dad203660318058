import type { SyntaxTree } from "./nodes.ts";

/** `template`: YAML 1.1 as PyYAML reads it, and JSON. `budget`: YAML 1.2 core schema. */
export type Dialect = "template" | "budget";

/** Reads a text into a tree. Never throws; whatever can be read is read, the rest is in `problems`. */
export function parse(_text: string, _dialect: Dialect): SyntaxTree {
  throw new Error("not yet");
}
