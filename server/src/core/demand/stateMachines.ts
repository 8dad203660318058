import { judgeCount } from "../intrinsics/count.ts";
import { type Evaluated, scalar, sketchOf } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import { entriesOf } from "../intrinsics/forEach.ts";
import { onlyName, piecesOf } from "../intrinsics/placeholders.ts";
import type { Uri } from "../model.ts";
import { readAs, type Sources } from "../sources.ts";
import { rootOf } from "../syntax/lookup.ts";
import { parse } from "../syntax/parse.ts";
import { existenceOf } from "../template/functions.ts";
import type { TemplateInstance } from "../template/instance.ts";
import { type Properties, propertiesOf, propertyValue } from "../template/property.ts";
import type { Resource } from "../template/resources.ts";
import { folderOf, resolvePath, wellFormed } from "../uris.ts";
import { isUnknown } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import type { SourceDemand } from "./demand.ts";
import { type FanOut, fanOut } from "./fanOut.ts";
import type { RememberedDemand } from "./rememberedDemand.ts";
import { evaluatePlain, readWorkflow, type Workflow } from "./workflow.ts";

/** A state machine as it is written. */
interface Machine {
  /** Absent when the definition is in a file. */
  readonly workflow?: Workflow | undefined;
  readonly file?: Uri;
  readonly substitutions: ReadonlyMap<string, Evaluated>;
}

/** The demand of the Map states of a template's state machines, by logical id of the function, and the files of definitions. */
export function mapDemandIn(instance: TemplateInstance, sources: Sources, remembered: RememberedDemand) {
  const { evaluator, resources } = instance;
  const demand = new Map<string, SourceDemand[]>();
  const reads: Uri[] = [];
  for (const resource of resources.byId.values()) {
    if (!machineTypes.has(resource.type)) continue;
    const machine = remembered.of(evaluator, resource, "machine", () => readMachine(evaluator, resource));
    if (machine?.file !== undefined) reads.push(machine.file);
    const workflow = machine?.workflow ?? (machine?.file && readFile(machine.file, sources));
    if (!machine || !workflow) continue;
    for (const [id, found] of demandOf(instance, resource, workflow, machine.substitutions)) {
      const known = demand.get(id);
      if (known) known.push(found);
      else demand.set(id, [found]);
    }
  }
  return { demand, reads };
}

const machineTypes: ReadonlySet<string> = new Set([
  "AWS::Serverless::StateMachine",
  "AWS::StepFunctions::StateMachine",
]);

function demandOf(
  { evaluator, references }: TemplateInstance,
  resource: Resource,
  workflow: Workflow,
  substitutions: ReadonlyMap<string, Evaluated>,
): ReadonlyMap<string, SourceDemand> {
  const targets = new Map<string, string | undefined>();
  const targetOf = (target: string): string | undefined => {
    if (!targets.has(target)) {
      const text = substitute(target, substitutions);
      targets.set(target, text === undefined ? undefined : references.target(scalar(text)));
    }
    return targets.get(target);
  };
  for (const target of targetsIn(workflow)) targetOf(target);
  const count = (maximum: Evaluated) => judgeCount(substituted(maximum, substitutions), 0).value;
  const found = new Map<string, SourceDemand>();
  for (const id of new Set(targets.values())) {
    if (id === undefined) continue;
    const fan = fanOut(workflow, { isTarget: (target) => targetOf(target) === id, count });
    if (!fan?.mapped) continue;
    const { maximum, text, ceiling, unbounded } = fan;
    found.set(id, {
      source: resource.logicalId,
      kind: "map",
      place: evaluator.placeOf(resource.keyNode),
      maximum,
      ...(unbounded && { unbounded }),
      arithmetic: `${text}${totalText(fan)} for each execution`,
      ...(unbounded && ceiling !== undefined && { ceiling }),
    });
  }
  return found;
}

function totalText({ maximum, text, ceiling, unbounded }: FanOut): string {
  if (!isUnknown(maximum)) return text.includes(" × ") ? ` = ${num(maximum)}` : "";
  if (!unbounded) return "";
  return ceiling === undefined ? ": unbounded" : `: unbounded (Step Functions runs about ${num(ceiling)} at once)`;
}

