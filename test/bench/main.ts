/**
 * `npm run bench`: the speed of the product as ratios measured in one run. The yardstick for a file is one full read by the yaml library
 * (`parseDocument`, median of 5 warm runs in this process). With `CORPUS_DIR` the real templates are measured too.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parseDocument } from "yaml";
import { readCheaply, readInOrder, readNaively } from "./account.ts";
import { bigTemplate } from "./bigTemplate.ts";
import { breakingEdits, typicalEdits } from "./edits.ts";
import { growths } from "./growth.ts";
import { compareClosedLoops, type Throughput, throwAtReservation } from "./load.ts";
import { measurePoolView } from "./poolView.ts";
import { median, percentile, run } from "./process.ts";
import { startBenchServer } from "./server.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const corpus = process.env.CORPUS_DIR;
const rows: { what: string; measured: string; yardstick: string; ratio: string; target: string; holds: string }[] = [];

/** One line of the table; without a target it is only reported. */
function row(
  what: string,
  measured: number,
  yardstick: number,
  unit: "ms" | "s" | "MB" | "calls" | "%",
  target?: number,
): void {
  const ratio = measured / yardstick;
  rows.push({
    what,
    measured: `${measured.toFixed(1)} ${unit}`,
    yardstick: `${yardstick.toFixed(1)} ${unit}`,
    ratio: `${ratio.toFixed(3)} ×`,
    target: target === undefined ? "reported" : `≤ ${target} ×`,
    holds: target === undefined ? "" : ratio <= target ? "yes" : "NO",
  });
}

function yardstickOf(text: string): number {
  const once = () => {
    const start = performance.now();
    parseDocument(text, { logLevel: "silent" });
    return performance.now() - start;
  };
  for (let warm = 0; warm < 3; warm++) once();
  return median(Array.from({ length: 5 }, once));
}

/** What opening and editing a file takes. */
interface FileCost {
  readonly open: number;
  readonly edit: number;
  readonly editMedian: number;
  readonly breaking: number;
  /** Peak memory of the server in MB. */
  readonly memory: number;
  readonly edits: number;
  readonly breakingEdits: number;
}

/** Opens and edits the file on 5 fresh servers. */
async function costOf(name: string, languageId: string, text: string): Promise<FileCost> {
  const uri = `untitled:${name}`;
  const edits = typicalEdits(text);
  const opened: number[] = [];
  const typical: number[] = [];
  const breaking: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round < 5; round++) {
    const server = await startBenchServer();
    opened.push(await server.open(uri, languageId, text));
    const document = TextDocument.create(uri, languageId, 1, text);
    for (const edit of edits) typical.push(await server.edit(document, edit));
    for (const pair of breakingEdits(document.getText())) {
      for (const edit of pair) breaking.push(await server.edit(document, edit));
    }
    memory.push(await server.stop());
  }
  return {
    open: median(opened),
    edit: percentile(typical, 0.95),
    editMedian: median(typical),
    breaking: percentile(breaking, 0.95),
    memory: median(memory),
    edits: edits.length,
    breakingEdits: breaking.length / 5,
  };
}

/** Opening and editing a file, against reading it with the library once. */
async function measureFile(
  name: string,
  languageId: string,
  text: string,
  targets?: { edit: number; open: number },
): Promise<FileCost> {
  const yardstick = yardstickOf(text);
  const cost = await costOf(name, languageId, text);
  row(`${name}: open to diagnostics`, cost.open, yardstick, "ms", targets?.open);
  row(`${name}: edit to diagnostics, p95 of 5 × ${cost.edits}`, cost.edit, yardstick, "ms", targets?.edit);
  row(`${name}: edit to diagnostics, median`, cost.editMedian, yardstick, "ms");
  row(`${name}: breaking edits and undos, p95 of 5 × ${cost.breakingEdits}`, cost.breaking, yardstick, "ms");
  return cost;
}

/** The same file with 162 cases, against the one where everything is decided. */
async function measureCases(plain: FileCost): Promise<void> {
  const name = "1 MB generated in 162 cases, against none";
  const cost = await costOf(name, "yaml", bigTemplate(300, 1_000_000, true));
  row(`${name}: open to diagnostics`, cost.open, plain.open, "ms", 1.5);
  row(`${name}: edit to diagnostics, p95`, cost.edit, plain.edit, "ms", 1.5);
  row(`${name}: peak memory`, cost.memory, plain.memory, "MB", 1.25);
}

async function measureCheck(folder: string): Promise<void> {
  const temporary = mkdtempSync(join(tmpdir(), "bench-"));
  const list = join(temporary, "files");
  const check = [join(root, "dist/cli.js"), "check", folder, "--format", "json"];
  const { stdout } = await run(check);
  const files = (JSON.parse(stdout) as { files: { file: string }[] }).files.map(({ file }) => file);
  writeFileSync(list, files.join("\n"));
  const checks = [];
  const reads = [];
  for (let round = 0; round < 3; round++) {
    checks.push(await run(check));
    reads.push(await run([fileURLToPath(new URL("parseAll.ts", import.meta.url)), list]));
  }
  rmSync(temporary, { recursive: true });
  const [checked, read] = [checks, reads].map((costs) => ({
    ms: median(costs.map((cost) => cost.milliseconds)),
    mb: median(costs.map((cost) => cost.megabytes)),
  })) as [{ ms: number; mb: number }, { ms: number; mb: number }];
  row(`check of ${files.length} files against parsing them: time`, checked.ms, read.ms, "ms", 0.5);
  row(`check of ${files.length} files against parsing them: peak memory`, checked.mb, read.mb, "MB", 1);
}

