import type { InlayHint, Range } from "vscode-languageserver-types";
import type { Stack } from "../analysis.ts";
import { groupBy } from "../groupBy.ts";
import { copiesOf } from "../ledger/claim.ts";
import type { Unknown, Uri } from "../model.ts";
import { largestForCertain } from "../pools/largest.ts";
import { isRefused, reasonOf } from "../refused.ts";
import type { SourceFile } from "../sources.ts";
import { isUnknown } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { budgetOf, claimsOfGrant, poolOf } from "./budgets.ts";
import { allCases, settingValue } from "./caseText.ts";
import type { FeatureContext } from "./context.ts";
import { type Edge, fileOf, openEdge } from "./edge.ts";
import { maxLabel } from "./headroom.ts";
import { type Hint, liveHints } from "./liveHints.ts";
import { liveWord } from "./liveText.ts";
import { globalPlaces, type SettingUse, settingsOf, usesIn } from "./uses.ts";

/** A hint names at most this many different values. */
const MAX_VALUES = 3;

/** The effective value behind an intrinsic or Globals, the largest at a literal, and what a grant comes to with instances. */
export function inlayHints(context: FeatureContext, uri: Uri, range: Range): InlayHint[] {
  const file = fileOf(context, uri);
  if (!file) return [];
  const edge = openEdge(context);
  const from = edge.offset(file, range.start);
  const to = edge.offset(file, range.end);
  const hints = file.kind === "budget" ? budgetHints(context, file) : templateHints(context, file);
  return hints
    .filter((hint) => from <= hint.offset && hint.offset <= to)
    .sort((a, b) => a.offset - b.offset)
    .map((hint) => asInlayHint(hint, file, edge));
}

function asInlayHint(hint: Hint, file: SourceFile, edge: Edge): InlayHint {
  const position = edge.position(file, hint.offset);
  const made: InlayHint = { position, label: hint.label, paddingLeft: true };
  return hint.tooltip ? { ...made, tooltip: hint.tooltip } : made;
}

function templateHints(context: FeatureContext, file: SourceFile): Hint[] {
  const settings = usesIn(context.analysis, file.uri).flatMap(settingsOf);
  const shown = settings.filter(
    ({ setting, which }) => setting.place.uri === file.uri && (setting.origin !== "globals" || which === "reserved"),
  );
  const byPlace = groupBy(shown, ({ setting: { place }, which }) => `${place.start} ${place.end} ${which}`);
  const hints = [...byPlace.values()].flatMap((uses) => settingHint(uses, file));
  return [...hints, ...globalsHints(context, settings, file)];
}

function settingHint(uses: readonly SettingUse[], file: SourceFile): Hint[] {
  const first = uses[0];
  if (!first) return [];
  const { origin, place } = first.setting;
  if (origin === "globals") {
    return [{ offset: endOfKeyLine(file.text, place.end), label: `reserved ${values(uses)}`, tooltip: sources(uses) }];
  }
  if (origin === "intrinsic") return [{ offset: place.end, label: `= ${values(uses)}`, tooltip: sources(uses) }];
  return first.which === "reserved" ? largestHint(uses) : [];
}

/** `200`, or one value for each environment: `200 (prod), 50 (dev)`; for each stack, where an environment does not decide. */
function values(uses: readonly SettingUse[]): string {
  const byValue = groupBy(uses, settingValue);
  if (byValue.size === 1) return [...byValue.keys()].join();
  const environments = [...byValue.values()].map((same) => new Set(same.map(({ claim }) => calledIn(claim.stack))));
  const decides = (name: string | undefined) => environments.filter((names) => names.has(name)).length === 1;
  const shown = [...byValue].slice(0, MAX_VALUES).map(([value, [first]]) => {
    const environment = first && calledIn(first.claim.stack);
    const stack = first?.pool.budget ? first.claim.stack.name : first?.pool.name;
    return `${value} (${environment !== undefined && decides(environment) ? environment : stack})`;
  });
  return byValue.size > MAX_VALUES ? `${shown.join(", ")}, …` : shown.join(", ");
}

