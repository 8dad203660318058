import type { ListedKill } from "#aws";
import { UserError } from "../userError.ts";
import { type KillArguments, selectedKills } from "./killArguments.ts";
import type { KillContext } from "./killContext.ts";
import { unfinished } from "./killState.ts";
import { killSwitch } from "./killSwitch.ts";
import { restoreKills } from "./restoreKills.ts";

/** Goes on with what is not finished: a restore is restored again, everything else killed again. */
export async function finishKills(context: KillContext, args: KillArguments): Promise<void> {
  const { restoring, others } = byAction(selectedKills(context, args));
  if (others.length > 0) await killSwitch(context, others);
  if (restoring.length > 0) await restoreKills(context, restoring);
}

/** Takes back what is not finished: the other way round. */
export async function undoKills(context: KillContext, args: KillArguments): Promise<void> {
  const { restoring, others } = byAction(selectedKills(context, args));
  if (others.length > 0) await restoreKills(context, others);
  if (restoring.length > 0) await killSwitch(context, restoring);
}

function byAction(kills: readonly ListedKill[]): {
  readonly restoring: readonly string[];
  readonly others: readonly string[];
} {
  if (kills.length === 0) throw new UserError("Select a kill that is not finished in the view “Kills” first.");
  const names = (wanted: boolean) =>
    kills.filter((kill) => (unfinished(kill) === "restore") === wanted).map(({ record }) => record.name);
  return { restoring: names(true), others: names(false) };
}
