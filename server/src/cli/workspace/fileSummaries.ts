import type { Analysis, FileReport, Uri, Workspace } from "#core";
import { isCandidateName } from "#workspaceFiles";
import type { Inputs } from "../inputs.ts";
import type { Names } from "../names.ts";
import type { FileSummary } from "../report.ts";
import { syntaxMistake } from "./syntaxMistakes.ts";

/**
 * What `check` says about each file: named, in their order; then what was found, by name. Found files that are neither template nor
 * budget are left out. With `skipOthers` it is of no interest what is wrong in a named file that is neither.
 */
export function fileSummaries(
  inputs: Inputs,
  analysis: Analysis,
  workspace: Workspace,
  names: Names,
  skipOthers: boolean,
): FileSummary[] {
  const known = new Map<Uri, FileReport>(analysis.files.map((file) => [file.uri, file]));
  const named = new Set(inputs.named.map(({ uri }) => uri));
  const errors = new Map([...inputs.unreadable, ...inputs.named].map(({ uri, error }) => [uri, error]));
  const found = new Set([...known.keys(), ...inputs.budgets, ...inputs.candidates, ...errors.keys()]);
  const byName = [...found].filter((uri) => !named.has(uri)).sort((a, b) => (names.of(a) < names.of(b) ? -1 : 1));
  return [...named, ...byName]
    .map((uri) => summarise(uri, known.get(uri), errors.get(uri), workspace))
    .map((file) => (skipOthers && named.has(file.uri) ? passedOver(file, errors.get(file.uri), workspace) : file))
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
  const { error: incomplete, cut } = known ?? {};
  const reported = incomplete === undefined ? base : { ...base, error: incomplete, ...(cut && { cut }) };
  // A budget's own mistakes are findings of `budget-invalid`.
  return file.kind === "budget" ? reported : { ...reported, ...syntaxMistake(file, workspace) };
}

/** A changed file that cannot be read as YAML is no mistake of a template when nothing in it, or in its name, speaks for one. */
function passedOver(file: FileSummary, error: string | undefined, workspace: Workspace): FileSummary {
  const { uri, kind } = file;
  if (kind !== "other" || error !== undefined) return file;
  const source = workspace.get(uri);
  const isMeant = isCandidateName(uri) && ("error" in source || source.text.includes("AWS::"));
  return isMeant ? file : { uri, kind, functions: 0 };
}
