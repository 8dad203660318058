import { startAccountWindows } from "./accountWindows.ts";
import { checkGroup } from "./checkGroup.ts";
import { acrossMachines } from "./kills/acrossMachines.ts";
import { killAndRestore } from "./kills/killAndRestore.ts";

/** Switches functions off by keyboard and restores them by mouse, and looks at the account with another client. */
export const runKills = checkGroup({
  // Provisioned concurrency takes minutes, and mappings take seconds, until they are as they were.
  start: () => startAccountWindows({ traffic: false, timeScale: 30 }),
  checks: { ...killAndRestore, ...acrossMachines },
});
