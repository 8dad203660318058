import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { fileNames } from "#cli/names.ts";
import type { CheckReport, LocatedFinding, ReportContext } from "#cli/report.ts";
import { wantsColour } from "#cli/reporters/colours.ts";
import { type Format, reporters } from "#cli/reporters/index.ts";
import { excerpt } from "#cli/reporters/text.ts";
import { validateSarif } from "./sarifSchema.ts";

const esc = "\u001b";

const lines: Readonly<Record<string, readonly string[]>> = {
  "file:///w/a%20b.yaml": ["Resources:", "\tReserved: 400"],
};

const context: ReportContext = {
  names: fileNames("/w", new Map([["file:///w/a%20b.yaml", "./a b.yaml"]])),
  locator: {
    range: () => assert.fail("findings are located already"),
    line: (uri, line) => lines[uri]?.[line] ?? "",
  },
  cwd: "/w",
  env: {},
  colour: false,
  version: "1.2.3",
};

const finding: LocatedFinding = {
  rule: "over-budget",
  severity: "error",
  message: "A, 100%: too many.",
  uri: "file:///w/a%20b.yaml",
  range: { start: { line: 1, character: 11 }, end: { line: 1, character: 14 } },
  pool: "production",
  stack: "orders",
  related: [
    {
      uri: "file:///w/sub/budget.yaml",
      range: { start: { line: 4, character: 2 }, end: { line: 4, character: 5 } },
      message: "300 are granted here.",
    },
  ],
  data: { logicalId: "Ingest", budgetKey: "orders/Ingest", reserved: 400, granted: 300 },
};

const report: CheckReport = {
  pools: [
    {
      name: "production",
      account: "123456789012",
      region: null,
      limit: 1000,
      limitSource: "given",
      floor: 100,
      floorSource: "estimated",
      claimed: { unknown: "parameter X has no default", min: 400 },
      unreserved: { unknown: "parameter X has no default", max: 600 },
      verdict: "depends",
      bounds: { min: 400, max: undefined },
      assumptions: ["The floor is an estimate."],
      alone: false,
    },
  ],
  findings: [finding, { ...finding, severity: "information", related: [], suppressed: { reason: "agreed" } }],
  skipped: [],
  files: [
    { uri: "file:///w/a%20b.yaml", kind: "sam", functions: 1 },
    { uri: "file:///elsewhere/c.yaml", kind: "other", functions: 0, error: "There is no such file." },
  ],
  summary: { errors: 1, warnings: 0, information: 0 },
};

function print(format: Format, changes: Partial<ReportContext> = {}, printed: CheckReport = report): string {
  let written = "";
  const output = { write: (text: string) => (written += text) };
  reporters[format](output, { ...context, ...changes }).report(printed);
  return written;
}

test("text shows the finding with its source line, the related place, the pools and a sentence", () => {
  assert.equal(
    print("text"),
    `./a b.yaml:2:12 error over-budget A, 100%: too many.
 2 |     Reserved: 400
   |               ^^^
   = sub/budget.yaml:5:3 300 are granted here.

POOL             CLAIMED        LIMIT          FLOOR   UNRESERVED
production  at least 400  1,000 given  100 estimated  at most 600  ████████▒▒▒▒▒▒▒▒▒▒|▒▒  depends on what is unknown
The floor is an estimate.

1 error in 1 file with 1 function, 1 suppressed; 1 file could not be read completely.
`,
  );
});

test("text is the same with colours, apart from the colours", () => {
  const coloured = print("text", { colour: true });
  assert.equal(coloured.includes(`${esc}[31merror${esc}[39m`), true);
  assert.equal(coloured.replaceAll(new RegExp(`${esc}\\[\\d+m`, "g"), ""), print("text"));
});

