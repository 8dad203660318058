import { URI } from "vscode-uri";
import { type Undecided, undecided } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import { memberOf } from "../intrinsics/forEach.ts";
import { declarationOf } from "../intrinsics/parameterDeclaration.ts";
import type { Given } from "../intrinsics/parameters.ts";
import type { NestedStack, ParameterValues, Refusal, ResolvedTemplate, Uri } from "../model.ts";
import type { SourceFile, Sources } from "../sources.ts";
import { get, rootOf } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";
import { connect } from "./connect.ts";
import { addEvents } from "./eventSources.ts";
import { declare, draftFunction, existenceOf, type FunctionDraft, refusedCondition } from "./functions.ts";
import { sharedOf, type TemplateInstance } from "./instance.ts";
import { misplaced } from "./misplaced.ts";
import { concurrencyKinds, misspelt } from "./misspelt.ts";
import { isNested, nestedStack, type ResolveChild } from "./nested.ts";
import { fileOfChild, maxTemplates, openTemplate, type Run } from "./openTemplate.ts";
import { refusedParameters } from "./parameterRefusals.ts";
import { refusedPassing } from "./passedParameters.ts";
import { globalsOf } from "./property.ts";
import { isFunction } from "./references.ts";
import { refusedConditions } from "./refusedConditions.ts";
import { RememberedFunctions } from "./rememberedFunctions.ts";
import type { BlindSpot, Resources } from "./resources.ts";
import { settingOf } from "./settings.ts";
import { hiddenByTransforms } from "./transforms.ts";
import { typedKeysOf } from "./typedKeys.ts";

/**
 * A template under the given parameters: its functions with their numbers, its nested stacks resolved under the values that it
 * passes on, and whatever hides something. Never throws; a file that cannot be read or is no template has no functions and one
 * blind spot that says so.
 */
export function resolveTemplate(
  uri: Uri,
  parameters: ParameterValues,
  sources: Sources,
  remembered = new RememberedFunctions(),
): Resolution {
  const run: Run = { sources, instances: [], templates: 0, outputs: 0 };
  const file = sources.get(uri);
  if ("error" in file) return { template: unread(uri, file.error), instances: [] };
  const given = new Map<string, Given>();
  for (const [name, { value, source }] of parameters) {
    given.set(name, { value: typeof value === "string" ? value : fromUnknown(value), sources: [source] });
  }
  const template = resolveFile(run, file, given, [URI.parse(uri).toString()], undefined, remembered);
  return { template, instances: run.instances };
}

/** A template with what it takes to look at it, and at those nested in it, under other values. */
interface Resolution {
  readonly template: ResolvedTemplate;
  /** Its own first; an instance comes before those nested in it. */
  readonly instances: readonly TemplateInstance[];
}

function fromUnknown(value: { readonly unknown: string; readonly min?: number; readonly max?: number }): Undecided {
  const { unknown, ...bounds } = value;
  return undecided(unknown, bounds);
}

function unread(uri: Uri, reason: string): ResolvedTemplate {
  const blindSpots = [{ place: { uri, start: 0, end: 0 }, reason }];
  return {
    uri,
    kind: "cloudformation",
    functions: [],
    nested: [],
    parameters: [],
    required: [],
    blindSpots,
    refused: [],
    typedKeys: [],
    reads: [uri],
  };
}

