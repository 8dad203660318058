import type { Analysis, AnalysisInput, Uri, Workspace } from "#core";
import type { Faults } from "./faults.ts";

const nothing: Analysis = { pools: [], findings: [], files: [] };

/** The latest analysis, made when somebody asks for it after a change. */
export class Analyser {
  readonly #workspace: Workspace;
  readonly #input: () => AnalysisInput;
  readonly #faults: Faults;
  /** Files whose analysis failed; left out until they change. */
  readonly #broken = new Set<Uri>();
  /** Broken files that changed since: sound again, unless the next analysis fails. */
  readonly #suspects = new Set<Uri>();
  #latest: Analysis | undefined;

  constructor(workspace: Workspace, input: () => AnalysisInput, faults: Faults) {
    this.#workspace = workspace;
    this.#input = input;
    this.#faults = faults;
  }

  /** Something changed; `uri` when it is one file. */
  invalidate(uri?: Uri): void {
    this.#latest = undefined;
    for (const each of uri === undefined ? [...this.#broken] : [uri]) {
      if (this.#broken.delete(each)) this.#suspects.add(each);
    }
  }

  /** The analysis of what is known now. */
  analysis(): Analysis {
    this.#latest ??= this.#analyse();
    return this.#latest;
  }

  #analyse(): Analysis {
    const input = this.#input();
    const sound = this.#without(input);
    try {
      const analysis = this.#workspace.analyse(sound);
      this.#faults.settle("The analysis");
      for (const uri of this.#suspects) this.#faults.settle(checking(uri));
      this.#suspects.clear();
      return analysis;
    } catch (error) {
      return this.#analyseSound(sound, error);
    }
  }

  /** One file's bug must not take the findings of all others away: the files that fail alone are left out. */
  #analyseSound(input: AnalysisInput, cause: unknown): Analysis {
    for (const uri of [...input.templates, ...input.budgets, ...(input.others ?? [])]) {
      try {
        this.#workspace.analyse(filtered(input, (each) => each === uri));
      } catch (error) {
        this.#broken.add(uri);
        this.#suspects.delete(uri);
        this.#faults.report(checking(uri), error);
      }
    }
    try {
      return this.#workspace.analyse(this.#without(input));
    } catch {
      this.#faults.report("The analysis", cause);
      return nothing;
    }
  }

  #without(input: AnalysisInput): AnalysisInput {
    if (this.#broken.size === 0) return input;
    return filtered(input, (uri) => !this.#broken.has(uri));
  }
}

function filtered({ budgets, templates, others = [], options }: AnalysisInput, isIn: (uri: Uri) => boolean) {
  return { budgets: budgets.filter(isIn), templates: templates.filter(isIn), others: others.filter(isIn), options };
}

function checking(uri: Uri): string {
  return `Checking ${uri}`;
}
