import { startAccountWindows } from "./accountWindows.ts";
import { applies } from "./changes/applies.ts";
import { cancelled } from "./changes/cancelled.ts";
import { loads } from "./changes/loads.ts";
import { reservations } from "./changes/reservations.ts";
import { logged } from "./changes/scene.ts";
import { checkGroup } from "./checkGroup.ts";

const checks = { ...cancelled, ...reservations, ...applies, ...loads };

/** Changes a demo account by keyboard: what is cancelled calls nothing, what is confirmed is made and nothing else. */
export const runChanges = checkGroup({
  start: () => startAccountWindows({ traffic: false }),
  checks: Object.fromEntries(Object.entries(checks).map(([name, check]) => [name, logged(check)])),
});
