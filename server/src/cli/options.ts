import { parseArgs } from "node:util";
import { either, suggest } from "#core";
import { UsageError } from "./exitCodes.ts";

/** One option of a command. */
export interface OptionSpec {
  /** What stands for the value in the help; absent for a switch. */
  readonly value?: string;
  /** One letter that does as well, behind one dash. */
  readonly short?: string;
  /** May be given more than once. */
  readonly multiple?: boolean;
  /** The only values accepted. */
  readonly choices?: readonly string[];
  /** Accepts whole numbers from this one on. */
  readonly wholeNumberFrom?: number;
  /** Accepts the id of an account: 12 digits. */
  readonly accountId?: true;
  /** Understood, but not shown in the help because this version cannot do it. */
  readonly hidden?: boolean;
  readonly help: string;
}

/** Options by name, without the dashes. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** What stood on the command line behind the command's name. */
export interface Options {
  readonly positionals: readonly string[];
  /** Was the switch given? */
  has(name: string): boolean;
  /** The last value given. */
  text(name: string): string | undefined;
  number(name: string): number | undefined;
  /** All values given, in order. */
  list(name: string): readonly string[];
}

/** Far above any quota that AWS grants, far below what arithmetic loses digits at. */
const LARGEST_NUMBER = 1_000_000_000;

const everywhere = ["help", "version"];

/** Reads the arguments of a command. Throws a `UsageError` that names the argument and what to write instead. */
export function parseOptions(args: readonly string[], specs: OptionSpecs): Options {
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { value, short }]) => [
      name,
      { type: value === undefined ? "boolean" : "string", ...(short !== undefined && { short }) } as const,
    ]),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...options, help: { type: "boolean", short: "h" }, version: { type: "boolean", short: "v" } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const value = checkedValue(token.name, token.rawName, token.value, specs);
    values.set(token.name, [...(values.get(token.name) ?? []), value]);
  }
  for (const [name, given] of values) {
    const spec = specs[name];
    if (spec?.value !== undefined && !spec.multiple && given.length > 1)
      throw new UsageError(`--${name} is given ${given.length} times; give it once.`);
  }
  return {
    positionals,
    has: (name) => values.has(name),
    text: (name) => values.get(name)?.at(-1),
    number: (name) => (values.has(name) ? Number(values.get(name)?.at(-1)) : undefined),
    list: (name) => values.get(name) ?? [],
  };
}

function checkedValue(name: string, rawName: string, value: string | undefined, specs: OptionSpecs): string {
  const spec = specs[name];
  if (spec === undefined) {
    if (everywhere.includes(name)) return "";
    // `set NAME -1`, as Terraform has it.
    if (/^-\d/.test(rawName)) {
      throw new UsageError(
        "No command takes a number below 0. A reservation is a whole number from 0 on; none removes it.",
      );
    }
    throw new UsageError(`Unknown option ${rawName}.${suggestion(name, specs)}`);
  }
  if (spec.value === undefined) {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value.`);
    return "";
  }
  if (value === undefined || value === "") throw new UsageError(`${rawName} needs a value: ${rawName} ${spec.value}.`);
  if (spec.choices && !spec.choices.includes(value)) throw new UsageError(notAChoice(rawName, value, spec.choices));
  if (spec.accountId && !/^\d{12}$/.test(value))
    throw new UsageError(`${rawName} takes the id of an account, 12 digits, not "${value}".`);
  if (spec.wholeNumberFrom !== undefined) checkNumber(rawName, value, spec.wholeNumberFrom);
  return value;
}

function suggestion(name: string, specs: OptionSpecs): string {
  const visible = Object.entries(specs).flatMap(([known, spec]) => (spec.hidden ? [] : [known]));
  const meant = closest(name, [...visible, ...everywhere]);
  return meant === undefined ? " --help lists the options." : ` Did you mean --${meant}?`;
}

function notAChoice(rawName: string, value: string, choices: readonly string[]): string {
  const meant = closest(value, choices);
  const hint = meant === undefined ? "" : ` Did you mean ${meant}?`;
  return `${rawName} takes ${either(choices)}, not "${value}".${hint}`;
}

function checkNumber(rawName: string, value: string, from: number): void {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= from && number <= LARGEST_NUMBER) return;
  throw new UsageError(`${rawName} takes a whole number from ${from} to ${LARGEST_NUMBER}, not "${value}".`);
}

/** The candidate that `word` was probably meant to be: one that begins with it, else the nearest spelling. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const beginning = word.length > 2 ? candidates.filter((candidate) => candidate.startsWith(word)) : [];
  return beginning.length === 1 ? beginning[0] : suggest(word, candidates);
}
