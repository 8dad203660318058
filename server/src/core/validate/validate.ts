import type { AnalysisOptions, Pool } from "../analysis.ts";
import type { Finding } from "../model.ts";
import type { Sources } from "../sources.ts";
import { budgetInvalid, notInBudget, overBudget, stackNotFound } from "./budget.ts";
import { budgetUnused } from "./budgetUnused.ts";
import { casesCut, casesRefused } from "./caseLimits.ts";
import { downstreamsUnchecked } from "./downstreams.ts";
import { type Draft, toFindings } from "./draft.ts";
import { globalsMultiply } from "./globals.ts";
import { liveDrift } from "./liveDrift.ts";
import { leftOver } from "./liveLeftOver.ts";
import { liveLimitDiffers } from "./liveLimit.ts";
import { liveOvercommitted } from "./liveOvercommitted.ts";
import { maxConcurrencyAboveReserved } from "./maxConcurrency.ts";
import { overInCases } from "./overInCases.ts";
import { cushionBroken, poolOvercommitted } from "./pool.ts";
import { poolDepends } from "./poolDepends.ts";
import { provisionedAgainstReserved } from "./provisioned.ts";
import { refusals } from "./refusals.ts";
import { reservedZero } from "./reservedZero.ts";
import { scalingAboveReserved } from "./scaling.ts";
import { type Scene, setScene } from "./scene.ts";
import { suppress } from "./suppress.ts";
import { typedKeys } from "./typedKeys.ts";
import { templateUnknown } from "./unknown.ts";

/** Every generator of findings; the order does not matter. */
const generators: readonly ((scene: Scene) => Iterable<Draft>)[] = [
  poolOvercommitted,
  overInCases,
  casesCut,
  casesRefused,
  cushionBroken,
  overBudget,
  notInBudget,
  budgetUnused,
  downstreamsUnchecked,
  budgetInvalid,
  stackNotFound,
  reservedZero,
  globalsMultiply,
  provisionedAgainstReserved,
  refusals,
  maxConcurrencyAboveReserved,
  scalingAboveReserved,
  typedKeys,
  poolDepends,
  templateUnknown,
  liveOvercommitted,
  liveLimitDiffers,
  liveDrift,
  leftOver,
];

/**
 * Everything there is to say about the pools, sorted by file and offset. Suppressed findings are included and marked; those of
 * rules that `options.levels` turns off are not.
 * @param strangers what all files, also those of other pools, leave out of the accounts
 */
export function validate(
  pools: readonly Pool[],
  sources: Sources,
  options: AnalysisOptions,
  strangers: Scene["strangers"],
): Finding[] {
  const scene = setScene(pools, sources, strangers);
  const findings = toFindings(
    generators.flatMap((generate) => [...generate(scene)]),
    scene,
    options,
  );
  return suppress(findings, scene, sources, options).filter(({ rule }) => options.levels?.[rule] !== "off");
}
