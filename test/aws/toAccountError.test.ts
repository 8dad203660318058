import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { AccountError, toAccountError } from "#aws";

interface Parts {
  readonly name?: string;
  readonly status?: number;
  readonly code?: string;
  readonly [field: string]: unknown;
}

function failure(message: string, { name, status, ...rest }: Parts = {}): Error {
  const metadata = status === undefined ? {} : { $metadata: { httpStatusCode: status } };
  return Object.assign(new Error(message), name === undefined ? {} : { name }, metadata, rest);
}

/** What is said of a failure of lambda:GetFunction: kind and sentence. */
function said(message: string, parts: Parts = {}, action = "lambda:GetFunction") {
  const { kind, message: sentence } = toAccountError(failure(message, parts), action);
  return [kind, sentence];
}

const user = "arn:aws:iam::123456789012:user/me";
const notAuthorized = (rest: string) =>
  `User: ${user} is not authorized to perform: lambda:ListTags on resource: arn:x ${rest}`;
const denied = { name: "AccessDeniedException", status: 403 };

test("a denied call names the missing action, which is that of the message before that of the call", () => {
  const error = toAccountError(
    failure(notAuthorized("because no identity-based policy allows the lambda:ListTags action"), denied),
    "lambda:GetFunction",
  );
  assert.deepEqual(
    [error.kind, error.action, error.message],
    [
      "denied",
      "lambda:ListTags",
      `${user} may not use lambda:ListTags. Add lambda:ListTags to a policy of this identity.`,
    ],
  );
  assert.deepEqual(said("Access denied", { name: "AccessDenied", status: 403 }, "cloudwatch:GetMetricData"), [
    "denied",
    "The caller may not use cloudwatch:GetMetricData. Add cloudwatch:GetMetricData to a policy of this identity.",
  ]);
  assert.deepEqual(said("Forbidden", { name: "ForbiddenException", status: 403 }), [
    "denied",
    "The caller may not use lambda:GetFunction. Add lambda:GetFunction to a policy of this identity.",
  ]);
});

test("a denial from elsewhere than the identity's own policies says whose it is", () => {
  assert.deepEqual(said(notAuthorized("with an explicit deny in a service control policy"), denied), [
    "denied",
    `${user} may not use lambda:ListTags: a service control policy denies it explicitly. No other policy can allow it; ask whoever owns that policy.`,
  ]);
  assert.deepEqual(said(notAuthorized("because no permissions boundary allows the lambda:ListTags action"), denied), [
    "denied",
    `${user} may not use lambda:ListTags: no permissions boundary allows it. Ask whoever owns that policy to allow lambda:ListTags.`,
  ]);
});

test("a refusal because of the floor tells the floor", () => {
  const message =
    "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].";
  const error = toAccountError(
    failure(message, { name: "InvalidParameterValueException", status: 400 }),
    "lambda:PutFunctionConcurrency",
  );
  assert.deepEqual(
    [error.kind, error.floor, error.action, error.message],
    [
      "refused",
      100,
      "lambda:PutFunctionConcurrency",
      "Lambda refused: 100 of the account's concurrency must stay unreserved. Reserve less, lower another function first, or have the account's limit raised.",
    ],
  );
});

test("a floor that cannot be one is a refusal like any other", () => {
  const message = "x below its minimum value of [99999999999999999999].";
  const error = toAccountError(failure(message, { name: "InvalidParameterValueException", status: 400 }), "lambda:X");
  assert.deepEqual([error.kind, error.floor, error.message], ["refused", undefined, `Lambda refused: ${message}`]);
});

test("expired and invalid credentials are told apart", () => {
  const expired = [
    "expired",
    "The credentials have expired. Sign in again where they come from (aws sso login, aws login, new keys), then connect again.",
  ];
  assert.deepEqual(
    said("The security token included in the request is expired", { name: "ExpiredTokenException", status: 403 }),
    expired,
  );
  assert.deepEqual(said("x", { name: "ExpiredToken", status: 400 }), expired);
  assert.deepEqual(
    said("The security token included in the request is invalid.", {
      name: "UnrecognizedClientException",
      status: 403,
    }),
    [
      "expired",
      "AWS does not accept the credentials (UnrecognizedClientException). Check that they are those of this partition, still exist, and that the Region is enabled for the account.",
    ],
  );
  assert.deepEqual(
    said("Signature expired: 20260101T000000Z is now earlier than 20260101T010000Z", {
      name: "InvalidSignatureException",
      status: 403,
    }),
    ["expired", "AWS takes the request for too old or too new. Set this machine's clock, then try again."],
  );
});

test("throttling, server errors and what an endpoint does not offer say what to do", () => {
  assert.deepEqual(said("Rate exceeded", { name: "TooManyRequestsException", status: 429 }), [
    "throttled",
    'Lambda still answers "too many requests" after several attempts. Deployments and other tools use the account\'s request rate too: try again in a minute.',
  ]);
  assert.deepEqual(said("An internal error occurred.", { name: "ServiceException", status: 500 }), [
    "failed",
    "Lambda failed with an error of its own (500 ServiceException). Try again in a few minutes.",
  ]);
  assert.deepEqual(said("x", { name: "UnknownOperationException", status: 404 }), [
    "failed",
    "This endpoint does not offer lambda:GetFunction.",
  ]);
  assert.deepEqual(said("Unexpected token '<'", { name: "SyntaxError", status: 200 }), [
    "failed",
    "What answered is not Lambda. Check the endpoint; a proxy or a sign-in page may have answered instead.",
  ]);
});

