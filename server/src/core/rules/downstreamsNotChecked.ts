import { list } from "../wording/words.ts";
import type { FindingDraft } from "./findingDraft.ts";
import type { RuleContext } from "./ruleContext.ts";

/** `not-checked` on the downstreams of a budget: they are read, and no number is held against them yet. */
export function* downstreamsUnchecked({ pools }: RuleContext): Generator<FindingDraft> {
  for (const pool of pools) {
    const { downstreams = [] } = pool.budget?.pool ?? {};
    const [first] = downstreams;
    if (!first) continue;
    const names = list(downstreams.map(({ name }) => name));
    const them = downstreams.length === 1 ? "its capacity is" : "their capacities are";
    const text = `downstreams are not checked yet: ${names} ${downstreams.length === 1 ? "is" : "are"} only described here, and ${them} compared with no reservation.`;
    yield { rule: "not-checked", pool, place: first.place, text };
  }
}
