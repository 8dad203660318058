import assert from "node:assert/strict";
import { test } from "node:test";
import { learnedFloors } from "#aws";
import { manualClock, parseFault } from "#demo";
import { runCli } from "./cli.ts";
import { connected } from "./demoAccount.ts";
import { runInProcess } from "./inProcess.ts";

const key = (url: string) => `aws/123456789012/us-east-1/${url}`;

function faults(...texts: string[]) {
  return texts.map((text) => {
    const fault = parseFault(text);
    if (typeof fault === "string") throw new Error(fault);
    return fault;
  });
}

test("account prints who it is, the pool and the functions by reservation", async (t) => {
  const { env, demo } = await connected(t);
  const { code, stdout, stderr } = await runCli(["account"], { env });
  assert.deepEqual([code, stderr], [0, ""]);
  assert.equal(
    stdout,
    `Account 123456789012 (demo-account) in us-east-1, at ${demo.url}, as arn:aws:iam::123456789012:user/demo

LIMIT          FLOOR  CLAIMED  UNRESERVED  HEADROOM
1,000  100 estimated      600         400       300  ████████████░░░░░░|░░

FUNCTION           RESERVED  STACK
blog-thumbnails         300  concurrency-blog
blog-search             150  concurrency-blog
blog-comments           100  concurrency-blog
blog-newsletter          50  concurrency-blog
blog-archive              0                    switched off
concurrencyBlog01      none  concurrency-blog

6 functions: 4 reserved, 1 switched off.
`,
  );
});

test("account --format json prints the snapshot with the pool's numbers, and a floor that was learned", async (t) => {
  const { env, demo, state } = await connected(t, { account: { limit: 50, functions: [{ name: "a", reserved: 20 }] } });
  await learnedFloors(state).learn(key(demo.url), 10);
  const { code, stdout, stderr } = await runInProcess(["account", "--format", "json"], { env });
  assert.deepEqual([code, stderr], [0, ""]);
  const { readAt, functions, ...rest } = JSON.parse(stdout);
  assert.equal(new Date(readAt).toISOString(), readAt);
  assert.deepEqual(rest, {
    version: 1,
    identity: {
      account: "123456789012",
      arn: "arn:aws:iam::123456789012:user/demo",
      partition: "aws",
      region: "us-east-1",
      endpoint: demo.url,
    },
    limit: 50,
    claimed: 20,
    unreserved: 30,
    floor: 10,
    floorSource: "learned",
    headroom: 20,
    functionCount: 1,
    reading: { state: "complete", known: 1, listed: 1 },
    problems: [],
  });
  assert.deepEqual(
    functions.map(({ name, arn, reserved }: Record<string, unknown>) => [name, arn, reserved]),
    [["a", "arn:aws:lambda:us-east-1:123456789012:function:a", 20]],
  );
});

test("what runs on Managed Instances is counted outside the pool, not as reserved", async (t) => {
  const capacityProvider = "arn:aws:lambda:us-east-1:123456789012:capacity-provider:main";
  const functions = [
    { name: "managed", reserved: 5, capacityProvider },
    { name: "own", reserved: 7 },
  ];
  const { env } = await connected(t, { account: { functions } });
  const { stdout } = await runInProcess(["account"], { env });
  assert.match(stdout, /CLAIMED.*\n.* {2}7 /);
  assert.match(stdout, /^managed +5 +outside the pool: runs on Managed Instances$/m);
  assert.match(stdout, /^2 functions: 1 reserved, 1 outside the pool\.$/m);
});

test("what could not be listed is not said to reserve nothing", async (t) => {
  const { env } = await connected(t, { faults: faults("deny:ListFunctions") });
  const { code, stdout } = await runInProcess(["account"], { env });
  assert.equal(code, 3);
  assert.match(stdout, /^6 functions, none of which could be listed\.$/m);
});

test("account filters by state as the sidebar does", async (t) => {
  const { env } = await connected(t);
  const { stdout } = await runInProcess(["account", "--filter", "switched OFF", "--format", "json"], { env });
  assert.deepEqual(
    JSON.parse(stdout).functions.map(({ name }: { name: string }) => name),
    ["blog-archive"],
  );
});

