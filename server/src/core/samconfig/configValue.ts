import type { Place } from "../model.ts";

/** A value of a configuration file, whatever its format, with where it stands. */
export type ConfigValue = ConfigText | ConfigNothing | ConfigList | ConfigMap;

export interface ConfigText {
  readonly kind: "text";
  /** As SAM CLI would turn it into a string: a number as Python prints it, `True` and `False` for booleans. */
  readonly text: string;
  readonly type: "string" | "integer" | "float" | "boolean";
  readonly place: Place;
}

export interface ConfigNothing {
  readonly kind: "nothing";
  readonly place: Place;
}

export interface ConfigList {
  readonly kind: "list";
  readonly items: readonly ConfigValue[];
  readonly place: Place;
}

export interface ConfigMap {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, ConfigValue>;
  readonly place: Place;
}

/** A file that was read, or one sentence that says why it was not. */
export type ConfigFile = { readonly root: ConfigValue } | { readonly problem: string; readonly place: Place };

/** How deep and how large a configuration file may be. A real one has four levels and a hundred values. */
export const MAX_DEPTH = 40;
export const MAX_VALUES = 50_000;
export const TOO_MUCH = "It has too many or too deeply nested values.";

/** The value behind a path of keys; undefined when a step is missing or no mapping. */
export function valueAt(value: ConfigValue | undefined, path: readonly string[]): ConfigValue | undefined {
  let current = value;
  for (const key of path) {
    if (current?.kind !== "map") return undefined;
    current = current.entries.get(key);
  }
  return current;
}

/** A number as Python prints it: `1`, `1.0`, `0.1`. */
export function numberText(value: number | bigint): string {
  if (typeof value === "bigint") return String(value);
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? `${value}.0` : String(value);
}
