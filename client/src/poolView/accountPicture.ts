import {
  type AccountSnapshot,
  accountPhrase,
  accountPool,
  type LiveFunction,
  liveClaim,
  notAccountedFor,
  num,
  type Value,
  valueText,
} from "#core";
import type { PictureFinding, PoolPicture } from "#webview/poolMessages.ts";
import { layOut, type PictureClaim, type WhatIf } from "./pictureInput.ts";
import { poolFindings, summaryOf } from "./pictureWords.ts";

/** The slice for what no listed function accounts for. */
const restKey = "";

/** The picture of a connected account, by what was read; undefined where its limit is not known. `floor`: what a budget states. */
export function accountPicture(
  snapshot: AccountSnapshot,
  floor: number | undefined,
  whatIf: WhatIf,
): PoolPicture | undefined {
  const pool = accountPool(snapshot, floor);
  if (pool === undefined) return undefined;
  const functions = snapshot.functions.filter(({ outsidePool }) => outsidePool === undefined);
  const claims = functions.map(claimOf);
  const rest = notAccountedFor(
    pool.claimed,
    claims.map(({ claim }) => claim),
  );
  const complete = snapshot.reading.state !== "reading";
  const all: readonly PictureClaim[] =
    rest === 0
      ? claims
      : [
          ...claims,
          {
            key: restKey,
            name: complete ? "Provisioned, or not readable" : "Not read yet",
            claim: rest,
            copies: 1,
            places: [],
            rest: true,
          },
        ];
  const { slices, shares } = layOut(pool, all, whatIf);
  return {
    title: "In AWS",
    place: accountPhrase(snapshot.identity),
    limit: pool.limit,
    verdict: shares.verdict,
    summary: summaryOf({ claimed: shares.claimed, limit: pool.limit, headroom: shares.headroom, over: shares.over }),
    facts: [
      ["Limit", num(pool.limit)],
      ["Claimed", valueText(shares.claimed)],
      ["Unreserved", valueText(shares.unreserved)],
      ["Floor", num(pool.floor)],
      ["Headroom", valueText(shares.headroom)],
      ["In use now", snapshot.usage?.now === undefined ? "not known" : num(snapshot.usage.now)],
    ],
    slices,
    free: shares.free,
    floor: shares.floor,
    findings: [
      ...poolFindings({ over: shares.over, verdict: shares.verdict, slices, whatIf }),
      ...starving(snapshot, shares.unreserved),
    ],
    actions:
      whatIf.size === 0
        ? []
        : [
            ...(whatIf.size === 1 ? [{ id: "setInAws", label: "Set in AWS…" } as const] : []),
            { id: "discard", label: "Discard" },
          ],
  };
}

function claimOf(fn: LiveFunction): PictureClaim {
  const { name, arn, reserved, details, usage } = fn;
  return {
    key: arn,
    name,
    claim: takenBy(reserved, details?.provisioned ?? []),
    copies: 1,
    ...(usage?.now !== undefined && { use: usage.now }),
    inAws: valueText(reserved),
    places: ["tree"],
  };
}

/** An unknown reservation takes what is left unaccounted for: its slice is that of the rest. */
function takenBy(reserved: Value, provisioned: Parameters<typeof liveClaim>[0]["provisioned"]): Value {
  return typeof reserved === "object" && reserved !== null ? 0 : liveClaim({ reserved, provisioned });
}

/** Functions without a reservation share what is unreserved: do they use more than would be left? */
function* starving({ usage }: AccountSnapshot, unreserved: Value): Generator<PictureFinding> {
  const used = usage?.unreservedNow;
  if (used === undefined || typeof unreserved !== "number" || used <= unreserved) return;
  yield {
    severity: "error",
    text: `Functions without a reservation use ${num(used)} now; ${num(Math.max(0, unreserved))} would be left for them.`,
  };
}
