import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { auditPath } from "#aws";
import { dateTimeText } from "#core";
import { changeLogText } from "#operations";

const time = "2026-11-23T12:00:00.000Z";
const now = new Date("2026-12-01T12:00:00Z");
const clock = dateTimeText(time).slice(-5);
const entry = {
  version: 1,
  time,
  action: "set",
  account: "123456789012",
  alias: "shop",
  region: "us-east-1",
  who: "arn:aws:iam::123456789012:user/ada",
  key: "aws/123456789012/us-east-1",
  id: "one",
  title: "orders to 25",
  function: "orders",
  field: "reserved",
  before: 1000,
  after: null,
  result: "done",
};

async function folderWith(t: TestContext, text?: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "change-log-"));
  t.after(() => rm(folder, { recursive: true }));
  if (text !== undefined) await writeFile(auditPath(folder), text);
  return folder;
}

test("changes are rows, the newest first; what a name holds is never formatting", async (t) => {
  const { title: _, ...kill } = {
    ...entry,
    action: "kill",
    function: "a|b*",
    field: "provisioned:live",
    before: 20,
    after: { x: "`" },
    result: "refused",
    message: "Lambda said no.",
  };
  const folder = await folderWith(t, `${JSON.stringify(entry)}\n${JSON.stringify(kill)}\nnot a line\n`);
  assert.equal(
    await changeLogText(folder, now),
    `# Log of Changes

| time | function | change | result | for |
|---|---|---|---|---|
| 23\u00a0Nov\u00a0${clock} | a\\|b\\* | provisioned concurrency of alias live: 20\u00a0→\u00a0\\{"x":"\\\`"\\} | refused: Lambda said no. | kill, in shop us-east-1 by ada |
| 23\u00a0Nov\u00a0${clock} | orders | reservation: 1,000\u00a0→\u00a0none | done | set: orders to 25, in shop us-east-1 by ada |

1 line of the file cannot be read.
`,
  );
});

test("of a long log the newest are shown, and how many are not", async (t) => {
  const lines = Array.from({ length: 502 }, (_, index) => JSON.stringify({ ...entry, function: `f${index}` }));
  const text = await changeLogText(await folderWith(t, `${lines.join("\n")}\n`), now);
  const rows = text.split("\n").filter((line) => line.includes("orders to 25"));
  assert.deepEqual([rows.length, rows[0]?.includes("| f501 |"), rows.at(-1)?.includes("| f2 |")], [500, true, true]);
  assert.match(text, /\n\n2 older changes are in the file alone\.\n$/);
});

test("of a log larger than is read at once the end is shown", async (t) => {
  const line = JSON.stringify({ ...entry, message: "x".repeat(2000) });
  const text = await changeLogText(await folderWith(t, `${line}\n`.repeat(4200)), now);
  assert.match(text, /\n\nOlder changes are in the file alone\.\n$/);
  assert.doesNotMatch(text, /cannot be read/);
});

test("without a log nothing was changed", async (t) => {
  assert.equal(
    await changeLogText(await folderWith(t), now),
    "# Log of Changes\n\nNothing was changed from this machine yet.\n",
  );
});
