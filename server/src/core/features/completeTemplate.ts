import type { DeclaredFunction, Place } from "../model.ts";
import type { SourceFile } from "../sources.ts";
import { num } from "../validate/words.ts";
import type { Choice, Cursor } from "./completion.ts";
import { distinctChoices } from "./completion.ts";
import type { FeatureContext } from "./context.ts";
import { groupBy } from "./groupBy.ts";
import { headroomForEach, headroomOfUse, worstCase } from "./headroom.ts";
import { contains, pathAt } from "./treePath.ts";
import { type Use, usesIn } from "./uses.ts";

const PROPERTY =
  /(?:^|[\s{,-])["']?(ReservedConcurrentExecutions|ProvisionedConcurrentExecutions|MaximumConcurrency)["']?\s*:\s*["']?$/;

/** More numbers than this help nobody. */
const MAX_CHOICES = 20;

/** Numbers that fit behind a concurrency property; nothing anywhere else. */
export function completeTemplate(context: FeatureContext, file: SourceFile, cursor: Cursor): readonly Choice[] {
  const property = PROPERTY.exec(cursor.before)?.[1];
  if (!property) return [];
  const at = cursor.word.start - 1;
  const all = usesIn(context.analysis, file.uri);
  if (pathAt(file.tree, at)?.keys[0] === "Globals") {
    return property === "ReservedConcurrentExecutions" ? distinctChoices(inGlobals(all), MAX_CHOICES) : [];
  }
  const uses = all.filter(({ claim }) => holds(claim.function.extent, file, at));
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
  const fits = worstCase(headroomOfUse(use));
  if (fits)
    choices.push(number(fits, `the largest that fits in ${pool.name}, where ${num(pool.floor)} stay unreserved`));
  return choices;
}

/** A Globals value counts once for each function that has none of its own. */
function inGlobals(uses: readonly Use[]): readonly Choice[] {
  return [...groupBy(uses, ({ pool }) => pool)].flatMap(([pool, ofPool]) => {
    const heirs = ofPool.map(({ claim }) => claim).filter((claim) => inherits(claim.function));
    const each = headroomForEach(pool, heirs);
    const copies = heirs.reduce((total, { instances }) => total + instances, 0);
    const detail = `the largest that fits in ${pool.name}, where it counts ${num(copies)} ×`;
    return each > 0 ? [number(each, detail)] : [];
  });
}

/** While the value is being typed it may read as absent. */
function inherits({ type, reserved }: DeclaredFunction): boolean {
  return type === "AWS::Serverless::Function" && (reserved.origin === "globals" || reserved.origin === "absent");
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
