import type { Place } from "../model.ts";
import type { SourceFile } from "../sources.ts";
import { num } from "../validate/words.ts";
import type { Choice, Cursor } from "./completion.ts";
import { distinctChoices } from "./completion.ts";
import type { FeatureContext } from "./context.ts";
import { headroomOfUse } from "./headroom.ts";
import { isUnknown } from "./text.ts";
import { contains } from "./treePath.ts";
import { type Use, usesIn } from "./uses.ts";

const PROPERTY =
  /(?:^|[\s{,-])["']?(ReservedConcurrentExecutions|ProvisionedConcurrentExecutions|MaximumConcurrency)["']?\s*:\s*$/;

/** More numbers than this help nobody. */
const MAX_CHOICES = 20;

/** Numbers that fit behind a concurrency property; nothing anywhere else. */
export function completeTemplate(context: FeatureContext, file: SourceFile, cursor: Cursor): readonly Choice[] {
  const property = PROPERTY.exec(cursor.before)?.[1];
  if (!property) return [];
  const at = cursor.word.start - 1;
  const uses = usesIn(context.analysis, file.uri).filter(({ claim }) => holds(claim.function.extent, file, at));
  const choices =
    property === "ReservedConcurrentExecutions" ? uses.flatMap(reservations) : uses.flatMap(belowReservation);
  return distinctChoices(choices, MAX_CHOICES);
}

function holds(extent: Place, file: SourceFile, offset: number): boolean {
  return extent.uri === file.uri && contains(extent, offset);
}

function reservations(use: Use): readonly Choice[] {
  const { pool, claim } = use;
  const choices: Choice[] = [];
  if (claim.grant && !claim.grant.off) {
    choices.push(number(claim.grant.reserved, `granted by the budget of ${pool.name} (${claim.grant.pattern})`));
  }
  const headroom = headroomOfUse(use);
  const fits = isUnknown(headroom) ? headroom.min : headroom;
  if (fits)
    choices.push(number(fits, `the largest that fits in ${pool.name}, where ${num(pool.floor)} stay unreserved`));
  return choices;
}

/** Provisioned concurrency, and what an event source may start, both within the reservation. */
function belowReservation({ claim }: Use): readonly Choice[] {
  const reserved = claim.function.reserved.value;
  return typeof reserved === "number" && reserved > 0
    ? [number(reserved, `all that ${claim.function.logicalId} reserves`)]
    : [];
}

function number(value: number, detail: string): Choice {
  return { label: String(value), text: String(value), kind: "number", detail };
}
