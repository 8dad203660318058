import { groupBy } from "../groupBy.ts";
import { boundsOf } from "../ledger/bounds.ts";
import { copiesOf } from "../ledger/claim.ts";
import type { DeclaredFunction, Place } from "../model.ts";
import { largestFor } from "../pools/largest.ts";
import type { SourceFile } from "../sources.ts";
import { num } from "../wording/words.ts";
import type { Choice, Cursor } from "./completion.ts";
import { distinctChoices } from "./completion.ts";
import type { FeatureContext } from "./context.ts";
import { contains, pathAt } from "./treePath.ts";
import { type Use, usesIn } from "./uses.ts";

const PROPERTY =
  /(?:^|[\s{,-])["']?(ReservedConcurrentExecutions|ProvisionedConcurrentExecutions|MaximumConcurrency)["']?\s*:\s*["']?$/;

/** Lambda API, ScalingConfig of an SQS mapping. */
const LARGEST_MAXIMUM = 1000;

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
  if (property === "ReservedConcurrentExecutions") return distinctChoices(reservations(uses), MAX_CHOICES);
  const most = property === "MaximumConcurrency" ? LARGEST_MAXIMUM : Number.POSITIVE_INFINITY;
  return distinctChoices(
    uses.flatMap((use) => belowReservation(use, most)),
    MAX_CHOICES,
  );
}

function holds(extent: Place, file: SourceFile, offset: number): boolean {
  return extent.uri === file.uri && contains(extent, offset);
}

function reservations(uses: readonly Use[]): readonly Choice[] {
  const granted = uses.flatMap(({ pool, claim: { grant } }) =>
    grant && !grant.off ? [number(grant.reserved, `granted by the budget of ${pool.name} (${grant.pattern})`)] : [],
  );
  const fitting = [...groupBy(uses, ({ pool }) => pool)].flatMap(([pool, same]) => {
    const claims = same.map(({ claim }) => claim);
    const copies = copiesOf(claims);
    const { value, now } = largestFor(pool, claims);
    const fits = boundsOf(value).min;
    const times = copies > 1 ? ` ${num(copies)} times` : "";
    const detail = `the largest that fits${now ? " now" : ""}${times} in ${pool.name}, where ${num(pool.floor)} stay unreserved`;
    return fits > 0 ? [number(fits, detail)] : [];
  });
  return [...granted, ...fitting];
}

/** A Globals value counts once for each function that has none of its own. */
function inGlobals(uses: readonly Use[]): readonly Choice[] {
  return [...groupBy(uses, ({ pool }) => pool)].flatMap(([pool, ofPool]) => {
    const heirs = ofPool.map(({ claim }) => claim).filter((claim) => inherits(claim.function));
    const { value, now } = largestFor(pool, heirs);
    const each = boundsOf(value).min;
    const copies = copiesOf(heirs);
    const detail = `the largest that fits${now ? " now" : ""} in ${pool.name}, where it counts ${num(copies)} ×`;
    return each > 0 ? [number(each, detail)] : [];
  });
}

/** While the value is being typed it may read as absent. */
function inherits({ type, reserved }: DeclaredFunction): boolean {
  return type === "AWS::Serverless::Function" && (reserved.origin === "globals" || reserved.origin === "absent");
}

/** Provisioned concurrency, and what an event source may start, both within the reservation. */
function belowReservation({ claim }: Use, most: number): readonly Choice[] {
  const { logicalId, reserved } = claim.function;
  if (typeof reserved.value !== "number" || reserved.value <= 0) return [];
  if (reserved.value > most) return [number(most, "the largest that Lambda accepts")];
  return [number(reserved.value, `all that ${logicalId} reserves`)];
}

function number(value: number, detail: string): Choice {
  return { label: String(value), text: String(value), kind: "number", detail };
}
