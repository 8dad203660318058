import assert from "node:assert/strict";
import { test } from "node:test";
import { type PlanDocument, planText } from "#core";
import type { PlanState, Wanted } from "#core/plan/plan.ts";
import { planChanges } from "#core/plan/planChanges.ts";

const now = new Date(2026, 10, 23, 12, 2);

const state: PlanState = {
  limit: 1000,
  unreserved: 100,
  floor: 100,
  functions: [
    { name: "thumbnails", reserved: 400, provisioned: [] },
    { name: "search", reserved: null, provisioned: [{ qualifier: "live", requested: 100 }] },
    { name: "report", reserved: 100, provisioned: [] },
    { name: "mail", reserved: 5, provisioned: [] },
  ],
};

function documentOf(wanted: readonly Wanted[], more: Partial<PlanDocument> = {}): PlanDocument {
  return {
    title: "concurrency-budget.yaml, pool production",
    identity: { account: "123456789012", alias: "shop", arn: "arn", partition: "aws", region: "us-east-1" },
    readAt: new Date(2026, 10, 23, 12, 0, 30).toISOString(),
    state,
    floorSource: "configured",
    plan: planChanges(state, wanted),
    ...more,
  };
}

const wanted = [
  { name: "thumbnails", reserved: 420 },
  { name: "search", reserved: 150 },
  { name: "report", reserved: null },
  { name: "mail", reserved: 5 },
];

test("as Markdown: every call in order, what is left after it, what is not planned, and notes", () => {
  const document = documentOf(wanted, {
    notPlanned: [{ key: "gone", kind: "missing", message: "gone: the account has no such function." }],
    stacks: new Map([
      ["thumbnails", "media"],
      ["search", "media"],
      ["mail", "mailing"],
    ]),
  });
  assert.equal(
    planText(document, "markdown", now),
    `# Plan for account 123456789012 (shop) in us-east-1

concurrency-budget.yaml, pool production  
Limit 1,000, floor 100 (configured), read 12:00 (1 minute ago).

|  # | function                 | in AWS | planned |       change | unreserved |
| -: | ------------------------ | -----: | ------: | -----------: | ---------: |
|  1 | report                   |    100 |    none |         -100 |        200 |
|  2 | search:live, provisioned |    100 |    none | for a moment |        300 |
|  3 | search                   |   none |     150 |         +150 |        150 |
|  4 | search:live, provisioned |   none |     100 |     put back |        150 |
|  5 | thumbnails               |    400 |     420 |          +20 |        130 |

5 calls: 100 unreserved now, 130 afterwards. 1 function already matches.

## Not planned

- gone: the account has no such function.

## Notes

- The provisioned concurrency of search (100 on alias live) is deleted, 150 are reserved, and it is put back at once, because both together do not fit; until it is allocated again, which takes minutes, calls start cold. A scaling target of it may interfere.
- The next deployment of stack media may undo this for search, thumbnails.
`,
  );
});

test("in a terminal the same without marks", () => {
  assert.equal(
    planText(documentOf(wanted), "text", now),
    `Plan for account 123456789012 (shop) in us-east-1

concurrency-budget.yaml, pool production
Limit 1,000, floor 100 (configured), read 12:00 (1 minute ago).

 #  function                  in AWS  planned        change  unreserved
 1  report                       100     none          -100         200
 2  search:live, provisioned     100     none  for a moment         300
 3  search                      none      150          +150         150
 4  search:live, provisioned    none      100      put back         150
 5  thumbnails                   400      420           +20         130

5 calls: 100 unreserved now, 130 afterwards. 1 function already matches.

Notes

- The provisioned concurrency of search (100 on alias live) is deleted, 150 are reserved, and it is put back at once, because both together do not fit; until it is allocated again, which takes minutes, calls start cold. A scaling target of it may interfere.
`,
  );
});

test("what cannot be done stands first, and nothing is planned", () => {
  assert.equal(
    planText(documentOf([{ name: "thumbnails", reserved: 401 }]), "text", now),
    `Plan for account 123456789012 (shop) in us-east-1

concurrency-budget.yaml, pool production
Limit 1,000, floor 100 (configured), read 12:00 (1 minute ago).

Cannot be done

- Not enough room: thumbnails can get at most 400 (you asked for 401), as Lambda keeps 100 unreserved. To get 401, free 1 elsewhere or raise the quota to 1,001 (Service Quotas, L-B99A9384).

Nothing is planned.
`,
  );
});

test("nothing to change", () => {
  assert.equal(
    planText(documentOf([{ name: "mail", reserved: 5 }]), "text", now),
    `Plan for account 123456789012 (shop) in us-east-1

concurrency-budget.yaml, pool production
Limit 1,000, floor 100 (configured), read 12:00 (1 minute ago).

Nothing to change. 1 function already matches.
`,
  );
});

test("what cannot be done is shown with what was wanted", () => {
  const wishes = [
    { name: "thumbnails", reserved: 421 },
    { name: "report", reserved: 80 },
    { name: "mail", reserved: 5 },
  ];
  const text = planText(documentOf(wishes, { wanted: wishes }), "text", now);
  assert.deepEqual(text.split("\n\n").slice(3), [
    "- Not enough room: thumbnails can get at most 420 (you asked for 421), as Lambda keeps 100 unreserved. To get 421, free 1 elsewhere or raise the quota to 1,001 (Service Quotas, L-B99A9384).",
    "function    in AWS  planned  change\nthumbnails     400      421     +21\nreport         100       80     -20",
    "Nothing is planned. 1 function already matches.\n",
  ]);
});
