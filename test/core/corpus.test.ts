import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DeclaredFunction, ResolvedTemplate, Value } from "#core";
import { corpusDir, corpusFiles, corpusTest } from "#support/corpus.ts";
import { diskSources, resolveDisk } from "./template/sources.ts";

// The corpus holds public templates with what SAM's translator (or CloudFormation's own tests) makes of them.

interface ExpectedFunction {
  readonly reserved: unknown;
  readonly provisioned: readonly { readonly id: string; readonly value: unknown }[];
  readonly maximumConcurrency?: readonly { readonly eventSourceMapping: string; readonly value: unknown }[];
  readonly capacityProvider?: boolean;
  readonly condition?: string;
}
type Expected = Readonly<Record<string, Readonly<Record<string, ExpectedFunction>>>>;

interface IndexedForm {
  readonly file: string;
  readonly reservedFunctions: readonly { readonly logicalId: string; readonly resolvedWithDefaults: number | null }[];
}

interface Pair {
  readonly input: string;
  readonly expected?: string;
  readonly outcome: string;
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(corpusDir(), name), "utf8")) as T;
}

/** All numbers that occur anywhere in a template: what an intrinsic may resolve to. */
function numbersIn(path: string): Set<number> {
  return new Set(Array.from(readFileSync(path, "utf8").matchAll(/\d+/g), (match) => Number(match[0])));
}

/** Says where ours differs from the translator's value; undefined when they agree. */
function disagreement(expected: unknown, ours: Value, resolved: number | null | undefined, numbers: Set<number>) {
  if (expected === null || JSON.stringify(expected) === '{"Ref":"AWS::NoValue"}') {
    return ours === null ? undefined : `none expected, ${JSON.stringify(ours)} found`;
  }
  if (typeof expected === "number" || (typeof expected === "string" && /^\d+$/.test(expected))) {
    return ours === Number(expected) ? undefined : `${expected} expected, ${JSON.stringify(ours)} found`;
  }
  if (typeof resolved === "number") {
    return ours === resolved ? undefined : `${resolved} expected, ${JSON.stringify(ours)} found`;
  }
  if (typeof ours !== "number") return undefined;
  return numbers.has(ours) ? undefined : `${ours} does not occur in the template`;
}

function compare(
  path: string,
  expected: Readonly<Record<string, ExpectedFunction>>,
  resolved: Map<string, number | null>,
) {
  const template = resolveDisk(path);
  const numbers = numbersIn(path);
  const ours = new Map(template.functions.map((one) => [one.logicalId, one]));
  const differences: string[] = [];
  for (const id of ours.keys()) if (!expected[id]) differences.push(`${id}: not expected`);
  for (const [id, theirs] of Object.entries(expected)) {
    const mine = ours.get(id);
    if (!mine) {
      if (theirs.condition === undefined) differences.push(`${id}: missing`);
      continue;
    }
    for (const difference of compareFunction(theirs, mine, resolved.get(id), numbers))
      differences.push(`${id}: ${difference}`);
  }
  return differences;
}

function compareFunction(
  theirs: ExpectedFunction,
  mine: DeclaredFunction,
  resolved: number | null | undefined,
  numbers: Set<number>,
) {
  const differences = [disagreement(theirs.reserved, mine.reserved.value, resolved, numbers)];
  if (theirs.provisioned.length === 0 && mine.provisioned.length > 0) differences.push("provisioned not expected");
  for (const one of theirs.provisioned) {
    const setting = mine.provisioned.find((item) => one.id === `${mine.logicalId}Alias${item.qualifier}`);
    differences.push(
      disagreement(one.value, setting?.value ?? (typeof one.value === "object" ? 0 : null), undefined, numbers.add(0)),
    );
  }
  for (const one of theirs.maximumConcurrency ?? []) {
    const setting = mine.maximumConcurrency.find((item) => item.source === one.eventSourceMapping);
    differences.push(disagreement(one.value, setting?.value ?? null, undefined, numbers));
  }
  if (!theirs.maximumConcurrency && mine.maximumConcurrency.length > 0)
    differences.push("maximumConcurrency not expected");
  if ((theirs.capacityProvider === true) !== (mine.outsidePool !== undefined))
    differences.push("capacity provider differs");
  return differences.filter((difference) => difference !== undefined);
}

function claims(template: ResolvedTemplate) {
  return template.functions.map((one) => ({
    id: one.logicalId,
    reserved: one.reserved.value,
    provisioned: one.provisioned.map(({ qualifier, value }) => ({ qualifier, value })),
  }));
}

/** Per file of `forms/` and function: the number under the defaults, null when it cannot be told. */
function formsResolved() {
  const resolved = new Map<string, Map<string, number | null>>();
  for (const form of read<IndexedForm[]>("forms/index.json")) {
    const values = form.reservedFunctions.map((one) => [one.logicalId, one.resolvedWithDefaults] as const);
    resolved.set(`forms/${form.file}`, new Map(values));
  }
  return resolved;
}

