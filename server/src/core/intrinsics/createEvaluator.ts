import type { Uri } from "../model.ts";
import { asMap, deref, get, scalarText } from "../syntax/lookup.ts";
import type { Node, ScalarNode } from "../syntax/nodes.ts";
import { createConditions } from "./conditions.ts";
import { lacksName, mayBeGenerated } from "./declared.ts";
import { type Evaluated, hole, type Nothing, nothing, type Scope, scalar, undecided } from "./evaluated.ts";
import type { Assumptions, Children, ConditionIndex, Evaluator, Work } from "./evaluator.ts";
import { entriesOf, memberOf } from "./forEach.ts";
import { evaluateIntrinsic } from "./functions.ts";
import { intrinsicOf } from "./intrinsic.ts";
import { createParameters, type Given } from "./parameters.ts";
import { fillIn } from "./scope.ts";
import { hasLanguageExtensions } from "./transformNames.ts";

/** CloudFormation: "'null' values are not allowed in templates". */
const refusedNull: Nothing = { ...nothing(), refused: "null is not allowed in a template" };
const tooIntricate = undecided("the template is nested too deeply or too often to follow");

/** Bounds the work of one template: a mapping of aliases of aliases must not keep the editor waiting. */
const maxSteps = 200_000;
const maxDepth = 120;
/** Reading this much text is as much work as following an intrinsic. */
const charactersPerStep = 20;

/** The work of one template. */
export function workOfTemplate(): Work {
  return { left: maxSteps };
}

/**
 * An evaluator for a template; `given` are values for its parameters and pseudo parameters (`AWS::Region`), `assumed` is the case
 * in which it is looked at.
 */
