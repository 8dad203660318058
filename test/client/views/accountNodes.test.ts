import assert from "node:assert/strict";
import { test } from "node:test";
import { noPoolFacts, poolFacts } from "#client/pools/poolFacts.ts";
import type { ViewNode } from "#client/tree/node.ts";
import { NodeTree } from "#client/tree/nodeTree.ts";
import { type AccountTreeInput, accountTree } from "#client/views/accountNodes.ts";
import type { AccountSnapshot, FunctionDetails, LiveFunction } from "#core";
import { arnOf, child, connected, fn, identity, key, lines, pool, poolRow, snapshot, usage } from "./support.ts";

function tree(of: AccountSnapshot, more: Partial<AccountTreeInput> = {}): readonly ViewNode[] {
  return accountTree({
    state: connected(of),
    waiting: false,
    facts: noPoolFacts,
    sort: "name",
    filter: "",
    now: new Date("2026-01-02T03:04:00Z"),
    ...more,
  }).nodes;
}

const details: FunctionDetails = {
  readAt: "2026-01-02T03:00:00.000Z",
  provisioned: [],
  targets: [],
  mappings: [],
  problems: [],
};

test("the account comes first, then its pool, use and throttles, then the functions in their groups", () => {
  const functions = [
    fn("free-10", null),
    fn("free-2", null),
    fn("search", 200, { usage: usage({ now: 18, throttles: 0 }) }),
    fn("busy", 25, { usage: usage({ now: 25, throttles: 3 }) }),
    fn("off", 0),
    fn("later", { unknown: "not read yet" }),
    fn("own", null, { outsidePool: "runs on Managed Instances" }),
  ];
  const of = snapshot(functions, { usage: usage({ now: 43, throttles: 1200, unreservedNow: 7 }) });
  assert.deepEqual(lines(tree(of), 1), [
    "production  us-east-1 · 123456789012",
    "Claimed  600 of 1,000 ■■■■□□",
    "Headroom  ≈ 300 · 400 left · floor ≈ 100",
    "In use  43 of 1,000 ■□□□□□",
    "Throttles  1,200 in 3 h",
    "Needs attention  1",
    "  busy  3 throttles · 25 of 25 in use",
    "Reserved  2",
    "  busy  25 of 25 now · 3 throttles",
    "  search  18 of 200 now",
    "No reservation  2",
    "  free-2",
    "  free-10",
    "Switched off  1",
    "  off  0 reserved",
    "Reservation not read  1",
    "  later  reservation unknown",
    "Outside the pool  1",
    "  own",
  ]);
});

test("a group of one function is spoken of as one", () => {
  const nodes = tree(snapshot([fn("only", 10), fn("free-1", null), fn("free-2", null)]));
  assert.deepEqual(
    [child(nodes, "Reserved").spoken, child(nodes, "No reservation").spoken],
    ["Reserved: 1 function", "No reservation: 2 functions"],
  );
});

test("nothing that is not known is called 0 or none", () => {
  const of = snapshot([fn("later", { unknown: "not read yet" })], {
    functionCount: 340,
    reading: { state: "reading", known: 0, listed: 1 },
  });
  const nodes = tree(of, { waiting: true });
  assert.deepEqual(lines(nodes, 1), [
    "Reading  0 of 340 functions",
    "production  us-east-1 · 123456789012",
    "Claimed  600 of 1,000 ■■■■□□",
    "Headroom  ≈ 300 · 400 left · floor ≈ 100",
    "In use  not read yet",
    "Throttles  not read yet",
    "Reservation not read  1",
    "  later  not read yet",
  ]);
  const tooltip = child(nodes, "Reservation not read", "later").tooltip?.(new Date("2026-01-02T03:00:00Z")) ?? "";
  assert.match(tooltip, /\| Reservation \| unknown: not read yet \|\n\| In use now \| not read \|$/m);
  assert.doesNotMatch(tooltip, /Largest possible/);
});