test("account sorts and filters by name and stack", async (t) => {
  const { env } = await connected(t);
  const names = async (...args: string[]) => {
    const { stdout } = await runInProcess(["account", "--format", "json", ...args], { env });
    return JSON.parse(stdout).functions.map(({ name }: { name: string }) => name);
  };
  assert.deepEqual(await names("--sort", "name"), [
    "blog-archive",
    "blog-comments",
    "blog-newsletter",
    "blog-search",
    "blog-thumbnails",
    "concurrencyBlog01",
  ]);
  assert.deepEqual(await names("--filter", "ARCH"), ["blog-search", "blog-archive"]);
  assert.deepEqual(await names("--filter", "concurrency-blog", "--sort", "name"), [
    "blog-comments",
    "blog-newsletter",
    "blog-search",
    "blog-thumbnails",
    "concurrencyBlog01",
  ]);
  const { stdout } = await runInProcess(["account", "--filter", "arch"], { env });
  assert.match(stdout, /^6 functions: 4 reserved, 1 switched off\. 2 shown\.$/m);
});

test("account --usage shows use and throttles, and no data as such", async (t) => {
  const { env } = await connected(t, { traffic: true });
  const { code, stdout } = await runInProcess(["account", "--usage", "--sort", "use", "--format", "json"], { env });
  assert.equal(code, 0);
  const { usage, functions } = JSON.parse(stdout);
  assert.equal(usage.maximum > 0, true);
  const inUse = functions.map((live: { usage?: { now?: number } }) => live.usage?.now);
  assert.deepEqual(
    inUse,
    [...inUse].sort((a, b) => (b ?? -1) - (a ?? -1)),
  );
  const archive = functions.find(({ name }: { name: string }) => name === "blog-archive");
  assert.equal(archive.usage.maximum, undefined);
  const text = await runInProcess(["account", "--usage", "--filter", "archive"], { env });
  assert.match(
    text.stdout,
    /^FUNCTION +RESERVED +NOW +MAXIMUM +THROTTLES +STACK\nblog-archive +0 +- +- +- {9}switched off$/m,
  );
  assert.match(text.stdout, /^ *LIMIT +FLOOR +CLAIMED +UNRESERVED +HEADROOM +IN USE$/m);
});

test("what may not be read is unknown, said once, and ends with 3", async (t) => {
  const { env, demo } = await connected(t, { faults: faults("deny:GetFunction", "deny:GetFunctionConcurrency") });
  const { code, stdout, stderr } = await runInProcess(["account"], { env });
  assert.equal(code, 3);
  assert.match(stderr, /^lambda-concurrency: .*lambda:GetFunction\b/m);
  assert.match(stdout, /^blog-search +unknown {2}concurrency-blog {2}lambda:GetFunction and .* are not allowed$/m);
  assert.match(stdout, /^6 functions: 6 unknown\.$/m);
  assert.equal(stdout.includes("400"), true);
  demo.account.faults.replace(faults("deny:GetAccountSettings", "deny:ListFunctions"));
  const denied = await runInProcess(["account"], { env });
  assert.deepEqual([denied.code, denied.stdout], [3, ""]);
  assert.match(denied.stderr, /^lambda-concurrency: .*lambda:GetAccountSettings/);
});

test("a pool below its floor and functions outside the pool are marked", async (t) => {
  const managed = { name: "b", capacityProvider: "arn:aws:lambda:us-east-1:123456789012:capacity-provider:main" };
  const { env } = await connected(t, { account: { limit: 100, functions: [{ name: "a", reserved: 60 }, managed] } });
  const { code, stdout } = await runInProcess(["account"], { env: { ...env, FORCE_COLOR: "1" } });
  assert.equal(code, 0);
  assert.match(stdout, /\n {2}100 {2}100 estimated +60 +40 +0 {2}\|█{12}░{8} {2}.{5}below the floor/);
  assert.match(stdout, /\nb +none {9}.{4}outside the pool: runs on Managed Instances/);
});

