import type { Sample } from "#core";

const HEAD = "run,intended_ms,started_ms,ended_ms,latency_ms,outcome,status,reason,in_flight\n";
/** Lines per piece: of a hundred thousand requests the text is too long to be handed out at once. */
const LINES = 5000;

/** All requests of runs as CSV, piece by piece: times since the run began, latency from the intended start, status 0 without an answer. */
export function* csvOf(
  runs: readonly { readonly label: string; readonly run: { readonly samples: Iterable<Sample> } }[],
): Generator<string> {
  let text = HEAD;
  let lines = 0;
  for (const { label, run } of runs) {
    for (const { intended, started, ended, outcome, status, reason, inFlight } of run.samples) {
      const times = [intended, started, ended, ended - intended].map((time) => time.toFixed(3));
      text += `${[cell(label), ...times, outcome, status, cell(reason), inFlight].join(",")}\n`;
      if (++lines % LINES !== 0) continue;
      yield text;
      text = "";
    }
  }
  yield text;
}

function cell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