test("a tooltip says what the reservation can cost, with provisioned concurrency as far as it was read", () => {
  const costOf = (name: string, ...functions: LiveFunction[]) => {
    const group = functions.some(({ reserved }) => reserved === null) ? "No reservation" : "Reserved";
    const text = child(tree(snapshot(functions)), group, name).tooltip?.(new Date("2026-01-02T03:00:00Z")) ?? "";
    return /^\| Can cost \| (.*) \|$/m.exec(text)?.[1]?.replaceAll("\\", "");
  };
  const size = { memory: 1024, architecture: "arm64" } as const;
  const label = "(compute only, at list price of 2026-09-19)";
  assert.equal(
    costOf("api", fn("api", 100, size)),
    `At most $4.80 an hour, $3,504.02 a month ${label}. Requests at the rate cap: $0.72 an hour more.`,
  );
  const provisioned = [{ qualifier: "live", requested: 20, allocated: 20, status: "READY" }] as const;
  assert.equal(
    costOf("warm", fn("warm", null, { ...size, details: { ...details, provisioned } })),
    "Provisioned concurrency: $0.24 an hour more, also while nothing runs.",
  );
  assert.equal(costOf("free", fn("free", null, size)), undefined);
});

test("no data is not 0: a function that was not invoked has no use", () => {
  const of = snapshot([fn("idle", 5, { usage: usage() })], { usage: usage() });
  const nodes = tree(of);
  assert.equal(child(nodes, "In use").description, "no data");
  assert.equal(child(nodes, "Throttles").description, "no data");
  assert.equal(child(nodes, "Reserved", "idle").description, "5 reserved");
});

test("a partial reading says how far it came and why, a sentence each", () => {
  const problems = [
    { action: "lambda:GetFunction", message: "Reservations are not known: allow lambda:GetFunction." },
    { action: "cloudwatch:GetMetricData", message: "Use is not known: allow cloudwatch:GetMetricData." },
  ];
  const of = snapshot([fn("a", 1)], {
    functionCount: 340,
    reading: { state: "partial", known: 120, listed: 340 },
    problems,
  });
  assert.deepEqual(lines(tree(of)).slice(0, 4), [
    "Partly read  120 of 340 read",
    "  lambda:GetFunction  Reservations are not known: allow lambda:GetFunction.",
    "  cloudwatch:GetMetricData  Use is not known: allow cloudwatch:GetMetricData.",
    "production  us-east-1 · 123456789012",
  ]);
});

test("metrics that may not be read are not called no data", () => {
  const problems = [{ action: "cloudwatch:GetMetricData", message: "Allow it." }];
  const nodes = tree(snapshot([], { problems, usage: usage() }));
  assert.equal(child(nodes, "In use").description, "not read");
  assert.equal(child(nodes, "Throttles").description, "not read");
});

test("a complete reading with a problem is not silent about it", () => {
  const of = snapshot([], { problems: [{ action: "iam:ListAccountAliases", message: "The alias is not known." }] });
  assert.deepEqual(lines(tree(of)).slice(0, 2), [
    "Not everything was read  1 problem",
    "  iam:ListAccountAliases  The alias is not known.",
  ]);
});

test("an account without functions says so, with its Region", () => {
  assert.deepEqual(lines(tree(snapshot([]))).slice(-1), ["No function in us-east-1"]);
});

test("a learned floor is no estimate, and a stated one beats it", () => {
  const of = snapshot([], { learnedFloor: 50 });
  assert.equal(child(tree(of), "Headroom").description, "350 · 400 left · floor 50");
  const facts = poolFacts([pool([], { floor: 120 })]);
  assert.equal(child(tree(of, { facts }), "Headroom").description, "280 · 400 left · floor 120");
});

test("headroom says how much of it restores will need", () => {
  const off = { name: "search", arn: "arn:aws:lambda:us-east-1:123456789012:function:search", reserved: 0, owed: 150 };
  assert.equal(
    child(tree(snapshot([off])), "Headroom").description,
    "≈ 300, of which 150 are needed to restore search · 400 left · floor ≈ 100",
  );
});

test("totals that the account does not say are not known", () => {
  const { limit: _, unreserved: __, ...rest } = snapshot([]);
  const known = [child(tree(rest), "Claimed"), child(tree(rest), "Headroom")];
  assert.deepEqual(
    known.map(({ description }) => description),
    ["not known", "not known"],
  );
});