export function createEvaluator(
  uri: Uri,
  root: Node | undefined,
  given: ReadonlyMap<string, Given>,
  assumed?: Assumptions,
  child: Children = () => undefined,
): Evaluator {
  const extended = hasLanguageExtensions(root);
  const work = assumed?.work ?? workOfTemplate();
  let depth = 0;
  const computed = new Map<string, Evaluated>();
  /** Conditions that were asked for since the last observed run began. */
  const asked = new Set<string>();
  let askedChildren = false;
  let metUndecided = false;
  /** What was worked out with the help of nested stacks and is kept. */
  const fromChildren = new Set<string>();
  const kept = <T>(key: string, run: () => T): T => {
    const before = askedChildren;
    askedChildren = false;
    const value = run();
    if (askedChildren) fromChildren.add(key);
    askedChildren = before || fromChildren.has(key);
    return value;
  };

  const evaluate = (node: Node | undefined, scope: Scope): Evaluated => {
    const target = deref(node);
    if (!target) return node ? undecided("it is an alias of an anchor that is not there") : nothing();
    const call = intrinsicOf(target);
    if (!call) return plain(target, scope);
    return nested(() => evaluateIntrinsic(evaluator, call, scope, target)) ?? tooIntricate;
  };

  const nested = <T>(run: () => T): T | undefined => {
    if (--work.left < 0 || depth >= maxDepth) return undefined;
    depth++;
    const value = run();
    depth--;
    return value;
  };

  const plain = (target: Exclude<Node, { kind: "alias" }>, scope: Scope): Evaluated => {
    if (target.kind === "scalar") {
      const value = plainScalar(target, scope);
      return value.kind === "nothing" && !extended ? refusedNull : value;
    }
    if (target.kind === "map") return { kind: "mapping", map: target, scope, sources: [] };
    const items = nested(() => {
      work.left -= target.items.length;
      return target.items.map((item) => evaluate(item, scope));
    });
    return items ? { kind: "list", items, sources: [] } : tooIntricate;
  };

  const section = (name: string) => asMap(get(root, name));
  const mappings = section("Mappings");
  const outputs = section("Outputs");
  let resourceIds: Set<string> | undefined;
  const isResource = (logicalId: string) => {
    if (resourceIds) return resourceIds.has(logicalId);
    // Set before it is filled: a loop's collection may refer to a resource itself.
    resourceIds = new Set();
    const resources = section("Resources");
    for (const { key } of resources ? entriesOf(resources, undefined, evaluate).entries : []) resourceIds.add(key);
    return resourceIds.has(logicalId);
  };
  const parameters = createParameters(uri, section("Parameters"), given, assumed);
  const evaluator: Evaluator = {
    uri,
    evaluate,
    argument: (call, scope) => {
      const target = deref(call.argument);
      if (!target) return nothing();
      return call.tagged ? plain(target, scope) : evaluate(target, scope);
    },
    arguments: (call) => {
      const target = deref(call.argument);
      return target?.kind === "seq" ? target.items : [];
    },
    member: (value, key) => (value.kind === "mapping" ? memberOf(value.map, value.scope, key, evaluate) : undefined),
    condition: (name) => {
      asked.add(name);
      const truth = kept(`condition ${name}`, () => conditions.byName(name));
      metUndecided ||= truth.value === undefined;
      return truth;
    },
    conditionEntry: (name) => conditions.entry(name),
    conditionIndex: () => conditionIndex(),
    conditionsWithoutEntry: () => conditions.withoutEntry(),
    parameter: (name) => {
      const value = parameters.value(name);
      metUndecided ||= value === undefined || value.kind === "undecided";
      return value;
    },
    parameterNodes: parameters.declared,
    extended,
    fragment: !get(root, "Transform"),
    parameterNames: [...parameters.declared.keys()],
    isResource,
    mayBeGenerated: (logicalId) => !isResource(logicalId) && mayBeGenerated(root, logicalId, resourceIds ?? []),
    lacks: (name, member) => lacksName(root, name, member),
    output: (name) => (outputs ? memberOf(outputs, undefined, name, evaluate) : undefined),
    child: (logicalId) => {
      askedChildren = true;
      return child(logicalId);
    },
    mapping: (name) => (mappings ? memberOf(mappings, undefined, name, evaluate) : undefined),
    get refusedParameters() {
      return parameters.refused();
    },
    get problems() {
      return conditions.problems();
    },
    placeOf: (node) => node.placeIn(uri),
    nested,
    observe: (run) => {
      const before = work.left;
      asked.clear();
      askedChildren = false;
      metUndecided = false;
      const value = run();
      return { value, steps: before - work.left, conditions: [...asked], askedChildren, metUndecided };
    },
    repeat: ({ value, steps, conditions: names }) => {
      work.left -= steps;
      for (const name of names) conditions.byName(name);
      return value;
    },
    mayRead: (length) => {
      work.left -= Math.floor(length / charactersPerStep);
      return work.left >= 0;
    },
    once: (key, compute) =>
      kept(`once ${key}`, () => {
        const value = computed.get(key) ?? compute();
        computed.set(key, value);
        metUndecided ||= value.kind === "undecided";
        return value;
      }),
  };
  let index: ConditionIndex | undefined;
  const readIndex = (): ConditionIndex => {
    const map = section("Conditions");
    const { entries, problems } = map ? entriesOf(map, undefined, evaluate) : { entries: [], problems: [] };
    return { byName: new Map(entries.map((entry) => [entry.key, entry])), problems };
  };
  const conditionIndex = () => {
    index ??= assumed?.base.conditionIndex() ?? readIndex();
    return index;
  };
  const conditions = createConditions(evaluator, conditionIndex, assumed?.conditions ?? new Map());
  return evaluator;
}

function plainScalar(node: ScalarNode, scope: Scope): Evaluated {
  if (node.value === null && node.style !== "single" && node.style !== "double") return nothing();
  const text = fillIn(scalarText(node), scope);
  if (!text.includes("{{resolve:")) return scalar(text);
  const service = /\{\{resolve:([\w-]+)/.exec(text)?.[1] ?? "?";
  return undecided(`a dynamic reference ({{resolve:${service}:…}}) is read at deployment`, {
    late: true,
    sketch: hole(text),
  });
}
