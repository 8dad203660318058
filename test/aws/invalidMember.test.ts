import assert from "node:assert/strict";
import { test } from "node:test";
import { invalidMember } from "#aws/invalidMember.ts";

const time = new Date(0);

for (const [answer, nonsense] of [
  [{ AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 0 } }, undefined],
  [{ AccountUsage: { FunctionCount: -1 } }, "FunctionCount is -1"],
  [{ ReservedConcurrentExecutions: null }, undefined],
  [{ Concurrency: { ReservedConcurrentExecutions: 2 ** 31 - 1 } }, undefined],
  [{ Concurrency: { ReservedConcurrentExecutions: 2 ** 31 } }, "ReservedConcurrentExecutions is 2147483648"],
  [{ Concurrency: { ReservedConcurrentExecutions: Number.NaN } }, "ReservedConcurrentExecutions is NaN"],
  [{ Concurrency: { ReservedConcurrentExecutions: true } }, "ReservedConcurrentExecutions is true"],
  [{ Concurrency: { ReservedConcurrentExecutions: {} } }, "ReservedConcurrentExecutions is something else"],
  [{ Concurrency: [] }, "Concurrency is a list of something else"],
  [
    { ProvisionedConcurrencyConfigs: [{ AllocatedProvisionedConcurrentExecutions: 0.5 }] },
    "AllocatedProvisionedConcurrentExecutions is 0.5",
  ],
  [{ ScalableTargets: [{ MinCapacity: 1, MaxCapacity: "2" }] }, 'MaxCapacity is the text "2"'],
  [
    { ScalableTargets: [{ SuspendedState: { DynamicScalingInSuspended: "false" } }] },
    'DynamicScalingInSuspended is the text "false"',
  ],
  [{ EventSourceMappings: [{ ScalingConfig: { MaximumConcurrency: -2 } }] }, "MaximumConcurrency is -2"],
  [{ EventSourceMappings: [{ UUID: 7 }] }, "UUID is 7"],
  [{ EventSourceMappings: [undefined] }, "a list holds null"],
  [{ NextMarker: 5 }, "NextMarker is 5"],
  [{ FunctionName: "\u001b[31m".repeat(20), Runtime: ["\u001b[31m"] }, "Runtime is a list of something else"],
  [{ MemorySize: "\u001b[31mred" }, 'MemorySize is the text "\\u001b[31mred"'],
  [{ MetricDataResults: [{ Timestamps: [time], Values: [0.5] }] }, undefined],
  [{ MetricDataResults: [{ Timestamps: [time], Values: [-1] }] }, "Values is a list of something else"],
  [{ MetricDataResults: [{ Values: [Number.POSITIVE_INFINITY] }] }, "Values is a list of something else"],
  [{ MetricDataResults: [{ Timestamps: [new Date(Number.NaN)] }] }, "Timestamps is a list of something else"],
  [{ Tags: { team: 5 } }, "Tags is something else"],
  [{ ResourceTagMappingList: [{ Tags: [{ Key: "team", Value: 5 }] }] }, "Value is 5"],
  // Names that somebody gave mean nothing.
  [{ Tags: { Timeout: "soon", MinCapacity: "-1", Functions: "many" } }, undefined],
  [{ Configuration: { Timeout: 3, Environment: { Variables: { Timeout: "3 s", Tags: "a" } } } }, undefined],
] as const) {
  test(`${JSON.stringify(answer)} ${nonsense === undefined ? "makes sense" : "makes none"}`, () => {
    assert.equal(invalidMember(answer), nonsense);
  });
}
