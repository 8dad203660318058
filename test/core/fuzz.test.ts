import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { Worker } from "node:worker_threads";
import { corpusFiles, corpusTest } from "#support/corpus.ts";
import type { FuzzJob, FuzzMessage, Subject } from "./fuzz/worker.ts";
import { readMarked } from "./rules/marked.ts";
import { scene } from "./workspace/scene.ts";

/** An analysis that takes longer hangs: the largest file takes a tenth of a second. */
const HANGS_AFTER = 30_000;

/** Runs a job on a thread of its own, because nothing else can stop an analysis that does not end. */
function fuzz(t: TestContext, job: FuzzJob): Promise<{ readonly wrong: readonly string[]; readonly analyses: number }> {
  const worker = new Worker(new URL("./fuzz/worker.ts", import.meta.url), { workerData: job });
  t.after(() => worker.terminate());
  const wrong: string[] = [];
  let current = "the start";
  return new Promise((resolve, reject) => {
    const hangs = () => reject(new Error(`No answer after ${HANGS_AFTER / 1000} s: ${current}`));
    let guard = setTimeout(hangs, HANGS_AFTER);
    worker.on("error", reject);
    worker.on("exit", () => clearTimeout(guard));
    worker.on("message", (message: FuzzMessage) => {
      clearTimeout(guard);
      if ("analyses" in message) {
        t.diagnostic(`${message.analyses} analyses, ${message.findings} findings`);
        return resolve({ wrong, analyses: message.analyses });
      }
      guard = setTimeout(hangs, HANGS_AFTER);
      if ("begins" in message) current = message.begins;
      else wrong.push(message.wrong);
    });
  });
}

function fixtures(): readonly Subject[] {
  const folder = new URL("../fixtures/rules/", import.meta.url);
  const marked = readdirSync(folder).map((name) => {
    const { files, options } = readMarked(readFileSync(new URL(name, folder), "utf8"), name);
    return { name, texts: Object.fromEntries(files), options };
  });
  return [...marked, { name: "the scene of the workspace", texts: scene }];
}

/** Each file of the corpus as the one stack of a budget. */
function corpusSubjects(): readonly Subject[] {
  return corpusFiles().map(({ path, text }) => {
    const budget = `pool: p\nlimit: 200\nfloor: 100\nkeep-unreserved: 150\nstacks:\n  - template: ${JSON.stringify(path)}\n    name: s\nreservations:\n  s/*: 10\n`;
    return { name: path, texts: { [path]: text, "concurrency-budget.yaml": budget } };
  });
}

test("changed fixtures: no exception, every place inside its file, and it ends", async (t) => {
  const subjects = fixtures();
  const { wrong, analyses } = await fuzz(t, { subjects, rounds: 20, milliseconds: 10_000 });
  assert.deepEqual(wrong, []);
  assert.ok(analyses >= subjects.length, `only ${analyses} analyses`);
});

corpusTest("changed files: no exception, every place inside its file, and it ends", async (t) => {
  const { wrong, analyses } = await fuzz(t, { subjects: corpusSubjects(), rounds: 12, milliseconds: 15_000 });
  assert.deepEqual(wrong, []);
  assert.ok(analyses >= 100, `only ${analyses} analyses`);
});
