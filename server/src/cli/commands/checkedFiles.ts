import type { Analysis, FileReport, Uri, Workspace } from "#core";
import { complain } from "../complain.ts";
import type { Inputs } from "../inputs.ts";
import type { Io } from "../io.ts";
import type { Names } from "../names.ts";
import type { FileSummary } from "../report.ts";
import { syntaxMistake } from "./shared.ts";

/** What `check` says about each file: named, in their order; then what was found, by name. Found files that are neither template nor budget are left out. */
export function fileSummaries(inputs: Inputs, analysis: Analysis, workspace: Workspace, names: Names): FileSummary[] {
  const known = new Map<Uri, FileReport>(analysis.files.map((file) => [file.uri, file]));
  const named = new Set(inputs.named.map(({ uri }) => uri));
  const errors = new Map([...inputs.unreadable, ...inputs.named].map(({ uri, error }) => [uri, error]));
  const found = new Set([...known.keys(), ...inputs.budgets, ...inputs.candidates, ...errors.keys()]);
  const byName = [...found].filter((uri) => !named.has(uri)).sort((a, b) => (names.of(a) < names.of(b) ? -1 : 1));
  return [...named, ...byName]
    .map((uri) => summarise(uri, known.get(uri), errors.get(uri), workspace))
    .filter((file) => named.has(file.uri) || file.kind !== "other" || file.error !== undefined);
}

function summarise(
  uri: Uri,
  known: FileReport | undefined,
  error: string | undefined,
  workspace: Workspace,
): FileSummary {
  if (error !== undefined) return { uri, kind: "other", functions: 0, error };
  const file = workspace.get(uri);
  if ("error" in file) return { uri, kind: known?.kind ?? "other", functions: 0, error: file.error };
  const base = known ? { uri, kind: known.kind, functions: known.functions } : { uri, kind: file.kind, functions: 0 };
  const reported = known?.error === undefined ? base : { ...base, error: known.error };
  // A budget's own mistakes are findings of `budget-invalid`.
  return file.kind === "budget" ? reported : { ...reported, ...syntaxMistake(file, workspace) };
}

/** Says on stderr what was not checked. True when an explicitly named input is among it. */
export function reportUnchecked(inputs: Inputs, files: readonly FileSummary[], names: Names, io: Io): boolean {
  const named = new Set(inputs.named.map(({ uri }) => uri));
  let failed = false;
  for (const { uri, kind, error } of files) {
    if (error !== undefined) {
      complain(`${names.of(uri)}: ${error}`, io);
      failed ||= named.has(uri);
    } else if (kind === "other") {
      complain(
        `${names.of(uri)}: This is neither a SAM or CloudFormation template nor a budget file; nothing in it was checked (a budget is called concurrency-budget.yaml or NAME.concurrency-budget.yaml).`,
        io,
      );
    }
  }
  for (const cut of inputs.cuts) complain(cut, io);
  return failed;
}
