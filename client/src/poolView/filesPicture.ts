import { type LiveFunction, list, longValueText, many, num, valueText } from "#core";
import type { PoolRow, PoolView } from "#protocol";
import type { Action, PictureFinding, Place, PoolPicture } from "#webview/poolMessages.ts";
import { placeOf, titlesOf } from "../views/budgetRow.ts";
import { layOut, type PictureClaim, type WhatIf } from "./pictureInput.ts";
import { poolFindings, summaryOf } from "./pictureWords.ts";

/** The picture of a pool by the files of the workspace. `live`: the functions of its account by ARN, where it is connected. */
export function filesPicture(pool: PoolView, live: ReadonlyMap<string, LiveFunction>, whatIf: WhatIf): PoolPicture {
  const titles = titlesOf(pool.rows);
  const claims = pool.rows.map((row) => claimOf(pool, row, titles.get(row) ?? row.key, live));
  const { slices, shares } = layOut(pool, claims, whatIf);
  // Cases of a pool are exact where they are added up together; what is laid out here knows each claim alone.
  const { claimed, unreserved, verdict } = whatIf.size === 0 ? pool : shares;
  const limitSource = { given: "stated", live: "of the account", assumed: "assumed" }[pool.limitSource];
  const floorSource = { configured: "stated", learned: "learned", estimated: "estimated" }[pool.floorSource];
  return {
    title: pool.name,
    place: placeOf(pool).join(" · "),
    limit: pool.limit,
    verdict,
    summary: summaryOf({ claimed, limit: pool.limit, headroom: shares.headroom, over: shares.over }),
    facts: [
      ["Limit", `${num(pool.limit)} (${limitSource})`],
      ["Claimed", longValueText(claimed)],
      ["Unreserved", longValueText(unreserved)],
      ["Floor", `${num(pool.floor)} (${floorSource})`],
      ["Headroom", longValueText(shares.headroom)],
    ],
    slices,
    free: shares.free,
    floor: shares.floor,
    findings: [...poolFindings({ over: shares.over, verdict, slices, whatIf }), ...ownFindings(pool, whatIf)],
    actions: actionsOf(pool, whatIf),
  };
}

function claimOf(pool: PoolView, row: PoolRow, name: string, live: ReadonlyMap<string, LiveFunction>): PictureClaim {
  const { key, arn, granted, off, declared, claim, instances = 1, places } = row;
  const use = arn === undefined ? undefined : live.get(arn)?.usage?.now;
  const leads: readonly Place[] = [
    "tree",
    ...(places.template === undefined ? [] : (["template"] as const)),
    ...(places.budget === undefined ? [] : (["budget"] as const)),
  ];
  return {
    key,
    name,
    claim: claim ?? 0,
    copies: instances,
    ...(use !== undefined && { use }),
    ...(pool.budget !== undefined && { granted: off ? "off" : granted === null ? "nothing" : num(granted) }),
    ...(declared !== undefined && { declared: valueText(declared) }),
    ...(pool.live && row.live !== undefined && { inAws: row.live === "missing" ? "not there" : valueText(row.live) }),
    places: leads,
  };
}

function* ownFindings(pool: PoolView, whatIf: WhatIf): Generator<PictureFinding> {
  const short = pool.inAws?.verdict === "over" ? pool.inAws.short : undefined;
  if (short !== undefined && whatIf.size === 0)
    yield { severity: "error", text: `It cannot be deployed now: ${num(short)} too many for what AWS has left.` };
  const stranger = pool.rows.filter(
    ({ declared, granted, live }) => declared === undefined && granted === null && live,
  );
  if (stranger.length > 0) {
    const names = list(
      stranger.map(({ name, key }) => name ?? key),
      3,
    );
    yield {
      severity: "info",
      text: `${many(stranger.length, "function")} reserved in AWS, not in the files and not drawn: ${names}.`,
    };
  }
  const declared = pool.rows.flatMap(({ key, name, declared: value, instances = 1 }) => {
    const typed = whatIf.get(key);
    const differs = typed !== undefined && typeof value === "number" && value > typed && instances === 1;
    return differs ? [`${name ?? key} (${num(value)})`] : [];
  });
  if (declared.length > 0) {
    yield {
      severity: "warning",
      text: `Templates declare more than you typed: ${list(declared, 3)}. Lower them too, else the budget is exceeded.`,
    };
  }
}

function actionsOf({ budget, live }: PoolView, whatIf: WhatIf): readonly Action[] {
  if (whatIf.size === 0) return [];
  return [
    ...(budget === undefined ? [] : [{ id: "writeBudget", label: "Write to Budget" } as const]),
    ...(budget === undefined || !live ? [] : [{ id: "writeAndPlan", label: "Write and Show Plan" } as const]),
    { id: "discard", label: "Discard" },
  ];
}
