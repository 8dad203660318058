import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ResolvedTemplate, SourceError, SourceFile, Sources, Uri } from "#core";
import { resolveStack } from "#core/cases/resolveStack.ts";
import { parse } from "#core/syntax/parse.ts";
import { recognise } from "#core/template/recognise.ts";

/** Sources over the disk, without a cache. */
export const diskSources: Sources = {
  get: (uri) => {
    const text = diskSources.text(uri);
    return "error" in text ? text : sourceFile(uri, text.text);
  },
  text: (uri) => {
    try {
      return { text: readFileSync(fileURLToPath(uri), "utf8") };
    } catch {
      return missing(uri);
    }
  },
  list: () => [],
};

/** Sources over texts by name: `child.yaml` is `file:///w/child.yaml`. */
export function memorySources(texts: Readonly<Record<string, string>>): Sources {
  const find = (uri: Uri) => texts[uri.replace("file:///w/", "")];
  return {
    get: (uri) => {
      const text = find(uri);
      return text === undefined ? missing(uri) : sourceFile(uri, text);
    },
    text: (uri) => {
      const text = find(uri);
      return text === undefined ? missing(uri) : { text };
    },
    list: () => [],
  };
}

function sourceFile(uri: Uri, text: string): SourceFile {
  const tree = parse(text, "template");
  return { uri, text, tree, kind: recognise(uri, tree) };
}

function missing(uri: Uri): SourceError {
  return { uri, error: `${uri} was not found.`, missing: true };
}

/** Resolves a text under parameter texts. */
export function resolveText(
  text: string,
  parameters: Readonly<Record<string, string>> = {},
  others: Readonly<Record<string, string>> = {},
): ResolvedTemplate {
  const given = new Map(
    Object.entries(parameters).map(([name, value]) => [name, { value, source: { what: "test" } }] as const),
  );
  return resolveStack("file:///w/template.yaml", given, memorySources({ "template.yaml": text, ...others }));
}

/** Resolves a file under its defaults. */
export function resolveDisk(path: string): ResolvedTemplate {
  return resolveStack(pathToFileURL(path).href, new Map(), diskSources);
}
