import { type Analysis, type AnalysisInput, analyseSound, only, type Uri, type Workspace } from "#core";
import type { Faults } from "./faults.ts";

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
    const input = only(this.#input(), (uri) => !this.#broken.has(uri));
    const { analysis, broken, cause } = analyseSound((each) => this.#workspace.analyse(each), input);
    for (const [uri, error] of broken) {
      this.#broken.add(uri);
      this.#suspects.delete(uri);
      this.#faults.report(checking(uri), error);
    }
    if (cause !== undefined) this.#faults.report("The analysis", cause);
    else if (broken.size === 0) {
      this.#faults.settle("The analysis");
      for (const uri of this.#suspects) this.#faults.settle(checking(uri));
      this.#suspects.clear();
    }
    return analysis;
  }
}

function checking(uri: Uri): string {
  return `Checking ${uri}`;
}