test("expired credentials, no credentials and an unreachable endpoint end with 3 and a sentence", async (t) => {
  const { env, demo } = await connected(t, { faults: faults("expired") });
  const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...nobody } = env;
  const refused = async (given: Readonly<Record<string, string>>, message: RegExp) => {
    const { code, stdout, stderr } = await runInProcess(["account"], { env: given });
    assert.deepEqual([code, stdout], [3, ""]);
    assert.match(stderr, message);
  };
  await refused(env, /^lambda-concurrency: The credentials have expired\. .*\n$/);
  await refused(nobody, /^lambda-concurrency: .*credentials.*\n$/i);
  await demo.close();
  await refused(env, /^lambda-concurrency: Cannot reach 127\.0\.0\.1:\d+\. .*\n$/);
});

test("without any Region the command line is wrong, with a profile it is the account that is not read", async (t) => {
  const { env } = await connected(t);
  const { AWS_REGION: _, ...nowhere } = env;
  const message = "lambda-concurrency: No Region is set: add --region NAME, or set AWS_REGION.\n";
  assert.deepEqual(await runInProcess(["account"], { env: nowhere }), { code: 2, stdout: "", stderr: message });
  const profile = await runInProcess(["account"], { env: { ...nowhere, AWS_PROFILE: "p" } });
  assert.deepEqual([profile.code, profile.stdout], [3, ""]);
});

test("a Region that cannot exist is named, wherever it comes from", async (t) => {
  const { env } = await connected(t);
  const stderr = 'lambda-concurrency: "us east" is no Region. Choose one such as eu-west-1.\n';
  const refused = { code: 2, stdout: "", stderr };
  assert.deepEqual(await runInProcess(["account", "--region", "us east"], { env }), refused);
  assert.deepEqual(await runInProcess(["account"], { env: { ...env, AWS_REGION: "us east" } }), refused);
});

test("functions of another account are never shown under the account that was opened", async (t) => {
  for (const action of ["ListFunctions", "GetFunction"]) {
    const { env } = await connected(t, { faults: faults(`other-account:${action}`) });
    const { code, stdout, stderr } = await runInProcess(["account"], { env });
    assert.deepEqual([code, stdout], [3, ""], action);
    assert.match(stderr, /Connected to account 123456789012, but Lambda answers for account 210987654321: /);
  }
});

test("--region reads another Region", async (t) => {
  const { env } = await connected(t);
  const { code, stdout } = await runInProcess(["account", "--region", "eu-west-1"], { env });
  assert.equal(code, 0);
  assert.match(stdout, /^Account 123456789012 \(demo-account\) in eu-west-1, /);
  assert.match(stdout, /^0 functions: 0 reserved\.$/m);
});

test("on a terminal the progress is one line that goes away; Ctrl+C prints what there is and ends with 130", async (t) => {
  const { env } = await connected(t, { clock: manualClock(), faults: faults("slow:GetFunction:after=2") });
  const { code, stdout, stderr } = await runInProcess(["account"], {
    env,
    isErrTTY: true,
    watch(text, interrupt) {
      if (text.includes("2 of 6 functions read")) interrupt();
    },
  });
  assert.equal(code, 130);
  assert.match(stdout, /^6 functions: .*\b4 unknown\.$/m);
  assert.equal(stderr.startsWith("\r\u001b[Kus-east-1: 0 of 6 functions read"), true);
  assert.equal(stderr.endsWith("\r\u001b[K"), true);
});

for (const [args, message] of [
  [["account", "x"], 'account takes options only, not "x".'],
  [["account", "--sort", "use"], "--sort use needs --usage, which reads CloudWatch."],
  [["account", "--sort", "age"], '--sort takes name, reserved, use or throttles, not "age".'],
] as const) {
  test(`${args.join(" ")} is a usage error`, async () => {
    assert.deepEqual(await runInProcess(args), { code: 2, stdout: "", stderr: `lambda-concurrency: ${message}\n` });
  });
}

const leftOut =
  "asynchronous invocations above the rate cap, ephemeral storage, free tier, price tiers, Savings Plans and what the functions call";

/** What stands below the pool. */
function belowPool(stdout: string): string {
  return stdout.split("\n\n").slice(2).join("\n\n");
}

