import { poolKeys } from "../budgetFile/budgetKeys.ts";
import { isBudgetFile } from "../budgetFile/isBudgetFile.ts";
import type { Span, Uri } from "../model.ts";
import type { SourceFile } from "../sources.ts";
import { asMap, asScalar, deref, get, keyText, rootOf } from "../syntax/lookup.ts";
import type { MapNode, Pair } from "../syntax/nodes.ts";

/** What a file that is neither template nor budget file may be meant as. */
export interface Lookalike {
  readonly kind: "budget" | "resources" | "serverless";
  /** Its first line. */
  readonly place: Span;
  /** How many Lambda functions stand in it; 0 for a budget. */
  readonly functions: number;
}

const NEAR_NAME = /(?:^|[/._-])concurrency[-_. ]?budgets?\.(?:ya?ml|json)$/i;
const SERVERLESS_NAME = /(?:^|\/)serverless\.(?:ya?ml|json)$/i;

/** A key that only a budget has in this place, or the type of a function: without one a large file need not be read. */
const TELLING = /(?:^|[{,\s])["']?(?:stacks|reservations)["']?[ \t]*:|AWS::(?:Lambda|Serverless)::Function/;

/** Is a file called nearly as a budget file, but not quite: another case, `_` for `-`, `.json`? */
export function hasNearBudgetName(uri: Uri): boolean {
  return NEAR_NAME.test(uri.replaceAll("%20", " ")) && !isBudgetFile(uri);
}

/** A look at name and bytes that saves reading most files: can `lookalikeOf` find anything in one of this name with these words in it? */
export function mayBeLookalike(uri: Uri, includes: (text: string) => boolean): boolean {
  if (hasNearBudgetName(uri) || SERVERLESS_NAME.test(uri)) return true;
  return ["AWS::Lambda::Function", "AWS::Serverless::Function", "reservations", "stacks"].some(includes);
}

/** What a file of kind `other` may be meant as; undefined for what has nothing to do with Lambda. */
export function lookalikeOf(file: SourceFile): Lookalike | undefined {
  if (file.kind !== "other" || !mayBeLookalike(file.uri, (text) => file.text.includes(text))) return undefined;
  const newline = file.text.search(/[\r\n]|$/);
  const isNear = hasNearBudgetName(file.uri);
  if (!isNear && !SERVERLESS_NAME.test(file.uri) && !TELLING.test(file.text)) return undefined;
  const found = (kind: Lookalike["kind"], functions = 0) => ({ kind, place: { start: 0, end: newline }, functions });
  if (isNear) return found("budget");
  const root = asMap(rootOf(file.tree));
  if (!root) return undefined;
  if (isBudgetLike(root)) return found("budget");
  if (SERVERLESS_NAME.test(file.uri) && get(root, "service")) {
    return found("serverless", asMap(get(root, "functions"))?.written.length ?? 0);
  }
  const functions = root.written.filter(isFunction).length;
  return functions === 0 ? undefined : found("resources", functions);
}

/** `reservations`, or `stacks` with templates, and little that a budget does not know. */
function isBudgetLike(root: MapNode): boolean {
  const keys = root.written.map(keyText);
  const known = keys.filter((key) => key !== undefined && Object.hasOwn(poolKeys, key));
  const stacks = deref(get(root, "stacks"));
  const isTelling =
    asMap(get(root, "reservations")) !== undefined ||
    (stacks?.kind === "seq" && stacks.items.some((item) => get(item, "template")));
  return isTelling && known.length >= 2 && known.length * 2 > keys.length;
}

function isFunction({ value }: Pair): boolean {
  const type = asScalar(get(value, "Type"))?.text;
  return type === "AWS::Lambda::Function" || type === "AWS::Serverless::Function";
}
