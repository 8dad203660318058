import { groupBy } from "../../groupBy.ts";
import type { Uri } from "../../model.ts";
import type { SourceFile } from "../../sources.ts";
import { asMap, getPair } from "../../syntax/lookup.ts";
import type { Document } from "../../syntax/nodes.ts";
import type { FeatureContext } from "../context.ts";
import { type Edit, fileOf } from "../edge.ts";
import type { Use } from "../uses.ts";
import { indentStep, lineEnding, yamlScalar } from "../yamlText.ts";
import { insertFirstPair, insertPair, isJson, type NewPair } from "./insertPair.ts";

/** An entry that a budget document is to get. */
export interface NewGrant {
  readonly budget: Uri;
  /** Index of the document. */
  readonly document: number;
  readonly key: string;
  /** A number, or `off`. */
  readonly value: string;
}

/** The entry that a use would have in its budget; undefined where no budget applies. */
export function grantFor({ pool, claim }: Use, value: string): NewGrant | undefined {
  if (!pool.budget) return undefined;
  return { budget: pool.budget.file.uri, document: pool.budget.pool.index, key: claim.key, value };
}

/** Adds entries at the end of `reservations`, which is made where it is missing; one edit for each document. */
export function addGrants(context: FeatureContext, grants: readonly NewGrant[]): readonly (Edit | undefined)[] {
  const distinct = new Map(grants.map((grant) => [`${grant.budget} ${grant.document} ${grant.key}`, grant]));
  const byDocument = groupBy(distinct.values(), ({ budget, document }) => `${document} ${budget}`);
  return [...byDocument.values()].map((entries) => {
    const [first] = entries;
    const file = first && fileOf(context, first.budget);
    const document = first && file?.tree.documents[first.document];
    return file && document && addToDocument(file, document, entries);
  });
}

function addToDocument(file: SourceFile, document: Document, grants: readonly NewGrant[]): Edit | undefined {
  const entries = asOnePair(grants, isJson(file));
  if (!entries) return undefined;
  const { root } = document;
  const reservations = getPair(root, "reservations");
  if (reservations) {
    const map = asMap(reservations.value);
    if (map && map.written.length > 0) return insertPair(file, map, entries, "end");
    return insertFirstPair(file, reservations, entries);
  }
  const step = indentStep(file.text);
  const lines = `\n${entries.key}: ${entries.block}`.replaceAll("\n", `\n${step}`);
  const section: NewPair = { key: "reservations", block: lines, flow: `{ ${entries.key}: ${entries.flow} }` };
  if (root?.kind === "map") return insertPair(file, root, section, "end");
  if (root && !(root.kind === "scalar" && root.value === null)) return undefined;
  const text = `reservations:${lines}\n`.replaceAll("\n", lineEnding(file.text));
  return { uri: file.uri, start: document.end, end: document.end, text };
}

/** Several entries as the text of one: the first with the others behind its value. */
function asOnePair(grants: readonly NewGrant[], json: boolean): NewPair | undefined {
  const [first, ...others] = grants.map(({ key, value }) => ({
    key: json ? JSON.stringify(key) : yamlScalar(key),
    value: json && value === "off" ? '"off"' : value,
  }));
  if (!first) return undefined;
  const written = others.map(({ key, value }) => `${key}: ${value}`);
  return {
    key: first.key,
    block: [first.value, ...written].join("\n"),
    flow: [first.value, ...written].join(", "),
  };
}
