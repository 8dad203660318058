import { firstFew } from "../cases/caseText.ts";
import { refusedCases, refusedText } from "../cases/refusedCases.ts";
import { type CaseVariable, maxCases } from "../cases/stackCases.ts";
import { list, num } from "../wording/words.ts";
import { claimSetting, fixDataOf } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import type { RuleContext } from "./ruleContext.ts";

/** `value-unknown`: parameters that meet in too many cases to be looked at one by one, so that only bounds are known. */
export function* casesCut({ uses }: RuleContext): Generator<FindingDraft> {
  for (const use of uses) {
    const cut = use.nesting.length === 0 ? use.stack.template.cases?.cut : undefined;
    if (!cut || cut.length === 0) continue;
    const place = cut.flatMap(({ variables }) => variables.flatMap((variable) => variable.place ?? []))[0];
    const groups = cut.map(({ variables, size }) => `${list(namesOf(variables))} meet in ${num(size)} cases`);
    const text = `${list(groups)}, and at most ${num(maxCases)} are looked at one by one: the lowest and highest numbers of each function are added up instead. Give some of these parameters a value.`;
    yield { rule: "value-unknown", use, place: place ?? { uri: use.template.uri, start: 0, end: 0 }, text };
  }
}

/**
 * Cases in which a function cannot be deployed: `value-unknown` where a mapping has no entry for them, for they may not be meant;
 * `never-accepted` as a warning where AWS refuses a number.
 */
export function* casesRefused({ uses }: RuleContext): Generator<FindingDraft> {
  for (const use of uses) {
    for (const claim of use.claims.values()) {
      if (!claim.cases) continue;
      const { logicalId } = claim.function;
      for (const { refusal, names } of refusedCases(claim.cases.group, claim.cases.own)) {
        const counted = names.length === 1 ? "This case is" : "These cases are";
        const text = `${refusedText(logicalId, refusal, firstFew(names, " or "))} ${counted} not counted.`;
        const common = { use, who: logicalId, text };
        if (refusal.noEntry !== undefined) {
          yield { ...common, rule: "value-unknown", place: claimSetting(claim.function).place };
          continue;
        }
        const { rule, place, related, fix } = refusal;
        const data = { ...fixDataOf(claim, use.pool), ...fix };
        yield { ...common, rule, severity: "warning", place, data, ...(related && { related }) };
      }
    }
  }
}

function namesOf(variables: readonly CaseVariable[]): readonly string[] {
  return variables.map(({ name }) => name);
}
