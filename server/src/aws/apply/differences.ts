import type { PlanFunction, PlanState } from "#core";

/** What is not as it was, as sentences; `names`: the functions that count, `provisioned`: those whose provisioned concurrency counts too. */
export function differences(
  before: PlanState,
  now: PlanState,
  names: ReadonlySet<string>,
  provisioned: ReadonlySet<string>,
): readonly string[] {
  const found: string[] = [];
  const compare = (what: string, was: string | number = "not known", is: string | number = "not known") => {
    if (was !== is) found.push(`${what}: was ${was}, is now ${is}.`);
  };
  compare("Limit of the account", before.limit, now.limit);
  compare("Unreserved", before.unreserved, now.unreserved);
  const current = new Map(now.functions.map((one) => [one.name, one]));
  for (const was of before.functions.filter(({ name }) => names.has(name))) {
    const is = current.get(was.name);
    compare(
      `Reservation of ${was.name}`,
      reservation(was),
      is === undefined ? "gone with the function" : reservation(is),
    );
    if (is !== undefined && provisioned.has(was.name))
      compare(`Provisioned concurrency of ${was.name}`, configs(was), configs(is));
  }
  return found;
}

function reservation({ reserved }: PlanFunction): string {
  return reserved === null ? "none" : String(reserved);
}

function configs({ provisioned }: PlanFunction): string {
  const all = provisioned.map(({ qualifier, requested }) => `${requested} on ${qualifier}`).sort();
  return all.length === 0 ? "none" : all.join(", ");
}