async function measureWorkspace(folder: string): Promise<void> {
  const server = await startBenchServer([pathToFileURL(folder).href]);
  row("server with serverless-patterns as workspace: peak memory", await server.stop(), 150, "MB", 1);
}

/** Reading an account of 1,000 functions, beside the way of most scripts. */
async function measureAccount(functions: number): Promise<void> {
  const cheap = await readCheaply(functions);
  const naive = await readNaively(functions);
  const what = `account of ${functions} functions`;
  row(`${what}: Lambda calls, against one each and 30`, cheap.calls, functions + 30, "calls", 1);
  row(`${what}: answers 429, against one by one`, cheap.throttled, naive.throttled, "calls", 0);
  row(`${what}: time until the totals are known, against one by one`, cheap.totals, naive.totals, "ms");
  row(`${what}: time until all is known, against one by one`, cheap.milliseconds, naive.milliseconds, "ms", 1);
}

/** What matters first of an account in which few functions reserve, against the time that people wait. */
async function measureOrder(functions: number, reserving: number): Promise<void> {
  const { declared, reserved, accounted, throttled } = await readInOrder(functions, reserving);
  const what = `account of ${functions} functions, of which ${reserving} reserve`;
  row(
    `${what}: first reading, until the ${reserving / 2} declared ones are known, against 3 s`,
    declared,
    3000,
    "ms",
    1,
  );
  row(`${what}: second reading, until all ${reserving} are known, against 6 s`, reserved, 6000, "ms", 1);
  row(`${what}: second reading, until it says that all are found, against 6 s`, accounted, 6000, "ms", 1);
  row(`${what}: answers 429, against one per function`, throttled, functions, "calls", 0);
}

/** The load generator, beside autocannon on the same server and beside the formula of a reservation. */
async function measureLoad(): Promise<void> {
  const flatOut = await compareClosedLoops(0);
  const perRequest = ({ perSecond }: Throughput) => 1_000_000 / perSecond;
  row(
    "load: a million requests by 50 workers, against autocannon",
    perRequest(flatOut.ours),
    perRequest(flatOut.theirs),
    "s",
    1.25,
  );
  const constant = await compareClosedLoops(50);
  row("load: p99 of a server that takes 50 ms, against autocannon", constant.ours.p99, constant.theirs.p99, "ms", 1.25);
  const { share, expected, inFlight } = await throwAtReservation();
  row(
    "load: share that a reservation of 25 throttles of 50 workers, against the formula",
    share * 100,
    expected * 100,
    "%",
  );
  row("load: invocations in flight at a reservation of 25", inFlight, 25, "calls", 1);
}

/** The pool view: drawn, and drawn again for each reservation that is typed. */
async function measurePicture(): Promise<void> {
  const [few, many] = [await measurePoolView(10), await measurePoolView(1000)];
  row("pool view: 1,000 functions, data there to drawn, against 10", many.ready, few.ready, "ms");
  row("pool view: 1,000 functions, what-if redraw per step, against the first", many.step, many.ready, "ms", 1);
}

function size(file: string): void {
  try {
    const kilobytes = statSync(join(root, file)).size / 1024;
    rows.push({
      what: file,
      measured: `${kilobytes.toFixed(0)} KB`,
      yardstick: "",
      ratio: "",
      target: "reported",
      holds: "",
    });
  } catch {
    rows.push({ what: file, measured: "not built", yardstick: "", ratio: "", target: "reported", holds: "" });
  }
}

if (corpus) {
  const yaml = join(corpus, "forms/govuk-one-login+mobile-id-check-async/backend-api/template.yaml");
  const json = join(
    corpus,
    "large/aws-solutions+virtual-waiting-room-on-aws/deployment/virtual-waiting-room-on-aws.json",
  );
  await measureFile("263 KB YAML", "yaml", readFileSync(yaml, "utf8"), { edit: 0.1, open: 1 });
  await measureFile("234 KB JSON", "json", readFileSync(json, "utf8"));
} else console.log("CORPUS_DIR is not set: only the generated template is measured.");
const decided = await measureFile("1 MB generated", "yaml", bigTemplate(300, 1_000_000), { edit: 0.05, open: 1 });
await measureCases(decided);
if (corpus) {
  await measureCheck(corpus);
  await measureWorkspace(join(corpus, "serverless-patterns"));
}
await measureAccount(1000);
await measureOrder(1000, 60);
await measureLoad();
await measurePicture();
// What grows with the square of its input takes four times as long for twice as much.
for (const { what, once, twice } of growths()) row(what, twice, once, "ms", 3);
for (const bundle of [
  "extension.cjs",
  "aws.cjs",
  "load.cjs",
  "demo.cjs",
  "lsp.cjs",
  "cli.js",
  "lambda-concurrency.vsix",
])
  size(`dist/${bundle}`);
console.table(rows);
process.exitCode = rows.some(({ holds }) => holds === "NO") ? 1 : 0;
