import type { LiveFunction } from "../accountSnapshot.ts";
import type { OnlyBudgeted, PoolLive } from "../analysis.ts";
import type { Unknown } from "../model.ts";
import type { LiveIndex, StackPath } from "./liveIndex.ts";
import type { Matched } from "./matched.ts";
import { notTaken, removedOf } from "./unclaimed.ts";

/** The live function that something in a pool stands for: null when the account has none, unknown when that cannot be said. */
export type LiveMatch = LiveFunction | null | Unknown;

/** Finds the live function of each claim and of each grant that nothing claims, and the live functions that are left over. */
export function matchLive(index: LiveIndex, pool: Matched): Omit<PoolLive, "deployments"> {
  const taken = new Set<LiveFunction>();
  const found = (match: Found): LiveMatch => {
    for (const live of match.candidates) taken.add(live);
    return match.match;
  };
  const claimed = new Map(pool.claims.map((claim) => [claim, ofFunction(index, pool, claim)]));
  const functions = new Map([...claimed].map(([claim, match]) => [claim, found(match)]));
  const candidates = new Map(
    [...claimed].map(([claim, { candidates, perhaps }]) => [claim, perhaps ? [...perhaps, null] : candidates]),
  );
  const budgeted = new Map(pool.onlyBudgeted.map((only) => [only, found(ofGrant(index, pool, only))]));
  for (const outside of pool.outside) found(ofFunction(index, pool, outside));
  const { covered, unclaimed } = notTaken(index.snapshot, taken, pool.grants);
  const removed = removedOf(unclaimed, pool);
  return { snapshot: index.snapshot, functions, candidates, budgeted, covered, unclaimed, removed };
}

/** Was a live function found? */
export function isLive(match: LiveMatch | undefined): match is LiveFunction {
  return match !== undefined && match !== null && "arn" in match;
}

interface Found {
  readonly match: LiveMatch;
  /** All that fit. */
  readonly candidates: readonly LiveFunction[];
  /** Where nothing fits because its stack may have another name: those of the same logical id. It is one of them, or not there. */
  readonly perhaps?: readonly LiveFunction[];
}

function ofFunction(index: LiveIndex, { named }: Matched, claim: Matched["outside"][number]): Found {
  const { name, logicalId } = claim.function;
  if (typeof name === "string") return byName(index, name);
  const found = byStack(index, pathOf(claim.key, claim.stack.name, logicalId), named.has(claim.stack));
  if (found.match !== null || name === null) return found;
  // With a name that is not decided it may be any.
  return unknown(`its FunctionName is not decided (${name.unknown})`);
}

function ofGrant(index: LiveIndex, { stacks, named }: Matched, { grant }: OnlyBudgeted): Found {
  const [stack = "", ...inside] = grant.pattern.split("/");
  const logicalId = inside.pop();
  if (logicalId === undefined) return byName(index, grant.pattern);
  // A stack that the pool knows only by its folder is not known to have that name.
  const guessed = stacks.some((each) => each.name === stack && !named.has(each));
  return byStack(index, { stack, nesting: inside, logicalId }, !guessed);
}

/** A key is `stack/Child/LogicalId`, and a stack's name has no slash. */
function pathOf(key: string, stack: string, logicalId: string): StackPath {
  const between = key.slice(stack.length + 1, -logicalId.length - 1);
  return { stack, nesting: between === "" ? [] : between.split("/"), logicalId };
}

function byName(index: LiveIndex, name: string): Found {
  const live = index.named(name);
  if (live) return { match: live, candidates: [live] };
  const { reading } = index.snapshot;
  if (reading.state === "complete") return { match: null, candidates: [] };
  return unknown(reading.state === "reading" ? "the account is still being read" : "not all functions could be listed");
}

function byStack(index: LiveIndex, path: StackPath, isNamed: boolean): Found {
  const candidates = index.inStack(path);
  const [only] = candidates;
  if (only && candidates.length === 1) return { match: only, candidates };
  if (only) return { match: { unknown: `${candidates.length} live functions match` }, candidates };
  const why = whyNotMissing(index, path, isNamed);
  if (why === undefined) return { match: null, candidates };
  return index.snapshot.reading.state === "complete"
    ? { ...unknown(why), perhaps: index.made(path.logicalId) }
    : unknown(why);
}

/** A stack's name has at most 128 characters, 13 or 14 of which are made up for a nested one; what stands before them is cut. */
const longestParent = 128 - 14;

/** Why a function that no tags lead to may exist all the same. */
function whyNotMissing({ snapshot }: LiveIndex, path: StackPath, isNamed: boolean): string | undefined {
  if (snapshot.reading.state === "reading") return "the account is still being read";
  if (!isNamed) return `the name of stack ${path.stack} is not stated`;
  // Tags come with a function: where reading one failed, its tags are missing too.
  if (snapshot.reading.state === "partial") return "not all functions could be read";
  const nested = [path.stack, ...path.nesting].join("-");
  if (path.nesting.length > 0 && nested.length > longestParent)
    return "CloudFormation cuts the name of its nested stack";
  return undefined;
}

function unknown(reason: string): Found {
  return { match: { unknown: reason }, candidates: [] };
}
