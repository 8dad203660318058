import type { DocumentLink } from "vscode-languageserver-types";
import type { Place, Uri } from "../model.ts";
import { fileAt, folderOf } from "../pools/paths.ts";
import { budgetOf, poolOf, stacksOfEntry } from "./budgets.ts";
import type { FeatureContext } from "./context.ts";
import { fileOf, openEdge } from "./edge.ts";
import { templatesOf } from "./uses.ts";

/** Links from a budget's stack entries to their templates, and from nested stacks to theirs. A glob with several matches is no link. */
export function documentLinks(context: FeatureContext, uri: Uri): DocumentLink[] {
  const file = fileOf(context, uri);
  if (!file) return [];
  const edge = openEdge(context);
  const links = file.kind === "budget" ? stackLinks(context, uri) : nestedLinks(context, uri);
  return links.map(({ place, target }) => ({ range: edge.range(file, place), target }));
}

interface Link {
  readonly place: Place;
  readonly target: Uri;
}

function stackLinks(context: FeatureContext, uri: Uri): Link[] {
  const file = fileOf(context, uri);
  const budget = file && budgetOf(context.analysis, file);
  return (budget?.pools ?? []).flatMap((document) => {
    const pool = budget && poolOf(context.analysis, budget, document);
    return document.stacks.flatMap((entry): Link[] => {
      const targets = new Set(stacksOfEntry(pool, entry).map((stack) => stack.template.uri));
      const [target] = targets;
      const { parametersFile } = entry;
      return [
        ...(target && targets.size === 1 ? [{ place: entry.template.place, target }] : []),
        ...(parametersFile
          ? [{ place: parametersFile.place, target: fileAt(folderOf(uri), parametersFile.value) }]
          : []),
      ];
    });
  });
}

function nestedLinks(context: FeatureContext, uri: Uri): Link[] {
  const byPlace = new Map<number, Link>();
  for (const template of templatesOf(context.analysis)) {
    for (const { locationPlace: place, uri: target } of template.nested) {
      if (place?.uri === uri && target) byPlace.set(place.start, { place, target });
    }
  }
  return [...byPlace.values()].sort((a, b) => a.place.start - b.place.start);
}
