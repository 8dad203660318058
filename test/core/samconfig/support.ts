import type { Uri } from "#core/model.ts";
import type { SourceError, SourceFile, Sources } from "#core/sources.ts";
import { parse } from "#core/syntax/parse.ts";

/** Files of a folder in memory: path below `file:///w/` to text. */
export function sourcesOf(files: Readonly<Record<string, string>>): Sources {
  const text = (uri: Uri): { readonly text: string } | SourceError => {
    const found = files[decodeURIComponent(uri).replace("file:///w/", "")];
    return found === undefined ? { uri, error: "There is no such file.", missing: true } : { text: found };
  };
  const get = (uri: Uri): SourceFile | SourceError => {
    const file = text(uri);
    if ("error" in file) return file;
    const kind = /^Resources:/m.test(file.text) ? "cloudformation" : "other";
    return { uri, text: file.text, tree: parse(file.text, "template"), kind };
  };
  return { get, text, list: () => [] };
}

export const template: Uri = "file:///w/template.yaml";
