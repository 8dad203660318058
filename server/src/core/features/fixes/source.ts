import { URI, Utils } from "vscode-uri";
import type { Place, Setting, Source } from "../../model.ts";
import { claimSetting } from "../../rules/claimFacts.ts";
import { asScalar, deref, get, rootOf } from "../../syntax/lookup.ts";
import type { FeatureContext } from "../context.ts";
import { type Edit, fileOf } from "../edge.ts";
import type { Use } from "../uses.ts";
import { type Fix, fix } from "./fix.ts";

/** Where the number behind an intrinsic is written. */
interface Written {
  /** The digits alone. */
  readonly place: Place;
  /** `parameter Stage`, `mapping Sizes.prod.n`. */
  readonly what: string;
}

/**
 * Changes the number behind an intrinsic where it is written: in samconfig, the budget's parameters, a parameter's Default, a
 * mapping. Nothing where it is not written as that number in exactly one place, or where the parameter would refuse the new one.
 */
export function setAtSource(context: FeatureContext, uses: readonly Use[], value: number, to: string): readonly Fix[] {
  const settings = uses.map(({ claim }) => claimSetting(claim.function));
  const found = settings.map((setting) => writtenBehind(context, setting));
  const [first] = found;
  if (!first || found.some((each) => each?.place.uri !== first.place.uri || each.place.start !== first.place.start))
    return [];
  const parameter = /^parameter (\w+)$/.exec(first.what)?.[1];
  if (parameter && !uses.every(({ claim }) => accepts(context, claim.uri, parameter, value))) return [];
  const edit: Edit = { ...first.place, text: String(value) };
  const title = `Set ${first.what} in ${Utils.basename(URI.parse(first.place.uri))} ${to}`;
  return fix(title, [edit], true);
}

function writtenBehind(context: FeatureContext, { origin, value, sources }: Setting): Written | undefined {
  if (origin !== "intrinsic" || typeof value !== "number") return undefined;
  const found = sources.flatMap((source) => {
    const place = digitsAt(context, source, String(value));
    return place ? [{ place, what: source.what.split(" (", 1)[0] ?? "" }] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The digits of a number at a source: alone, in quotes, or assigned in the text of samconfig's `parameter_overrides`. */
function digitsAt(context: FeatureContext, { what, place }: Source, digits: string): Place | undefined {
  const read = place && context.sources.text(place.uri);
  if (!place || !read || !("text" in read)) return undefined;
  let end = place.end;
  while (end > place.start && "\\\"'".includes(read.text[end - 1] as string)) end--;
  const start = end - digits.length;
  if (start < place.start || read.text.slice(start, end) !== digits) return undefined;
  const before = read.text.slice(place.start, start);
  const name = /^parameter (\w+)/.exec(what)?.[1];
  if (!/^["']?$/.test(before) && (name === undefined || !assigns(before, name))) return undefined;
  return { uri: place.uri, start, end };
}

/** `Name=` or `ParameterKey=Name,ParameterValue=`, with quotes that may be escaped. */
function assigns(before: string, name: string): boolean {
  const bare = before.length > 200 ? "" : before.replace(/[\\"']/g, "");
  return bare === `${name}=` || bare === `ParameterKey=${name},ParameterValue=`;
}

/** Whether a parameter's own constraints allow a number. */
function accepts(context: FeatureContext, uri: string, name: string, value: number): boolean {
  const file = fileOf(context, uri);
  const declared = file && get(get(rootOf(file.tree), "Parameters"), name);
  const bound = (key: string) => Number(asScalar(get(declared, key))?.text ?? Number.NaN);
  if (value < bound("MinValue") || value > bound("MaxValue")) return false;
  const allowed = deref(get(declared, "AllowedValues"));
  return allowed?.kind !== "seq" || allowed.items.some((item) => asScalar(item)?.text === String(value));
}