test("two budgets that state different floors state none", () => {
  const facts = poolFacts([pool([], { floor: 120 }), pool([], { id: "other", floor: 150 })]);
  assert.equal(
    child(tree(snapshot([], { learnedFloor: 50 }), { facts }), "Headroom").description,
    "350 · 400 left · floor 50",
  );
});

test("nothing is shown when nothing is known, and an earlier snapshot says that it is one", () => {
  assert.deepEqual(tree(snapshot([]), { state: { kind: "disconnected" } }), []);
  assert.deepEqual(tree(snapshot([]), { state: { kind: "connecting", choice: {} } }), []);
  const last = tree(snapshot([]), { state: { kind: "disconnected", last: snapshot([]) } });
  assert.equal(lines(last)[0], "Not connected  read 4 minutes ago");
  assert.equal(
    last[0]?.tooltip?.(new Date("2026-01-02T05:00:00Z")),
    "What is shown was read 2 hours ago. Connect to read it again.",
  );
});

test("values that are five minutes old say how old they are", () => {
  const first = (time: string, waiting = false) => lines(tree(snapshot([]), { now: new Date(time), waiting }))[0];
  assert.equal(first("2026-01-02T03:04:59Z"), "production  us-east-1 · 123456789012");
  assert.equal(first("2026-01-02T03:05:00Z"), "Read 5 minutes ago");
  assert.equal(first("2026-01-02T03:05:00Z", true), "production  us-east-1 · 123456789012");
});

test("a failure stands above what was read before it", () => {
  const error = { kind: "expired" as const, message: "Run `aws sso login --profile dev`." };
  const nodes = tree(snapshot([]), { state: { kind: "failed", choice: {}, error, snapshot: snapshot([]) } });
  assert.equal(lines(nodes)[0], "Credentials have expired  Run `aws sso login --profile dev`.");
  assert.equal(nodes[0]?.context, "failure.expired");
});

test("what hangs on a function is below it, with states and limits", () => {
  const one = fn("orders", 50, {
    stack: { name: "shop", logicalId: "Orders" },
    details: {
      ...details,
      provisioned: [
        { qualifier: "live", requested: 20, allocated: 20, status: "READY" },
        { qualifier: "next", requested: 10, allocated: 4, status: "IN_PROGRESS" },
        { qualifier: "old", requested: 5, allocated: 0, status: "FAILED", statusReason: "No capacity." },
      ],
      targets: [
        { qualifier: "live", minimum: 5, maximum: 40, suspended: { in: false, out: false, scheduled: false } },
        { qualifier: "next", minimum: 1, maximum: 10, suspended: { in: true, out: true, scheduled: true } },
        { qualifier: "old", minimum: 1, maximum: 10, suspended: { in: true, out: false, scheduled: false } },
      ],
      mappings: [
        {
          uuid: "u1",
          source: "arn:aws:sqs:us-east-1:123456789012:incoming",
          kind: "sqs",
          state: "Enabled",
          enabled: true,
          maximumConcurrency: 20,
        },
        {
          uuid: "u2",
          source: "arn:aws:kinesis:us-east-1:123456789012:stream/clicks",
          kind: "kinesis",
          state: "Disabled",
          enabled: false,
          parallelizationFactor: 4,
          qualifier: "live",
        },
      ],
      deadLetter: "arn:aws:sqs:us-east-1:123456789012:lost",
    },
  });
  const nodes = tree(snapshot([one]));
  assert.deepEqual(lines(child(nodes, "Reserved", "orders").children ?? []), [
    "Provisioned concurrency of alias old (5) failed: No capacity.",
    "Provisioned  live · 20 ready",
    "Provisioned  next · 4 of 10 allocated",
    "Provisioned  old · 5 failed",
    "Scaling  live · 5 to 40",
    "Scaling  next · 1 to 10 · suspended",
    "Scaling  old · 1 to 10 · scaling in suspended",
    "SQS  incoming · at most 20 at once",
    "Kinesis  clicks · Disabled · 4 per shard · to live",
    "Failed events to  lost",
    "Stack  shop · Orders",
  ]);
  assert.equal(
    child(nodes, "Needs attention", "orders").description,
    "alias old: provisioning failed · 50 reserved · 35 provisioned",
  );
});

