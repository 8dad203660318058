import { type AnalysisOptions, isRuleId, type RuleId, type RuleLevel } from "#core";

/** The settings `lambdaConcurrency.*` that the server acts on. */
export interface Settings {
  readonly enable: boolean;
  readonly inlayHints: boolean;
  readonly codeLens: boolean;
  readonly analysis: AnalysisOptions;
}

const levels: ReadonlySet<unknown> = new Set<RuleLevel>(["off", "error", "warning", "information"]);

/** Reads the section `lambdaConcurrency` as a client sends it. What is missing or of the wrong type is its default. */
export function readSettings(sent: unknown): Settings {
  const values = asRecord(sent);
  const assumedLimit = values.assumedLimit;
  const configEnv = values.configEnvironment;
  return {
    enable: values.enable !== false,
    inlayHints: asRecord(values.inlayHints).enabled !== false,
    codeLens: asRecord(values.codeLens).enabled !== false,
    analysis: {
      ...(isCount(assumedLimit) && { assumedLimit }),
      ...(typeof configEnv === "string" && configEnv.trim() !== "" && { configEnv: configEnv.trim() }),
      levels: Object.fromEntries(Object.entries(asRecord(values.rules)).filter(isLevel)),
    },
  };
}

function isLevel(entry: [string, unknown]): entry is [RuleId, RuleLevel] {
  return isRuleId(entry[0]) && levels.has(entry[1]);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