function* targetsIn(workflow: Workflow): Generator<string> {
  if (workflow.kind === "call") yield workflow.target;
  else if (workflow.kind === "map") yield* targetsIn(workflow.body);
  else for (const part of workflow.parts) yield* targetsIn(part);
}

function readMachine(evaluator: Evaluator, resource: Resource): Machine | undefined {
  if (existenceOf(evaluator, resource) === false) return undefined;
  const properties = propertiesOf(evaluator, resource, undefined);
  const substitutions = membersOf(evaluator, propertyValue(evaluator, properties.get("DefinitionSubstitutions")));
  const inline = propertyValue(evaluator, properties.get("Definition"));
  if (inline.kind === "mapping") return { workflow: readWorkflow(inline, evaluator.evaluate), substitutions };
  const text = sketchOf(propertyValue(evaluator, properties.get("DefinitionString")));
  if (text !== undefined) return { workflow: readText(evaluator.uri, text), substitutions };
  const file = fileOf(evaluator, properties);
  return file === undefined ? undefined : { file, substitutions };
}

function membersOf(evaluator: Evaluator, value: Evaluated): ReadonlyMap<string, Evaluated> {
  if (value.kind !== "mapping") return new Map();
  const { entries } = entriesOf(value.map, value.scope, evaluator.evaluate);
  return new Map(entries.map(({ key, value: node, scope }) => [key, evaluator.evaluate(node, scope)]));
}

/** `DefinitionUri` of SAM, or `DefinitionS3Location` before `aws cloudformation package`: a path beside the template. */
function fileOf(evaluator: Evaluator, properties: Properties): Uri | undefined {
  const property = properties.get("DefinitionUri") ?? properties.get("DefinitionS3Location");
  const path = propertyValue(evaluator, property);
  if (path.kind !== "scalar" || path.text === "" || /^[a-z][a-z0-9+.-]+:/i.test(path.text)) return undefined;
  return resolvePath(folderOf(evaluator.uri), wellFormed(path.text).replaceAll("\\", "/"));
}

function readFile(uri: Uri, sources: Sources): Workflow | undefined {
  const file = sources.text(uri);
  return "error" in file ? undefined : readAs(uri, file, readText, sources);
}

/** What stands for names that are not known yet where JSON may want a number: words, in characters that no text holds. */
const HOLE = "\uE000";
const OPEN = "\uE001";
const CLOSE = "\uE002";

function readText(_: Uri, text: string): Workflow | undefined {
  let words = "";
  for (const piece of piecesOf(text.replaceAll("\0", HOLE))) {
    words += "text" in piece ? piece.text : OPEN + piece.name + CLOSE;
  }
  return readWorkflow(evaluatePlain(rootOf(parse(words, "template")), undefined), evaluatePlain);
}

/** As it was written, with holes. */
function unword(text: string): string {
  return text.replaceAll(HOLE, "\0").replaceAll(OPEN, "${").replaceAll(CLOSE, "}");
}

/** A text with its `${Name}` filled in; undefined when one of them is not known. */
function substitute(text: string, substitutions: ReadonlyMap<string, Evaluated>): string | undefined {
  let filled = "";
  for (const piece of piecesOf(unword(text))) {
    const value = "text" in piece ? scalar(piece.text) : substitutions.get(piece.name);
    const known = value && sketchOf(value);
    if (known === undefined) return undefined;
    filled += known;
  }
  return filled;
}

function substituted(value: Evaluated, substitutions: ReadonlyMap<string, Evaluated>): Evaluated {
  if (value.kind !== "scalar") return value;
  const text = unword(value.text);
  const name = onlyName(text);
  if (name !== undefined) return substitutions.get(name) ?? undecidedNumber(text);
  return text.includes("\0") ? undecidedNumber(text.replaceAll("\0", "")) : value;
}

function undecidedNumber(name: string): Evaluated {
  return { kind: "undecided", reason: `${name} is not decided`, sources: [] };
}