test("details that nobody read are being read, or cannot be when nothing is connected", () => {
  const of = snapshot([fn("a", 1)]);
  assert.deepEqual(lines(child(tree(of), "Reserved", "a").children ?? []), ["Reading what hangs on it"]);
  const last = tree(of, { state: { kind: "disconnected", last: of } });
  assert.deepEqual(lines(child(last, "Reserved", "a").children ?? []), ["Provisioned, event sources  not read"]);
  const none = tree(snapshot([fn("a", 1, { details })]));
  assert.deepEqual(lines(child(none, "Reserved", "a").children ?? []), ["No provisioned concurrency, no event source"]);
});

test("a reservation is full from nine tenths in use", () => {
  const functions = [
    fn("almost", 100, { usage: usage({ now: 89 }) }),
    fn("full", 100, { usage: usage({ now: 90 }) }),
    fn("none", null, { usage: usage({ now: 900 }) }),
    fn("unknown", { unknown: "u" }, { usage: usage({ now: 900 }) }),
  ];
  assert.deepEqual(lines(child(tree(snapshot(functions)), "Needs attention").children ?? [], 0), [
    "full  90 of 100 in use",
  ]);
});

test("0 needs attention when a budget speaks for the account and does not switch the function off", () => {
  const of = snapshot([
    fn("forgotten", 0),
    fn("killed", 0, { killTags: { "lambda-concurrency:kill:1": "x" } }),
    fn("meant", 0),
  ]);
  const facts = poolFacts([pool([poolRow("meant", { arn: arnOf("meant"), granted: 0, off: true })])]);
  const nodes = tree(of, { facts });
  assert.deepEqual(lines(child(nodes, "Needs attention").children ?? [], 0), ["forgotten  switched off"]);
  assert.deepEqual(lines(child(nodes, "Switched off").children ?? [], 0), [
    "forgotten  0 reserved",
    "killed  killed · 0 reserved",
    "meant  0 reserved",
  ]);
  assert.deepEqual(
    tree(of).filter(({ label }) => label === "Needs attention"),
    [],
    "without a budget nobody has said what is meant",
  );
});

test("a difference between files and account is shown with its cause", () => {
  const difference = "The account reserves 50, the budget grants 100: changed by hand.";
  const facts = poolFacts([pool([poolRow("a", { arn: arnOf("a"), declared: 100, live: 50, difference })])]);
  const node = child(tree(snapshot([fn("a", 50, { details })]), { facts }), "Needs attention", "a");
  assert.equal(node.description, "50 in AWS, 100 planned");
  assert.deepEqual(lines(node.children ?? []), [
    difference,
    "No provisioned concurrency, no event source",
    "Granted  100 · production",
  ]);
});

test("a function that one pool's files name is no stranger in another pool of the same account", () => {
  const stranger = { arn: arnOf("a"), live: 100, difference: "Nothing stands for it.", places: {} };
  const { granted: _, ...rest } = poolRow("a", stranger);
  const facts = poolFacts([
    pool([poolRow("a", { arn: arnOf("a"), declared: 100, live: 100 })]),
    pool([{ ...rest, granted: null }], { id: "other" }),
  ]);
  const attention = (of: typeof facts) =>
    tree(snapshot([fn("a", 100)]), { facts: of }).filter(({ label }) => label === "Needs attention");
  assert.deepEqual(attention(facts), []);
  assert.equal(attention(poolFacts([pool([{ ...rest, granted: null }])])).length, 1);
});

test("what was said of another value than the one on screen is not shown until it is said of this one", () => {
  const difference = "Not deployed yet, or changed by hand.";
  const facts = poolFacts([pool([poolRow("a", { arn: arnOf("a"), declared: 100, live: 50, difference })])]);
  const attention = (reserved: LiveFunction["reserved"]) =>
    tree(snapshot([fn("a", reserved)]), { facts }).filter(({ label }) => label === "Needs attention").length;
  assert.deepEqual(
    [attention(50), attention(100), attention(null), attention({ unknown: "being read" })],
    [1, 0, 0, 0],
  );
});

