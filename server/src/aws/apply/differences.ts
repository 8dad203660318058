import { num, type PlanFunction, type PlanState, qualifierText, valueText } from "#core";

/** What is not as it was, as sentences; `names`: the functions that count, `provisioned`: those whose provisioned concurrency counts too. */
export function differences(
  before: PlanState,
  now: PlanState,
  names: ReadonlySet<string>,
  provisioned: ReadonlySet<string>,
): readonly string[] {
  const found: string[] = [];
  const compare = (what: string, was: string, is: string) => {
    if (was !== is) found.push(`${what}: was ${was}, is now ${is}.`);
  };
  compare("Limit of the account", total(before.limit), total(now.limit));
  compare("Unreserved", total(before.unreserved), total(now.unreserved));
  const current = new Map(now.functions.map((one) => [one.name, one]));
  for (const was of before.functions.filter(({ name }) => names.has(name))) {
    const is = current.get(was.name);
    compare(
      `Reservation of ${was.name}`,
      valueText(was.reserved),
      is === undefined ? "gone with the function" : valueText(is.reserved),
    );
    if (is !== undefined && provisioned.has(was.name))
      compare(`Provisioned concurrency of ${was.name}`, configs(was), configs(is));
  }
  return found;
}

function total(value: number | undefined): string {
  return value === undefined ? "not known" : num(value);
}

function configs({ provisioned }: PlanFunction): string {
  const all = provisioned.map(({ qualifier, requested }) => `${num(requested)} on ${qualifierText(qualifier)}`).sort();
  return all.length === 0 ? "none" : all.join(", ");
}
