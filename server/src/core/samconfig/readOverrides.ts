import type { Place, Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import { folderOf, nameOf, resolvePath } from "../uris.ts";
import { type AssignmentPlaces, assignmentPlaces, literalPlace } from "./assignmentPlace.ts";
import type { ConfigProblem } from "./configProblem.ts";
import type { ConfigList, ConfigMap, ConfigText, ConfigValue } from "./configValue.ts";
import { readOverrideText } from "./overrideText.ts";
import { type ReadConfig, readConfig } from "./readConfig.ts";

/** A parameter's value out of `parameter_overrides`, and the file and place it is written at. */
export interface Override {
  readonly value: string;
  readonly place: Place;
}

/** Files included from one samconfig: more of them is a mistake. */
const MAX_FILES = 50;
const MAX_NESTING = 30;

interface Reader {
  readonly sources: Sources;
  readonly overrides: Map<string, Override>;
  readonly problems: ConfigProblem[];
  readonly reads: Uri[];
  /** By the place of the value: a TOML list gives all its items the same. */
  readonly places: Map<string, AssignmentPlaces>;
  /** More files were included than are read, and that was said. */
  full: boolean;
}

/** One file of the chain of includes that is being read. */
interface Chain {
  readonly file: Pick<ReadConfig, "uri" | "text">;
  readonly depth: number;
  readonly from?: Chain;
}

/**
 * Flattens a `parameter_overrides` value in any of the forms that SAM CLI takes: a string in either spelling, a table, a list of
 * these, `file://…`, and `$include` in a table. Later values win; a table's own keys win over what it includes.
 */
export function readOverrides(
  value: ConfigValue,
  file: Pick<ReadConfig, "uri" | "text">,
  sources: Sources,
): {
  readonly overrides: ReadonlyMap<string, Override>;
  readonly problems: readonly ConfigProblem[];
  readonly reads: readonly Uri[];
} {
  const reader: Reader = { sources, overrides: new Map(), problems: [], reads: [], places: new Map(), full: false };
  readValue(reader, value, { file, depth: 0 });
  return reader;
}

function readValue(reader: Reader, value: ConfigValue, chain: Chain): void {
  if (value.kind === "nothing") return;
  if (value.kind === "text") readTextValue(reader, value, chain);
  else if (value.kind === "list") readList(reader, value, chain);
  else readMap(reader, value, chain);
}

function readList(reader: Reader, list: ConfigList, chain: Chain): void {
  if (chain.depth >= MAX_NESTING) return;
  for (const item of list.items) readValue(reader, item, { ...chain, depth: chain.depth + 1 });
}

function readTextValue(reader: Reader, value: ConfigText, chain: Chain): void {
  const { text, place } = value;
  if (text.startsWith("file://")) {
    include(reader, text, place, chain);
    return;
  }
  if (text.trim() === "") return;
  const assignments = value.type === "string" ? readOverrideText(text) : undefined;
  if (!assignments) {
    const message = `parameter_overrides cannot be read at "${cut(text)}": write Key=Value or ParameterKey=Key,ParameterValue=Value.`;
    reader.problems.push({ place, message });
    return;
  }
  const placeOf = placesIn(reader, place, chain);
  for (const { name, value: assigned } of assignments) set(reader, name, { value: assigned, place: placeOf(name) });
}

function placesIn(reader: Reader, place: Place, { file }: Chain): AssignmentPlaces {
  const key = `${place.uri} ${place.start} ${place.end}`;
  const known = reader.places.get(key) ?? assignmentPlaces(file.text, place);
  reader.places.set(key, known);
  return known;
}

function readMap(reader: Reader, map: ConfigMap, chain: Chain): void {
  const included = map.entries.get("$include");
  for (const path of included?.kind === "list" ? included.items : included ? [included] : []) {
    if (path.kind === "text") include(reader, path.text, path.place, chain);
    else
      reader.problems.push({
        place: path.place,
        message: "`$include` needs the path of a parameter file, or a list of them.",
      });
  }
  for (const [name, value] of map.entries) {
    if (name === "$include") continue;
    const text = flatText(value);
    if (text !== undefined) set(reader, name, { value: text, place: value.place });
    else
      reader.problems.push({
        place: value.place,
        message: `The parameter ${cut(name)} cannot be a table. Write a text, a number or a list.`,
      });
  }
}

/** Lists are joined with commas, their empty items left out; nothing is an empty text. */
function flatText(value: ConfigValue): string | undefined {
  if (value.kind === "nothing") return "";
  if (value.kind === "text") return value.text;
  if (value.kind === "map") return undefined;
  const items = value.items
    .filter((item) => item.kind !== "nothing")
    .map((item) => (item.kind === "text" ? item.text.trim() : undefined));
  return items.includes(undefined) ? undefined : items.filter((item) => item !== "").join(",");
}

function include(reader: Reader, written: string, value: Place, chain: Chain): void {
  if (reader.full) return;
  const place = literalPlace(chain.file.text, value, written);
  const path = written.replace(/^file:\/\//, "");
  const refused = refuseInclude(reader, path, chain);
  if (refused !== undefined) {
    reader.problems.push({ place, message: refused });
    return;
  }
  const uri = resolvePath(folderOf(chain.file.uri), path);
  reader.reads.push(uri);
  const read = readConfig(uri, reader.sources);
  if (read === "missing") reader.problems.push({ place, message: `The parameter file ${cut(path)} does not exist.` });
  else if ("problem" in read) reader.problems.push(read.problem);
  else readValue(reader, read.root, { file: read, depth: 0, from: chain });
}

function refuseInclude(reader: Reader, path: string, chain: Chain): string | undefined {
  if (!/\.(?:toml|ya?ml)$/.test(path)) {
    return `${cut(path)} is no parameter file that SAM CLI reads: it takes .toml, .yaml and .yml.`;
  }
  const uri = resolvePath(folderOf(chain.file.uri), path);
  for (let link: Chain | undefined = chain; link; link = link.from) {
    if (link.file.uri === uri) return `${nameOf(uri)} includes itself. Remove one of the includes.`;
  }
  if (reader.reads.length < MAX_FILES) return undefined;
  reader.full = true;
  return `More than ${MAX_FILES} parameter files are included; ${cut(path)} and those behind it are not read.`;
}

/** A name that is set again moves to the end: later values win. */
function set(reader: Reader, name: string, override: Override): void {
  reader.overrides.delete(name);
  reader.overrides.set(name, override);
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