test("a pool of another account says nothing about this one", () => {
  const row = poolRow("a", { arn: arnOf("a"), difference: "It differs." });
  const facts = poolFacts([pool([row], { live: false })]);
  assert.deepEqual(
    tree(snapshot([fn("a", 0)]), { facts }).filter(({ label }) => label === "Needs attention"),
    [],
  );
});

test("functions are sorted by name, or the largest first with what is not known last", () => {
  const functions = [
    fn("b", 5, { usage: usage({ now: 1, throttles: 9 }) }),
    fn("a", 5, { usage: usage({ now: 3 }) }),
    fn("c", 70),
    fn("d", 6, { usage: usage({ now: 0, throttles: 0 }) }),
  ];
  const order = (sort: AccountTreeInput["sort"]) =>
    child(tree(snapshot(functions), { sort }), "Reserved").children?.map(({ label }) => label);
  assert.deepEqual(order("name"), ["a", "b", "c", "d"]);
  assert.deepEqual(order("reserved"), ["c", "d", "a", "b"]);
  assert.deepEqual(order("use"), ["a", "b", "d", "c"]);
  assert.deepEqual(order("throttles"), ["b", "d", "a", "c"]);
});

test("a filter finds names, stacks and states; every word has to fit", () => {
  const of = snapshot([
    fn("orders-api", 10, { stack: { name: "shop-prod", logicalId: "Api" } }),
    fn("orders-worker", 0, { stack: { name: "shop-prod", logicalId: "Worker" } }),
    fn("search", null, { usage: usage({ throttles: 2 }) }),
  ]);
  const found = (filter: string) => {
    const { nodes, filtered } = accountTree({
      state: connected(of),
      waiting: false,
      facts: noPoolFacts,
      sort: "name",
      filter,
      now: new Date("2026-01-02T03:04:00Z"),
    });
    const names = nodes.flatMap(({ context, children = [] }) =>
      context.startsWith("group.") && context !== "group.attention" ? children.map(({ label }) => label) : [],
    );
    assert.equal(filtered?.shown, names.length);
    assert.equal(filtered?.of, 3);
    return names;
  };
  assert.deepEqual(found("ORDERS"), ["orders-api", "orders-worker"]);
  assert.deepEqual(found("shop worker"), ["orders-worker"]);
  assert.deepEqual(found("switched off"), ["orders-worker"]);
  assert.deepEqual(found("no reservation"), ["search"]);
  assert.deepEqual(found("throttled"), ["search"]);
  assert.deepEqual(found("rese"), ["orders-api", "search"], "reserved, and no reservation");
  assert.deepEqual(found("re"), [], "too short for a state: what is typed is a name");
  assert.deepEqual(found("nothing of this name"), []);
  assert.deepEqual(lines(tree(of, { filter: "nothing" })).slice(-1), ["No function fits the filter"]);
  assert.deepEqual(child(tree(of, { filter: "api ord" }), "Reserved", "orders-api").highlights, [
    [0, 3],
    [7, 10],
  ]);
});

test("menus know what can be done with a function", () => {
  const of = snapshot([
    fn("a", 0, { stack: { name: "s", logicalId: "L" }, killTags: { "lambda-concurrency:kill:1": "x" } }),
  ]);
  const budget = poolRow("a", { arn: arnOf("a") });
  const both = { ...budget, places: { ...budget.places, template: budget.places.budget } } as typeof budget;
  const facts = poolFacts([pool([both])]);
  assert.equal(
    child(tree(of, { facts }), "Switched off", "a").context,
    "function.off.connected.console.killed.inStack.inTemplate.inBudget",
  );
  const local = snapshot([fn("a", null)], { identity: { ...identity, endpoint: "http://127.0.0.1:4566" } });
  assert.equal(child(tree(local), "No reservation", "a").context, "function.unreserved.connected");
  const last = tree(of, { state: { kind: "disconnected", last: of } });
  assert.equal(child(last, "Switched off", "a").context, "function.off.console.killed.inStack");
});

