import { type ReadFirst, readFirst } from "#core";
import type { LanguageServer } from "../languageServer.ts";
import { fetchPools } from "./commands/fetchPools.ts";

/** Milliseconds; the reading does not wait for it, and what is listed by then comes in its own order. */
const patience = 2000;

/** The functions that the workspace's templates and budgets name; none while the language server does not run. */
export async function declaredFirst(server: LanguageServer): Promise<ReadFirst> {
  const pools = server.client === undefined ? [] : await fetchPools(server, patience);
  const rows = pools.flatMap((pool) => pool.rows);
  // What no file declares has neither: its row is there because the account has it.
  return readFirst(rows.filter(({ declared, granted }) => declared !== undefined || granted !== null));
}
