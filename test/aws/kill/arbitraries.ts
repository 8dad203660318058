import fc from "fast-check";
import type { KillRecord } from "#core";

const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const time = fc
  .date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString());
const flag = fc.boolean();

/** Records as kills write them. */
export const killRecords: fc.Arbitrary<KillRecord> = fc
  .record({
    id: fc.stringMatching(/^[A-Za-z0-9_-]{16}$/),
    name,
    user: name,
    reason: fc.string({ unit: "grapheme", maxLength: 300 }),
    at: time,
    until: fc.option(time, { nil: undefined }),
    killedTo: fc.constantFrom(0 as const, 1 as const),
    before: fc.record({
      reserved: fc.option(fc.nat({ max: 100_000 }), { nil: null }),
      provisioned: fc.array(fc.record({ qualifier: name, requested: fc.nat({ max: 5000 }) }), { maxLength: 4 }),
      targets: fc.array(
        fc.record({
          qualifier: name,
          minimum: fc.nat({ max: 100 }),
          maximum: fc.nat({ max: 1000 }),
          suspended: fc.record({ in: flag, out: flag, scheduled: flag }),
        }),
        { maxLength: 3 },
      ),
      mappings: fc.array(
        fc.record({ uuid: fc.uuid(), maximumConcurrency: fc.nat({ max: 1000 }) }, { requiredKeys: ["uuid"] }),
        { maxLength: 5 },
      ),
    }),
  })
  .map((made) => structuredClone(made))
  .map(({ name: own, user, until, ...rest }) => ({
    version: 1 as const,
    account: "123456789012",
    region: "eu-central-1",
    partition: "aws",
    name: own,
    arn: `arn:aws:lambda:eu-central-1:123456789012:function:${own}`,
    who: `arn:aws:sts::123456789012:assumed-role/${user}`,
    ...(until === undefined ? {} : { until }),
    ...rest,
  }));
