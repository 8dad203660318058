import { isKilled, type LiveFunction, many, num, qualifierText, rough, valueText, windowText } from "#core";
import { isNamed, type PoolEntry, type PoolFacts, wantedOf } from "../pools/poolFacts.ts";

/** Why somebody should look at a function. */
export interface Attention {
  readonly severity: "error" | "warning" | "information";
  /** What a filter calls it. */
  readonly word: "failed" | "throttled" | "full" | "differs" | "off";
  /** A few words for the row. */
  readonly short: string;
  /** A sentence that says what it means. */
  readonly sentence: string;
}

/** A reservation counts as full from this share of it in use. */
const fullShare = 0.9;

/** Everything about a function that asks for attention, the worst first. What is not known asks for none. */
export function attentionOf(fn: LiveFunction, facts: PoolFacts): readonly Attention[] {
  return [...failedProvisioned(fn), ...throttled(fn), ...full(fn), ...disagreements(fn, facts)];
}

function* failedProvisioned({ details }: LiveFunction): Generator<Attention> {
  for (const { qualifier, requested, status, statusReason } of details?.provisioned ?? []) {
    if (status !== "FAILED") continue;
    const why = statusReason === undefined ? "" : `: ${statusReason.replace(/\.$/, "")}`;
    yield {
      severity: "error",
      word: "failed",
      short: `${qualifierText(qualifier)}: provisioning failed`,
      sentence: `Provisioned concurrency of ${qualifierText(qualifier)} (${num(requested)}) failed${why}.`,
    };
  }
}

function* throttled({ usage, reserved }: LiveFunction): Generator<Attention> {
  if (usage?.throttles === undefined || usage.throttles === 0) return;
  const throttles = many(usage.throttles, "throttle");
  const short = usage.throttles === 1 ? throttles : `${rough(usage.throttles)} throttles`;
  const by = typeof reserved === "number" ? ` Its reservation is ${num(reserved)}.` : "";
  yield {
    severity: "warning",
    word: "throttled",
    short,
    sentence: `${throttles} in the last ${windowText(usage)}.${by}`,
  };
}

function* full({ usage, reserved }: LiveFunction): Generator<Attention> {
  if (typeof reserved !== "number" || reserved === 0 || usage?.now === undefined) return;
  if (usage.now < fullShare * reserved) return;
  const share = `${num(usage.now)} of ${num(reserved)}`;
  yield {
    severity: "warning",
    word: "full",
    short: `${share} in use`,
    sentence: `${share} reserved executions are in use. Invocations beyond ${num(reserved)} at once are throttled.`,
  };
}

function* disagreements(fn: LiveFunction, facts: PoolFacts): Generator<Attention> {
  const all = facts.entries.get(fn.arn) ?? [];
  // In a pool whose files do not name the function it is a stranger, unless another pool's files do.
  const named = all.filter(({ row }) => isNamed(row));
  const entries = named.length > 0 ? named : all;
  const differences = new Map(
    entries.flatMap((entry) => {
      const { difference, live } = entry.row;
      // What was said of another value than the one on screen says nothing any more: the next answer will.
      return difference === undefined || live !== fn.reserved ? [] : [[difference, entry] as const];
    }),
  );
  for (const [sentence, entry] of differences) {
    const off = fn.reserved === 0 && fn.outsidePool === undefined;
    yield {
      severity: off ? "warning" : "information",
      word: "differs",
      short: off ? "switched off" : contrast(fn, entry),
      sentence,
    };
  }
  if (differences.size > 0 || fn.reserved !== 0 || fn.outsidePool !== undefined) return;
  // Without a budget for this account nobody has said whether it should be off.
  if (!facts.budgeted || isKilled(fn) || entries.some(({ row }) => row.off)) return;
  yield {
    severity: "warning",
    word: "off",
    short: "switched off",
    sentence: "Its reservation is 0, so it never runs, and no budget file says that it is off.",
  };
}

/** `100 in AWS, 200 planned`: what is there and what the files want. */
function contrast({ reserved }: LiveFunction, { pool, row }: PoolEntry): string {
  const wanted = wantedOf(pool, row);
  if (wanted === undefined) return "differs";
  return `${valueText(reserved)} in AWS, ${row.off ? "off" : valueText(wanted)} planned`;
}
