import type { ParameterValue, Unknown } from "../model.ts";
import type { SamconfigAnswer, SamconfigPick } from "./samconfigAnswer.ts";

/** What one of several environments says. */
export interface Alternative extends SamconfigAnswer {
  readonly pick: SamconfigPick;
}

/** One answer for environments that nothing ranks: what they agree on, and unknown what they differ in. */
export function leftOpen(all: readonly Alternative[]): SamconfigAnswer {
  const names = new Set(all.flatMap(({ parameters }) => [...parameters.keys()]));
  const stackName = same(all.map((one) => one.stackName));
  const region = same(all.map((one) => one.region));
  const environment = same(all.map((one) => one.environment));
  const undecided = all.find((one) => one.undecided !== undefined)?.undecided;
  return {
    parameters: new Map([...names].map((name) => [name, together(name, all)])),
    ...(stackName !== undefined && { stackName }),
    ...(region !== undefined && { region }),
    ...(environment !== undefined && { environment }),
    problems: [...new Set(all.flatMap(({ problems }) => problems))],
    reads: all[0]?.reads ?? [],
    ...(undecided !== undefined && { undecided }),
    alternatives: all.map(({ pick }) => pick),
  };
}

function together(name: string, all: readonly Alternative[]): ParameterValue {
  const given = all.map(({ parameters }) => parameters.get(name));
  const [first] = given.flatMap((value) => value ?? []);
  if (first && same(given.map((value) => value?.value)) !== undefined) return first;
  const said = all.map(({ parameters, pick }) => saying(parameters.get(name), pick.label));
  const isTold = new Set(all.map(({ pick }) => pick.environment)).size === all.length;
  const choose = isTold ? "config or --config-env" : "--config-file, or give the value under parameters";
  const unknown = `${said.join(", ")}; choose one with ${choose}`;
  const place = first?.source.place;
  return { value: { unknown, ...boundsOf(given) }, source: { what: "samconfig", ...(place && { place }) } };
}

function saying(value: ParameterValue | undefined, label: string): string {
  return `${typeof value?.value === "string" ? `"${value.value.slice(0, 40)}"` : "its default"} in ${label}`;
}

/** Numbers that all of them give bound what it can be. */
function boundsOf(given: readonly (ParameterValue | undefined)[]): Omit<Unknown, "unknown"> {
  const numbers = given.map((each) =>
    typeof each?.value === "string" && /^\d+$/.test(each.value) ? Number(each.value) : undefined,
  );
  const known = numbers.filter((number) => number !== undefined);
  return known.length === numbers.length ? { min: Math.min(...known), max: Math.max(...known) } : {};
}

function same<T>(values: readonly (T | undefined)[]): T | undefined {
  return values.every((value) => value === values[0]) ? values[0] : undefined;
}
