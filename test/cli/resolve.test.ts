import assert from "node:assert/strict";
import { test } from "node:test";
import { folderOf, samTemplate } from "./cli.ts";
import { runInProcess } from "./inProcess.ts";

interface ResolvedFunction {
  readonly logicalId: string;
  readonly condition?: string;
  readonly reserved: unknown;
  readonly provisioned: unknown;
  readonly maximumConcurrency: unknown;
  readonly demand?: unknown;
}
interface ResolvedFile {
  readonly file: string;
  readonly kind: string;
  readonly error?: string;
  readonly via?: readonly string[];
  readonly functions: readonly ResolvedFunction[];
}

async function resolve(args: readonly string[], cwd: string) {
  const { code, stdout, stderr } = await runInProcess(["resolve", "--format", "json", ...args], { cwd });
  const { version, files }: { version: number; files: readonly ResolvedFile[] } = JSON.parse(stdout);
  assert.equal(version, 1);
  return { code, stderr, files };
}

/** The reservation of the one function in a template that writes `value`. */
async function reserved(
  t: Parameters<typeof folderOf>[0],
  value: string,
  args: readonly string[] = [],
  head = "",
): Promise<unknown> {
  const cwd = folderOf(t, { "t.yaml": head + samTemplate({ A: value }) });
  return (await resolve(["t.yaml", ...args], cwd)).files[0]?.functions[0]?.reserved;
}

const values: readonly (readonly [written: string, resolved: unknown])[] = [
  ["5", 5],
  ['"5"', 5],
  ["0", 0],
  ["", null],
  ["!Ref AWS::NoValue", null],
  ["010", 8],
  ["1000000000000", 1000000000000],
  ["-5", -5],
  ["2.5", { unknown: "refused: 2.5 is not a whole number" }],
  ["many", { unknown: 'refused: "many" is not a whole number' }],
  ["[1]", { unknown: "refused: a list stands where a whole number belongs" }],
  ["{a: 1}", { unknown: "refused: a mapping stands where a whole number belongs" }],
  ["99999999999999999999", { unknown: "refused: 99999999999999999999 is too large" }],
];

for (const [written, expected] of values) {
  test(`a reservation written as ${written === "" ? "nothing" : written} is ${JSON.stringify(expected)}`, async (t) => {
    assert.deepEqual(await reserved(t, written), expected);
  });
}

test("of a key written twice the last one counts", async (t) => {
  assert.equal(await reserved(t, "5\n      ReservedConcurrentExecutions: 6"), 6);
});

test("line breaks of Windows, a byte order mark and Unicode names are read as well", async (t) => {
  const text = `\ufeff${samTemplate({ A: 5 })}`.replaceAll("\n", "\r\n");
  const cwd = folderOf(t, { "größe 関数.yaml": text });
  const { files, code } = await resolve(["größe 関数.yaml"], cwd);
  assert.equal(code, 0);
  assert.deepEqual(files, [
    {
      file: "größe 関数.yaml",
      kind: "sam",
      functions: [
        {
          logicalId: "A",
          name: null,
          reserved: 5,
          provisioned: [],
          maximumConcurrency: [],
          range: { start: { line: 2, character: 2 }, end: { line: 2, character: 3 } },
        },
      ],
    },
  ]);
});

const parameter = "Parameters: {N: {Type: Number, MinValue: 2, MaxValue: 9}}\n";

test("a parameter without a value is unknown within its bounds", async (t) => {
  const value = (await reserved(t, "!Ref N", [], parameter)) as { unknown: string };
  assert.match(value.unknown, /\bN\b/);
  assert.deepEqual(value, { unknown: value.unknown, min: 2, max: 9 });
});

test("--parameter gives it one", async (t) => {
  assert.equal(await reserved(t, "!Ref N", ["--parameter", "N=7"], parameter), 7);
});

test("a parameter that no template declares is a usage error", async (t) => {
  const cwd = folderOf(t, { "t.yaml": parameter + samTemplate({ A: "!Ref N" }) });
  assert.deepEqual(await runInProcess(["resolve", "t.yaml", "--parameter", "M=7"], { cwd }), {
    code: 2,
    stdout: "",
    stderr: "lambda-concurrency: --parameter M: no template that was read declares a parameter of this name.\n",
  });
});

test("there is exactly one entry for each named file, in order, whatever it is", async (t) => {
  const cwd = folderOf(t, {
    "a.yaml": samTemplate({ A: 1 }),
    "list.yaml": "- 1\n",
    "concurrency-budget.yaml": "limit: 100\n",
    "folder/x.txt": "",
  });
  const named = ["a.yaml", "list.yaml", "missing.yaml", "concurrency-budget.yaml", "folder", "./a.yaml"];
  const { files, code, stderr } = await resolve(named, cwd);
  assert.equal(code, 2);
  assert.deepEqual(
    files.map(({ file, kind, error, functions }) => ({ file, kind, error, functions: functions.length })),
    [
      { file: "a.yaml", kind: "sam", error: undefined, functions: 1 },
      { file: "list.yaml", kind: "other", error: undefined, functions: 0 },
      { file: "missing.yaml", kind: "other", error: "There is no such file or folder.", functions: 0 },
      { file: "concurrency-budget.yaml", kind: "budget", error: undefined, functions: 0 },
      { file: "folder", kind: "other", error: "This is a folder; name the template in it.", functions: 0 },
      { file: "./a.yaml", kind: "sam", error: undefined, functions: 1 },
    ],
  );
  assert.equal(
    stderr,
    "lambda-concurrency: missing.yaml: There is no such file or folder.\nlambda-concurrency: folder: This is a folder; name the template in it.\n",
  );
});

