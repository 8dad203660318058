import assert from "node:assert/strict";
import { test } from "node:test";
import type { Hover, InlayHint, MarkupContent } from "vscode-languageserver/node";
import { startTestClient, TestFolder } from "#support/testConnection.ts";

const template = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Workers: { Type: Number, Default: 5, MaxValue: 50 }
Mappings: { ByRegion: { eu-west-1: { R: 50 }, us-east-1: { R: 700 } } }
Resources:
  Regional:
    Type: AWS::Serverless::Function
    Properties: { ReservedConcurrentExecutions: !FindInMap [ByRegion, !Ref AWS::Region, R] }
  Given:
    Type: AWS::Serverless::Function
    Properties: { ReservedConcurrentExecutions: !Ref Workers }
`;
const samconfig = (workers: number) => `version = 0.1
[default.deploy.parameters]
region = "us-east-1"
parameter_overrides = "Workers=${workers}"
`;
const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

test("hints and hover take the Region from samconfig, as check does", async (t) => {
  const folder = new TestFolder(t, { "template.yaml": template, "samconfig.toml": samconfig(20) });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  const uri = folder.uri("template.yaml");
  await client.open(uri, template);
  const hints = await client.request<InlayHint[]>("textDocument/inlayHint", { textDocument: { uri }, range: whole });
  const labels = hints.map(({ label }) =>
    typeof label === "string" ? label : label.map(({ value }) => value).join(""),
  );
  assert.deepEqual(
    labels.map((label) => /\d+/.exec(label)?.[0]),
    ["700", "20"],
  );
  const hover = await client.request<Hover>("textDocument/hover", client.at(uri, "AWS::Region", 1));
  assert.match((hover.contents as MarkupContent).value, /reserved \*\*700\*\*/);
});

test("a value that CloudFormation refuses is reported in samconfig until it is mended", async (t) => {
  const folder = new TestFolder(t, { "template.yaml": template, "samconfig.toml": samconfig(60) });
  const client = await startTestClient(t, { folders: [folder.uri()] });
  const config = folder.uri("samconfig.toml");
  await client.open(folder.uri("template.yaml"), template);
  await client.until(() => client.rules(config).includes("parameter-refused"), "the refused value is reported");
  const [diagnostic] = client.pushed(config)?.diagnostics ?? [];
  assert.deepEqual(diagnostic?.range, { start: { line: 3, character: 23 }, end: { line: 3, character: 33 } });
  const hover = await client.request<Hover>(
    "textDocument/hover",
    client.at(folder.uri("template.yaml"), "!Ref Workers", 1),
  );
  assert.match(
    (hover.contents as MarkupContent).value,
    /^`Given`: reserved \*\*refused\*\* .*, because parameter Workers is 60, above its MaxValue of 50\n/,
  );
  await client.open(config, samconfig(50), "toml");
  await client.until(() => !client.rules(config).includes("parameter-refused"), "nothing is refused any more");
});
