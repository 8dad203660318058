import type {
  KilledFunction,
  KillList,
  KillPreview,
  ListedKill,
  PreviewedKill,
  PreviewedRestore,
  RestoredFunction,
  RestorePreview,
  Shortage,
  StepResult,
} from "#aws";
import {
  type AccountIdentity,
  ahead,
  capital,
  fieldText,
  isoText,
  type KilledState,
  type KillRecord,
  type LiveMapping,
  many,
  mappingsByName,
  momentText,
  num,
  putBackText,
  qualifierText,
  valueText,
} from "#core";
import { printable } from "./terminal.ts";

/** What a kill would do, for people. */
export function killPreviewLines(
  { identity, functions, broken = [] }: KillPreview,
  until: Date | undefined,
  now: Date,
): string {
  const again = `run "lambda-concurrency restore ${restorable(functions)}".`;
  const end =
    until === undefined
      ? []
      : [`Reminder: ${momentText(until, now)} (${ahead(until, now)}). Nothing is restored automatically; ${again}`];
  return text([
    `Kill in ${place(identity)}`,
    ...end,
    ...functions.flatMap((found) => ["", ...previewedLines(found, now)]),
    ...brokenLines(broken),
  ]);
}

function brokenLines(broken: readonly string[]): readonly string[] {
  return broken.length === 0 ? [] : ["", ...broken.map((message) => `! ${message}`)];
}

/** The functions that a restore of this kill would name; of many only that some have to be. */
function restorable(functions: KillPreview["functions"]): string {
  const names = functions.flatMap(({ kind, name }) => (kind === "kill" ? [name] : []));
  return names.length === 0 || names.length > 3 ? "FUNCTION…" : names.join(" ");
}

function previewedLines(found: PreviewedKill, now: Date): readonly string[] {
  const { name } = found;
  if (found.kind === "refused") return [`${name}: not possible`, `  ${found.message}`];
  if (found.kind === "off") return [`${name}: off already, its reservation is ${num(found.reserved)}`];
  if (found.kind === "killed")
    return [
      `${name}: killed already, its reservation is ${found.record.killedTo}`,
      `  ${recordText(found.record, now)}`,
    ];
  const { before, reserved, killedTo, consequences, onlyHere, continues, replaces, mappings } = found;
  const going = continues === undefined ? "" : `, continues the kill of ${isoText(continues.at, now)}`;
  const kept = mappings.filter(({ disable }) => !disable).length;
  return [
    `${name}: reservation ${valueText(reserved)} to ${killedTo}${going}`,
    ...(replaces === undefined
      ? []
      : [
          `  It was killed ${isoText(replaces.at, now)} and changed since; what is still off of that kill comes back with this one.`,
        ]),
    ...consequences.map(({ message, loses }) => `  ${loses ? "!" : "-"} ${message}`),
    ...(kept === 0 || before.mappings.length > 0 ? [] : ["  - No event source mapping is disabled."]),
    ...(onlyHere === undefined ? [] : [`  ! Only this machine may be able to restore it: ${onlyHere}`]),
  ];
}

/** What became of a kill, for people. */
export function killedLines(results: readonly KilledFunction[], { functions }: KillPreview): string {
  const mappings = mappingsByName(functions);
  return text(
    results.flatMap(({ name, outcome, message, onlyHere, steps }) => [
      `${killWords[outcome]} ${name}${message === undefined ? "" : `: ${message}`}`,
      ...(outcome === "partial" ? stepLines(steps, mappings.get(name)) : []),
      ...(onlyHere === undefined ? [] : [`  ! ${onlyHere}`]),
    ]),
  );
}

const killWords: Readonly<Record<KilledFunction["outcome"], string>> = {
  killed: "off      ",
  partial: "partly   ",
  alreadyKilled: "was off  ",
  alreadyOff: "was off  ",
  changed: "changed  ",
  failed: "failed   ",
  skipped: "not begun",
};

/** What a restore would do, for people. */
export function restorePreviewLines({ identity, functions, short, broken = [] }: RestorePreview, now: Date): string {
  return text([
    `Restore in ${place(identity)}`,
    ...functions.flatMap((found) => ["", ...restoreLines(found, now)]),
    ...(short === undefined ? [] : ["", short.message, fittingText(short, functions.length)]),
    ...brokenLines(broken),
  ]);
}

function fittingText({ fitting }: Shortage, all: number): string {
  if (fitting.length === 0) return all === 1 ? "It does not fit as it is." : "None of them fits as it is.";
  return `They are restored in this order; as it is, ${many(fitting.length, "function")} of ${num(all)} fit: ${fitting.join(", ")}.`;
}

