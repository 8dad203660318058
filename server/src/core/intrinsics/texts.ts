import type { Source } from "../model.ts";
import { asMap, asScalar, scalarText } from "../syntax/lookup.ts";
import {
  type Evaluated,
  eitherOf,
  hole,
  type List,
  mapOutcomes,
  type Scope,
  scalar,
  sketchOf,
  undecided,
} from "./evaluated.ts";
import type { Evaluator } from "./evaluator.ts";
import { memberOf } from "./forEach.ts";
import type { Intrinsic } from "./intrinsic.ts";
import { attributeOf } from "./outputs.ts";
import { piecesOf } from "./placeholders.ts";
import { referTo } from "./ref.ts";
import { fillIn } from "./scope.ts";

/** More combinations of undecided parts than this are not listed. */
const maxCombinations = 256;
/** A longer text is not put together: a template has at most 1 MB. */
const maxText = 1_000_000;
/** An item of a list is taken for as much work as so many characters. */
const ITEM_LENGTH = 20;

const tooLong = undecided("the texts of the template are too long to follow");

/** `Fn::Sub`, with or without its own variables. */
export function substitute(evaluator: Evaluator, call: Intrinsic, scope: Scope): Evaluated {
  const [first, second] = evaluator.arguments(call);
  const written = asScalar(first ?? call.argument);
  if (!written) return undecided("Fn::Sub needs a text");
  const variables = asMap(second);
  const text = fillIn(scalarText(written), scope);
  if (!evaluator.mayRead(text.length)) return tooLong;
  const parts: Evaluated[] = [];
  for (const piece of piecesOf(text)) parts.push("text" in piece ? scalar(piece.text) : evaluateName(piece.name));
  const [only, ...others] = parts;
  // Nothing else: what is known of the value is known of the text.
  if (only?.kind === "undecided" && others.length === 0) return only;
  return concatenate(parts, []);

  function evaluateName(name: string): Evaluated {
    const variable = variables && memberOf(variables, scope, name, evaluator.evaluate);
    if (variable) return evaluator.evaluate(variable.value, variable.scope);
    if (name.includes(".")) return attributeOf(evaluator, name);
    return referTo(evaluator, name, scope);
  }
}

/** `Fn::Join`; items that are `AWS::NoValue` are left out. */
export function join(evaluator: Evaluator, call: Intrinsic, scope: Scope): Evaluated {
  const [delimiter, list] = evaluator.arguments(call);
  const separator = evaluator.evaluate(delimiter, scope);
  if (separator.kind !== "scalar" || !list) return undecided("Fn::Join needs a delimiter and a list");
  return mapOutcomes(evaluator.evaluate(list, scope), (value) => {
    if (value.kind !== "list") return undecided("Fn::Join needs a list");
    if (!evaluator.mayRead(value.items.length * ITEM_LENGTH)) return tooLong;
    const parts: Evaluated[] = [];
    for (const item of value.items) {
      if (item.kind === "nothing") continue;
      if (parts.length > 0) parts.push(separator);
      parts.push(item);
    }
    return concatenate(parts, value.sources);
  });
}

/** `Fn::Split`; CloudFormation refuses an empty delimiter. */
export function split(evaluator: Evaluator, call: Intrinsic, scope: Scope): Evaluated {
  const [delimiter, text] = evaluator.arguments(call);
  const separator = evaluator.evaluate(delimiter, scope);
  if (separator.kind !== "scalar" || separator.text === "")
    return undecided("Fn::Split needs a delimiter that is not empty");
  const whole = evaluator.evaluate(text, scope);
  const named = separator.text === ":" ? partsOfArn(whole) : undefined;
  return (
    named ??
    mapOutcomes(whole, (value): Evaluated => {
      if (value.kind !== "scalar") return undecided("Fn::Split needs a text");
      if (!evaluator.mayRead(value.text.length)) return tooLong;
      const list: List = {
        kind: "list",
        items: value.text.split(separator.text).map((item) => scalar(item)),
        sources: value.sources,
      };
      return list;
    })
  );
}

/** The seventh part of `Fn.Arn` is the name of the function; templates take it to name scaling targets. */
function partsOfArn(value: Evaluated): List | undefined {
  if (value.kind !== "undecided") return undefined;
  const id = /^\0([^\0.]+)\.Arn\0$/.exec(value.sketch ?? "")?.[1];
  if (id === undefined) return undefined;
  const part = undecided(value.reason, { late: true });
  const name = undecided(value.reason, { late: true, sketch: hole(id) });
  return { kind: "list", items: [part, part, part, part, part, part, name], sources: value.sources };
}

/** Parts put together: a text when all are decided, else undecided with a sketch and, when there are few, all combinations. */
function concatenate(parts: readonly Evaluated[], before: readonly Source[]): Evaluated {
  const sources = new Set(before);
  let length = 0;
  let sketch: string | undefined = "";
  let texts: string[] | undefined = [""];
  let reason: string | undefined;
  let late = false;
  let refused = false;
  for (const part of parts) {
    for (const source of part.sources) sources.add(source);
    if (part.kind === "undecided") {
      reason ??= part.reason;
      refused ||= part.refused === true;
    } else if (part.kind !== "scalar") return undecided("a text is put together from something that is not a text");
    late ||= part.late === true;
    const piece = sketchOf(part);
    length += piece?.length ?? 0;
    if (length > maxText) return undecided(`a text of more than ${maxText} characters is put together`);
    sketch = sketch === undefined || piece === undefined ? undefined : sketch + piece;
    texts = combine(texts, part);
  }
  if (reason === undefined) return { ...scalar(texts?.[0] ?? "", [...sources]), ...(late && { late }) };
  const more = {
    ...(sketch === undefined ? {} : { sketch }),
    ...(late ? { late: true as const } : {}),
    ...(refused ? { refused: true as const } : {}),
  };
  if (!texts || texts.length * length > maxText) return undecided(reason, { sources: [...sources], ...more });
  return eitherOf(
    reason,
    [...sources],
    texts.map((text) => scalar(text)),
    more,
  );
}

function combine(texts: string[] | undefined, part: Evaluated): string[] | undefined {
  if (!texts) return undefined;
  if (part.kind === "scalar") return texts.map((text) => text + part.text);
  if (part.kind !== "undecided" || !part.alternatives) return undefined;
  if (texts.length * part.alternatives.length > maxCombinations) return undefined;
  const combined: string[] = [];
  for (const alternative of part.alternatives) {
    if (alternative.kind !== "scalar") return undefined;
    for (const text of texts) combined.push(text + alternative.text);
  }
  return combined;
}
