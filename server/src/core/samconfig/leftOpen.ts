import type { ParameterValue, Unknown } from "../model.ts";
import type { SamconfigAnswer, SamconfigPick } from "./samconfigAnswer.ts";

/** What one of several environments says. */
export interface Alternative extends SamconfigAnswer {
  readonly pick: SamconfigPick;
}

/** A parameter in one of them. */
interface Given {
  readonly parameter: ParameterValue;
  readonly label: string;
}

/** A reason names at most so many environments. */
const MAX_NAMED = 5;

/** One answer for environments that nothing ranks: what they agree on, and unknown what they differ in. */
export function leftOpen(all: readonly Alternative[]): SamconfigAnswer {
  const stackName = same(all.map((one) => one.stackName));
  const region = same(all.map((one) => one.region));
  const environment = same(all.map((one) => one.environment));
  const undecided = all.find((one) => one.undecided !== undefined)?.undecided;
  const isTold = new Set(all.map(({ pick }) => pick.environment)).size === all.length;
  const choose = isTold ? "config or --config-env" : "--config-file, or give the value under parameters";
  return {
    parameters: new Map([...givenBy(all)].map(([name, given]) => [name, together(given, all.length, choose)])),
    ...(stackName !== undefined && { stackName }),
    ...(region !== undefined && { region }),
    ...(environment !== undefined && { environment }),
    problems: [...new Set(all.flatMap(({ problems }) => problems))],
    reads: all[0]?.reads ?? [],
    ...(undecided !== undefined && { undecided }),
    alternatives: all.map(({ pick }) => pick),
  };
}

function givenBy(all: readonly Alternative[]): ReadonlyMap<string, readonly [Given, ...Given[]]> {
  const names = new Map<string, [Given, ...Given[]]>();
  for (const { parameters, pick } of all) {
    for (const [name, parameter] of parameters) {
      const given = { parameter, label: pick.label };
      const known = names.get(name);
      if (known) known.push(given);
      else names.set(name, [given]);
    }
  }
  return names;
}

function together(given: readonly [Given, ...Given[]], count: number, choose: string): ParameterValue {
  const [first] = given;
  const isComplete = given.length === count;
  if (isComplete && same(given.map(({ parameter }) => parameter.value)) !== undefined) return first.parameter;
  const said = given.slice(0, MAX_NAMED).map(({ parameter, label }) => `${quoted(parameter.value)} in ${label}`);
  const more = given.length > MAX_NAMED ? [`${given.length - MAX_NAMED} more`] : [];
  const rest = isComplete ? [] : [`its default in ${count - given.length} of ${count} environments`];
  const unknown = `${[...said, ...more, ...rest].join(", ")}; choose one with ${choose}`;
  const { place } = first.parameter.source;
  return {
    value: { unknown, ...(isComplete && boundsOf(given)) },
    source: { what: "samconfig", ...(place && { place }) },
  };
}

function quoted(value: ParameterValue["value"]): string {
  return typeof value === "string" ? `"${value.slice(0, 40)}"` : "unknown";
}

/** Numbers that all of them give bound what it can be. */
function boundsOf(given: readonly Given[]): Omit<Unknown, "unknown"> {
  const numbers = given.map(({ parameter: { value } }) =>
    typeof value === "string" && /^\d+$/.test(value) ? Number(value) : Number.NaN,
  );
  const [min, max] = numbers.reduce(
    ([least, most], number) => [Math.min(least, number), Math.max(most, number)] as const,
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as const,
  );
  return Number.isNaN(min) ? {} : { min, max };
}

function same<T>(values: readonly (T | undefined)[]): T | undefined {
  return values.every((value) => value === values[0]) ? values[0] : undefined;
}