function restoreLines(found: PreviewedRestore, now: Date): readonly string[] {
  const { name } = found;
  if (found.kind === "refused") return [`${name}: not possible`, `  ${found.message}`];
  const { record, conflicts, fresh } = found;
  return [
    `${name}: reservation ${valueText(fresh.live.reserved)} to ${valueText(record.before.reserved)}`,
    `  ${recordText(record, now)}`,
    ...stateLines(record.before, fresh.details.mappings).map((line) => `  - ${line}`),
    ...conflicts.map(({ message }) => `  ! ${message}`),
  ];
}

function stateLines({ provisioned, mappings, targets }: KilledState, read: readonly LiveMapping[]): readonly string[] {
  return [
    ...provisioned.map(
      ({ qualifier, requested }) =>
        `Provisioned concurrency ${num(requested)} on ${qualifierText(qualifier)} is requested again.`,
    ),
    ...mappings.map(({ uuid }) => `${capital(fieldText(`mapping:${uuid}`, read))} is enabled.`),
    ...targets.map(({ qualifier }) => `Auto scaling of ${qualifierText(qualifier)} resumes.`),
  ];
}

/** What became of a restore, for people. */
export function restoredLines(results: readonly RestoredFunction[], { functions }: RestorePreview): string {
  const mappings = mappingsByName(functions);
  return text(
    results.flatMap(({ name, outcome, message, steps }) => [
      `${restoreWords[outcome]} ${name}${message === undefined ? "" : `: ${message}`}`,
      ...(outcome === "partial" ? stepLines(steps, mappings.get(name)) : []),
    ]),
  );
}

const restoreWords: Readonly<Record<RestoredFunction["outcome"], string>> = {
  restored: "restored  ",
  warming: "restored  ",
  partial: "partly    ",
  changed: "changed   ",
  short: "no room   ",
  notKilled: "not killed",
  failed: "failed    ",
  skipped: "not begun ",
};

function stepLines(steps: readonly StepResult[], mappings: readonly LiveMapping[] | undefined): readonly string[] {
  return steps.map(
    ({ field, outcome }) =>
      `  ${outcome === "done" || outcome === "already" ? "done    " : "not done"} ${fieldText(field, mappings)}`,
  );
}

/** What is off, for people; `none` is said when there is nothing. */
export function killListLines({ kills, broken, mayLag, loads }: KillList, none: string, now: Date): string {
  return text([
    ...(kills.length === 0 ? [none] : kills.flatMap((kill) => listedLines(kill, now))),
    ...loads.map(
      (load) => `${putBackText(load, now)}: restore ${load.name} puts it back, unless the test is still under way.`,
    ),
    ...broken.map(({ message }) => `! ${message}`),
    ...(mayLag && kills.length > 0 ? ["", "Tags may lag: what others did in the last minutes may be missing."] : []),
  ]);
}

const stageWords: Readonly<Record<ListedKill["stage"], string>> = {
  prepared: "half killed since",
  killing: "half killed since",
  killed: "off since",
  restoring: "half restored since",
};

function listedLines(kill: ListedKill, now: Date): readonly string[] {
  const { record, stage, expired, source, tagged, elsewhere, doubtful } = kill;
  const { name, account, region, at, until, who, reason } = record;
  const state = elsewhere ? "restored elsewhere, killed" : doubtful ? "not known, killed" : stageWords[stage];
  const end = until === undefined ? "" : `, ${expired ? "REMINDER DUE since" : "reminder"} ${isoText(until, now)}`;
  return [
    `${name}: ${state} ${isoText(at, now)}${end}`,
    `  ${account}/${region}, by ${who}`,
    ...(reason === "" ? [] : [`  ${reason}`]),
    ...(elsewhere ? [`  It runs again: restore ${name} closes the kill here.`] : []),
    ...(doubtful
      ? ["  AWS reports it as before the kill, and may answer late. List again in a minute, or restore it."]
      : []),
    ...(source !== "tags" && !tagged ? ["  ! Only this machine can restore it."] : []),
  ];
}

function recordText({ at, who, reason, until }: KillRecord, now: Date): string {
  const end = until === undefined ? "" : `, reminder ${isoText(until, now)}`;
  return `Killed ${isoText(at, now)} by ${who}${end}${reason === "" ? "" : `: ${reason}`}`;
}

function place({ account, alias, region }: AccountIdentity): string {
  return `account ${account}${alias === undefined ? "" : ` (${alias})`} in ${region}`;
}

function text(lines: readonly string[]): string {
  return `${lines.map(printable).join("\n")}\n`;
}
