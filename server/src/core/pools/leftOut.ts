import type { MissingStack } from "../analysis.ts";
import type { BudgetStack } from "../budgetFile/budgetFile.ts";
import type { LeftOut } from "../files.ts";
import type { Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import { folderOf } from "../uris.ts";
import { list } from "../wording/words.ts";
import { firstMistake } from "./mistakes.ts";
import { shortName } from "./paths.ts";

/** More files than this are counted, not named. */
const MAX_NAMED = 3;

/** What a pattern matches and nobody can count: one finding for what has to be mended, one for what may be left out on purpose. */
export function leftOutStacks(
  entry: BudgetStack,
  files: readonly Uri[],
  folder: Uri,
  sources: Sources,
): readonly MissingStack[] {
  const all = [
    ...files.flatMap((uri) => unusable(uri, sources) ?? []),
    ...(sources.leftOut?.(folder, entry.template.value) ?? []),
  ];
  return (["error", "warning"] as const).flatMap((severity) => {
    const some = all.filter((each) => each.severity === severity);
    if (some.length === 0) return [];
    return [{ entry, severity, files: some, message: messageOf(entry, some, folder) }];
  });
}

/** Of a file that is no template nobody knows what it was to be, if it cannot be read to its end. */
function unusable(uri: Uri, sources: Sources): LeftOut | undefined {
  const file = sources.get(uri);
  if ("error" in file) return { uri, why: file.error, severity: "error" };
  const mistake = file.kind === "other" ? firstMistake(file) : undefined;
  if (!mistake) return undefined;
  const why = `Line ${mistake.line}, column ${mistake.column}: ${mistake.message}`;
  return { uri, why, severity: "error" };
}

function messageOf({ template }: BudgetStack, files: readonly LeftOut[], folder: Uri): string {
  const named = files.map(({ uri, why }) => `${below(folder, uri)} (${why.replace(/\.$/, "")})`);
  return `${template.value} also leads to what is not counted: ${list(named, MAX_NAMED)}. Mend what is meant, or narrow the pattern.`;
}

function below(folder: Uri, uri: Uri): string {
  const base = folder.endsWith("/") ? folder : `${folder}/`;
  return uri.startsWith(base) ? decodeURIComponent(uri.slice(base.length)) : shortName(uri);
}

/** Why a stack entry leaves the sum open, as a phrase. */
export function whyMissing({ entry, files }: MissingStack): string {
  if (!files) return `stack ${entry.template.value} leads to no template`;
  const where = list(
    files.map(({ uri }) => below(folderOf(entry.place.uri), uri)),
    MAX_NAMED,
  );
  return `stack ${entry.template.value} leads to what is not counted (${where})`;
}