test("of pools that share an account and Region, text says what they claim together", () => {
  const pool = report.pools[0] ?? assert.fail();
  const known = { ...pool, account: "123456789012", region: "us-east-1", claimed: 600, bounds: { min: 600, max: 600 } };
  const said = (...pools: readonly (typeof pool)[]) => print("text", {}, { ...report, findings: [], files: [], pools });
  const second = { ...known, name: "b", verdict: "fits" } as const;
  assert.match(
    said(known, second),
    /^Pools production and b share account 123456789012 in us-east-1, and each is counted alone: together they claim 1,200\.$/m,
  );
  assert.match(said(known, { ...second, claimed: pool.claimed }), /together they claim at least 1,200\.$/m);
  assert.doesNotMatch(said(known, { ...second, region: "eu-west-1" }), /share/);
  assert.doesNotMatch(said(known, { ...second, region: null }), /share/);
});

test("of many pools, text lists those that do not surely fit and counts the others", () => {
  const pool = report.pools[0] ?? assert.fail();
  const fits = {
    ...pool,
    verdict: "fits",
    claimed: 5,
    unreserved: 995,
    bounds: { min: 5, max: 5 },
    alone: true,
  } as const;
  const many = { ...report, findings: [], files: [], pools: [pool, ...Array.from({ length: 24 }, () => fits)] };
  assert.equal(
    print("text", {}, many),
    `POOL             CLAIMED        LIMIT          FLOOR   UNRESERVED
production  at least 400  1,000 given  100 estimated  at most 600  ████████▒▒▒▒▒▒▒▒▒▒|▒▒  depends on what is unknown
24 pools fit.
Templates that no budget lists are counted alone: what other stacks of the account reserve is not known.

Nothing was checked; 1 error.
`,
  );
});

test("json has exactly the documented shape", () => {
  assert.deepEqual(JSON.parse(print("json")), {
    version: 1,
    pools: [
      {
        name: "production",
        account: "123456789012",
        region: null,
        limit: 1000,
        limitSource: "given",
        floor: 100,
        floorSource: "estimated",
        claimed: { unknown: "parameter X has no default", min: 400 },
        unreserved: { unknown: "parameter X has no default", max: 600 },
        verdict: "depends",
      },
    ],
    findings: [
      {
        rule: "over-budget",
        severity: "error",
        message: "A, 100%: too many.",
        file: "./a b.yaml",
        range: { start: { line: 1, character: 11 }, end: { line: 1, character: 14 } },
        pool: "production",
        stack: "orders",
        related: [
          {
            file: "sub/budget.yaml",
            range: { start: { line: 4, character: 2 }, end: { line: 4, character: 5 } },
            message: "300 are granted here.",
          },
        ],
        data: { logicalId: "Ingest", budgetKey: "orders/Ingest", reserved: 400, granted: 300 },
      },
    ],
    files: [
      { file: "./a b.yaml", kind: "sam", functions: 1 },
      { file: "../elsewhere/c.yaml", kind: "other", functions: 0, error: "There is no such file." },
    ],
    summary: { errors: 1, warnings: 0, information: 0 },
  });
});

test("github escapes what would end an annotation early", () => {
  assert.equal(
    print("github"),
    `::error file=./a b.yaml,line=2,endLine=2,col=12,endColumn=14,title=over-budget::A, 100%25: too many.%0Asub/budget.yaml:5: 300 are granted here.
::error file=../elsewhere/c.yaml,title=not checked::There is no such file.
1 error in 1 file with 1 function, 1 suppressed; 1 file could not be read completely.
`,
  );
});

test("github names files relative to the checkout", () => {
  assert.match(print("github", { env: { GITHUB_WORKSPACE: "/" } }), /^::error file=w\/a b\.yaml,/);
});

