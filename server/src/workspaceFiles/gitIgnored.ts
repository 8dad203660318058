import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import { repositoryRoot } from "./roots.ts";

/** The `.gitignore` rules that hold in one folder; its own come before those of the folders above. */
export interface IgnoreRules {
  /** Does git ignore this file or folder, given that it does not ignore the folder it lies in? */
  ignores(path: string, isFolder: boolean): boolean;
  /** The rules inside a folder right below. */
  inside(folder: string): IgnoreRules;
}

/** Rules for a folder outside a repository, and for what a user names although git ignores it. */
export const noRules: IgnoreRules = {
  ignores: () => false,
  inside: () => noRules,
};

/** The rules that hold in `folder`: of its repository's root and every folder on the way. A folder that git itself ignores has none. */
export function rulesFor(folder: string): IgnoreRules {
  const root = repositoryRoot(folder);
  if (root === undefined) return noRules;
  let rules = extend(undefined, root, [join(root, ".git", "info", "exclude"), join(root, ".gitignore")]);
  let current = root;
  for (const name of relative(root, folder).split(sep)) {
    if (name === "") continue;
    current = join(current, name);
    if (rules.ignores(current, true)) return noRules;
    rules = rules.inside(current);
  }
  return rules;
}

function extend(parent: IgnoreRules | undefined, folder: string, sources: readonly string[]): IgnoreRules {
  const own = load(sources);
  if (!own && parent) return { ignores: parent.ignores, inside: (below) => extend(parent, below, gitignoreOf(below)) };
  const rules: IgnoreRules = {
    ignores(path, isFolder) {
      const verdict = own?.test(relative(folder, path).split(sep).join("/") + (isFolder ? "/" : ""));
      if (verdict?.ignored) return true;
      if (verdict?.unignored) return false;
      return parent?.ignores(path, isFolder) ?? false;
    },
    inside: (below) => extend(rules, below, gitignoreOf(below)),
  };
  return rules;
}

function gitignoreOf(folder: string): readonly string[] {
  return [join(folder, ".gitignore")];
}

/** Most wildcards in one name of a rule: the library goes back over a name for each of them. */
const MAX_STARS = 3;

/** A rule with more is passed over: what it would leave out is looked at. */
function isPlain(rule: string): boolean {
  return rule.split("/").every((name) => (name.match(/\*+/g)?.length ?? 0) <= MAX_STARS);
}

function load(sources: readonly string[]): Ignore | undefined {
  const texts = sources.flatMap((source) => textOf(source).split(/\r?\n/).filter(isPlain).join("\n") || []);
  if (texts.length === 0) return undefined;
  return ignore({ ignorecase: process.platform !== "linux" }).add(texts.join("\n"));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Does git ignore this file? For one file outside a walk, e.g. one that a watcher reports. */
export function isGitIgnored(path: string): boolean {
  const folder = dirname(path);
  if (repositoryRoot(folder) === undefined) return false;
  const rules = rulesFor(folder);
  return rules === noRules || rules.ignores(path, false);
}
