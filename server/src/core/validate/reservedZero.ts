import type { Draft } from "./draft.ts";
import type { Scene } from "./scene.ts";
import { fixDataOf, sourcesOf } from "./subject.ts";

/** `reserved-zero`: a reservation of 0 that the budget does not declare `off`. */
export function* reservedZero({ sites }: Scene): Generator<Draft> {
  for (const site of sites) {
    const { pool } = site;
    for (const { declared, claim } of site.subjects) {
      if (declared.reserved.value !== 0 || claim?.grant?.off) continue;
      const meant = pool.budget
        ? `declare it off in the budget of pool ${pool.name}`
        : "declare it off in a budget file";
      yield {
        rule: "reserved-zero",
        site,
        place: declared.reserved.place,
        who: declared.logicalId,
        text: `reserves 0, so it never runs: every invocation is throttled. Remove the 0, or ${meant} if it is meant.`,
        related: sourcesOf(declared.reserved),
        data: claim ? fixDataOf(claim, pool) : { logicalId: declared.logicalId, reserved: 0 },
      };
    }
  }
}
