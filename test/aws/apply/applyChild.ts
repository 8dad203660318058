/** A process that applies a plan and may be killed at any moment: URL, state folder and the wanted reservations stand on its command line. */
import { applyPlan, planAccount } from "#aws";
import { openWithoutWaits } from "./sessionWithoutWaits.ts";

const [url = "", folder = "", wanted = "[]"] = process.argv.slice(2);
const session = await openWithoutWaits(url);
const planned = await planAccount(session, JSON.parse(wanted));
process.stdout.write("planned\n");
const report = await applyPlan(session, planned, { title: "child" }, { folder });
process.stdout.write(`${report.result}\n`);
session.close();
