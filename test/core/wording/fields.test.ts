import assert from "node:assert/strict";
import { test } from "node:test";
import { type FunctionDetails, killConsequences, type LiveMapping } from "#core";
import { fieldText, mappingName, mappingsByName } from "#core/wording/fields.ts";

const uuid = "0c5c9e0e-24a4-4a4a-9d3a-3a1d5f6c7b8a";
const cluster: LiveMapping = {
  uuid: "m-1",
  source: `arn:aws:kafka:us-east-1:123456789012:cluster/log/${uuid}-1`,
  kind: "kafka",
  state: "Enabled",
  enabled: true,
};

test("a field is said in words, a mapping by what it reads from where that is known", () => {
  const table: readonly (readonly [string, string])[] = [
    ["reserved", "reservation"],
    ["provisioned:live", "provisioned concurrency of alias live"],
    ["target:live", "auto scaling of alias live"],
    ["tags", "record in its tags"],
    ["mapping:m-1", "Kafka cluster log"],
    ["mapping:x", "event source mapping x"],
  ];
  for (const [field, text] of table) assert.equal(fieldText(field, [cluster]), text, field);
  assert.equal(mappingName({ kind: "other", source: "" }), "Event source");
});

test("the preview of a kill names an event source as its steps do", () => {
  const details: FunctionDetails = {
    readAt: "2026-11-23T12:00:00.000Z",
    provisioned: [],
    targets: [],
    mappings: [cluster],
    problems: [],
  };
  for (const disabled of [new Set<string>(), new Set(["m-1"])]) {
    const { message } =
      killConsequences({ details, killedTo: 0, disabled }).find(({ kind }) => kind === "poller") ?? {};
    assert.match(message ?? "", /^Kafka cluster log: polling /);
  }
});

test("mappings come from the preview of a kill as from that of a restore", () => {
  const fresh = { details: { mappings: [cluster] } };
  const found = mappingsByName([{ name: "a", mappings: [cluster] }, { name: "b", fresh }, { name: "c" }]);
  assert.deepEqual(
    [...found],
    [
      ["a", [cluster]],
      ["b", [cluster]],
      ["c", []],
    ],
  );
});
