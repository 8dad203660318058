import { parse, TomlDate, TomlError } from "smol-toml";
import type { Uri } from "../model.ts";
import { type ConfigFile, type ConfigValue, MAX_DEPTH, MAX_VALUES, numberText, TOO_MUCH } from "./configValue.ts";
import { type PlaceOf, tomlPlaces } from "./tomlPlaces.ts";

/** Reads a TOML text. Never throws. */
export function readToml(uri: Uri, text: string): ConfigFile {
  try {
    const table = parse(text.replace(/^\uFEFF/, ""), { integersAsBigInt: true, maxDepth: MAX_DEPTH });
    const reading: Reading = { placeOf: tomlPlaces(uri, text), left: MAX_VALUES };
    const root = convert(table, [], reading);
    return reading.left < 0 ? { problem: TOO_MUCH, place: { uri, start: 0, end: 0 } } : { root };
  } catch (error) {
    if (!(error instanceof TomlError))
      return { problem: "It cannot be read as TOML.", place: { uri, start: 0, end: 0 } };
    const start = offsetOf(text, error.line, error.column);
    const reason = (error.message.split("\n")[0] ?? "").replace(/^Invalid TOML document: /, "");
    return { problem: `It is not valid TOML (line ${error.line}): ${reason}.`, place: { uri, start, end: start } };
  }
}

interface Reading {
  readonly placeOf: PlaceOf;
  /** How many values may still come. */
  left: number;
}

/** Dotted keys nest as deep as a line is long, so depth and number of values are bounded. */
function convert(value: unknown, path: readonly string[], reading: Reading): ConfigValue {
  reading.left -= path.length > MAX_DEPTH ? MAX_VALUES + 1 : 1;
  if (reading.left < 0) return { kind: "nothing", place: reading.placeOf([]) };
  const place = reading.placeOf(path);
  if (typeof value === "string") return { kind: "text", type: "string", text: value, place };
  if (typeof value === "bigint") return { kind: "text", type: "integer", text: numberText(value), place };
  if (typeof value === "number") return { kind: "text", type: "float", text: numberText(value), place };
  if (typeof value === "boolean") return { kind: "text", type: "boolean", text: value ? "True" : "False", place };
  if (value instanceof TomlDate) return { kind: "text", type: "string", text: value.toISOString(), place };
  if (Array.isArray(value)) return { kind: "list", items: value.map((item) => convert(item, path, reading)), place };
  if (typeof value !== "object" || value === null) return { kind: "nothing", place };
  const entries = Object.entries(value).map(([key, item]) => [key, convert(item, [...path, key], reading)] as const);
  return { kind: "map", entries: new Map(entries), place };
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let i = 1; i < line; i++) {
    const newline = text.indexOf("\n", start);
    if (newline < 0) break;
    start = newline + 1;
  }
  return Math.min(start + Math.max(0, column - 1), text.length);
}