test("each use of a nested template adds an entry with its parent's parameters", async (t) => {
  const child = `Parameters: {N: {Type: Number}}\n${samTemplate({ Inner: "!Ref N" })}`;
  const use = (id: string, n: number) =>
    `  ${id}:\n    Type: AWS::Serverless::Application\n    Properties:\n      Location: child.yaml\n      Parameters: {N: ${n}}\n`;
  const cwd = folderOf(t, {
    "parent.yaml": samTemplate({ Outer: 1 }) + use("One", 3) + use("Two", 4),
    "child.yaml": child,
  });
  const { files, code } = await resolve(["./parent.yaml"], cwd);
  assert.equal(code, 0);
  assert.deepEqual(
    files.map(({ file, via, functions }) => [
      file,
      via,
      functions.map(({ logicalId, reserved }) => [logicalId, reserved]),
    ]),
    [
      ["./parent.yaml", undefined, [["Outer", 1]]],
      ["child.yaml", ["./parent.yaml", "One"], [["Inner", 3]]],
      ["child.yaml", ["./parent.yaml", "Two"], [["Inner", 4]]],
    ],
  );
});

test("a function with a false condition is absent, one with an undecided condition names it", async (t) => {
  const text = `Parameters: {Stage: {Type: String}}
Conditions:
  Never: !Equals [a, b]
  Perhaps: !Equals [!Ref Stage, prod]
Resources:
  Gone: {Type: AWS::Lambda::Function, Condition: Never, Properties: {ReservedConcurrentExecutions: 1}}
  Undecided: {Type: AWS::Lambda::Function, Condition: Perhaps, Properties: {ReservedConcurrentExecutions: 2}}
`;
  const { files } = await resolve(["t.yaml"], folderOf(t, { "t.yaml": text }));
  assert.deepEqual(
    files[0]?.functions.map(({ logicalId, condition, reserved }) => [logicalId, condition, reserved]),
    [["Undecided", "Perhaps", 2]],
  );
});

test("provisioned concurrency and maximum concurrency stand beside the reservation, NoValue is left out", async (t) => {
  const text = `Transform: AWS::Serverless-2016-10-31
Resources:
  A:
    Type: AWS::Serverless::Function
    Properties:
      AutoPublishAlias: live
      ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 4}
      Events:
        Queue: {Type: SQS, Properties: {Queue: "arn:aws:sqs:us-east-1:123456789012:q", ScalingConfig: {MaximumConcurrency: 3}}}
        Other: {Type: SQS, Properties: {Queue: "arn:aws:sqs:us-east-1:123456789012:r"}}
  B:
    Type: AWS::Serverless::Function
    Properties:
      AutoPublishAlias: live
      ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: !Ref AWS::NoValue}
`;
  const { files } = await resolve(["t.yaml"], folderOf(t, { "t.yaml": text }));
  assert.deepEqual(
    files[0]?.functions.map(({ logicalId, provisioned, maximumConcurrency }) => [
      logicalId,
      provisioned,
      maximumConcurrency,
    ]),
    [
      ["A", [{ qualifier: "live", value: 4 }], [{ source: "AQueue", value: 3 }]],
      ["B", [], []],
    ],
  );
});

test("demand says what each event source can push, and is absent where there is none", async (t) => {
  const cwd = folderOf(t, {
    "t.yaml": `Transform: AWS::Serverless-2016-10-31
Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Jobs: { Type: SQS, Properties: { Queue: "arn:aws:sqs:eu-west-1:123456789012:q" } }
        Night: { Type: Schedule, Properties: { Schedule: rate(1 day) } }
  Idle: { Type: AWS::Serverless::Function }
`,
  });
  const { files } = await resolve(["t.yaml"], cwd);
  assert.deepEqual(
    files[0]?.functions.map((one) => [one.logicalId, one.demand]),
    [
      [
        "Worker",
        [
          {
            source: "WorkerJobs",
            kind: "sqs",
            maximum: 1250,
            arithmetic: "no MaximumConcurrency: starts with 5 batches, adds 300 a minute, up to 1,250",
          },
          {
            source: "WorkerNight",
            kind: "async",
            maximum: { unknown: "nothing bounds asynchronous events (Schedule)" },
            arithmetic:
              "asynchronous events (Schedule): unbounded; when it is throttled Lambda queues them for up to 6 hours",
          },
        ],
      ],
      ["Idle", undefined],
    ],
  );
});
