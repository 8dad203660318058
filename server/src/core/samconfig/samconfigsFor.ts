import type { Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import { folderOf, nameOf, parentOf, relativePath, resolvePath } from "../uris.ts";
import type { ConfigProblem } from "./configProblem.ts";
import type { FoundSamconfig, Target } from "./foundSamconfig.ts";
import { isNamedBy, targetOf } from "./namedTemplate.ts";
import { readConfig } from "./readConfig.ts";
import { findSamconfig } from "./samconfig.ts";

/** `--config-file`: absolute, else beside the template, else in the current folder. */
export interface ConfigFileOption {
  readonly path: string;
  /** The current folder. */
  readonly folder: Uri;
}

/** What a search for the samconfigs of a template came to. */
export interface SamconfigSearch {
  readonly target: Target;
  /** Those that can be meant: the one beside first, then the farther ones that name the template, nearest first. */
  readonly found: readonly FoundSamconfig[];
  /** Farther ones that name other templates, or none. */
  readonly others: readonly FoundSamconfig[];
  /** What keeps one from being read that can be meant. */
  readonly broken?: ConfigProblem;
}

/**
 * Looks for the samconfigs of a template as SAM CLI does: `sam deploy -t PATH` takes the one beside the template, `sam deploy` that of the
 * current folder, whose `template_file` leads to the template (samcli/commands/_utils/options.py, cli_config_file.py). Where it will
 * be run is not known, so every folder above counts, and those that somebody works in.
 */
export function samconfigsFor(
  template: Uri,
  given: ConfigFileOption | undefined,
  sources: Sources,
  reads: Uri[],
): SamconfigSearch {
  const target = targetOf(template);
  if (given) return givenFile(target, given, sources, reads);
  const found: FoundSamconfig[] = [];
  const others: FoundSamconfig[] = [];
  let broken: ConfigProblem | undefined;
  for (const folder of foldersFor(target.home, sources)) {
    const config = findSamconfig(folder, sources, reads);
    if (!config) continue;
    const where = folder === target.home ? "beside" : "farther";
    if ("problem" in config) {
      if (where === "beside" || mentions(config.problem.place.uri, template, sources)) broken ??= config.problem;
      continue;
    }
    const one: FoundSamconfig = { config, elsewhere: [], where, label: labelOf(config.uri, target) };
    if (where === "beside" || isNamedBy(one, target)) found.push(one);
    else others.push(one);
  }
  return { target, found, others, ...(broken && { broken }) };
}

/** SAM CLI reads this file alone; where it is not there, the template is without a samconfig. */
function givenFile(
  target: Target,
  { path, folder }: ConfigFileOption,
  sources: Sources,
  reads: Uri[],
): SamconfigSearch {
  const nothing: SamconfigSearch = { target, found: [], others: [] };
  for (const base of new Set([target.home, folder])) {
    const uri = resolvePath(base, path);
    reads.push(uri);
    const config = readConfig(uri, sources);
    if (config === "missing") continue;
    if ("problem" in config) return { ...nothing, broken: config.problem };
    const elsewhere = [target.home, folder];
    return { ...nothing, found: [{ config, elsewhere, where: "given", label: labelOf(uri, target) }] };
  }
  return nothing;
}

function labelOf(samconfig: Uri, { uri }: Target): string {
  return relativePath(folderOf(uri), samconfig);
}

/** The template's own folder, those above it that may be read, then those that somebody works in; each once. */
function foldersFor(home: Uri, sources: Sources): ReadonlySet<Uri> {
  const folders = new Set([home]);
  for (let folder = parentOf(home); folder !== undefined; folder = parentOf(folder)) {
    if (sources.mayRead?.(folder) === false) break;
    folders.add(folder);
  }
  for (const folder of sources.folders?.() ?? []) folders.add(folder);
  return folders;
}

/** Whether a samconfig that cannot be read as a whole may name the template: one in whose text its name never occurs does not. */
function mentions(uri: Uri, template: Uri, sources: Sources): boolean {
  const file = sources.text(uri);
  return "error" in file || file.text.includes(nameOf(template));
}
