// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of CloudFormation
import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "#core/syntax/parse.ts";
import { recognise } from "#core/template/recognise.ts";

const cases: readonly (readonly [string, string, string])[] = [
  ["a Serverless transform", "Transform: AWS::Serverless-2016-10-31\nResources:\n", "sam"],
  ["a Serverless transform in a list", "Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\n", "sam"],
  ["a fragment with a Serverless type", "Resources:\n  A:\n    Type: AWS::Serverless::Function\n", "sam"],
  [
    "a Serverless type in a loop",
    '{"Resources":{"Fn::ForEach::L":["N",["a"],{"F${N}":{"Type":"AWS::Serverless::Function"}}]}}',
    "sam",
  ],
  ["Globals for functions above half-typed resources", "Globals:\n  Function:\n    Timeout: 3\nResources:\n", "sam"],
  ["a header alone", "AWSTemplateFormatVersion: 2010-09-09\n", "cloudformation"],
  ["a fragment with an AWS type", "Resources:\n  A:\n    Type: AWS::S3::Bucket\n", "cloudformation"],
  ["a fragment with a custom type", "Resources:\n  A: {Type: Custom::Thing}\n", "cloudformation"],
  ["a synthesized template", '{"Resources":{"A":{"Type":"AWS::Lambda::Function"}}}', "cloudformation"],
  ["an empty file", "", "other"],
  ["a list", "- a\n- b\n", "other"],
  ["a text", "just words\n", "other"],
  ["a package.json", '{"name":"x","scripts":{"Type":"AWS::S3::Bucket"}}', "other"],
  ["a compose file", "services:\n  web:\n    image: nginx\n", "other"],
  ["a Kubernetes manifest", "apiVersion: v1\nkind: Pod\nspec:\n  resources:\n    limits: {cpu: 1}\n", "other"],
  ["an OpenAPI document", "openapi: 3.0.1\npaths: {}\ncomponents: {}\n", "other"],
  ["a Serverless Framework file", "service: x\nresources:\n  Resources:\n    A: {Type: AWS::S3::Bucket}\n", "other"],
  ["a samconfig file", "version: 0.1\ndefault:\n  deploy:\n    parameters: {stack_name: a}\n", "other"],
  ["resources of something else", "Resources:\n  A:\n    Type: thing\n", "other"],
  ["a budget", "pool: production\nlimit: 1000\n", "other"],
];

for (const [name, text, kind] of cases) {
  test(`${name} is ${kind}`, () => {
    assert.equal(recognise("file:///w/a.yaml", parse(text, "template")), kind);
  });
}
