import fc from "fast-check";

/** A parameter of a random stack. `allowed`: its AllowedValues; `free`: any text; `number`: whole numbers from `min` to `max`. */
type Parameter =
  | { readonly kind: "allowed"; readonly values: readonly string[] }
  | { readonly kind: "free" }
  | { readonly kind: "number"; readonly min: number; readonly max: number };

type Condition =
  | { readonly is: "equals"; readonly parameter: number; readonly text: string }
  | { readonly is: "same"; readonly parameter: number; readonly other: number }
  | { readonly is: "not"; readonly of: number }
  | { readonly is: "and" | "or"; readonly of: readonly [number, number] };

type Value =
  | { readonly is: "number"; readonly value: number }
  | { readonly is: "none" }
  | { readonly is: "if"; readonly condition: number; readonly yes: Value; readonly no: Value }
  | { readonly is: "map"; readonly parameter: number; readonly key: string }
  | { readonly is: "ref"; readonly parameter: number };

interface Fn {
  readonly condition: number | undefined;
  readonly reserved: Value;
  /** Of an alias; counts when nothing is reserved. */
  readonly provisioned: number | undefined;
  /** Declared in a nested stack that is given all parameters. */
  readonly nested: boolean;
}

/** Small stacks with everything that correlates claims. */
export interface RandomStack {
  readonly parameters: readonly Parameter[];
  readonly conditions: readonly Condition[];
  readonly mapping: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly functions: readonly Fn[];
}

const letters = ["a", "b", "c"] as const;
const small = fc.integer({ min: 0, max: 40 });
const letter = fc.constantFrom(...letters);
const parameterCount = 3;
const conditionCount = 3;

const parameter: fc.Arbitrary<Parameter> = fc.oneof(
  fc.record({
    kind: fc.constant("allowed" as const),
    values: fc.uniqueArray(letter, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant("free" as const) }),
  fc
    .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 }))
    .map(([min, more]) => ({ kind: "number" as const, min, max: min + more })),
);

/** A condition may use those before it. */
const conditionAt = (index: number): fc.Arbitrary<Condition> => {
  const parameterIndex = fc.nat(parameterCount - 1);
  const plain = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        is: fc.constant("equals" as const),
        parameter: parameterIndex,
        text: fc.oneof(letter, fc.integer({ min: 0, max: 6 }).map(String)),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ is: fc.constant("same" as const), parameter: parameterIndex, other: parameterIndex }),
    },
  );
  if (index === 0) return plain;
  const before = fc.nat(index - 1);
  return fc.oneof(
    plain,
    fc.record({ is: fc.constant("not" as const), of: before }),
    fc.record({ is: fc.constantFrom("and" as const, "or" as const), of: fc.tuple(before, before) }),
  );
};

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.record({ is: fc.constant("number" as const), value: small }),
    fc.record({ is: fc.constant("none" as const) }),
    fc.record({
      is: fc.constant("map" as const),
      parameter: fc.nat(parameterCount - 1),
      key: fc.constantFrom("X", "Y"),
    }),
    fc.record({ is: fc.constant("ref" as const), parameter: fc.nat(parameterCount - 1) }),
    fc.record({
      is: fc.constant("if" as const),
      condition: fc.nat(conditionCount - 1),
      yes: tie("value"),
      no: tie("value"),
    }),
  ),
}));

