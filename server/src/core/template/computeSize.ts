import { judgeCount } from "../intrinsics/count.ts";
import { type Evaluated, mapOutcomes, scalar } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { Architecture, ComputeSize, Unknown } from "../model.ts";
import { isRefused } from "../refused.ts";
import { type Properties, propertyValue } from "./property.ts";

/** What a function has whose template says nothing. https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const defaultMemory = 128;
const defaultArchitecture: Architecture = "x86_64";

const known: readonly string[] = ["x86_64", "arm64"] satisfies readonly Architecture[];

/** Memory and architecture as the template says, `Globals` merged in. What AWS refuses is unknown here: it is no other rule's finding. */
export function computeSizeOf(evaluator: Evaluator, properties: Properties): ComputeSize {
  const hidden = properties.hidden();
  if (hidden) return { memory: hidden, architectures: known as readonly Architecture[] };
  const memory = propertyValue(evaluator, properties.get("MemorySize"));
  return {
    memory: memoryOf(
      mapOutcomes(memory, (value) => (value.kind === "nothing" ? scalar(String(defaultMemory)) : value)),
    ),
    architectures: architecturesOf(propertyValue(evaluator, properties.get("Architectures"))),
  };
}

function memoryOf(value: Evaluated): number | Unknown {
  const { value: count, refused } = judgeCount(value, 1);
  if (refused !== undefined) return { unknown: `MemorySize is not what AWS takes: ${refused}` };
  if (count === null || isRefused(count)) return { unknown: "MemorySize is not what AWS takes" };
  return count;
}

function architecturesOf(value: Evaluated): readonly Architecture[] {
  const found = new Set(namesIn(value));
  return known.filter((name): name is Architecture => found.has(name));
}

function namesIn(value: Evaluated): readonly string[] {
  switch (value.kind) {
    case "nothing":
      return [defaultArchitecture];
    case "scalar":
      return known.includes(value.text) ? [value.text] : known;
    case "list":
      return value.items.length === 0 ? [defaultArchitecture] : value.items.flatMap((item) => namesIn(item));
    case "mapping":
      return known;
    case "undecided":
      return value.alternatives?.flatMap((one) => namesIn(one)) ?? known;
  }
}