/** `path` are the templates from the root to this one. */
function resolveFile(
  run: Run,
  file: SourceFile,
  given: ReadonlyMap<string, Given>,
  path: readonly Uri[],
  parent: TemplateInstance["parent"],
  remembered = new RememberedFunctions(),
): ResolvedTemplate {
  if (file.kind !== "sam" && file.kind !== "cloudformation") return unread(file.uri, "this is not a template");
  run.templates++;
  const root = rootOf(file.tree);
  const { evaluator, resources } = openTemplate(run, file, given, path);
  const transforms = hiddenByTransforms(evaluator, root);
  const blindSpots: BlindSpot[] = [...transforms, ...resources.blindSpots];

  remembered.begin(root);
  const drafts = draftFunctions(evaluator, root, resources, remembered);
  const connected = connect(evaluator, resources, drafts);
  blindSpots.push(...connected.blindSpots);
  const instance: TemplateInstance = {
    uri: file.uri,
    root,
    nesting: parent ? [...parent.instance.nesting, parent.resource.logicalId] : [],
    given,
    evaluator,
    globals: globalsOf(root),
    resources,
    drafts,
    references: connected.references,
    attached: connected.attached,
    children: new Map(),
    declared: new Map(),
    settled: new Set(),
    ...(transforms[0] && { transform: transforms[0].reason }),
    ...(parent && { parent }),
  };
  run.instances.push(instance);
  parent?.instance.children.set(parent.resource.logicalId, instance);
  const { nested, reads, refused } = resolveNested(run, instance, path);
  for (const problem of evaluator.problems) {
    blindSpots.push({ place: evaluator.placeOf(problem.node), reason: problem.reason });
  }
  return {
    uri: file.uri,
    kind: file.kind,
    functions: [...drafts.values()].map((draft) => {
      const alone = !connected.attached.has(draft.resource.logicalId);
      const declared = remembered.declared(evaluator, draft, instance.transform, alone, () =>
        declare(evaluator, draft, instance.transform),
      );
      instance.declared.set(declared.logicalId, declared);
      if (alone && remembered.isSettled(declared.logicalId)) instance.settled.add(declared.logicalId);
      return declared;
    }),
    nested,
    parameters: evaluator.parameterNames,
    required: evaluator.parameterNames.filter((name) => !declarationOf(evaluator.parameterNodes.get(name)).default),
    ...globalReserved(evaluator, root, drafts),
    blindSpots,
    refused: [
      ...refusedParameters(evaluator),
      ...refusedPassing(evaluator, resources, nested, run.sources),
      ...connected.refused,
      ...(transforms.length > 0 ? [] : refusedConditions(evaluator)),
      ...refused,
      ...misplaced(get(root, "Globals"), concurrencyKinds.sam.keys, besideFunction, evaluator.placeOf),
      ...misspeltGlobals(evaluator, root),
    ],
    typedKeys: typedKeysOf(root, evaluator.placeOf),
    reads: [...new Set([file.uri, ...reads])],
  };
}

function draftFunctions(
  evaluator: Evaluator,
  root: Node | undefined,
  resources: Resources,
  remembered: RememberedFunctions,
): Map<string, FunctionDraft> {
  const globals = globalsOf(root);
  const drafts = new Map<string, FunctionDraft>();
  for (const resource of resources.byId.values()) {
    if (!isFunction(resource.type)) continue;
    const draft = remembered.draft(evaluator, root, resource, () => {
      const read = draftFunction(evaluator, resource, globals);
      if (read) addEvents(evaluator, read);
      return read;
    });
    if (draft) drafts.set(resource.logicalId, draft);
  }
  return drafts;
}

function resolveNested(run: Run, instance: TemplateInstance, path: readonly Uri[]) {
  const { evaluator, resources, given } = instance;
  const nested: NestedStack[] = [];
  const reads: Uri[] = [];
  const refused: Refusal[] = [];
  const shared = sharedOf(given);
  const resolve: ResolveChild = (uri, own, resource) => {
    reads.push(uri);
    const file = fileOfChild(run, uri, path);
    if ("unknown" in file) return file;
    if (run.templates >= maxTemplates) return { unknown: `more than ${maxTemplates} nested stacks` };
    const child = resolveFile(run, file, new Map([...shared, ...own]), [...path, uri], { instance, resource });
    reads.push(...child.reads);
    return child;
  };
  for (const resource of resources.byId.values()) {
    const stack = isNested(resource.type) && nestedStack(evaluator, resource, resolve);
    if (!stack) continue;
    nested.push(stack);
    for (const refusal of refusedCondition(existenceOf(evaluator, resource) || {}))
      refused.push({ ...refusal, message: `${resource.logicalId} ${refusal.message}` });
  }
  return { nested, reads, refused };
}

const besideFunction = { subject: "Globals has", into: "Function", name: "Globals.Function" };

function misspeltGlobals(evaluator: Evaluator, root: Node | undefined): Refusal[] {
  const globals = globalsOf(root);
  if (!globals) return [];
  const config = memberOf(globals, undefined, "ProvisionedConcurrencyConfig", evaluator.evaluate)?.value;
  const found = [
    ...misspelt(globals, "it", concurrencyKinds.sam, evaluator.placeOf),
    ...misspelt(config, "ProvisionedConcurrencyConfig", concurrencyKinds.provisioned, evaluator.placeOf),
  ];
  return found.map((refusal) => ({ ...refusal, message: `Globals.Function ${refusal.message}` }));
}

function globalReserved(
  evaluator: Evaluator,
  root: Node | undefined,
  drafts: ReadonlyMap<string, FunctionDraft>,
): Pick<ResolvedTemplate, "globalReserved"> {
  const globals = globalsOf(root);
  const entry = globals && memberOf(globals, undefined, "ReservedConcurrentExecutions", evaluator.evaluate);
  if (!entry) return {};
  const place = evaluator.placeOf(entry.value);
  const setting = settingOf(evaluator, { entry, from: "resource" }, { place, sam: true }, undefined);
  const inheritedBy: string[] = [];
  for (const [id, draft] of drafts) if (draft.reserved.origin === "globals") inheritedBy.push(id);
  return { globalReserved: { place, setting, inheritedBy } };
}
