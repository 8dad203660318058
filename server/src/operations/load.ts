import { type LoadReservation, readLoadFacts } from "#aws";
import { brokenText, expectedShareOf, firstLine, progressText, shapeProblem, type Value } from "#core";
import { compareReservation } from "./compareReservation.ts";
import { confirm } from "./confirm.ts";
import type { LoadGenerator } from "./loadGenerator.ts";
import { loadLines, reserveLines, whyTooMuch } from "./loadText.ts";
import type { LoadOutcome, LoadPreview, LoadReport, LoadWish, MeasuredRun } from "./loadTypes.ts";
import type { Operation } from "./operation.ts";
import { planLoad } from "./planLoad.ts";

/**
 * Throws load at a function and measures what becomes of it. Reads the function afresh, refuses what would starve others, shows what will be
 * sent, has it confirmed, tries a few requests and sends the rest. Changes nothing in the account, unless a reservation is to be compared:
 * then what was there is put back at every end, and a record on disk lets `restore` do it where this process is killed.
 */
export async function load(operation: Operation<LoadPreview, LoadOutcome>, wish: LoadWish): Promise<LoadOutcome> {
  const { session, state, ui } = operation;
  const { target, name, shape, generator } = wish;
  const end = async (kind: LoadOutcome["kind"], says: string, rest: Partial<LoadReport> = {}) => {
    const outcome: LoadOutcome = { kind, target, runs: [], restored: true, says, ...rest };
    await ui.report(outcome);
    return outcome;
  };
  const impossible = shapeProblem(shape);
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

  return await ui.progress(`Load on ${name}`, async ({ signal, say }) => {
    const { run: warm, broken } = await generator.warmUp({ signal });
    if (broken) return await end("broken", brokenText(warm));
    const measure = async (label: string, reserved: Value): Promise<MeasuredRun> => {
      const onProgress: Parameters<LoadGenerator["run"]>[1]["onProgress"] = (progress) =>
        say(label === "run" ? progressText(progress) : `${label}: ${progressText(progress)}`);
      return { label, reserved, run: await generator.run(shape, { signal, onProgress }) };
    };
    if (planned !== undefined) {
      const { kind, says, ...rest } = await compareReservation(operation, wish, planned, { measure, say, signal });
      return await end(kind, says, rest);
    }
    const measured = await measure("run", facts.function.reserved);
    const { run } = measured;
    const expected = expectedShareOf(measured.reserved, run);
    return await end(run.interrupted ? "interrupted" : "measured", firstLine(run), {
      runs: [measured],
      ...(expected !== undefined && { expected: { throttledShare: expected } }),
    });
  });
}

const NOTHING = "Nothing was sent.";

function isPlan(planned: LoadReservation | string | undefined): planned is LoadReservation {
  return planned !== undefined && typeof planned !== "string";
}
