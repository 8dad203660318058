import { type Evaluated, type Scope, scalar, sketchOf } from "../intrinsics/evaluated.ts";
import { entriesOf } from "../intrinsics/forEach.ts";
import { deref } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";

/**
 * What a state machine invokes, as far as it invokes functions (Amazon States Language). States follow each other, branches of
 * a Parallel run at once, and so do the iterations of a Map. Names are texts or sketches, with `${Name}` of DefinitionSubstitutions.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
export type Workflow =
  | { readonly kind: "call"; readonly target: string }
  | { readonly kind: "after" | "parallel"; readonly parts: readonly Workflow[] }
  | MapState;

export interface MapState {
  readonly kind: "map";
  readonly name: string;
  /** `MaxConcurrency`: absent when it is not written, as 0 is. */
  readonly maximum?: Evaluated;
  readonly distributed: boolean;
  readonly body: Workflow;
}

type Evaluate = (node: Node | undefined, scope: Scope) => Evaluated;

/** Deeper states are not followed. */
const maxDepth = 20;

/** Reads a definition; undefined when it invokes no function. */
export function readWorkflow(definition: Evaluated, evaluate: Evaluate): Workflow | undefined {
  return readStates(definition, 0);

  function members(value: Evaluated): ReadonlyMap<string, Evaluated> {
    if (value.kind !== "mapping") return new Map();
    const { entries } = entriesOf(value.map, value.scope, evaluate);
    return new Map(entries.map((entry) => [entry.key, evaluate(entry.value, entry.scope)]));
  }

  function readStates(machine: Evaluated, depth: number): Workflow | undefined {
    const states = members(members(machine).get("States") ?? scalar(""));
    const parts: Workflow[] = [];
    for (const [name, state] of states) {
      const part = depth > maxDepth ? undefined : readState(name, members(state), depth);
      if (part) parts.push(part);
    }
    return joined("after", parts);
  }

  function readState(name: string, state: ReadonlyMap<string, Evaluated>, depth: number): Workflow | undefined {
    switch (textOf(state.get("Type"))) {
      case "Task":
        return readTask(state);
      case "Parallel": {
        const branches = state.get("Branches");
        const items = branches?.kind === "list" ? branches.items : [];
        return joined(
          "parallel",
          items.flatMap((branch) => readStates(branch, depth + 1) ?? []),
        );
      }
      case "Map":
        return readMap(name, state, depth);
      default:
        return undefined;
    }
  }

  function readTask(state: ReadonlyMap<string, Evaluated>): Workflow | undefined {
    const resource = textOf(state.get("Resource"));
    if (resource === undefined) return undefined;
    if (!/:states:(?:[^:]*:){2}/.test(resource)) return { kind: "call", target: resource };
    if (!/:lambda:invoke(?:\.|$)/.test(resource)) return undefined;
    const given = members(state.get("Parameters") ?? state.get("Arguments") ?? scalar(""));
    // An event is queued: the state does not wait, and the Map bounds nothing.
    const target = textOf(given.get("InvocationType")) === "Event" ? undefined : textOf(given.get("FunctionName"));
    return target === undefined ? undefined : { kind: "call", target };
  }

  function readMap(name: string, state: ReadonlyMap<string, Evaluated>, depth: number): Workflow | undefined {
    const processor = state.get("ItemProcessor") ?? state.get("Iterator");
    const body = processor && readStates(processor, depth + 1);
    if (!body || !processor) return undefined;
    const config = members(members(processor).get("ProcessorConfig") ?? scalar(""));
    const maximum = state.get("MaxConcurrencyPath") ?? state.get("MaxConcurrency");
    const atRunTime = state.has("MaxConcurrencyPath") || textOf(maximum)?.startsWith("{%");
    return {
      kind: "map",
      name,
      distributed: textOf(config.get("Mode")) === "DISTRIBUTED",
      body,
      ...(maximum && {
        maximum: atRunTime
          ? { kind: "undecided", reason: `MaxConcurrency of Map ${name} is decided when it runs`, sources: [] }
          : maximum,
      }),
    };
  }
}

/** Evaluates nodes of a definition that stands in a file or a text, where `Ref` is only a key. */
export function evaluatePlain(node: Node | undefined, scope: Scope): Evaluated {
  const target = deref(node);
  if (target?.kind === "map") return { kind: "mapping", map: target, scope, sources: [] };
  if (target?.kind === "seq") {
    return { kind: "list", items: target.items.map((item) => evaluatePlain(item, scope)), sources: [] };
  }
  return target ? scalar(target.text) : { kind: "nothing", sources: [] };
}

function joined(kind: "after" | "parallel", parts: readonly Workflow[]): Workflow | undefined {
  return parts.length > 1 ? { kind, parts } : parts[0];
}

function textOf(value: Evaluated | undefined): string | undefined {
  return value && sketchOf(value);
}