test("account --cost shows the worst case of each reservation, and of all together", async (t) => {
  const account = {
    functions: [
      { name: "api", reserved: 100, memory: 1024, versions: 1, aliases: { live: "1" }, provisioned: { live: 20 } },
      { name: "job", reserved: 1 },
      { name: "free", memory: 512 },
      { name: "off", reserved: 0 },
    ],
  };
  const { env } = await connected(t, { account });
  const { code, stdout, stderr } = await runInProcess(["account", "--cost"], { env });
  assert.deepEqual([code, stderr], [0, ""]);
  assert.equal(
    belowPool(stdout),
    `FUNCTION  RESERVED  COMPUTE/H  REQUESTS/H  IDLE/H  COMPUTE/MONTH  STACK
api            100      $6.00       $0.72   $0.30      $4,380.01
job              1    $0.0075     $0.0072   $0.00          $5.48
off              0      $0.00       $0.00   $0.00          $0.00         switched off
free          none          -           -   $0.00              -

4 functions: 2 reserved, 1 switched off.

All reservations together can cost at most $6.01 an hour, $4,385.48 a month (compute only, at list price of 2026-09-19). Requests at the rate cap: $0.73 an hour more. Provisioned concurrency: $0.30 an hour more, also while nothing runs. 1 function without a reservation is not counted.
Left out: ${leftOut}.
`,
  );
});

test("account --cost --format json gives amounts as values, in dollars", async (t) => {
  const account = { functions: [{ name: "api", reserved: 100, memory: 1024 }, { name: "free" }] };
  const { env } = await connected(t, { account });
  const { code, stdout } = await runInProcess(["account", "--cost", "--format", "json"], { env });
  const { cost, functions } = JSON.parse(stdout);
  const perHour = { compute: 6.000012, requests: 0.72, idle: 0 };
  const perMonth = { compute: 4380.00876, requests: 525.6, idle: 0 };
  const unbounded = { unknown: "it has no reservation" };
  const none = { compute: unbounded, requests: unbounded, idle: 0 };
  assert.deepEqual(
    [code, cost, functions.map(({ cost }: Record<string, unknown>) => cost)],
    [
      0,
      {
        currency: "USD",
        hoursPerMonth: 730,
        listPrice: {
          date: "2026-09-19",
          source: "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSLambda/current/region_index.json",
        },
        leftOut,
        perHour,
        perMonth,
      },
      [
        { perHour, perMonth },
        { perHour: none, perMonth: none },
      ],
    ],
  );
});

test("account --cost in a Region without a known price says unknown", async (t) => {
  const account = { region: "eu-west-9", functions: [{ name: "api", reserved: 100 }] };
  const { env } = await connected(t, { account });
  const { code, stdout } = await runInProcess(["account", "--cost"], { env: { ...env, AWS_REGION: "eu-west-9" } });
  assert.equal(code, 0);
  assert.equal(
    belowPool(stdout),
    `FUNCTION  RESERVED  COMPUTE/H  REQUESTS/H   IDLE/H  COMPUTE/MONTH  STACK
api            100    unknown     unknown  unknown        unknown

1 function: 1 reserved.

Cost unknown: no list price of Region eu-west-9 is known.
`,
  );
});

test("provisioned concurrency that may not be read makes only its own cost unknown", async (t) => {
  const account = {
    functions: [
      { name: "api", reserved: 100 },
      { name: "job", reserved: 50 },
    ],
  };
  const { env } = await connected(t, { account, faults: faults("deny:ListProvisionedConcurrencyConfigs") });
  const { code, stdout, stderr } = await runInProcess(["account", "--cost"], { env });
  assert.equal(code, 3);
  assert.match(stdout, /^api +100 +\$0\.75 +\$0\.72 +unknown +\$547\.50 *$/m);
  assert.match(stdout, /Provisioned concurrency: an unknown amount more, also while nothing runs\./);
  assert.equal(stderr.match(/may not use lambda:ListProvisionedConcurrencyConfigs/g)?.length, 1);
});

test("account without --cost asks for no provisioned concurrency", async (t) => {
  const { env } = await connected(t, { faults: faults("deny:ListProvisionedConcurrencyConfigs") });
  const { code, stdout } = await runInProcess(["account"], { env });
  assert.equal(code, 0);
  assert.doesNotMatch(stdout, /\$/);
});
