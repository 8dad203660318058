import { boundsOf } from "../ledger/bounds.ts";
import { maximumTotal } from "../ledger/claim.ts";
import { excessOver } from "../ledger/shortfall.ts";
import type { DeclaredFunction, MaximumConcurrencySetting, Related } from "../model.ts";
import { range } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { accepted, fixDataOf, reservationOf, sourcesOf } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import { demandOf, type RuleContext } from "./ruleContext.ts";
import { survivalText, throttledMessages } from "./throttledMessages.ts";

/** `max-concurrency-above-reserved`: a function's queues together may take more than it reserves. */
export function* maxConcurrencyAboveReserved({ uses }: RuleContext): Generator<FindingDraft> {
  for (const use of uses) {
    for (const found of use.functions) {
      const { declared, claim } = found;
      const reserved = reservationOf(declared);
      if (!reserved?.max || declared.maximumConcurrency.length === 0) continue;
      const total = maximumTotal(declared);
      const settings = on(declared);
      const at = largest(settings);
      // With a reservation of 0 the function never runs, which is said of it already.
      if (!at || total.min <= reserved.max) continue;
      const queues = settings.length;
      const sum = queues === 1 ? "" : ` in total for ${num(queues)} queues`;
      const over = range(excessOver(total, reserved.max));
      const sources = new Set(settings.map(({ source }) => source));
      const lost = throttledMessages(demandOf(found)?.sources.filter(({ source }) => sources.has(source)) ?? []);
      const then = lost
        ? survivalText(lost)
        : "messages are throttled, count as received and may end in the dead-letter queue";
      yield {
        rule: "max-concurrency-above-reserved",
        use,
        who: declared.logicalId,
        place: at.place,
        text: `has a MaximumConcurrency of ${range(total)}${sum}, but reserves only ${range(reserved)}, so ${over} too many: ${then}. Lower MaximumConcurrency, or raise the reservation to at least ${num(total.min)}.`,
        related: summands(declared, settings, at),
        data: claim ? fixDataOf(claim, use.pool) : { logicalId: declared.logicalId },
      };
    }
  }
}

function on(declared: DeclaredFunction): readonly MaximumConcurrencySetting[] {
  return accepted(declared.maximumConcurrency).filter(({ enabled }) => enabled !== false);
}

/** Where the finding stands: the largest of them. */
function largest(settings: readonly MaximumConcurrencySetting[]): MaximumConcurrencySetting | undefined {
  let best: MaximumConcurrencySetting | undefined;
  for (const setting of settings) {
    if (!best || boundsOf(setting.value).min > boundsOf(best.value).min) best = setting;
  }
  return best;
}

function summands(
  declared: DeclaredFunction,
  settings: readonly MaximumConcurrencySetting[],
  at: MaximumConcurrencySetting,
): Related[] {
  const { reserved, logicalId } = declared;
  return [
    { place: reserved.place, message: `${logicalId} reserves ${range(boundsOf(reserved.value))}.` },
    ...sourcesOf(reserved),
    ...sourcesOf(at),
    ...settings
      .filter((setting) => setting !== at)
      .map(({ place, source, value }) => ({ place, message: `${source} takes up to ${range(boundsOf(value))}.` })),
  ];
}
