import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type Fate, faultProxy } from "../aws/apply/faultProxy.ts";
import { connected } from "./demoAccount.ts";
import { runInProcess } from "./inProcess.ts";

const account = {
  functions: [{ name: "plain", reserved: 100, versions: 1, provisioned: { 1: 10 } }, { name: "none" }],
};

const calls = {
  settings: /account-settings/,
  list: /GET \/2015-03-31\/functions\/?(\?|$)/,
  function: /GET \/2015-03-31\/functions\/plain$/,
  concurrency: /GET \/2019-09-30\/functions\/none\/concurrency/,
  provisioned: /provisioned-concurrency\?/,
};

/** The command line with an account of which some calls are answered as `lie` says. */
async function lied(t: TestContext, which: RegExp, lie: Fate, command: string) {
  const { env, demo } = await connected(t, { account });
  const proxy = await faultProxy(t, demo.url);
  proxy.decide = ({ call }) => (which.test(call) ? lie : "pass");
  const { code, stdout, stderr } = await runInProcess(command.split(" "), {
    env: { ...env, AWS_ENDPOINT_URL: proxy.url },
  });
  const reserved = demo.account.region("us-east-1").state.functions.map((subject) => subject.reserved);
  return { code, stdout, said: stderr.replaceAll("lambda-concurrency: ", ""), reserved, calls: proxy.calls };
}

/** Answers with this text. */
const text =
  (body: string): Fate =>
  (answer) =>
    void answer.writeHead(200, { "content-type": "application/json" }).end(body);
/** Answers with what the account said, changed. */
const changed =
  (from: string | RegExp, to: string): Extract<Fate, (...given: never[]) => void> =>
  (answer, body) => {
    answer.writeHead(200, { "content-type": "application/json" }).end(body.toString().replace(from, to));
  };
const settings = (limit: string, unreserved: string): Fate =>
  text(`{"AccountLimit":{"ConcurrentExecutions":${limit},"UnreservedConcurrentExecutions":${unreserved}}}`);

const invalidAnswer = (operation: string, what: string) =>
  `Lambda answered ${operation} with what makes no sense: ${what}. Check the endpoint and the proxy.\n`;
const notLambda =
  "What answered is not Lambda. Check the endpoint; a proxy or a sign-in page may have answered instead.\n";
const incomplete = (what: string) => `${what}, so the list is not complete. Read again later.\n`;

for (const [what, which, lie, said] of [
  [
    "a negative limit",
    calls.settings,
    settings("-5", "-100"),
    invalidAnswer("GetAccountSettings", "ConcurrentExecutions is -5"),
  ],
  [
    "a limit without end",
    calls.settings,
    settings("1e999", "1"),
    invalidAnswer("GetAccountSettings", "ConcurrentExecutions is Infinity"),
  ],
  [
    "a limit above 31 bits",
    calls.settings,
    settings("2147483648", "1"),
    invalidAnswer("GetAccountSettings", "ConcurrentExecutions is 2147483648"),
  ],
  [
    "a text as a limit",
    calls.settings,
    settings('"1000"', "900"),
    invalidAnswer("GetAccountSettings", 'ConcurrentExecutions is the text "1000"'),
  ],
  [
    "half an execution",
    calls.settings,
    settings("1000", "900.25"),
    invalidAnswer("GetAccountSettings", "UnreservedConcurrentExecutions is 900.25"),
  ],
  [
    "more unreserved than there is",
    calls.settings,
    settings("1000", "5000"),
    invalidAnswer("GetAccountSettings", "5000 of 1000 are unreserved"),
  ],
  ["null", calls.settings, text("null"), notLambda],
  [
    "a redirect",
    calls.settings,
    ((answer) => void answer.writeHead(302, { location: "http://127.0.0.1:9/" }).end()) as Fate,
    "Lambda answered with a redirect (302), which no AWS service does and which is not followed. Check the endpoint and the proxy.\n",
  ],
  ["no list", calls.list, text("{}"), incomplete("lambda:ListFunctions answered without a list")],
  [
    "an empty list where 2 are counted",
    calls.list,
    text('{"Functions":[]}'),
    incomplete("Lambda counts 2 functions, but ListFunctions gives none"),
  ],
  [
    "a text as a list",
    calls.list,
    text('{"Functions":"plain"}'),
    invalidAnswer("ListFunctions", 'Functions is the text "plain"'),
  ],
  ["a list of nothing", calls.list, text('{"Functions":[null]}'), invalidAnswer("ListFunctions", "a list holds null")],
  [
    "a function without a name",
    calls.list,
    text('{"Functions":[{}]}'),
    invalidAnswer("ListFunctions", "it has no FunctionName"),
  ],
  [
    "a name that is a path",
    calls.list,
    changed(/plain/g, ".."),
    invalidAnswer("ListFunctions", "its FunctionArn is none"),
  ],
  [
    "two names of one function",
    calls.list,
    changed("function:plain", "function:none"),
    invalidAnswer("ListFunctions", "it is about the function none, not about the one it names"),
  ],
  [
    "a function of another Region",
    calls.function,
    changed(/us-east-1/g, "eu-west-1"),
    invalidAnswer("GetFunction", "it is about a function in eu-west-1, not in us-east-1"),
  ],
  [
    "another function",
    calls.function,
    changed(/function:plain/g, "function:none"),
    invalidAnswer("GetFunction", "it is about the function none, not about plain"),
  ],
  ["no function", calls.function, text("{}"), invalidAnswer("GetFunction", "it has no FunctionArn")],
  [
    "a negative reservation",
    calls.function,
    changed(":100}", ":-7}"),
    invalidAnswer("GetFunction", "ReservedConcurrentExecutions is -7"),
  ],
  [
    "a text as a reservation",
    calls.function,
    changed(":100}", ':"100"}'),
    invalidAnswer("GetFunction", 'ReservedConcurrentExecutions is the text "100"'),
  ],
  [
    "a reservation in no structure",
    calls.function,
    changed(/"Concurrency":\{.*?\}/, '"Concurrency":60'),
    invalidAnswer("GetFunction", "Concurrency is 60"),
  ],
] as const) {
  test(`account says what is wrong with ${what}, and exits 3`, async (t) => {
    const { code, said: actual } = await lied(t, which, lie, "account");
    assert.deepEqual([code, actual], [3, said]);
  });
}

