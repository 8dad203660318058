import type { FixData } from "../fixData.ts";
import type { Refusal } from "../model.ts";
import type { Draft } from "./draft.ts";
import type { Scene, Site, Subject } from "./scene.ts";
import { fixDataOf } from "./subject.ts";

/** Everything that AWS refuses for certain, whatever the rule: of functions, and of templates as a whole. */
export function* refusals({ sites }: Scene): Generator<Draft> {
  for (const site of sites) {
    for (const refusal of site.template.refused) yield draftOf(site, refusal, {});
    for (const subject of site.subjects) {
      const { logicalId, refused } = subject.declared;
      for (const refusal of refused) yield { ...draftOf(site, refusal, dataOf(subject)), who: logicalId };
    }
  }
}

function draftOf(site: Site, { rule, place, message, related, open, fix }: Refusal, own: FixData): Draft {
  const data = { ...own, ...fix };
  return {
    rule,
    site,
    place,
    text: open ? `${message} It may not come to that: ${open}.` : message,
    ...(open !== undefined && { severity: "warning" as const }),
    ...(related && { related }),
    ...(Object.keys(data).length > 0 && { data }),
  };
}

function dataOf({ declared, claim, site }: Subject): FixData {
  return claim ? fixDataOf(claim, site.pool) : { logicalId: declared.logicalId };
}
