import assert from "node:assert/strict";
import { test } from "node:test";
import { UsageError } from "#cli/exitCodes.ts";
import { parseOptions } from "#cli/options.ts";

const specs = {
  limit: { value: "N", wholeNumberFrom: 1, help: "" },
  floor: { value: "N", wholeNumberFrom: 0, help: "" },
  parameter: { value: "KEY=VALUE", multiple: true, help: "" },
  format: { value: "FORMAT", choices: ["text", "json", "sarif"], help: "" },
  together: { help: "" },
  live: { hidden: true, help: "" },
};

const refused: readonly (readonly [args: readonly string[], message: string])[] = [
  [["--limti", "5"], "Unknown option --limti. Did you mean --limit?"],
  [["--para", "A=B"], "Unknown option --para. Did you mean --parameter?"],
  [["--halp"], "Unknown option --halp. Did you mean --help?"],
  [["--something"], "Unknown option --something. --help lists the options."],
  [["-x"], "Unknown option -x. --help lists the options."],
  [["--lives"], "Unknown option --lives. --help lists the options."],
  [["--together=yes"], "--together takes no value."],
  [["--limit"], "--limit needs a value: --limit N."],
  [["--limit="], "--limit needs a value: --limit N."],
  [["--limit", "0"], '--limit takes a whole number from 1 to 1000000000, not "0".'],
  [["--limit", "-5"], '--limit takes a whole number from 1 to 1000000000, not "-5".'],
  [["--limit", "1.5"], '--limit takes a whole number from 1 to 1000000000, not "1.5".'],
  [["--limit", "1e3"], '--limit takes a whole number from 1 to 1000000000, not "1e3".'],
  [["--limit", "0x10"], '--limit takes a whole number from 1 to 1000000000, not "0x10".'],
  [
    ["--limit", "99999999999999999999"],
    '--limit takes a whole number from 1 to 1000000000, not "99999999999999999999".',
  ],
  [["--floor", "many"], '--floor takes a whole number from 0 to 1000000000, not "many".'],
  [["--limit", "5", "--limit", "6"], "--limit is given 2 times; give it once."],
  [["--format", "jsn"], '--format takes text, json or sarif, not "jsn". Did you mean json?'],
  [["--format", "--together"], '--format takes text, json or sarif, not "--together".'],
];

for (const [args, message] of refused) {
  test(`refuses ${args.join(" ")}`, () => {
    assert.throws(() => parseOptions(args, specs), new UsageError(message));
  });
}

test("reads values, switches, lists and positionals in any order", () => {
  const options = parseOptions(
    ["a.yaml", "--limit=50", "--together", "--parameter", "A=1", "--parameter=B=2", "b.yaml"],
    specs,
  );
  assert.deepEqual(options.positionals, ["a.yaml", "b.yaml"]);
  assert.equal(options.number("limit"), 50);
  assert.equal(options.number("floor"), undefined);
  assert.equal(options.has("together"), true);
  assert.equal(options.has("live"), false);
  assert.deepEqual(options.list("parameter"), ["A=1", "B=2"]);
});

test("takes what stands behind -- as paths", () => {
  assert.deepEqual(parseOptions(["--", "--limit"], specs).positionals, ["--limit"]);
});

test("accepts a floor of 0", () => {
  assert.equal(parseOptions(["--floor", "0"], specs).number("floor"), 0);
});