test("an answer without a name did not come from AWS", () => {
  assert.deepEqual(said("UnknownError", { name: "Unknown", status: 403 }), [
    "failed",
    "Something on the way to Lambda answered 403 without a reason. Check the proxy and the endpoint, then try again.",
  ]);
  assert.deepEqual(said("", { status: 502 }), [
    "failed",
    "Something on the way to Lambda answered 502 without a reason. Check the proxy and the endpoint, then try again.",
  ]);
  assert.deepEqual(
    said("@aws-sdk XML parse error: unexpected end of input.", { status: 200 }, "sts:GetCallerIdentity"),
    ["failed", "What answered is not STS. Check the endpoint; a proxy or a sign-in page may have answered instead."],
  );
});

test("what Lambda says of a function is passed on with what to do", () => {
  const arn = "arn:aws:lambda:us-east-1:123456789012:function:gone";
  assert.deepEqual(
    said("", { name: "ResourceNotFoundException", status: 404, Message: `Function not found: ${arn}` }),
    ["notFound", `Function not found: ${arn}. It may have been deleted: refresh.`],
  );
  assert.deepEqual(
    said("The operation cannot be performed at this time.", { name: "ResourceConflictException", status: 409 }),
    [
      "refused",
      "The operation cannot be performed at this time. Another change is under way: wait until it is done, then try again.",
    ],
  );
  assert.deepEqual(
    said(" ReservedConcurrentExecutions  1 should not be lower than function's total provisioned concurrency [2].", {
      name: "InvalidParameterValueException",
      status: 400,
    }),
    [
      "refused",
      "Lambda refused: ReservedConcurrentExecutions  1 should not be lower than function's total provisioned concurrency [2].",
    ],
  );
});

test("where no answer came, host and cause are named", () => {
  const offline = (message: string, parts: Parts) => said(message, parts)[1];
  assert.equal(
    offline("getaddrinfo ENOTFOUND lambda.xx.amazonaws.com", {
      code: "ENOTFOUND",
      hostname: "lambda.xx.amazonaws.com",
    }),
    "lambda.xx.amazonaws.com cannot be found. Check the network, the Region, the endpoint and HTTPS_PROXY.",
  );
  const refused = failure("", {
    code: "ECONNREFUSED",
    errors: [failure("x", { code: "ECONNREFUSED", address: "::1", port: 4566 })],
  });
  assert.equal(
    toAccountError(refused).message,
    "Cannot reach ::1:4566. Is it running? Check the endpoint and HTTPS_PROXY.",
  );
  assert.equal(
    offline("socket hang up", { code: "ECONNRESET" }),
    "The connection to AWS was cut before the answer came. Try again; read the state before a change is repeated.",
  );
  assert.equal(
    offline("self-signed certificate", { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }),
    "The certificate of AWS is signed by an authority that is not known here (DEPTH_ZERO_SELF_SIGNED_CERT). Name the file with its certificate in AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS.",
  );
  assert.deepEqual(said("timed out", { name: "TimeoutError" }), [
    "timeout",
    "AWS did not answer in time. Check the network and the proxy, then try again.",
  ]);
  assert.equal(
    offline("x", { status: 407 }),
    "The proxy wants a user name and a password. Put them into HTTPS_PROXY (http://user:password@host:port).",
  );
});

test("an aborted call is cancelled, and an AccountError stays what it is", () => {
  assert.deepEqual(said("Request aborted", { name: "AbortError" }), ["cancelled", "Cancelled."]);
  const error = new AccountError("changed", "Another account.");
  assert.equal(toAccountError(error, "lambda:GetFunction"), error);
});

test("whatever is thrown becomes one sentence", () => {
  for (const thrown of [undefined, null, 7, {}, []])
    assert.deepEqual(
      [toAccountError(thrown).kind, toAccountError(thrown).message],
      ["failed", "The call failed without saying why."],
    );
  assert.equal(toAccountError("a text").message, "a text.");
  const circular: { cause?: unknown } = {};
  circular.cause = circular;
  assert.equal(toAccountError(circular).kind, "failed");
});

test("keys, signatures, passwords and further lines never reach the sentence", () => {
  const message = [
    "Bad Credential=AKIAIOSFODNN7EXAMPLE/20260101, Signature=0123456789abcdef by AKIAIOSFODNN7EXAMPLE via http://me:hunter2@proxy",
    "The Canonical String for this request should have been secret",
  ].join("\n");
  assert.equal(said(message)[1], "Bad Credential=…, Signature=… by … via http://…@proxy.");
  assert.equal(said("x".repeat(10_000))[1]?.length, 401);
});

test("what a credential provider threw is not kept as the cause: it may quote a command line", () => {
  const error = toAccountError(
    failure("Command failed: login --password hunter2", { name: "CredentialsProviderError" }),
  );
  assert.deepEqual(
    [error.kind, error.message],
    ["noCredentials", "No credentials: the program that gives them failed."],
  );
  assert.equal(inspect(error).includes("hunter2"), false);
});
