import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeKillTags, encodeKillTags, killTagPrefix } from "#aws";
import { roomForTags } from "#aws/record/killTags.ts";
import { killRecords } from "../kill/arbitraries.ts";

const key = (number: number) => `${killTagPrefix}${number}`;
const keys = /^lambda-concurrency:kill:[1-9]\d?$/;
const allowed = /^[\w.:/=+\-@ ]{1,256}$/;

test("a record comes back from its tags as it was, in whatever order they come and whatever is beside them", () => {
  fc.assert(
    fc.property(killRecords, fc.infiniteStream(fc.nat()), (record, random) => {
      const tags = encodeKillTags(record, 50);
      assert.ok(tags);
      const shuffled = Object.entries({ ...tags, team: "shop", [key(49)]: "left over", "aws:x": "1" })
        .map((pair) => ({ pair, rank: random.next().value }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ pair }) => pair);
      assert.deepEqual(decodeKillTags(Object.fromEntries(shuffled), record.arn), { kind: "record", record });
    }),
  );
});

test("keys and values are what AWS accepts, and no more of them than there is room", () => {
  fc.assert(
    fc.property(killRecords, fc.nat({ max: 50 }), (record, room) => {
      const tags = encodeKillTags(record, room) ?? {};
      assert.ok(Object.keys(tags).length <= room);
      for (const [name, value] of Object.entries(tags)) {
        assert.match(name, keys);
        assert.match(value, allowed);
      }
    }),
  );
});

test("a reason for which there is no room is left out, and everything else is kept", () => {
  fc.assert(
    fc.property(killRecords, (record) => {
      const short = encodeKillTags({ ...record, reason: "" }, 50);
      assert.ok(short);
      const long = { ...record, reason: "x".repeat(900) };
      const tags = encodeKillTags(long, Object.keys(short).length);
      assert.ok(tags);
      assert.deepEqual(decodeKillTags(tags, record.arn), { kind: "record", record: { ...record, reason: "" } });
      assert.equal(encodeKillTags(long, Object.keys(short).length - 1), undefined);
    }),
  );
});

test("tags that lost a part or a character are damaged, never another record", () => {
  fc.assert(
    fc.property(killRecords, fc.nat(), fc.nat(), fc.constantFrom("drop", "cut", "change"), (record, part, at, how) => {
      const tags = { ...encodeKillTags(record, 50) };
      const names = Object.keys(tags);
      const name = names[part % names.length] ?? "";
      const value = tags[name] ?? "";
      const place = at % value.length;
      if (how === "drop") delete tags[name];
      else if (how === "cut") tags[name] = value.slice(0, place);
      else tags[name] = `${value.slice(0, place)}${value[place] === "A" ? "B" : "A"}${value.slice(place + 1)}`;
      const { kind } = decodeKillTags(tags, record.arn);
      assert.equal(kind, names.length === 1 && how === "drop" ? "none" : "damaged");
    }),
  );
});

test("it is said what is wrong with tags", () => {
  const record = fc.sample(killRecords, { numRuns: 1, seed: 7 })[0];
  assert.ok(record);
  const tags = encodeKillTags({ ...record, reason: "x".repeat(400) }, 50);
  assert.ok(tags);
  const why = (changes: Readonly<Record<string, string | undefined>>, arn = record.arn) => {
    const changed = Object.entries({ ...tags, ...changes }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    );
    const found = decodeKillTags(Object.fromEntries(changed), arn);
    return found.kind === "damaged" ? found.message.split("cannot be read: ")[1] : found.kind;
  };
  assert.equal(why({ [key(1)]: undefined }), "part 1 is missing.");
  assert.equal(why({ [key(2)]: undefined }), "part 2 is missing or cut.");
  assert.equal(why({ [key(1)]: "hello" }), "part 1 does not begin as it should.");
  assert.equal(
    why({ [key(1)]: (tags[key(1)] ?? "").replace(/^1/, "2") }),
    "they have version 2; this program knows version 1, so update it.",
  );
  assert.equal(why({ [key(2)]: (tags[key(2)] ?? "").replace(/./, "_") }), "their checksum is wrong.");
  assert.equal(
    why({}, "arn:aws:lambda:eu-central-1:123456789012:function:copy"),
    `they are a copy of those of ${record.arn}.`,
  );
  assert.deepEqual(decodeKillTags({ team: "shop" }, record.arn), { kind: "none" });
});

test("decoding never throws, whatever stands in the tags", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(key(1), key(2), "team"), fc.string()), (tags) => {
      assert.ok(["none", "damaged"].includes(decodeKillTags(tags, "arn:aws:lambda:x:1:function:f").kind));
    }),
  );
});

test("tags of AWS and of an earlier kill leave their room", () => {
  assert.equal(roomForTags({}), 50);
  assert.equal(roomForTags({ team: "shop", "aws:cloudformation:stack-name": "s", [key(1)]: "a" }), 49);
  assert.equal(roomForTags(Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`t${index}`, ""]))), 0);
});
