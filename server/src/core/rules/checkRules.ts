import type { AnalysisOptions, Pool } from "../analysis.ts";
import type { Finding } from "../model.ts";
import type { Sources } from "../sources.ts";
import { budgetInvalid } from "./budgetInvalid.ts";
import { budgetUnused } from "./budgetUnused.ts";
import { casesCut, casesRefused } from "./caseLimits.ts";
import { costAboveBudget } from "./costAboveBudget.ts";
import { cushionBroken } from "./cushionBroken.ts";
import { downstreamsUnchecked } from "./downstreamsNotChecked.ts";
import { type FindingDraft, toFindings } from "./findingDraft.ts";
import { globalsMultiply } from "./globalsMultiply.ts";
import { liveDrift } from "./liveDrift.ts";
import { leftOver } from "./liveLeftOver.ts";
import { liveLimitDiffers } from "./liveLimitDiffers.ts";
import { liveOvercommitted } from "./liveOvercommitted.ts";
import { mapFanoutAboveReserved } from "./mapFanoutAboveReserved.ts";
import { maxConcurrencyAboveReserved } from "./maxConcurrencyAboveReserved.ts";
import { notInBudget } from "./notInBudget.ts";
import { overBudget } from "./overBudget.ts";
import { overInCases } from "./overInCases.ts";
import { poolDepends } from "./poolDepends.ts";
import { poolOvercommitted } from "./poolOvercommitted.ts";
import { provisionedAgainstReserved } from "./provisionedAboveReserved.ts";
import { provisionedOnVersion } from "./provisionedOnVersion.ts";
import { refusals } from "./refusals.ts";
import { reservedZero } from "./reservedZero.ts";
import { createRuleContext, type RuleContext } from "./ruleContext.ts";
import { scalingAboveReserved } from "./scalingAboveReserved.ts";
import { sourceCanFillPool } from "./sourceCanFillPool.ts";
import { sqsThrottleToDlq } from "./sqsThrottleToDlq.ts";
import { stackNotFound } from "./stackNotFound.ts";
import { streamFanoutAboveReserved } from "./streamFanoutAboveReserved.ts";
import { suppress } from "./suppress.ts";
import { templateUnknown } from "./valueUnknown.ts";
import { typedKeys } from "./yamlKeyTyped.ts";

/** Every generator of findings; the order does not matter. */
const generators: readonly ((context: RuleContext) => Iterable<FindingDraft>)[] = [
  poolOvercommitted,
  overInCases,
  casesCut,
  casesRefused,
  cushionBroken,
  costAboveBudget,
  overBudget,
  notInBudget,
  budgetUnused,
  downstreamsUnchecked,
  budgetInvalid,
  stackNotFound,
  reservedZero,
  globalsMultiply,
  provisionedAgainstReserved,
  provisionedOnVersion,
  refusals,
  maxConcurrencyAboveReserved,
  sqsThrottleToDlq,
  streamFanoutAboveReserved,
  mapFanoutAboveReserved,
  sourceCanFillPool,
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
  strangers: RuleContext["strangers"],
): Finding[] {
  const context = createRuleContext(pools, sources, strangers);
  const findings = toFindings(
    generators.flatMap((generate) => [...generate(context)]),
    context,
    options,
  );
  return suppress(findings, context, sources, options).filter(({ rule }) => options.levels?.[rule] !== "off");
}
