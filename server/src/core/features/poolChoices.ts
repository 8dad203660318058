import type { Pool, PoolClaim } from "../analysis.ts";
import { boundsOf } from "../ledger/bounds.ts";
import { largestFor } from "../pools/largest.ts";
import { many, num } from "../wording/words.ts";
import type { Choice } from "./completion.ts";
import { claimsMatching } from "./patterns.ts";
import { yamlScalar } from "./yamlText.ts";

/** Numbers for an entry: what its functions reserve, and the most that they could. */
export function grantChoices(pool: Pool | undefined, pattern: string): readonly Choice[] {
  const off: Choice = { label: "off", text: "off", kind: "word", detail: "0 on purpose: the function never runs" };
  if (!pool) return [off];
  const claims = claimsMatching(pool, pattern);
  const declared = claims.flatMap(({ key, function: { reserved } }): Choice[] => {
    if (typeof reserved.value !== "number" || reserved.value === 0) return [];
    return [
      { label: String(reserved.value), text: String(reserved.value), kind: "number", detail: `what ${key} reserves` },
    ];
  });
  const { value, now } = largestFor(pool, claims);
  const fits = boundsOf(value).min;
  const largest: Choice = {
    label: String(fits),
    text: String(fits),
    kind: "number",
    detail: `the largest that fits${now ? " now" : ""}${claims.length > 1 ? ` for ${many(claims.length, "function")} at once` : ""}, where ${num(pool.floor)} stay unreserved`,
  };
  return [...declared, ...(fits > 0 ? [largest] : []), off];
}

/** Everything that can be called by a name: functions by FunctionName or `stack/LogicalId`, and whole stacks. */
export function patternChoices(pool: Pool | undefined): readonly Choice[] {
  if (!pool) return [];
  const functions = [...pool.claims].sort((a, b) => rank(a) - rank(b)).flatMap(namesOf);
  const stacks = pool.stacks.map(({ name }): Choice => {
    const label = `${name}/*`;
    return { label, text: yamlScalar(label), kind: "stack", detail: "every function of the stack" };
  });
  return [...functions, ...stacks];
}

/** Functions that reserve and are not granted anything come first. */
function rank(claim: PoolClaim): number {
  const reserves = claim.claim.max !== 0;
  return claim.grant ? 2 : reserves ? 0 : 1;
}

function namesOf({ key, function: { name, reserved } }: PoolClaim): readonly Choice[] {
  const detail = typeof reserved.value === "number" ? `reserves ${num(reserved.value)}` : "no reservation";
  const labels = typeof name === "string" ? [name, key] : [key];
  return labels.map((label) => ({ label, text: yamlScalar(label), kind: "function", detail }));
}
