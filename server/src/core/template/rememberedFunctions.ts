import type { Evaluator, Observed } from "../intrinsics/evaluator.ts";
import type { DeclaredFunction } from "../model.ts";
import { asMap, asScalar, get, hasComputedKeys, keyText } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";
import type { Section } from "../syntax/sections.ts";
import type { FunctionDraft } from "./functions.ts";
import { globalsOf, propertiesOf } from "./property.ts";
import type { Resource } from "./resources.ts";

/** What of a draft holds whoever reads it. */
type Kept = Omit<FunctionDraft, "resource" | "properties">;

/** A function as it was read from one section of the text. */
interface Known {
  readonly section: Section;
  readonly draft: Observed<Kept | undefined>;
  /** Absent when other resources add to it. */
  declared?: Observed<DeclaredFunction>;
  changeable?: string | undefined;
}

/**
 * The functions of one template under one set of parameters, kept from one edit to the next: a function is read again when its own text
 * was edited, or anything else that it may depend on, which is all but the other resources' properties.
 */
export class RememberedFunctions {
  #context: readonly unknown[] | undefined;
  #last = new Map<string, Known>();
  #now = new Map<string, Known>();

  /** The same object as long as nothing changes that all functions may depend on; undefined where that cannot be told. */
  get context(): object | undefined {
    return this.#context;
  }

  /** Before the functions of a new version of the text are read. */
  begin(root: Node | undefined): void {
    const context = contextOf(root);
    const isSame = context !== undefined && sameItems(context, this.#context);
    this.#last = isSame ? this.#now : new Map();
    this.#now = new Map();
    if (!isSame) this.#context = context;
  }

  draft(
    evaluator: Evaluator,
    root: Node | undefined,
    resource: Resource,
    read: () => FunctionDraft | undefined,
  ): FunctionDraft | undefined {
    const { logicalId, map, keyNode } = resource;
    const known = this.#last.get(logicalId);
    if (known && known.section === map.section) {
      this.#now.set(logicalId, known);
      const kept = evaluator.repeat(known.draft);
      if (!kept) return undefined;
      const sam = resource.type === "AWS::Serverless::Function";
      const properties = propertiesOf(evaluator, resource, sam ? globalsOf(root) : undefined);
      return { ...copyOf(kept), resource, properties };
    }
    const draft = evaluator.observe(read);
    // What may be mended at an offset is read again, for offsets move.
    const lasts = !draft.askedChildren && keyNode.section === map.section && !draft.value?.refused.length;
    if (this.#context && lasts) {
      this.#now.set(logicalId, {
        section: map.section,
        draft: { ...draft, value: draft.value && keptOf(draft.value) },
      });
    }
    return draft.value;
  }

  /** Is everything decided that the function depends on? Only told of functions to which no other resource adds. */
  isSettled(logicalId: string): boolean {
    const known = this.#now.get(logicalId);
    return known?.declared !== undefined && !known.draft.metUndecided && !known.declared.metUndecided;
  }

  /** @param alone nothing was added to the draft after it was read */
  declared(
    evaluator: Evaluator,
    { resource }: FunctionDraft,
    changeable: string | undefined,
    alone: boolean,
    declare: () => DeclaredFunction,
  ): DeclaredFunction {
    const known = alone ? this.#now.get(resource.logicalId) : undefined;
    if (!known) return declare();
    if (known.declared && known.changeable === changeable) return evaluator.repeat(known.declared);
    const declared = evaluator.observe(declare);
    if (declared.value.refused.length === 0 && !declared.askedChildren) {
      known.declared = declared;
      known.changeable = changeable;
    }
    return declared.value;
  }
}

function keptOf({ resource: _read, properties: __, ...kept }: FunctionDraft): Kept {
  return copyOf(kept);
}

/** For another reading, which may add to it. */
function copyOf(kept: Kept): Kept {
  return {
    ...kept,
    refused: [...kept.refused],
    provisioned: [...kept.provisioned],
    maximumConcurrency: [...kept.maximumConcurrency],
    scaling: [...kept.scaling],
    sqsSources: [...kept.sqsSources],
    sources: [...kept.sources],
  };
}

/** All that a function may depend on beside its own text and nested stacks; undefined where that cannot be told from sections. */
function contextOf(root: Node | undefined): readonly unknown[] | undefined {
  const context: unknown[] = [];
  for (const pair of asMap(root)?.written ?? []) {
    const key = keyText(pair);
    context.push(key);
    if (key !== "Resources") {
      context.push(pair.value.section);
      continue;
    }
    const { value: resources } = pair;
    if (resources.kind !== "map" || hasComputedKeys(resources)) return undefined;
    for (const resource of resources.written) {
      const type = asScalar(get(resource.value, "Type"))?.text;
      context.push(keyText(resource), asScalar(resource.key)?.text, type && kindOf(type));
    }
  }
  return context;
}

/** What the type of a resource says of all others: whether a module adds resources, and whether this is a template of SAM. */
function kindOf(type: string): string {
  if (type.endsWith("::MODULE")) return "module";
  return type.startsWith("AWS::Serverless::") ? "serverless" : "other";
}

function sameItems(a: readonly unknown[], b: readonly unknown[] | undefined): boolean {
  return a.length === b?.length && a.every((item, index) => item === b[index]);
}
