import type {
  KilledFunction,
  KillList,
  KillPreview,
  ListedKill,
  RestoredFunction,
  RestorePreview,
  StepResult,
} from "#aws";
import type { Room } from "#core";
import type { RestoredLoad } from "#operations";
import type { Selection } from "../selection.ts";
import { jsonText } from "./jsonText.ts";

/** Version 1 of the documented JSON of `kill`. */
export function killJson(
  { functions, ...preview }: KillPreview,
  results: readonly KilledFunction[] | null,
  selections: readonly Selection[] = [],
): string {
  const shown = functions.map((found) => (found.kind === "refused" ? plain(found) : found));
  return json({
    ...preview,
    ...selected(selections),
    functions: shown,
    results: results === null ? null : results.map(withPlainSteps),
  });
}

function selected(selections: readonly Selection[]) {
  return selections.length === 0 ? {} : { selected: selections };
}

/** Version 1 of the documented JSON of `restore`. */
export function restoreJson(
  { functions, ...preview }: RestorePreview,
  results: readonly RestoredFunction[] | null,
  room: Room | null,
  selections: readonly Selection[] = [],
  loads: readonly RestoredLoad[] = [],
): string {
  const shown = functions.map((found) => {
    if (found.kind === "refused") return plain(found);
    const { kind, name, record, source, conflicts } = found;
    return { kind, name, source, record, conflicts };
  });
  return json({
    ...preview,
    ...selected(selections),
    functions: shown,
    room,
    results: results === null ? null : results.map(withPlainSteps),
    ...(loads.length > 0 && { loads }),
  });
}

/** Version 1 of the documented JSON of `kills`. */
export function killsJson({ kills, broken, problems, mayLag, loads }: KillList): string {
  return json({
    kills: kills.map(({ key: _, ...listed }: ListedKill) => listed),
    broken,
    problems,
    mayLag,
    loads: loads.map(({ key: _, ...load }) => load),
  });
}

/** Errors have their message, which is beside them anyway. */
function plain<T extends { readonly error?: unknown }>({ error: _, ...rest }: T): Omit<T, "error"> {
  return rest;
}

function withPlainSteps<T extends { readonly steps: readonly StepResult[] }>(result: T) {
  return { ...result, steps: result.steps.map(plain) };
}

function json(value: object): string {
  return jsonText({ version: 1, ...value });
}
