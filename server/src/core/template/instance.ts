import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { Given } from "../intrinsics/parameters.ts";
import type { DeclaredFunction, Uri } from "../model.ts";
import type { MapNode, Node } from "../syntax/nodes.ts";
import type { FunctionDraft } from "./functions.ts";
import type { References } from "./references.ts";
import type { Resource, Resources } from "./resources.ts";

/** Pseudo parameters that are the same for all stacks of a pool, and for stacks nested in each other. */
export const sharedNames: ReadonlySet<string> = new Set([
  "AWS::Region",
  "AWS::Partition",
  "AWS::URLSuffix",
  "AWS::AccountId",
]);

/** What a nested stack has of its parent whatever it is given. */
export function sharedOf(given: ReadonlyMap<string, Given>): readonly [string, Given][] {
  return [...given].filter(([name]) => sharedNames.has(name));
}

/** One use of a template in the tree of a stack, with what is needed to look at it again under other values. */
export interface TemplateInstance {
  readonly uri: Uri;
  readonly root: Node | undefined;
  /** Logical ids of the nested stacks around it, outermost first. */
  readonly nesting: readonly string[];
  /** What it was resolved with. */
  readonly given: ReadonlyMap<string, Given>;
  readonly evaluator: Evaluator;
  readonly globals: MapNode | undefined;
  readonly resources: Resources;
  readonly drafts: ReadonlyMap<string, FunctionDraft>;
  /** Finds the function that a name or ARN of this template means. */
  readonly references: References;
  /** By logical id of a function: the aliases, versions, scaling targets and event source mappings that name it. */
  readonly attached: ReadonlyMap<string, readonly Resource[]>;
  /** Its functions as they are declared, by logical id. */
  readonly declared: Map<string, DeclaredFunction>;
  /** Logical ids of functions that depend on nothing undecided. */
  readonly settled: Set<string>;
  /** A macro that may change it, as a phrase. */
  readonly transform?: string;
  /** By logical id, as they are met. */
  readonly children: Map<string, TemplateInstance>;
  /** The resource that nests it; absent for the stack's own template. */
  readonly parent?: { readonly instance: TemplateInstance; readonly resource: Resource };
}
