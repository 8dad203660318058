/**
 * Kills or restores functions and ends itself without warning at one point: before or after a call that changes the account, or before or
 * after a write to the journal. Prints how many points there were when it gets to the end.
 */
import { createJournal, type Journal, kill, previewKill, previewRestore, restore } from "#aws";
import { createRateLimiter } from "#aws/rateLimiter.ts";
import { virtualSession } from "../apply/virtualSession.ts";
import { interceptCalls } from "./interceptCalls.ts";

const [url = "", folder = "", action = "", crashAt = "0", ...names] = process.argv.slice(2);
let points = 0;

function point(): void {
  points++;
  if (points === Number(crashAt)) process.kill(process.pid, "SIGKILL");
}

let time = 0;
const clock = { now: () => (time += 1000), wait: async () => {} };
const session = { ...virtualSession(url), rateLimiter: createRateLimiter({ clock }) };
interceptCalls(session, async (call, command) => {
  const changes = /^(?:Put|Delete|Update|Register|Tag|Untag)/.test(command);
  if (changes) point();
  const result = await call();
  if (changes) point();
  return result;
});
const real = createJournal(folder);
const journal: Journal = {
  ...real,
  async write(entry) {
    point();
    await real.write(entry);
    point();
  },
};
const retryPolicy = { wait: async () => {} };
const outcomes =
  action === "kill"
    ? await kill(session, await previewKill(session, names, { journal }), { reason: "on fire", journal, retryPolicy })
    : await restore(session, await previewRestore(session, names, { journal }), { journal, retryPolicy });
session.close();
console.log(JSON.stringify({ points, outcomes: outcomes.map(({ outcome }) => outcome) }));
