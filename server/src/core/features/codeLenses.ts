import type { CodeLens, Location } from "vscode-languageserver-types";
import { isKilled } from "../account/difference.ts";
import type { Pool, PoolClaim } from "../analysis.ts";
import { groupBy } from "../groupBy.ts";
import { sum, times } from "../ledger/bounds.ts";
import { owedOf } from "../ledger/owed.ts";
import type { Place, Uri } from "../model.ts";
import type { SourceFile } from "../sources.ts";
import { getPair, rootOf } from "../syntax/lookup.ts";
import { boundsText } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { budgetOf, poolOf } from "./budgets.ts";
import type { FeatureContext } from "./context.ts";
import { type Edge, fileOf, openEdge } from "./edge.ts";
import { liveLenses } from "./liveLenses.ts";
import { claimedText, verdictText } from "./poolText.ts";
import { budgetSetLenses, type SetLens, templateSetLenses } from "./setLenses.ts";
import { usesIn } from "./uses.ts";

/** More summands than this are not listed behind a lens. */
const MAX_PLACES = 200;

/**
 * The pool's summary above each budget document, and what a template claims above its resources, once per pool. Where the account has been read: what is
 * unreserved in it, and above each function what it has of it.
 */
export function codeLenses(context: FeatureContext, uri: Uri): CodeLens[] {
  const file = fileOf(context, uri);
  if (!file) return [];
  const edge = openEdge(context);
  return file.kind === "budget" ? budgetLenses(context, file, edge) : templateLenses(context, file, edge);
}

function budgetLenses(context: FeatureContext, file: SourceFile, edge: Edge): CodeLens[] {
  const budget = budgetOf(context.analysis, file);
  return (budget?.pools ?? []).flatMap((document) => {
    const pool = budget && poolOf(context.analysis, budget, document);
    if (!pool) return [];
    const cushion = document.keepUnreserved ? ` · keeps ${num(document.keepUnreserved.value)}` : "";
    const title = `${claimedText(pool)} · ${verdictText(pool)}${cushion}${liveText(pool, context)}`;
    return [
      lens(context, edge, file, document.place.start, title, pool.claims.map(placeOfClaim)),
      ...offers(context, edge, file, () => budgetSetLenses(pool)),
    ];
  });
}

function templateLenses(context: FeatureContext, file: SourceFile, edge: Edge): CodeLens[] {
  const byPool = groupBy(usesIn(context.analysis, file.uri), ({ pool }) => pool);
  const at = getPair(rootOf(file.tree), "Resources")?.key.start ?? 0;
  const ofPools = [...byPool].flatMap(([pool, uses]) => {
    const claims = uses.map(({ claim }) => claim);
    if (claims.every((claim) => claim.claim.max === 0)) return [];
    return [lens(context, edge, file, at, templateTitle(pool, claims, context), claims.map(placeOfClaim))];
  });
  const ofFunctions = liveLenses(context, file.uri).map(({ offset, title }) =>
    lens(context, edge, file, offset, title, []),
  );
  return [
    ...ofPools,
    ...ofFunctions,
    ...loadOffers(context, edge, file),
    ...offers(context, edge, file, () => templateSetLenses(context.analysis, file.uri)),
  ];
}

/** Where the client can throw load: at the one function that a place stands for, unless it is killed. */
function loadOffers(context: FeatureContext, edge: Edge, file: SourceFile): readonly CodeLens[] {
  const command = context.options.throwLoadCommand;
  if (command === undefined) return [];
  return liveLenses(context, file.uri).flatMap(({ offset, functions: [only, ...others] }) => {
    if (only === undefined || others.length > 0 || isKilled(only)) return [];
    const position = edge.position(file, offset);
    const range = { start: position, end: position };
    return [{ range, command: { title: "Throw load…", command, arguments: [only.arn] } }];
  });
}

/** Where the client can set reservations: what would make the account what the files want. */
function offers(
  { options }: FeatureContext,
  edge: Edge,
  file: SourceFile,
  find: () => readonly SetLens[],
): readonly CodeLens[] {
  const command = options.setReservationCommand;
  if (command === undefined) return [];
  return find().map(({ offset, live, reserved }) => {
    const position = edge.position(file, offset);
    const title = `Set in AWS to ${num(reserved)}`;
    return { range: { start: position, end: position }, command: { title, command, arguments: [live.arn, reserved] } };
  });
}

/** What is left in the account. */
function liveText({ live }: Pool, { options }: FeatureContext): string {
  const unreserved = live?.snapshot.unreserved;
  if (!live || unreserved === undefined) return "";
  const owed = owedOf(live.snapshot.functions);
  return ` · ${num(unreserved)} unreserved in AWS${options.outdated ? " when read" : ""}${owed ? `, ${num(owed.total)} of it needed for restores` : ""}`;
}

function templateTitle(pool: Pool, claims: readonly PoolClaim[], context: FeatureContext): string {
  const alone = claims.length === pool.claims.length && !pool.budget;
  if (alone) return `${claimedText(pool)} · ${verdictText(pool)}${liveText(pool, context)}`;
  return `claims ${boundsText(sum(claims.map(({ claim, instances }) => times(claim, instances))))} in ${pool.name} · ${claimedText(pool)} · ${verdictText(pool)}${liveText(pool, context)}`;
}

function placeOfClaim(claim: PoolClaim): Place {
  const { reserved, place } = claim.function;
  return reserved.origin === "absent" ? place : reserved.place;
}

function lens(
  context: FeatureContext,
  edge: Edge,
  file: SourceFile,
  offset: number,
  title: string,
  places: readonly Place[],
): CodeLens {
  const position = edge.position(file, offset);
  const range = { start: position, end: position };
  const command = context.options.showPlacesCommand;
  // The copies of a stack are written in one place.
  const distinct = new Map(places.map((place) => [`${place.start} ${place.end} ${place.uri}`, place]));
  const locations = [...distinct.values()].slice(0, MAX_PLACES).flatMap((place): Location[] => {
    const location = edge.location(place);
    return location ? [location] : [];
  });
  if (!command || locations.length === 0) return { range, command: { title, command: "" } };
  return { range, command: { title, command, arguments: [file.uri, position, locations] } };
}
