import assert from "node:assert/strict";
import { test } from "node:test";
import { resolveText } from "./sources.ts";

/** Size of the only function; `Memory` and `Big` have no value. */
function sizeOf(properties: string, globals = "") {
  const lines = [
    "Transform: AWS::Serverless-2016-10-31",
    "Parameters: {Memory: {Type: Number}, Big: {Type: String}, Given: {Type: Number, Default: 300}}",
    "Conditions: {IsBig: !Equals [!Ref Big, 'yes']}",
    ...(globals === "" ? [] : [`Globals: {Function: {${globals}}}`]),
    "Resources:",
    "  F:",
    "    Type: AWS::Serverless::Function",
    `    Properties: {Handler: a.b${properties === "" ? "" : `, ${properties}`}}`,
  ];
  const one = resolveText(lines.join("\n")).functions[0];
  assert.ok(one);
  return one.size;
}

const both = ["x86_64", "arm64"];

test("where a template says nothing, a function has 128 MB and x86_64", () => {
  assert.deepEqual(sizeOf(""), { memory: 128, architectures: ["x86_64"] });
  assert.deepEqual(sizeOf("MemorySize: !Ref AWS::NoValue, Architectures: !Ref AWS::NoValue"), sizeOf(""));
});

test("Globals are merged in, and intrinsics evaluated", () => {
  const globals = "MemorySize: 512, Architectures: [arm64]";
  assert.deepEqual(sizeOf("", globals), { memory: 512, architectures: ["arm64"] });
  assert.deepEqual(sizeOf("MemorySize: !Ref Given, Architectures: [x86_64]", globals), {
    memory: 300,
    architectures: ["x86_64"],
  });
});

test("what is not decided gives bounds, with the default where nothing may be set", () => {
  const because = "condition IsBig is not decided: parameter Big has no default and no value is given";
  assert.deepEqual(sizeOf("MemorySize: !If [IsBig, 2048, !Ref AWS::NoValue]").memory, {
    unknown: because,
    min: 128,
    max: 2048,
  });
  assert.deepEqual(sizeOf("MemorySize: !If [IsBig, 512, 512]").memory, 512);
  assert.deepEqual(sizeOf("MemorySize: !Ref Memory").memory, {
    unknown: "parameter Memory has no default and no value is given",
  });
  assert.deepEqual(sizeOf("Architectures: !If [IsBig, [arm64], !Ref AWS::NoValue]").architectures, both);
  assert.deepEqual(sizeOf("Architectures: [!Ref Big]").architectures, both);
});

test("what AWS refuses is no size", () => {
  assert.deepEqual(sizeOf("MemorySize: lots").memory, {
    unknown: 'MemorySize is not what AWS takes: "lots" is not a whole number',
  });
  assert.deepEqual(sizeOf("Architectures: [mips]").architectures, both);
});
