import { parentPort, workerData } from "node:worker_threads";
import { type AnalysisOptions, isBudgetFile, type Place, Workspace } from "#core";
import { random } from "#support/edits.ts";
import { MemoryFiles, uriOf } from "#support/memoryFiles.ts";
import { mutate } from "./mutate.ts";

/** Files that are analysed together; one of them is changed at a time. */
export interface Subject {
  readonly name: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly options?: AnalysisOptions;
}

/** What the worker is asked to do: rounds over all subjects until the time is over. */
export interface FuzzJob {
  readonly subjects: readonly Subject[];
  readonly rounds: number;
  readonly milliseconds: number;
}

/** What it says: before each subject, when something is wrong, and at the end. */
export type FuzzMessage =
  | { readonly begins: string }
  | { readonly wrong: string }
  | { readonly analyses: number; readonly findings: number };

/** What a message says only by mistake, unless the files say it. */
const NONSENSE = ["undefined", "NaN", "[object", "Infinity"];

/** Changes one file and analyses; returns what is wrong with the answer. */
function attempt({ texts, options = {} }: Subject, seed: number): { wrong: string[]; findings: number } {
  const next = random(seed);
  const paths = Object.keys(texts);
  const changed = paths[Math.floor(next() * paths.length)] as string;
  const mutated = { ...texts, [changed]: mutate(texts[changed] as string, next) };
  const uris = paths.filter((path) => !path.endsWith(".toml")).map(uriOf);
  const budgets = uris.filter(isBudgetFile);
  const templates = uris.filter((uri) => !isBudgetFile(uri));
  const { findings, pools } = new Workspace(new MemoryFiles(mutated)).analyse({ budgets, templates, options });
  const lengths = new Map(Object.entries(mutated).map(([path, text]) => [uriOf(path), text.length]));
  const outside = ({ uri, start, end }: Place) => !(start >= 0 && start <= end && end <= (lengths.get(uri) ?? -1));
  const said = JSON.stringify(mutated);
  const wrong: string[] = [];
  for (const { message, place, related, suppressed } of findings) {
    const places = [place, ...related.map((each) => each.place), ...(suppressed ? [suppressed.place] : [])];
    for (const each of places.filter(outside)) wrong.push(`outside of its file: ${JSON.stringify(each)} ${message}`);
    if (NONSENSE.some((word) => message.includes(word) && !said.includes(word))) wrong.push(`nonsense: ${message}`);
  }
  for (const { function: declared } of pools.flatMap((pool) => pool.claims)) {
    for (const each of [declared.place, declared.extent, declared.reserved.place].filter(outside))
      wrong.push(`outside of its file: ${JSON.stringify(each)} of ${declared.logicalId}`);
  }
  return { wrong, findings: findings.length };
}

function say(message: FuzzMessage): void {
  parentPort?.postMessage(message);
}

function run({ subjects, rounds, milliseconds }: FuzzJob): void {
  const end = performance.now() + milliseconds;
  let [analyses, findings] = [0, 0];
  // In an order that mixes large and small, so that a slow machine sees some of each.
  const next = random(1);
  const order = subjects.map((subject, index) => ({ subject, index, rank: next() })).sort((a, b) => a.rank - b.rank);
  for (let round = 0; round < rounds; round++) {
    for (const { subject, index } of order) {
      if (performance.now() > end) break;
      const seed = round * 100_000 + index;
      const what = `${subject.name}, seed ${seed}`;
      say({ begins: what });
      try {
        const attempted = attempt(subject, seed);
        for (const wrong of attempted.wrong) say({ wrong: `${what}: ${wrong}` });
        findings += attempted.findings;
      } catch (error) {
        say({ wrong: `${what}: ${error instanceof Error ? error.stack : error}` });
      }
      analyses++;
    }
  }
  say({ analyses, findings });
}

run(workerData as FuzzJob);
