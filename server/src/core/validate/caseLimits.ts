import type { PoolClaim } from "../analysis.ts";
import { caseName, firstFew } from "../cases/caseText.ts";
import { type CaseVariable, maxCases, outcomeIn } from "../cases/stackCases.ts";
import { whenOf } from "../cases/when.ts";
import { list, num } from "../wording/words.ts";
import type { Draft } from "./draft.ts";
import type { Scene } from "./scene.ts";
import { claimSetting } from "./subject.ts";

/** `value-unknown`: parameters that meet in too many cases to be looked at one by one, so that only bounds are known. */
export function* casesCut({ sites }: Scene): Generator<Draft> {
  for (const site of sites) {
    const cut = site.nesting.length === 0 ? site.stack.template.cases?.cut : undefined;
    if (!cut || cut.length === 0) continue;
    const place = cut.flatMap(({ variables }) => variables.flatMap((variable) => variable.place ?? []))[0];
    const groups = cut.map(({ variables, size }) => `${list(namesOf(variables))} meet in ${num(size)} cases`);
    const text = `${list(groups)}, and at most ${num(maxCases)} are looked at one by one: the lowest and highest numbers of each function are added up instead. Give some of these parameters a value.`;
    yield { rule: "value-unknown", site, place: place ?? { uri: site.template.uri, start: 0, end: 0 }, text };
  }
}

/**
 * Cases in which a function cannot be deployed: `value-unknown` where a mapping has no entry for them, for they may not be meant;
 * `never-accepted` as a warning where AWS refuses a number.
 */
export function* casesRefused({ sites }: Scene): Generator<Draft> {
  for (const site of sites) {
    for (const claim of site.claims.values()) {
      for (const { reason, noEntry, names } of refusedCases(claim)) {
        const common = { site, place: claimSetting(claim.function).place, who: claim.function.logicalId };
        const counted = names.length === 1 ? "This case is" : "These cases are";
        const text = `cannot be deployed with ${firstFew(names, " or ")}: ${reason.replace(/\.$/, "")}. ${counted} not counted.`;
        if (noEntry) yield { ...common, rule: "value-unknown", text };
        else yield { ...common, rule: "never-accepted", severity: "warning", text };
      }
    }
  }
}

interface RefusedCases {
  readonly reason: string;
  readonly noEntry: boolean;
  readonly names: string[];
}

/** Refused cases by reason; that a mapping has no entry for "anything else" nobody needs to be told. */
function refusedCases({ cases, function: declared }: PoolClaim): Iterable<RefusedCases> {
  const byReason = new Map<string, RefusedCases>();
  if (!cases) return [];
  const { group, own } = cases;
  if (own.outcomes.every(({ refused }) => refused === undefined)) return [];
  for (let index = 0; index < group.size; index++) {
    const { refused, noEntry } = outcomeIn(own, index);
    if (refused === undefined) continue;
    const when = whenOf(group.variables, index, own.variables);
    if (noEntry && [...when.values()].some((one) => typeof one !== "string")) continue;
    const reason = noEntry ? refused : `${declared.logicalId} ${refused}`;
    const known = byReason.get(reason) ?? { reason, noEntry: noEntry === true, names: [] };
    byReason.set(reason, known);
    const name = caseName(when);
    if (!known.names.includes(name)) known.names.push(name);
  }
  return byReason.values();
}

function namesOf(variables: readonly CaseVariable[]): readonly string[] {
  return variables.map(({ name }) => name);
}
