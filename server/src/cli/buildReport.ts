import { type Analysis, casesOfPool, type Finding, inAws, type Pool, toValue, verdictOf } from "#core";
import { caseJson } from "./caseJson.ts";
import type { Locator } from "./locate.ts";
import type { CheckReport, FileSummary, LocatedFinding, PoolSummary } from "./report.ts";

/** Puts an analysis into the form that is printed: offsets become lines and characters here. */
export function buildReport(
  analysis: Analysis,
  files: readonly FileSummary[],
  skipped: CheckReport["skipped"],
  locator: Locator,
): CheckReport {
  const findings = analysis.findings.map((finding) => locate(finding, locator));
  const count = (severity: Finding["severity"]) =>
    findings.filter((finding) => finding.severity === severity && finding.suppressed === undefined).length;
  return {
    pools: analysis.pools.map(summarisePool),
    findings,
    files,
    skipped,
    summary: { errors: count("error"), warnings: count("warning"), information: count("information") },
  };
}

function locate(finding: Finding, locator: Locator): LocatedFinding {
  const { place, related, suppressed, ...rest } = finding;
  return {
    ...rest,
    uri: place.uri,
    range: locator.range(place),
    related: related.map((other) => ({
      uri: other.place.uri,
      range: locator.range(other.place),
      message: other.message,
    })),
    ...(suppressed && { suppressed: { reason: suppressed.reason } }),
  };
}

function summarisePool(pool: Pool): PoolSummary {
  const { name, account, region, limit, limitSource, floor, floorSource, ledger, assumptions } = pool;
  const now = inAws(pool);
  const { claimed, unreserved, claimedBounds: bounds } = ledger;
  return {
    name,
    account,
    region,
    limit,
    limitSource,
    floor,
    floorSource,
    claimed,
    unreserved,
    verdict: verdictOf(pool),
    ...(ledger.refused === "certainly" && { refused: true }),
    ...(now && { inAws: now }),
    ...casesIn(pool),
    bounds,
    assumptions,
    alone: pool.budget === undefined,
  };
}

function casesIn(pool: Pool): Pick<PoolSummary, "cases" | "casesCut"> {
  const cases = casesOfPool(pool).map(({ stack, when, claimed, verdict }) => ({
    stack: stack.name,
    when: caseJson(when),
    claimed: toValue(claimed, "another part of the stack is not decided"),
    verdict,
  }));
  const isCut = pool.stacks.some(({ template }) => (template.cases?.cut.length ?? 0) > 0);
  return { ...(cases.length > 0 && { cases }), ...(isCut && { casesCut: true }) };
}
