import { readFileSync } from "node:fs";
import { deref, keyText, type Node, pairs, parse, rootOf } from "#core";
import type { AccountFile, checkAccount } from "#demo";
import { UsageError } from "./exitCodes.ts";

/** An account file is no deeper than this. */
const DEEPEST = 10;

/** Reads an account file, JSON or YAML. Throws a `UsageError` that says what is wrong in it. */
export function readAccountFile(path: string, shown: string, check: typeof checkAccount): AccountFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    throw new UsageError(`--account ${shown}: the file cannot be read${code}.`);
  }
  const tree = parse(text, "budget");
  const [problem] = tree.problems;
  if (problem !== undefined) {
    const line = text.slice(0, problem.start).split("\n").length;
    throw new UsageError(`--account ${shown}, line ${line}: ${problem.message}`);
  }
  const account = check(plain(rootOf(tree), 0));
  if (typeof account === "string") throw new UsageError(`--account ${shown}: ${account}`);
  return account;
}

/** The data that a tree stands for. What is deeper than any account is left out. */
function plain(given: Node | undefined, depth: number): unknown {
  const node = deref(given);
  if (node === undefined || depth > DEEPEST) return undefined;
  if (node.kind === "scalar") return node.value;
  if (node.kind === "seq") return node.items.map((item) => plain(item, depth + 1));
  return Object.fromEntries(pairs(node).map((pair) => [keyText(pair) ?? "", plain(pair.value, depth + 1)]));
}
