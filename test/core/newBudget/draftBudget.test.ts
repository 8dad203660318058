import assert from "node:assert/strict";
import { test } from "node:test";
import { draftBudget, type Files, Workspace } from "#core";

const noFiles: Files = { read: () => ({ error: "There is no such file.", missing: true }), list: () => [] };

/** The draft for a folder with these templates. */
function draft(templates: Readonly<Record<string, string>>) {
  const workspace = new Workspace(noFiles);
  const uris = Object.entries(templates).map(([path, text]) => {
    workspace.setText(`file:///repo/app/${path}`, text);
    return `file:///repo/app/${path}`;
  });
  return draftBudget("file:///repo/app", workspace.analyse({ budgets: [], templates: uris, options: {} }));
}

function functionOf(reserved: string, parameters = ""): string {
  return `${parameters}Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      ReservedConcurrentExecutions: ${reserved}
`;
}

test("a draft lists each template and grants what it reserves", () => {
  assert.deepEqual(draft({ "orders/template.yaml": functionOf("500"), "old/template.yaml": functionOf("0") }), {
    pool: "app",
    stacks: [
      { template: "orders/template.yaml", name: "orders" },
      { template: "old/template.yaml", name: "old" },
    ],
    reservations: [
      { key: "orders/F", reserved: 500 },
      { key: "old/F", reserved: "off" },
    ],
  });
});

test("stacks of the same name are told apart", () => {
  const { stacks, reservations } = draft({ "a/api/t.yaml": functionOf("1"), "b/api/t.yaml": functionOf("2") });
  assert.deepEqual(
    stacks.map(({ name }) => name),
    ["api", "api-2"],
  );
  assert.deepEqual(
    reservations.map(({ key }) => key),
    ["api/F", "api-2/F"],
  );
});

test("an unknown reservation is granted what it can be at most, one that nothing bounds is left out", () => {
  const bounded = "Parameters:\n  R:\n    Type: Number\n    MaxValue: 7\n";
  const unbounded = "Parameters:\n  R:\n    Type: Number\n";
  const { reservations } = draft({
    "a/t.yaml": functionOf("!Ref R", bounded),
    "b/t.yaml": functionOf("!Ref R", unbounded),
  });
  assert.deepEqual(
    reservations.map(({ key, reserved }) => [key, reserved]),
    [["a/F", 7]],
  );
  assert.match(reservations[0]?.comment ?? "", /^at most; /);
});

test("a function with provisioned concurrency alone is granted that", () => {
  const version =
    "  V:\n    Type: AWS::Lambda::Version\n    Properties:\n      FunctionName: !Ref F\n      ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 4}\n";
  assert.deepEqual(draft({ "a/t.yaml": functionOf("!Ref AWS::NoValue") + version }).reservations, [
    { key: "a/F", reserved: 4 },
  ]);
});