test("ids name the account, the group and the function, and are the same after a refresh", () => {
  const before = tree(snapshot([fn("busy", 1, { usage: usage({ now: 1 }) })]));
  const ids = (nodes: readonly ViewNode[]): readonly string[] =>
    nodes.flatMap(({ id, children = [] }) => [id, ...ids(children)]);
  const later = snapshot([fn("busy", 2, { usage: usage({ now: 2 }) })], { readAt: "2026-01-02T03:05:00.000Z" });
  assert.deepEqual(ids(tree(later)), ids(before));
  assert.equal(new Set(ids(before)).size, ids(before).length);
  assert.equal(child(before, "Needs attention", "busy").id, `${key}/attention/${arnOf("busy")}`);
  assert.equal(child(before, "Reserved", "busy").id, `${key}/reserved/${arnOf("busy")}`);
});

test("a screen reader hears the account and no drawings", () => {
  const nodes = tree(snapshot([fn("busy", 1, { usage: usage({ now: 1 }) }), fn("free", null)]));
  assert.equal(child(nodes, "Claimed").spoken, "Claimed: 600 of 1,000");
  assert.equal(
    child(nodes, "Needs attention", "busy").spoken,
    "busy, 1 of 1 in use, needs attention, production, us-east-1",
  );
});

test("1,000 functions make a tree of 1,000 rows, quickly enough to be made again and again", () => {
  const functions = Array.from({ length: 1000 }, (_, index) =>
    fn(`service-${index}`, index % 3 === 0 ? null : index % 50, { usage: usage({ now: index % 40, throttles: 0 }) }),
  );
  const of = snapshot(functions);
  const nodes = tree(of);
  const grouped = nodes.filter(({ context }) => context.startsWith("group.") && context !== "group.attention");
  assert.equal(
    grouped.reduce((sum, { children = [] }) => sum + children.length, 0),
    1000,
  );
  const started = performance.now();
  for (let round = 0; round < 10; round++) tree(of);
  assert.ok((performance.now() - started) / 10 < 100, "a tenth of a second is felt");
});

test("an apply that ended half way stands above everything, and a click settles it", () => {
  const unfinished = [
    {
      id: "a1",
      title: "budget.yaml, pool production",
      at: "2026-01-01T00:00:00Z",
      who: "arn",
      next: 2,
      steps: [1, 2, 3],
    },
  ];
  const [first] = tree(snapshot([]), { unfinished });
  assert.equal(first?.label, "Unfinished apply");
  assert.equal(first.description, "budget.yaml, pool production · 2 of 3 steps");
  assert.equal(first.context, "unfinished");
  assert.deepEqual(first.command, { id: "lambdaConcurrency.finishApply", title: "Finish or Undo an Apply" });
  const { nodes } = accountTree({
    state: { kind: "disconnected", last: snapshot([]) },
    waiting: false,
    facts: noPoolFacts,
    sort: "name",
    filter: "",
    now: new Date("2026-01-02T03:04:00Z"),
    unfinished,
  });
  assert.equal(
    nodes.some(({ context }) => context === "unfinished"),
    false,
    "only the connected account can be settled",
  );
});

test("a row is drawn again when its tooltip would tell another age or other values of the files", () => {
  const of = snapshot([fn("search", 200, { readAt: "2026-01-02T03:04:00.000Z" })], {
    readAt: "2026-01-02T03:04:00.000Z",
  });
  const grants = (granted: number) => poolFacts([pool([poolRow("search", { arn: arnOf("search"), granted })])]);
  const drawn = new NodeTree();
  const draw = (seconds: number, granted: number) => {
    const now = new Date(Date.parse("2026-01-02T03:04:00Z") + seconds * 1000);
    const changes = drawn.update(tree(of, { now, facts: grants(granted) }));
    return changes === "all" ? changes : changes.map(({ node }) => node.label);
  };
  assert.equal(draw(0, 200), "all");
  assert.deepEqual(draw(30, 200), []);
  assert.deepEqual(draw(60, 200), ["production", "Claimed", "Headroom", "In use", "Throttles", "search"]);
  assert.deepEqual(draw(90, 250), ["search"]);
});