test("sarif is valid and keeps suppressed findings, related places and unread files", () => {
  const log = JSON.parse(print("sarif"));
  assert.deepEqual(validateSarif(log), []);
  const [run] = log.runs;
  const physicalLocation = {
    artifactLocation: { uri: "a%20b.yaml", uriBaseId: "SRCROOT" },
    region: { startLine: 2, startColumn: 12, endLine: 2, endColumn: 15 },
  };
  const logicalLocations = [{ name: "Ingest", kind: "resource", fullyQualifiedName: "orders/Ingest" }];
  const { ruleIndex } = run.results[0];
  assert.equal(run.tool.driver.rules[ruleIndex].id, "over-budget");
  assert.deepEqual(run.results, [
    {
      ruleId: "over-budget",
      ruleIndex,
      level: "error",
      message: { text: "A, 100%: too many." },
      locations: [{ physicalLocation, logicalLocations }],
      relatedLocations: [
        {
          id: 0,
          physicalLocation: {
            artifactLocation: { uri: "sub/budget.yaml", uriBaseId: "SRCROOT" },
            region: { startLine: 5, startColumn: 3, endLine: 5, endColumn: 6 },
          },
          message: { text: "300 are granted here." },
        },
      ],
    },
    {
      ruleId: "over-budget",
      ruleIndex,
      level: "note",
      message: { text: "A, 100%: too many." },
      locations: [{ physicalLocation, logicalLocations }],
      suppressions: [{ kind: "inSource", justification: "agreed" }],
    },
  ]);
  assert.deepEqual(run.invocations, [
    {
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: "error",
          message: { text: "There is no such file." },
          locations: [{ physicalLocation: { artifactLocation: { uri: "file:///elsewhere/c.yaml" } } }],
        },
      ],
    },
  ]);
  assert.equal(run.columnKind, "utf16CodeUnits");
  assert.deepEqual(run.originalUriBaseIds, { SRCROOT: { uri: pathToFileURL("/w/").href } });
});

test("the schema check refuses a wrong log", () => {
  assert.notDeepEqual(validateSarif({ version: "2.1.0", runs: [{ results: [{ level: "fatal" }] }] }), []);
});

const at = (start: number, end: number) => ({ start: { line: 0, character: start }, end: { line: 0, character: end } });

test("carets stand below the characters they mean, tabs and wide characters included", () => {
  assert.deepEqual(excerpt("\t関数: 5", at(5, 6)), { text: "    関数: 5", carets: "          ^" });
});

test("an empty range still gets one caret", () => {
  assert.deepEqual(excerpt("a: ", at(3, 3)), { text: "a: ", carets: "   ^" });
});

test("a range over several lines is underlined to the end of its first line", () => {
  const range = { start: { line: 0, character: 3 }, end: { line: 2, character: 1 } };
  assert.deepEqual(excerpt("ab cd", range), { text: "ab cd", carets: "   ^^" });
});

test("a long line is cut around the range", () => {
  const { text, carets } = excerpt(`${"x".repeat(5000)}400${"y".repeat(5000)}`, at(5000, 5003));
  assert.equal(text, `…${"x".repeat(30)}400${"y".repeat(87)}…`);
  assert.equal(carets, `${" ".repeat(31)}^^^`);
});

test("control characters and direction overrides of a template do not reach the terminal", () => {
  assert.equal(excerpt(`a${esc}[31m\u202eb`, at(0, 1)).text, "a\ufffd[31m\ufffdb");
});

test("colours follow FORCE_COLOR, NO_COLOR, then the terminal", () => {
  assert.equal(wantsColour({}, true), true);
  assert.equal(wantsColour({}, false), false);
  assert.equal(wantsColour({ TERM: "dumb" }, true), false);
  assert.equal(wantsColour({ NO_COLOR: "1" }, true), false);
  assert.equal(wantsColour({ NO_COLOR: "" }, true), true);
  assert.equal(wantsColour({ FORCE_COLOR: "1" }, false), true);
  assert.equal(wantsColour({ FORCE_COLOR: "0" }, true), false);
  assert.equal(wantsColour({ FORCE_COLOR: "1", NO_COLOR: "1" }, false), true);
});
