import type { Session } from "#aws";
import { list, many, parseTag, type TagFilter } from "#core";
import { complain } from "../complain.ts";
import { UsageError } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import type { Selection } from "../selection.ts";
import { killGroupMembers } from "./killGroup.ts";
import { loadAws } from "./openAccount.ts";

/** The functions that a command line means. */
export interface SelectedFunctions {
  /** Named ones first; each once. */
  readonly names: readonly string[];
  readonly selections: readonly Selection[];
  /** Every selection stands for something, and all of it was found. */
  readonly isWhole: boolean;
}

/** What a command line asks for, before an account is read. */
export interface WantedFunctions {
  readonly named: readonly string[];
  readonly stacks: readonly string[];
  readonly tags: readonly { readonly given: string; readonly tag: TagFilter }[];
  readonly groups: readonly string[];
  /** No function is named and nothing selected. */
  readonly isEmpty: boolean;
}

/** Reads what a command line asks for. Throws a `UsageError` for what is no name of a function and no tag. */
export function wantedFunctions(options: Options): WantedFunctions {
  const named = functionNames(options);
  const tags = options.list("tag").map((given) => {
    const tag = parseTag(given);
    if (typeof tag === "string") throw new UsageError(`--tag ${given}: ${tag}`);
    return { given, tag };
  });
  const stacks = [...new Set(options.list("stack"))];
  const groups = [...new Set(options.list("group"))];
  const isEmpty = [named, stacks, tags, groups].every(({ length }) => length === 0);
  return { named, stacks, tags, groups, isEmpty };
}

/** Finds the functions that are meant. Throws an `AccountError` when the account does not say, a `UsageError` for an unknown group. */
export async function selectedFunctions(
  session: Session,
  { named, stacks, tags, groups }: WantedFunctions,
  options: Options,
  io: Io,
  signal: AbortSignal,
): Promise<SelectedFunctions> {
  const { functionsByTag, functionsOfStack } = await loadAws();
  const selections: Selection[] = [];
  for (const value of stacks)
    selections.push({ by: "stack", value, functions: await functionsOfStack(session, value, signal) });
  for (const { given, tag } of tags)
    selections.push({ by: "tag", value: given, functions: await functionsByTag(session, tag, signal) });
  const members = await killGroupMembers(session, groups, options, io, signal);
  selections.push(...members.selections);
  for (const selection of selections) {
    const problem = problemOf(selection);
    if (problem !== undefined) complain(problem, io);
  }
  return {
    names: [...new Set([...named, ...selections.flatMap(({ functions }) => functions)])],
    selections,
    isWhole: members.isWhole && selections.every((selection) => problemOf(selection) === undefined),
  };
}

/** What selections stand for, for people; nothing where only names are given. */
export function selectionLines(selections: readonly Selection[]): string {
  if (selections.length === 0) return "";
  const lines = selections.map(
    ({ by, value, functions }) =>
      `--${by} ${value}: ${many(functions.length, "function")}${functions.length === 0 ? "" : `: ${list(functions, 20)}`}`,
  );
  const lag = selections.some(({ by }) => by !== "group")
    ? ["Tags may lag: functions deployed in the last minutes may be missing."]
    : [];
  return `${[...lines, ...lag].join("\n")}\n\n`;
}

function problemOf({ by, value, functions, missing = [] }: Selection): string | undefined {
  if (missing.length > 0) return `Kill group ${value}: not found in this account: ${list(missing)}.`;
  if (functions.length > 0) return undefined;
  if (by === "tag") return `No function has the tag ${value}.`;
  return by === "stack" ? `No function belongs to stack ${value}.` : `Kill group ${value} means no function here.`;
}

/** The functions named on the command line, each once. Throws a `UsageError` for what cannot be a name. */
function functionNames({ positionals }: Options): readonly string[] {
  const wrong = positionals.find((name) => !/^[\w-]{1,64}$/.test(name));
  if (wrong === undefined) return [...new Set(positionals)];
  throw new UsageError(`"${wrong}" is not the name of a function. Give it without account, version or alias.`);
}
