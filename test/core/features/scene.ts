import { type AnalysisOptions, type FeatureContext, type Files, isBudgetFile, type Uri } from "#core";
import { Workspace } from "#core/workspace.ts";
import { globMatcher } from "#workspaceFiles/glob.ts";

const base = "file:///work/";

/** A workspace in memory, analysed as an editor would. */
export interface Scene {
  readonly context: FeatureContext;
  readonly files: ReadonlyMap<string, string>;
}

/** The URI of a file of a scene. */
export function uriOf(name: string): Uri {
  return base + name;
}

/** The file of a scene that a URI stands for. */
export function nameOf(uri: Uri): string {
  return uri.slice(base.length);
}

/** Analyses files by name: budgets and all YAML, JSON and `.template` files. */
export function sceneOf(
  texts: Readonly<Record<string, string>> | ReadonlyMap<string, string>,
  options: AnalysisOptions = {},
  features: FeatureContext["options"] = {},
): Scene {
  const files = texts instanceof Map ? texts : new Map(Object.entries(texts));
  const sources = new Workspace(memoryFiles(files));
  const uris = [...files.keys()].map(uriOf).sort();
  const budgets = uris.filter(isBudgetFile);
  const templates = uris.filter((uri) => !isBudgetFile(uri) && /\.(?:ya?ml|json|template)$/.test(uri));
  const analysis = sources.analyse({ budgets, templates, options });
  return { context: { sources, analysis, options: features }, files };
}

/** A scene in which one of the files holds the cursor `|`. */
export function sceneAt(
  texts: Readonly<Record<string, string>>,
  options: AnalysisOptions = {},
): Scene & { readonly uri: Uri; readonly position: Marked["position"] } {
  const [name, marked] = Object.entries(texts).find(([, text]) => text.includes("|")) ?? ["", ""];
  const { text, position } = readCursor(marked);
  return { ...sceneOf({ ...texts, [name]: text }, options), uri: uriOf(name), position };
}

/** The file system of a scene. */
export function memoryFiles(files: ReadonlyMap<string, string>): Files {
  return {
    read(uri) {
      const text = files.get(nameOf(uri));
      return text === undefined ? { error: `There is no file ${uri}.`, missing: true } : { text };
    },
    list(folder, glob) {
      const isMatch = globMatcher(glob);
      const prefix = folder.endsWith("/") ? folder : `${folder}/`;
      return [...files.keys()]
        .map(uriOf)
        .filter((uri) => uri.startsWith(prefix) && isMatch(uri.slice(prefix.length)))
        .sort();
    },
  };
}

/** A text with a `|` where the cursor is, without it. */
interface Marked {
  readonly text: string;
  readonly offset: number;
  /** As the language server protocol counts: from 0, in UTF-16 units. */
  readonly position: { readonly line: number; readonly character: number };
}

/** Takes the cursor out of a text that has exactly one `|`. */
function readCursor(marked: string): Marked {
  const offset = marked.indexOf("|");
  if (offset < 0 || marked.indexOf("|", offset + 1) >= 0)
    throw new Error("The text needs exactly one | for the cursor.");
  const lines = marked.slice(0, offset).split("\n");
  const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset, position };
}
