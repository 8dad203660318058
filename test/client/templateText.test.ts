import assert from "node:assert/strict";
import { test } from "node:test";
import { looksLikeTemplate } from "#client/templateText.ts";

const templates = {
  "a SAM template": "Transform: AWS::Serverless-2016-10-31\nResources: {}\n",
  "a CloudFormation template": 'AWSTemplateFormatVersion: "2010-09-09"\n',
  "a resource alone": "Resources:\n  A:\n    Type: AWS::Lambda::Function\n",
  "a JSON template": '{"Resources": {"A": {"Type": "AWS::Lambda::Function"}}}',
};
for (const [name, text] of Object.entries(templates)) {
  test(`${name} looks like a template`, () => assert.equal(looksLikeTemplate(text), true));
}

const others = {
  "a Kubernetes manifest": "apiVersion: v1\nkind: Service\nspec:\n  ports: []\n",
  "a workflow": "on: push\njobs:\n  deploy:\n    steps:\n      - uses: aws-actions/setup-sam@v2\n",
  "an empty text": "",
};
for (const [name, text] of Object.entries(others)) {
  test(`${name} does not look like a template`, () => assert.equal(looksLikeTemplate(text), false));
}
