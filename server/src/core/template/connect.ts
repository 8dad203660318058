import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { Refusal } from "../model.ts";
import { addMapping } from "./eventSources.ts";
import type { FunctionDraft } from "./functions.ts";
import { addProvisioned, type Elsewhere } from "./provisioned.ts";
import { createReferences, type References } from "./references.ts";
import type { BlindSpot, Resource, Resources } from "./resources.ts";
import { addScalingTarget } from "./scalingTargets.ts";

/** What `connect` found beside what it added to the functions. */
interface Connected {
  readonly blindSpots: readonly BlindSpot[];
  /** What belongs to no function of this template. */
  readonly refused: readonly Refusal[];
  readonly references: References;
  /** By logical id of a function: the aliases, versions, scaling targets and event source mappings that name it. */
  readonly attached: ReadonlyMap<string, readonly Resource[]>;
}

/** Ties aliases, versions, scaling targets and event sources to their functions. */
export function connect(
  evaluator: Evaluator,
  resources: Resources,
  drafts: ReadonlyMap<string, FunctionDraft>,
): Connected {
  const names = new Map<string, string>();
  const generated = new Map<string, string>();
  for (const [id, draft] of drafts) {
    if (draft.nameSketch !== undefined) names.set(draft.nameSketch, id);
    if (draft.aliasId !== undefined) generated.set(draft.aliasId, id);
  }
  const references = createReferences(evaluator, resources, names, generated);
  const blindSpots: BlindSpot[] = [];
  const refused: Refusal[] = [];
  const attached = new Map<string, Resource[]>();
  for (const resource of resources.byId.values()) {
    if (!claims.has(resource.type)) continue;
    const noted = noting(references, (id) => {
      const all = attached.get(id);
      if (all) all.push(resource);
      else attached.set(id, [resource]);
    });
    const elsewhere = connectOne(evaluator, resource, resources, noted, drafts);
    if (elsewhere) blindSpots.push(elsewhere.spot);
    refused.push(...(elsewhere?.refused ?? []));
  }
  return { blindSpots, refused, references, attached };
}

/** Ties a resource that is attached to a function to another reading of that function (`draft`). */
export function attach(evaluator: Evaluator, resource: Resource, resources: Resources, draft: FunctionDraft): void {
  const id = draft.resource.logicalId;
  const references: References = { target: () => id, functionOf: () => id };
  connectOne(evaluator, resource, resources, references, new Map([[id, draft]]));
}

/** Resources that add to the claim of the function that they name, or that AWS may refuse with it. */
const claims: ReadonlySet<string> = new Set([
  "AWS::Lambda::Alias",
  "AWS::Lambda::Version",
  "AWS::Lambda::EventSourceMapping",
  "AWS::ApplicationAutoScaling::ScalableTarget",
]);

/** The same, telling which function was found. */
function noting(references: References, note: (id: string) => void): References {
  const noted = (id: string | undefined) => {
    if (id !== undefined) note(id);
    return id;
  };
  return {
    target: (name) => noted(references.target(name)),
    functionOf: (resource) => noted(references.functionOf(resource)),
  };
}

function connectOne(
  evaluator: Evaluator,
  resource: Resource,
  resources: Resources,
  references: References,
  drafts: ReadonlyMap<string, FunctionDraft>,
): Elsewhere | undefined {
  switch (resource.type) {
    case "AWS::Lambda::EventSourceMapping":
      addMapping(evaluator, resource, resources, references, drafts);
      return undefined;
    case "AWS::Lambda::Alias":
    case "AWS::Lambda::Version":
      return addProvisioned(evaluator, resource, references, drafts);
    case "AWS::ApplicationAutoScaling::ScalableTarget": {
      const spot = addScalingTarget(evaluator, resource, references, drafts);
      return spot && { spot, refused: [] };
    }
    default:
      return undefined;
  }
}
