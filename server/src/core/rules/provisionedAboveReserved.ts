import type { FixData } from "../fixData.ts";
import { boundsOf } from "../ledger/bounds.ts";
import { provisionedTotal } from "../ledger/claim.ts";
import { excessOver } from "../ledger/shortfall.ts";
import type { Bounds, DeclaredFunction, ProvisionedSetting, Related } from "../model.ts";
import { range } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { accepted, fixDataOf, reservationOf, sourcesOf } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import type { FunctionUse, RuleContext } from "./ruleContext.ts";

/** `provisioned-above-reserved` and `provisioned-fills-reserved`: a function's provisioned concurrency against its reservation. */
export function* provisionedAgainstReserved({ uses }: RuleContext): Generator<FindingDraft> {
  for (const use of uses) {
    for (const found of use.functions) {
      const { declared } = found;
      if (declared.outsidePool !== undefined) continue;
      const reserved = reservationOf(declared);
      const at = largest(declared);
      if (!at || !reserved) continue;
      const total = provisionedTotal(declared);
      const common = {
        use,
        who: declared.logicalId,
        place: at.place,
        related: summands(declared, at),
        data: dataOf(found),
      };
      if (reserved.max !== undefined && total.min > reserved.max) {
        yield { ...common, rule: "provisioned-above-reserved", text: aboveText(declared, total, reserved) };
      } else if (total.min > 0 && isExactly(total, reserved.min) && isExactly(reserved, total.min)) {
        const text = `provisions all of its reservation of ${num(total.min)}, so unqualified invocations and bursts are throttled. Raise the reservation above ${num(total.min)}, or call only the provisioned alias.`;
        yield { ...common, rule: "provisioned-fills-reserved", text };
      }
    }
  }
}

function aboveText(declared: DeclaredFunction, total: Bounds, reserved: Bounds): string {
  const sum = declared.provisioned.length > 1 ? `${range(total)} in total` : range(total);
  if (reserved.max === 0) {
    return `provisions ${sum}, but reserves 0: Lambda refuses a reservation of 0 while there is provisioned concurrency. Remove one of them.`;
  }
  const over = range(excessOver(total, reserved.max ?? 0));
  return `provisions ${sum}, but reserves only ${range(reserved)}, so ${over} too many. Raise the reservation to at least ${num(total.min)}, or provision less.`;
}

/** Where the finding stands: the largest of the function's provisioned settings. */
function largest(declared: DeclaredFunction): ProvisionedSetting | undefined {
  let best: ProvisionedSetting | undefined;
  for (const setting of accepted(declared.provisioned)) {
    if (!best || boundsOf(setting.value).min > boundsOf(best.value).min) best = setting;
  }
  return best;
}

function summands(declared: DeclaredFunction, at: ProvisionedSetting): Related[] {
  const reserved = range(boundsOf(declared.reserved.value));
  const others = accepted(declared.provisioned).filter((setting) => setting !== at && setting.value !== null);
  return [
    { place: declared.reserved.place, message: `${declared.logicalId} reserves ${reserved}.` },
    ...sourcesOf(declared.reserved),
    ...sourcesOf(at),
    ...others.map(({ place, qualifier, value }) => ({
      place,
      message: `${qualifier} provisions ${range(boundsOf(value))}.`,
    })),
  ];
}

function dataOf({ declared, claim, use }: FunctionUse): FixData {
  return claim ? fixDataOf(claim, use.pool) : { logicalId: declared.logicalId };
}

function isExactly({ min, max }: Bounds, value: number): boolean {
  return min === value && max === value;
}
