/**
 * Bundles the product: `node esbuild.mjs [--production] [--watch] [--tests]`.
 * `--tests` bundles the suite that runs inside VS Code (dist-test/index.cjs) as well.
 */
import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

const root = path.dirname(fileURLToPath(import.meta.url));
const flags = new Set(process.argv.slice(2));
const production = flags.has("--production");

/** @type {import("esbuild").BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  logLevel: "warning",
  metafile: true,
  // Names stay readable in stack traces. keepNames would do that for shortened names by a call for each closure that is made, which takes
  // a fifth of the time of checking a folder.
  minifyWhitespace: production,
  minifySyntax: production,
  legalComments: "none",
  sourcemap: production ? false : "linked",
};

/**
 * The account with the AWS SDK, the operations on it, the load generator with its HTTP client, the demo account and the language
 * server are bundles of their own that editor and command line load when they are needed: together they are larger than everything
 * else. `import("#aws")`, `import("#operations")`, `import("#load")` and so on become requests for these files.
 * @type {import("esbuild").Plugin}
 */
const loadedLate = {
  name: "loaded-late",
  setup({ onResolve }) {
    onResolve({ filter: /^#(?:aws|operations)$/ }, () => ({ path: "./aws.cjs", external: true }));
    onResolve({ filter: /^#(?:load|demo|lsp)$/ }, ({ path }) => ({ path: `./${path.slice(1)}.cjs`, external: true }));
  },
};

/** CommonJS for the extension host and the server process: Node 22 since VS Code 1.101. */
const inEditor = { format: /** @type {const} */ ("cjs"), target: "node22", external: ["vscode"] };

/** For the webview's Chromium: VS Code 1.101 has version 134. */
const inWebview = { platform: /** @type {const} */ ("browser"), target: "chrome134" };

/** @type {import("esbuild").BuildOptions[]} */
const bundles = [
  {
    ...common,
    ...inEditor,
    entryPoints: ["client/src/extension.ts"],
    outfile: "dist/extension.cjs",
    plugins: [loadedLate],
  },
  {
    ...common,
    stdin: { contents: 'export * from "#aws"; export * from "#operations";', resolveDir: root },
    outfile: "dist/aws.cjs",
    format: "cjs",
    target: "node20",
  },
  {
    ...common,
    entryPoints: ["server/src/load/index.ts"],
    outfile: "dist/load.cjs",
    format: "cjs",
    target: "node20",
  },
  {
    ...common,
    entryPoints: ["server/src/demo/index.ts"],
    outfile: "dist/demo.cjs",
    format: "cjs",
    target: "node20",
  },
  {
    ...common,
    entryPoints: ["server/src/lsp/index.ts"],
    outfile: "dist/lsp.cjs",
    format: "cjs",
    target: "node20",
  },
  {
    ...common,
    ...inEditor,
    entryPoints: ["server/src/lsp/main.ts"],
    outfile: "dist/server.cjs",
    plugins: [loadedLate],
  },
  {
    ...common,
    entryPoints: ["server/src/cli/main.ts"],
    outfile: "dist/cli.js",
    format: "esm",
    target: "node20",
    plugins: [loadedLate],
    // CommonJS dependencies inside an ES module still call `require` for Node's own modules.
    banner: {
      js: '#!/usr/bin/env node\nimport { createRequire as __createRequire } from "node:module";\nconst require = __createRequire(import.meta.url);',
    },
  },
  {
    ...common,
    ...inWebview,
    entryPoints: ["client/webview/src/poolView.ts"],
    outfile: "dist/poolView.js",
    format: "iife",
  },
  {
    ...common,
    ...inWebview,
    entryPoints: ["client/webview/src/poolView.css"],
    outfile: "dist/poolView.css",
  },
];
if (flags.has("--tests")) {
  bundles.push({
    ...common,
    ...inEditor,
    external: ["vscode", "mocha"],
    entryPoints: ["test/host/suite/index.ts"],
    outfile: "dist-test/index.cjs",
    minifyWhitespace: false,
    minifySyntax: false,
  });
}

if (flags.has("--watch")) {
  for (const options of bundles) await (await context({ ...options, logLevel: "info" })).watch();
} else {
  const sizes = [];
  for (const options of bundles) {
    const { metafile } = await build(options);
    const outfile = String(options.outfile);
    sizes.push(`${outfile} ${Math.round((metafile.outputs[outfile]?.bytes ?? 0) / 1024)} KB`);
    writeFileSync(path.join(root, `${outfile}.meta.json`), JSON.stringify(metafile));
  }
  chmodSync(path.join(root, "dist/cli.js"), 0o755);
  console.log(sizes.join(", "));
}