export const randomStack: fc.Arbitrary<RandomStack> = fc.record({
  parameters: fc.array(parameter, { minLength: parameterCount, maxLength: parameterCount }),
  conditions: fc.tuple(conditionAt(0), conditionAt(1), conditionAt(2)),
  mapping: fc.dictionary(letter, fc.record({ X: small, Y: small }), { minKeys: 1, maxKeys: 3 }),
  functions: fc.array(
    fc.record({
      condition: fc.option(fc.nat(conditionCount - 1), { nil: undefined }),
      reserved: value,
      provisioned: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
      nested: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

/** The stack's template and the one nested in it. */
export function templatesOf(stack: RandomStack): { readonly parent: string; readonly child: string } {
  const functions = stack.functions.map((fn, i) => [fn, i] as const);
  const nested = functions.filter(([fn]) => fn.nested);
  const child = {
    Type: "AWS::CloudFormation::Stack",
    Properties: { TemplateURL: "child.json", Parameters: passed(stack) },
  };
  const resources = {
    ...resourcesOf(functions.filter(([fn]) => !fn.nested)),
    ...(nested.length > 0 && { Child: child }),
  };
  const declared = stack.parameters.map((one, i) => [`P${i}`, declarationOf(one)]);
  const asTexts = stack.parameters.map((_, i) => [`P${i}`, { Type: "String" }]);
  return {
    parent: JSON.stringify({ ...common(stack), Parameters: Object.fromEntries(declared), Resources: resources }),
    child: JSON.stringify({
      ...common(stack),
      Parameters: Object.fromEntries(asTexts),
      Resources: resourcesOf(nested),
    }),
  };
}

function common({ conditions, mapping }: RandomStack) {
  return {
    Transform: "AWS::LanguageExtensions",
    Mappings: { M: mapping },
    Conditions: Object.fromEntries(conditions.map((one, i) => [`C${i}`, conditionJson(one)])),
  };
}

function passed({ parameters }: RandomStack) {
  return Object.fromEntries(parameters.map((_, i) => [`P${i}`, { Ref: `P${i}` }]));
}

function declarationOf(one: Parameter): object {
  if (one.kind === "allowed") return { Type: "String", AllowedValues: one.values };
  return one.kind === "free" ? { Type: "String" } : { Type: "Number", MinValue: one.min, MaxValue: one.max };
}

function resourcesOf(functions: readonly (readonly [Fn, number])[]): Record<string, object> {
  const resources: Record<string, object> = {};
  for (const [{ condition, reserved, provisioned }, i] of functions) {
    const when = condition === undefined ? {} : { Condition: `C${condition}` };
    resources[`F${i}`] = {
      Type: "AWS::Lambda::Function",
      ...when,
      Properties: { ReservedConcurrentExecutions: valueJson(reserved) },
    };
    if (provisioned === undefined) continue;
    const config = { ProvisionedConcurrentExecutions: provisioned };
    resources[`A${i}`] = {
      Type: "AWS::Lambda::Alias",
      ...when,
      Properties: {
        Name: "live",
        FunctionName: { Ref: `F${i}` },
        FunctionVersion: "1",
        ProvisionedConcurrencyConfig: config,
      },
    };
  }
  return resources;
}

function conditionJson(one: Condition): object {
  switch (one.is) {
    case "equals":
      return { "Fn::Equals": [{ Ref: `P${one.parameter}` }, one.text] };
    case "same":
      return { "Fn::Equals": [{ Ref: `P${one.parameter}` }, { Ref: `P${one.other}` }] };
    case "not":
      return { "Fn::Not": [{ Condition: `C${one.of}` }] };
    case "and":
      return { "Fn::And": one.of.map((i) => ({ Condition: `C${i}` })) };
    case "or":
      return { "Fn::Or": one.of.map((i) => ({ Condition: `C${i}` })) };
  }
}

function valueJson(one: Value): unknown {
  switch (one.is) {
    case "number":
      return one.value;
    case "none":
      return { Ref: "AWS::NoValue" };
    case "if":
      return { "Fn::If": [`C${one.condition}`, valueJson(one.yes), valueJson(one.no)] };
    case "map":
      return { "Fn::FindInMap": ["M", { Ref: `P${one.parameter}` }, one.key] };
    case "ref":
      return { Ref: `P${one.parameter}` };
  }
}

/** Texts for `free` parameters beside the letters: two, so that two parameters can be equal or not. */
const others = [...Array.from({ length: 7 }, (_, i) => String(i)), "other 1", "other 2"];

/** Every way to give the parameters values: what a deployment can have. */
export function assignmentsOf({ parameters }: RandomStack): readonly (readonly string[])[] {
  return parameters
    .map(valuesOf)
    .reduce<readonly (readonly string[])[]>(
      (all, values) => all.flatMap((one) => values.map((text) => [...one, text])),
      [[]],
    );
}

function valuesOf(one: Parameter): readonly string[] {
  if (one.kind === "allowed") return one.values;
  if (one.kind === "free") return [...letters, ...others];
  return Array.from({ length: one.max - one.min + 1 }, (_, i) => String(one.min + i));
}

/** What each function claims under some values; undefined when the deployment is refused: no mapping entry, or no whole number. */
export function claimsUnder(stack: RandomStack, values: readonly string[]): readonly number[] | undefined {
  const claims: number[] = [];
  for (const { condition, reserved, provisioned } of stack.functions) {
    if (condition !== undefined && !holds(stack, condition, values)) {
      claims.push(0);
      continue;
    }
    const own = evaluate(stack, reserved, values);
    if (own === undefined) return undefined;
    claims.push(own ?? provisioned ?? 0);
  }
  return claims;
}

/** The same together. */
export function claimUnder(stack: RandomStack, values: readonly string[]): number | undefined {
  return claimsUnder(stack, values)?.reduce((sum, claim) => sum + claim, 0);
}

function holds(stack: RandomStack, condition: number, values: readonly string[]): boolean {
  const one = stack.conditions[condition] as Condition;
  switch (one.is) {
    case "equals":
      return values[one.parameter] === one.text;
    case "same":
      return values[one.parameter] === values[one.other];
    case "not":
      return !holds(stack, one.of, values);
    case "and":
      return one.of.every((i) => holds(stack, i, values));
    case "or":
      return one.of.some((i) => holds(stack, i, values));
  }
}

/** `null` for none, undefined for refused. */
function evaluate(stack: RandomStack, value: Value, values: readonly string[]): number | null | undefined {
  switch (value.is) {
    case "number":
      return value.value;
    case "none":
      return null;
    case "if":
      return evaluate(stack, holds(stack, value.condition, values) ? value.yes : value.no, values);
    case "map":
      return stack.mapping[values[value.parameter] as string]?.[value.key];
    case "ref": {
      const text = values[value.parameter] as string;
      return /^\d+$/.test(text) ? Number(text) : undefined;
    }
  }
}
