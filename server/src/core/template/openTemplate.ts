import { createEvaluator } from "../intrinsics/createEvaluator.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { Given } from "../intrinsics/parameters.ts";
import type { Uri } from "../model.ts";
import type { SourceFile, Sources } from "../sources.ts";
import { rootOf } from "../syntax/lookup.ts";
import { existenceOf } from "./functions.ts";
import { sharedOf, type TemplateInstance } from "./instance.ts";
import { isNested, locationOf, parametersFor } from "./nested.ts";
import { type Resource, type Resources, readResources } from "./resources.ts";

/** A chain of nested stacks longer than this is not followed. */
const maxDepth = 16;
/** Bounds nested stacks that multiply: each use of a child counts. */
export const maxTemplates = 500;

/** State of one resolution, shared by all nested templates. */
export interface Run {
  readonly sources: Sources;
  readonly instances: TemplateInstance[];
  templates: number;
  /** Templates that were opened once more for their outputs. */
  outputs: number;
}

/** A template under given values, before anything is made of its resources. */
interface OpenTemplate {
  readonly evaluator: Evaluator;
  readonly resources: Resources;
}

/** Opens a template, and the templates of nested stacks when their outputs are asked for. `path`: from the root to this one. */
export function openTemplate(
  run: Run,
  file: SourceFile,
  given: ReadonlyMap<string, Given>,
  path: readonly Uri[],
): OpenTemplate {
  const root = rootOf(file.tree);
  const children = new Map<string, Evaluator | undefined>();
  let resources: Resources | undefined;
  const openChild = (resource: Resource): Evaluator | undefined => {
    if (!isNested(resource.type) || existenceOf(evaluator, resource) === false) return undefined;
    const location = locationOf(evaluator, resource);
    const child = "unknown" in location ? location : fileOfChild(run, location.uri, path);
    if ("unknown" in child || ++run.outputs > maxTemplates) return undefined;
    const own = parametersFor(evaluator, resource);
    return openTemplate(run, child, new Map([...sharedOf(given), ...own]), [...path, child.uri]).evaluator;
  };
  const evaluator = createEvaluator(file.uri, root, given, undefined, (logicalId) => {
    if (children.has(logicalId)) return children.get(logicalId);
    const resource = resources?.byId.get(logicalId);
    if (!resource) return undefined;
    // Known before it is opened: what it is given may come from its own outputs, which CloudFormation refuses.
    children.set(logicalId, undefined);
    const child = openChild(resource);
    children.set(logicalId, child);
    return child;
  });
  resources = readResources(evaluator, root);
  return { evaluator, resources };
}

/** The template of a nested stack, or why it is not followed. */
export function fileOfChild(run: Run, uri: Uri, path: readonly Uri[]): SourceFile | { readonly unknown: string } {
  if (path.includes(uri)) return { unknown: "it nests itself" };
  if (path.length >= maxDepth) return { unknown: `stacks are nested more than ${maxDepth} deep` };
  const file = run.sources.get(uri);
  if ("error" in file) return { unknown: file.error };
  const isTemplate = file.kind === "sam" || file.kind === "cloudformation";
  return isTemplate ? file : { unknown: "its file is not a template" };
}
