/** Packages the extension: builds the bundles as they ship, writes dist/lambda-concurrency.vsix, lists its files and sizes. */
import { statSync } from "node:fs";
import path from "node:path";
import { packageBin, root, runNode } from "./command.ts";

/** Builds and packages; gives the path of the VSIX. */
export async function packageExtension(): Promise<string> {
  const vsix = path.join(root, "dist/lambda-concurrency.vsix");
  const build = ["esbuild.mjs", "--production"];
  // What ships is chosen by .vscodeignore alone; the bundles hold every dependency.
  const vsce = [
    "package",
    "--no-dependencies",
    "--allow-missing-repository",
    "--no-rewrite-relative-links",
    "--out",
    vsix,
  ];
  for (const args of [build, [packageBin("@vscode/vsce", "vsce"), ...vsce]]) {
    if ((await runNode(args)) !== 0) throw new Error(`The extension could not be packaged: ${args.join(" ")} failed.`);
  }
  return vsix;
}

if (import.meta.main) {
  const vsix = await packageExtension();
  await runNode([packageBin("@vscode/vsce", "vsce"), "ls", "--no-dependencies"]);
  console.log(`${path.basename(vsix)} ${Math.round(statSync(vsix).size / 1024)} KB`);
}
