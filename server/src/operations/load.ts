import { type LoadReservation, learnedFloors, loadJournal, planLoadReservation, readLoadFacts } from "#aws";
import { accountKey, brokenText, expectedShareOf, firstLine, progressText, shapeProblem, type Value } from "#core";
import { compareReservation } from "./compareReservation.ts";
import { confirm } from "./confirm.ts";
import type { LoadGenerator } from "./loadGenerator.ts";
import { loadLines, reserveLines, whyTooMuch } from "./loadText.ts";
import type { LoadOutcome, LoadPreview, LoadReport, LoadWish, MeasuredRun } from "./loadTypes.ts";
import type { Operation } from "./operation.ts";
import { stoppableGenerator } from "./stoppableGenerator.ts";
import type { Progress } from "./ui.ts";

/**
 * Throws load at a function and measures what becomes of it. Reads the function afresh, refuses what would starve others, shows what will be
 * sent, has it confirmed, tries a few requests and sends the rest. Changes nothing in the account, unless a reservation is to be compared:
 * then what was there is put back at every end, and a record on disk lets `restore` do it where this process is killed.
 */
export async function load(operation: Operation<LoadPreview, LoadOutcome>, wish: LoadWish): Promise<LoadOutcome> {
  const { session, state, ui } = operation;
  const { target, name, shape } = wish;
  const end = async (kind: LoadOutcome["kind"], says: string, rest: Partial<LoadReport> = {}) => {
    const outcome: LoadOutcome = { kind, target, runs: [], restored: true, says, ...rest };
    await ui.report(outcome);
    return outcome;
  };
  const impossible = shapeProblem(shape, wish.maxima);
  if (impossible !== undefined) return await end("refused", `${impossible} ${NOTHING}`);
  const production = await state.production(session.identity);
  const now = state.now === undefined ? {} : { now: new Date(state.now()) };
  const facts = await readLoadFacts(session, name, now);
  const planned = await planLoad(operation, wish);
  const lines = [...loadLines(wish, facts), ...(isPlan(planned) ? reserveLines(planned) : [])];
  await ui.preview({ wish, facts, lines });
  if (typeof planned === "string") return await end("refused", `${planned} ${NOTHING}`);
  const tooMuch = whyTooMuch(shape, facts);
  if (tooMuch !== undefined) return await end("refused", `${tooMuch} ${NOTHING}`);
  if (wish.dryRun) return await end("shown", NOTHING);
  const what =
    planned === undefined
      ? `Send this load to ${name}`
      : `Send this load to ${name}, twice, and reserve ${planned.reserved} in between`;
  const changes = isPlan(planned) ? reserveLines(planned) : [];
  const answer = await confirm(operation, production, { what, action: "Send Load", changes, consequences: lines });
  if (answer !== "yes") return await end("cancelled", NOTHING);

  const journal = loadJournal(state.folder);
  const key = accountKey(session.identity);
  const claim = await journal.claim(key, name);
  if (claim === undefined)
    return await end(
      "refused",
      `Another load test on ${name} is under way. ${await journal.holder(key, name)} ${NOTHING}`,
    );
  const stopping = new AbortController();
  const generator = stoppableGenerator(wish.generator, claim, () => stopping.abort());
  const work = async ({ signal: cancelled, say }: Progress) => {
    const signal = AbortSignal.any([cancelled, stopping.signal]);
    const { run: warm, broken } = await generator.warmUp({ signal });
    if (broken) return await end("broken", brokenText(warm));
    const measure = async (label: string, reserved: Value): Promise<MeasuredRun> => {
      const onProgress: Parameters<LoadGenerator["run"]>[1]["onProgress"] = (progress) =>
        say(label === "run" ? progressText(progress) : `${label}: ${progressText(progress)}`);
      return { label, reserved, run: await generator.run(shape, { signal, onProgress }) };
    };
    if (planned !== undefined) {
      const { kind, says, ...rest } = await compareReservation(operation, wish, planned, {
        generator,
        measure,
        say,
        signal,
      });
      return await end(kind, stopping.signal.aborted && rest.restored ? `${stopped(name)} ${says}` : says, rest);
    }
    const measured = await measure("run", facts.function.reserved);
    const { run } = measured;
    const expected = expectedShareOf(measured.reserved, run);
    const says = stopping.signal.aborted ? `${stopped(name)} ${firstLine(run)}` : firstLine(run);
    return await end(run.interrupted ? "interrupted" : "measured", says, {
      runs: [measured],
      ...(expected !== undefined && { expected: { throttledShare: expected } }),
    });
  };
  try {
    return await ui.progress(`Load on ${name}`, work);
  } finally {
    await claim.release();
  }
}

function stopped(name: string): string {
  return `${name} was switched off meanwhile: the load was stopped.`;
}

const NOTHING = "Nothing was sent.";

function isPlan(planned: LoadReservation | string | undefined): planned is LoadReservation {
  return planned !== undefined && typeof planned !== "string";
}

/** The reservation that a load test compares with, planned afresh; a sentence: why it cannot be had; undefined: none is wanted. */
async function planLoad(
  { session, state: { folder } }: Pick<Operation<never, never>, "session" | "state">,
  { name, reserve, floor }: LoadWish,
): Promise<LoadReservation | string | undefined> {
  if (reserve === undefined) return undefined;
  const learnedFloor = await learnedFloors(folder).get(accountKey(session.identity));
  return await planLoadReservation(session, name, reserve, {
    folder,
    ...(floor !== undefined && { floor }),
    ...(learnedFloor !== undefined && { learnedFloor }),
  });
}