test("account ends when a list gives the same functions under ever new markers", async (t) => {
  const { env, demo } = await connected(t, { account });
  const proxy = await faultProxy(t, demo.url);
  const asks = () => proxy.calls.filter((call) => calls.list.test(call)).length;
  proxy.decide = ({ call }) => (calls.list.test(call) ? changed(/\}$/, `,"NextMarker":"${asks()}"}`) : "pass");
  const { code, stderr } = await runInProcess(["account"], { env: { ...env, AWS_ENDPOINT_URL: proxy.url } });
  const said = incomplete("lambda:ListFunctions gave 3 pages in a row with nothing new");
  assert.deepEqual([code, stderr, asks()], [3, `lambda-concurrency: ${said}`, 4]);
});

test("a change is refused where the account answers for another function", async (t) => {
  const lie = changed(/function:plain/g, "function:none");
  for (const command of ["kill plain --reason fire --yes", "set plain 200 --yes"]) {
    const { code, stdout, said, reserved } = await lied(t, calls.function, lie, command);
    assert.equal(code, 3);
    assert.match(stdout + said, /Lambda answered GetFunction with what makes no sense: it is about the function none/);
    assert.deepEqual(reserved, [100, null]);
  }
});

test("an answer that is no object is not taken for one without a reservation", async (t) => {
  for (const answer of ["[]", '"60"', "60", "null", ""]) {
    const { code, stdout, reserved } = await lied(t, calls.concurrency, text(answer), "kill none --reason fire --yes");
    assert.deepEqual([code, stdout.includes(notLambda), reserved], [3, true, [100, null]], answer);
  }
});

test("a change is refused where the numbers of the account make no sense", async (t) => {
  const { code, said, reserved } = await lied(t, calls.settings, settings("1000", "5000"), "set plain 300 --yes");
  assert.deepEqual([code, said], [3, invalidAnswer("GetAccountSettings", "5000 of 1000 are unreserved")]);
  assert.deepEqual(reserved, [100, null]);
});

test("a preview says that provisioned concurrency could not be read to its end, and exits 3", async (t) => {
  let count = 0;
  const lie: Fate = (answer, body) => changed(/\}$/, `,"NextMarker":"${count++}"}`)(answer, body);
  const { code, stdout } = await lied(t, calls.provisioned, lie, "kill plain --reason fire --dry-run");
  const said = incomplete("lambda:ListProvisionedConcurrencyConfigs gave 3 pages in a row with nothing new");
  assert.deepEqual([code, stdout.includes(said), count], [3, true, 4]);
});

test("variables and tags may have the names of numbers", async (t) => {
  const named = { Timeout: "soon", MemorySize: "-1", ReservedConcurrentExecutions: "all", Functions: "many" };
  const { env } = await connected(t, { account: { functions: [{ name: "a", environment: named, tags: named }] } });
  const { code, stderr } = await runInProcess(["account"], { env });
  assert.deepEqual([code, stderr], [0, ""]);
});