for (const [list, folder] of [
  ["sam-translator-expected.json", "sam-translator"],
  ["real-templates-expected.json", ""],
] as const) {
  corpusTest(`functions and values agree with ${list}`, () => {
    const resolved = formsResolved();
    const differences: string[] = [];
    for (const [name, functions] of Object.entries(read<Expected>(list))) {
      const path = join(corpusDir(), folder, name);
      for (const difference of compare(path, functions, resolved.get(name) ?? new Map()))
        differences.push(`${name}: ${difference}`);
    }
    assert.deepEqual(differences, []);
  });
}

corpusTest("reservations agree with forms/index.json", () => {
  const differences: string[] = [];
  for (const [name, functions] of formsResolved()) {
    const template = resolveDisk(join(corpusDir(), name));
    for (const [id, value] of functions) {
      const mine = template.functions.find((one) => one.logicalId === id);
      if (value === null) continue;
      if (mine?.reserved.value !== value)
        differences.push(`${name} ${id}: ${value} expected, ${JSON.stringify(mine?.reserved.value)} found`);
    }
  }
  assert.deepEqual(differences, []);
});

/** Worked out by hand from the defaults, allowed values and mappings of the templates: what the index leaves open. */
const underDefaults: Readonly<Record<string, Value | "none">> = {
  "DataDog+datadog-serverless-functions/aws/logs_monitoring/template.yaml Forwarder": "none",
  "govuk-one-login+mobile-id-check-async/backend-api/infra/resources/privateApi/credential/function.yaml AsyncCredentialFunction":
    {
      unknown: "condition isDev is not declared",
    },
  "govuk-one-login+mobile-id-check-async/backend-api/template.yaml AsyncAbortSessionFunction": "none",
  "govuk-one-login+mobile-id-check-async/backend-api/template.yaml AsyncActiveSessionFunction": "none",
  "govuk-one-login+mobile-id-check-async/backend-api/template.yaml AsyncBiometricTokenFunction": "none",
  "govuk-one-login+mobile-id-check-async/backend-api/template.yaml AsyncCredentialFunction": "none",
  "govuk-one-login+mobile-id-check-async/backend-api/template.yaml AsyncFinishBiometricSessionFunction": "none",
  "govuk-one-login+mobile-id-check-async/backend-api/template.yaml AsyncIssueBiometricCredentialFunction": "none",
  "govuk-one-login+mobile-id-check-async/backend-api/template.yaml AsyncTokenFunction": "none",
  "govuk-one-login+mobile-id-check-async/backend-api/template.yaml AsyncTxmaEventFunction": "none",
  "govuk-one-login+mobile-id-check-async/backend-api/template.yaml ProxyLambda": "none",
  "govuk-one-login+mobile-id-check-async/test-resources/infra/sts-mock/token/function.yaml TokenFunction": {
    unknown: "condition isDev is not declared",
  },
};

corpusTest("reservations that the index leaves open are none or unknown, as the defaults say", () => {
  const found: Record<string, Value | "none"> = {};
  for (const [name, functions] of formsResolved()) {
    const template = resolveDisk(join(corpusDir(), name));
    for (const [id, value] of functions) {
      if (value !== null) continue;
      const mine = template.functions.find((one) => one.logicalId === id)?.reserved.value;
      found[`${name.replace("forms/", "")} ${id}`] = mine ?? "none";
    }
  }
  assert.deepEqual(found, underDefaults);
});

corpusTest("language extensions: an input claims what its expected output claims", () => {
  for (const { input, expected } of read<Pair[]>("language-extensions/pairs.json")) {
    if (expected === undefined) continue;
    const from = (name: string) => claims(resolveDisk(join(corpusDir(), "language-extensions", name)));
    assert.deepEqual(from(input), from(expected), input);
  }
});

corpusTest("language extensions: an input that is refused yields no number", () => {
  for (const { input, outcome } of read<Pair[]>("language-extensions/pairs.json")) {
    if (outcome !== "error") continue;
    const template = resolveDisk(join(corpusDir(), "language-extensions", input));
    const numbers = template.functions.filter(
      (one) => typeof one.reserved.value === "number" || one.provisioned.length > 0,
    );
    assert.deepEqual(numbers, [], input);
  }
});

corpusTest("every file is read without an exception, with all places inside its text", () => {
  for (const { path: name } of corpusFiles()) {
    const path = join(corpusDir(), name);
    const uri = pathToFileURL(path).href;
    const file = diskSources.get(uri);
    assert.ok(!("error" in file), path);
    for (const one of resolveDisk(path).functions) {
      for (const place of [one.place, one.extent, one.reserved.place]) {
        assert.ok(place.start >= 0 && place.start <= place.end && place.end <= file.text.length, path);
      }
    }
  }
});
