/** Speed of the product as it ships: `npm run bench`. Packages it, runs test/bench/, and asks a real VS Code how long activation took. */
import { runNode } from "./command.ts";
import { packageExtension } from "./package.ts";

await packageExtension();
const code = await runNode(["test/bench/main.ts", ...process.argv.slice(2)]);
const activation = await runNode(["test/host/activationTime.ts"]);
process.exitCode = code === 0 ? activation : code;
