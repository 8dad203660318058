import type { DeclaredFunction, Place, Setting, Value } from "#core";

const place: Place = { uri: "file:///t.yaml", start: 0, end: 1 };

/** A declared function made by hand, for arithmetic that needs no text. */
export function declared(
  logicalId: string,
  reserved: Value,
  more: {
    provisioned?: readonly Value[];
    condition?: string;
    outsidePool?: string;
    name?: DeclaredFunction["name"];
  } = {},
): DeclaredFunction {
  const setting = (value: Value): Setting => ({
    value,
    place,
    sources: [],
    origin: value === null ? "absent" : "literal",
  });
  return {
    logicalId,
    type: "AWS::Lambda::Function",
    name: more.name ?? null,
    ...(more.condition === undefined ? {} : { condition: more.condition }),
    reserved: setting(reserved),
    provisioned: (more.provisioned ?? []).map((value, i) => ({ ...setting(value), qualifier: `v${i}`, key: place })),
    maximumConcurrency: [],
    scaling: [],
    size: { memory: 128, architectures: ["x86_64"] },
    refused: [],
    ...(more.outsidePool === undefined ? {} : { outsidePool: more.outsidePool }),
    place,
    extent: place,
    sqsSources: [],
  };
}
