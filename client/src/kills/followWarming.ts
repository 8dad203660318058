import { setTimeout as sleep } from "node:timers/promises";
import type { LiveFunction } from "#core";
import { counted } from "../views/text.ts";
import type { KillContext } from "./killContext.ts";
import type { Warming } from "./killsStore.ts";

/** Milliseconds between two looks at provisioned concurrency that is being allocated: it takes a minute or two. */
const period = 3000;

/** Looks for this long at most, milliseconds. */
const longest = 30 * 60_000;

/**
 * Follows provisioned concurrency that a restore requested until Lambda has allocated it or given up, in the Kills view. Ends when the
 * user stops it or another account is connected.
 */
export async function followWarming(
  { account, store, log }: Pick<KillContext, "account" | "store" | "log">,
  key: string,
  names: readonly string[],
): Promise<void> {
  const until = Date.now() + longest;
  let open = names;
  for (const name of names) store.warms(key, name, { key, name, requested: 0, allocated: 0 });
  try {
    while (open.length > 0 && Date.now() < until) {
      const asked = open;
      const found = await account.withSession(async ({ session, snapshot }) => {
        const { readDetails } = await import("#aws");
        const functions = snapshot.functions.filter(({ name }) => asked.includes(name));
        return Promise.all(
          functions.map(async (fn) => warmingOf(key, { ...fn, details: await readDetails(session, fn) })),
        );
      });
      for (const warming of found) {
        if (!store.follows(key, warming.name)) continue;
        store.warms(key, warming.name, isOver(warming) ? undefined : warming);
        if (warming.failed !== undefined || isOver(warming)) await account.refreshFunction(warming.name);
      }
      open = store.warming
        .filter((each) => each.key === key && asked.includes(each.name) && each.failed === undefined)
        .map(({ name }) => name);
      if (open.length > 0) await sleep(period);
    }
  } catch (error) {
    // The account was left, or does not answer: nobody knows any more.
    log.warn("Provisioned concurrency is no longer followed.", error);
    for (const name of open) store.warms(key, name, undefined);
  }
}

function isOver({ requested, failed }: Warming): boolean {
  return failed === undefined && requested === 0;
}

/** How far the provisioned concurrency of a function is, all its aliases and versions together. */
export function warmingOf(key: string, { name, details }: LiveFunction): Warming {
  const open = (details?.provisioned ?? []).filter(({ status }) => status !== "READY");
  const [failed] = open.filter(({ status }) => status === "FAILED");
  const sum = (pick: (config: (typeof open)[number]) => number) => open.reduce((total, each) => total + pick(each), 0);
  const base = { key, name, requested: sum((each) => each.requested), allocated: sum((each) => each.allocated) };
  if (failed === undefined) return base;
  const why = failed.statusReason === undefined ? "" : `: ${failed.statusReason}`;
  const says = `Lambda could not allocate ${counted(failed.requested, "execution")} on ${failed.qualifier}${why}`;
  return { ...base, failed: says.endsWith(".") ? says : `${says}.` };
}
