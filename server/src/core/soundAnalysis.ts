import type { Analysis, AnalysisInput } from "./analysis.ts";
import type { Uri } from "./model.ts";

/** An analysis of the files that can be analysed, should a bug of ours strike on one. */
export interface SoundAnalysis {
  readonly analysis: Analysis;
  /** Files whose analysis failed, with what was thrown; left out of `analysis`. */
  readonly broken: ReadonlyMap<Uri, unknown>;
  /** What was thrown when no file alone is to blame; then `analysis` is empty. */
  readonly cause?: unknown;
}

/** One file's bug must not take the findings of all others away: the files that fail alone are left out. */
export function analyseSound(analyse: (input: AnalysisInput) => Analysis, input: AnalysisInput): SoundAnalysis {
  try {
    return { analysis: analyse(input), broken: new Map() };
  } catch (cause) {
    const broken = new Map<Uri, unknown>();
    for (const uri of [...input.templates, ...input.budgets]) {
      try {
        analyse(only(input, (each) => each === uri));
      } catch (error) {
        broken.set(uri, error);
      }
    }
    try {
      return { analysis: analyse(only(input, (each) => !broken.has(each))), broken };
    } catch {
      return { analysis: { pools: [], findings: [], files: [] }, broken, cause };
    }
  }
}

/** The same input with some of its files. */
export function only(input: AnalysisInput, wanted: (uri: Uri) => boolean): AnalysisInput {
  return { ...input, budgets: input.budgets.filter(wanted), templates: input.templates.filter(wanted) };
}

/** What is said of a file that a bug of ours strikes on. */
export function faultSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `This file cannot be checked because of a mistake of this program (${message}). Please report it.`;
}