function calledIn({ label, environment }: Stack): string | undefined {
  return label ?? environment;
}

function sources(uses: readonly SettingUse[]): string {
  const lines = uses.map((use) => {
    const { setting, claim } = use;
    const cases = allCases(use);
    const unknown = isUnknown(setting.value)
      ? ` (${cases === "" ? shortReason(setting.value) : `${cases}: ${setting.value.unknown}`})`
      : "";
    return `${claim.stack.name}: ${setting.sources.map(({ what }) => what).join(" ← ") || "computed here"}${unknown}`;
  });
  return [...new Set(lines)].slice(0, 10).join("\n");
}

function shortReason(value: Unknown): string {
  return `${isRefused(value) ? "refused" : "unknown"}: ${reasonOf(value)}`;
}

/**
 * The largest reservation that fits in all pools the number stands in, with the pool's name where they differ; stacks and copies that share a pool
 * share its room.
 */
function largestHint(uses: readonly SettingUse[]): Hint[] {
  const rooms = [...groupBy(uses, ({ pool }) => pool)].map(([pool, same]) => {
    const claims = same.map(({ claim }) => claim);
    return { pool, least: largestForCertain(pool, claims), label: maxLabel(pool, claims) };
  });
  const [tightest] = rooms.sort((a, b) => a.least - b.least);
  const offset = uses[0]?.setting.place.end;
  if (tightest === undefined || offset === undefined) return [];
  const differ = new Set(rooms.map(({ label }) => label)).size > 1;
  const where = differ ? ` (${tightest.pool.name})` : "";
  const tooltip = "The largest reservation that can be written here.";
  return [{ offset, label: `${tightest.label}${where}`, tooltip }];
}

function globalsHints(context: FeatureContext, settings: readonly SettingUse[], file: SourceFile): Hint[] {
  return globalPlaces(context.analysis, file.uri).flatMap((place) => {
    const inheriting = settings.filter(({ setting, which }) => setting.origin === "globals" && which === "reserved");
    const names = new Set(inheriting.map(({ claim }) => claim.function.logicalId));
    const value = inheriting[0]?.setting.value;
    if (value === undefined || names.size === 0) return [];
    const same = inheriting.every(({ setting }) => setting.value === value);
    const total = same && typeof value === "number" ? ` = ${num(value * names.size)}` : "";
    return [
      {
        offset: place.end,
        label: `× ${num(names.size)}${total}`,
        tooltip: "A Globals value counts once for each function that inherits it.",
      },
    ];
  });
}

function budgetHints(context: FeatureContext, file: SourceFile): Hint[] {
  const budget = budgetOf(context.analysis, file);
  return (budget?.pools ?? []).flatMap((document) => {
    const pool = budget && poolOf(context.analysis, budget, document);
    const copiesHints = document.reservations.flatMap((grant): Hint[] => {
      const copies = copiesOf(claimsOfGrant(pool, grant));
      if (copies < 2 || grant.reserved === 0) return [];
      const label = `× ${num(copies)} = ${num(copies * grant.reserved)}`;
      return [
        {
          offset: grant.valuePlace.end,
          label,
          tooltip: "Each function and instance that the entry covers may reserve the grant.",
        },
      ];
    });
    return pool?.live
      ? [...copiesHints, ...liveHints(pool, pool.live, document.reservations, liveWord(context.options))]
      : copiesHints;
  });
}

/** Behind `Name:` or `"Name": {`, so that the hint does not stand between a key and its colon. */
function endOfKeyLine(text: string, from: number): number {
  const rest = /^["']?\s*:\s*\{?/.exec(text.slice(from, from + 40))?.[0] ?? "";
  return from + rest.trimEnd().length;
}
