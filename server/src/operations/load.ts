import { type LoadFacts, readLoadFacts } from "#aws";
import {
  brokenText,
  expectedShareOf,
  firstLine,
  type LoadRun,
  type LoadShape,
  progressText,
  shapeProblem,
  type Value,
} from "#core";
import { confirm } from "./confirm.ts";
import type { LoadGenerator } from "./loadGenerator.ts";
import { loadLines, whyTooMuch } from "./loadText.ts";
import type { Operation } from "./operation.ts";

/** What load is wanted. */
export interface LoadWish {
  /** What the target is called: `function orders`, or a URL behind which the function is. */
  readonly target: string;
  /** The function that is invoked, by name. */
  readonly name: string;
  readonly shape: LoadShape;
  /** Milliseconds until a request is given up. */
  readonly timeout: number;
  /** Sent with each request. */
  readonly payload?: { readonly file: string; readonly text: string };
  readonly generator: LoadGenerator;
  /** Only shows what would be sent. */
  readonly dryRun?: boolean;
}

/** What is shown before anything is sent. */
export interface LoadPreview {
  readonly wish: LoadWish;
  readonly facts: LoadFacts;
  /** For people, a sentence each. */
  readonly lines: readonly string[];
}

/** A run with the reservation that it met. */
export interface MeasuredRun {
  readonly label: string;
  readonly reserved: Value;
  readonly run: LoadRun;
}

/** How a load test ended. */
export interface LoadOutcome {
  /**
   * - `refused`: `says` why; nothing was sent.
   * - `shown`: a dry run; nothing was sent.
   * - `cancelled`: not confirmed; nothing was sent.
   * - `broken`: the warm-up failed; no load was sent.
   * - `interrupted`: ended before its time; `runs` hold what was measured until then.
   * - `measured`: done.
   */
  readonly kind: "refused" | "shown" | "cancelled" | "broken" | "interrupted" | "measured";
  readonly target: string;
  readonly runs: readonly MeasuredRun[];
  /** What the formula expects of the last run; absent where it does not apply. */
  readonly expected?: { readonly throttledShare: number };
  /** Is the account as it was? */
  readonly restored: boolean;
  readonly says: string;
}

/**
 * Throws load at a function and measures what becomes of it. Reads the function afresh, refuses what would starve others,
 * shows what will be sent, has it confirmed, tries a few requests and sends the rest. Changes nothing in the account.
 */
export async function load(operation: Operation<LoadPreview, LoadOutcome>, wish: LoadWish): Promise<LoadOutcome> {
  const { session, state, ui } = operation;
  const { target, name, shape, generator } = wish;
  const end = async (kind: LoadOutcome["kind"], says: string, rest: Partial<LoadOutcome> = {}) => {
    const outcome: LoadOutcome = { kind, target, runs: [], restored: true, says, ...rest };
    await ui.report(outcome);
    return outcome;
  };
  const impossible = shapeProblem(shape);
  if (impossible !== undefined) return await end("refused", `${impossible} ${NOTHING}`);
  const production = await state.production(session.identity);
  const now = state.now === undefined ? {} : { now: new Date(state.now()) };
  const facts = await readLoadFacts(session, name, now);
  const lines = loadLines(wish, facts);
  await ui.preview({ wish, facts, lines });
  const tooMuch = whyTooMuch(shape, facts);
  if (tooMuch !== undefined) return await end("refused", `${tooMuch} ${NOTHING}`);
  if (wish.dryRun) return await end("shown", NOTHING);
  const what = `Send this load to ${name}`;
  const answer = await confirm(operation, production, { what, action: "Send Load", changes: [], consequences: lines });
  if (answer !== "yes") return await end("cancelled", NOTHING);

  return await ui.progress(`Load on ${name}`, async ({ signal, say }) => {
    const { run: warm, broken } = await generator.warmUp({ signal });
    if (broken) return await end("broken", brokenText(warm));
    const run = await generator.run(shape, {
      signal,
      onProgress: (progress) => say(progressText(progress)),
    });
    const measured: MeasuredRun = { label: "run", reserved: facts.function.reserved, run };
    const expected = expectedShareOf(measured.reserved, run);
    return await end(run.interrupted ? "interrupted" : "measured", firstLine(run), {
      runs: [measured],
      ...(expected !== undefined && { expected: { throttledShare: expected } }),
    });
  });
}

const NOTHING = "Nothing was sent.";
