import type { Point } from "../engine/metrics.ts";
import { ServiceError } from "../serviceError.ts";
import type { Graph } from "./searches.ts";

type Value = number | ReadonlyMap<number, number>;
const DEEPEST = 50;

/**
 * Works out `m1/SERVICE_QUOTA(m1)*100` and the like: numbers, ids of other queries, + - * /, brackets and SERVICE_QUOTA.
 * Points that one side lacks are left out.
 */
export function arithmetic(
  expression: string,
  graphs: ReadonlyMap<string, readonly Graph[]>,
  quota: number,
): readonly Point[] {
  const tokens = expression.match(/\d+(?:\.\d+)?|\w+|[-+*/()]|\S/g) ?? [];
  let at = 0;
  const fail = () =>
    new ServiceError("ValidationError", 400, `Error in expression: the demo account cannot read "${expression}".`);
  const expect = (token: string) => {
    if (tokens[at++] !== token) throw fail();
  };
  const series = (id: string): ReadonlyMap<number, number> => {
    const [graph, ...more] = graphs.get(id) ?? [];
    if (graph === undefined || more.length > 0) throw fail();
    return new Map(graph.points);
  };
  const atom = (depth: number): Value => {
    const token = tokens[at++];
    if (token === undefined || depth > DEEPEST) throw fail();
    if (token === "-") return combine(0, atom(depth + 1), (a, b) => a - b);
    if (token === "(") {
      const inner = sum(depth + 1);
      expect(")");
      return inner;
    }
    if (/^\d/.test(token)) return Number(token);
    if (token.toUpperCase() !== "SERVICE_QUOTA") return series(token);
    expect("(");
    const id = tokens[at++] ?? "";
    expect(")");
    return new Map([...series(id).keys()].map((time) => [time, quota]));
  };
  const chain = (next: (depth: number) => Value, operators: readonly string[], depth: number): Value => {
    let left = next(depth);
    while (operators.includes(tokens[at] ?? "")) {
      const operator = tokens[at++] ?? "";
      left = combine(left, next(depth), (a, b) => apply(operator, a, b));
    }
    return left;
  };
  const product = (depth: number) => chain(atom, ["*", "/"], depth);
  const sum = (depth: number): Value => chain(product, ["+", "-"], depth);
  const result = sum(0);
  if (at < tokens.length || typeof result === "number") throw fail();
  return [...result].sort(([a], [b]) => a - b);
}

function combine(left: Value, right: Value, join: (a: number, b: number) => number): Value {
  if (typeof left === "number" && typeof right === "number") return join(left, right);
  const times = typeof left === "number" ? right : left;
  if (typeof times === "number") return join(times, times);
  return new Map(
    [...times.keys()].flatMap((time) => {
      const a = typeof left === "number" ? left : left.get(time);
      const b = typeof right === "number" ? right : right.get(time);
      return a === undefined || b === undefined ? [] : [[time, join(a, b)] as const];
    }),
  );
}

function apply(operator: string, a: number, b: number): number {
  if (operator === "+") return a + b;
  if (operator === "-") return a - b;
  return operator === "*" ? a * b : a / b;
}
