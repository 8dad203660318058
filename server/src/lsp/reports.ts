import isDeepEqual from "fast-deep-equal";
import type { Diagnostic } from "vscode-languageserver/node";
import type { Analysis, Finding, Uri } from "#core";
import type { Positions } from "./positions.ts";

/** The diagnostics of one file. */
export interface Report {
  readonly uri: Uri;
  /** Changes when, and only when, the diagnostics do. */
  readonly resultId: string;
  readonly diagnostics: readonly Diagnostic[];
}

interface Entry extends Report {
  readonly findings: readonly Finding[];
  /** The texts that the ranges were computed from. */
  readonly texts: ReadonlyMap<Uri, object | undefined>;
}

const none: readonly Diagnostic[] = [];

/** The diagnostics of every file that has any, renewed from one analysis to the next. */
export class Reports {
  readonly #positions: Positions;
  readonly #latest: () => Analysis | undefined;
  readonly #convert: (finding: Finding) => Diagnostic;
  /** Keeps the ids of two runs of the server apart. */
  readonly #run = Date.now().toString(36);
  #count = 0;
  #analysis: Analysis | undefined;
  #entries = new Map<Uri, Entry>();
  /** Files whose diagnostics changed and were not handed out since. */
  readonly #changed = new Set<Uri>();

  /** `latest` is the analysis as of now; undefined when the user wants none. */
  constructor(positions: Positions, latest: () => Analysis | undefined, convert: (finding: Finding) => Diagnostic) {
    this.#positions = positions;
    this.#latest = latest;
    this.#convert = convert;
  }

  /** Takes over the findings of the latest analysis. */
  update(): void {
    const analysis = this.#latest();
    if (analysis !== undefined && this.#analysis === analysis) return;
    this.#analysis = analysis;
    const byFile = shownByFile(analysis?.findings ?? []);
    const entries = new Map<Uri, Entry>();
    for (const [uri, findings] of byFile) entries.set(uri, this.#renew(uri, findings));
    for (const uri of this.#entries.keys()) if (!entries.has(uri)) this.#changed.add(uri);
    this.#entries = entries;
  }

  /** The report of a file; one without diagnostics when nothing was found. */
  get(uri: Uri): Report {
    return this.#entries.get(uri) ?? { uri, resultId: `${this.#run}-none`, diagnostics: none };
  }

  /** The reports of all files that have diagnostics. */
  all(): Iterable<Report> {
    return this.#entries.values();
  }

  /** The client has the report of this file. */
  handedOut(uri: Uri): void {
    this.#changed.delete(uri);
  }

  /** Files whose report is newer than what was handed out; they count as handed out from now on. */
  takeChanged(): readonly Uri[] {
    const changed = [...this.#changed].sort();
    this.#changed.clear();
    return changed;
  }

  #renew(uri: Uri, findings: readonly Finding[]): Entry {
    const before = this.#entries.get(uri);
    if (before && sameItems(before.findings, findings) && this.#isCurrent(before)) return before;
    const diagnostics = findings.map(this.#convert);
    const texts = this.#textsOf(uri, findings);
    if (before && isDeepEqual(before.diagnostics, diagnostics)) return { ...before, findings, texts };
    this.#changed.add(uri);
    return { uri, resultId: `${this.#run}-${++this.#count}`, diagnostics, findings, texts };
  }

  #isCurrent({ texts }: Entry): boolean {
    for (const [uri, text] of texts) if (this.#positions.version(uri) !== text) return false;
    return true;
  }

  #textsOf(uri: Uri, findings: readonly Finding[]): Map<Uri, object | undefined> {
    const uris = new Set([uri, ...findings.flatMap(({ related }) => related.map(({ place }) => place.uri))]);
    return new Map([...uris].map((each) => [each, this.#positions.version(each)]));
  }
}

function shownByFile(findings: readonly Finding[]): Map<Uri, Finding[]> {
  const byFile = new Map<Uri, Finding[]>();
  for (const finding of findings) {
    if (finding.suppressed) continue;
    const list = byFile.get(finding.place.uri);
    if (list) list.push(finding);
    else byFile.set(finding.place.uri, [finding]);
  }
  return byFile;
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
