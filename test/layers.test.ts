import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, test } from "node:test";

const root = path.join(import.meta.dirname, "..");
const biome = path.join(root, "node_modules/@biomejs/biome/bin/biome");
const tsc = path.join(root, "node_modules/typescript/bin/tsc");

interface Refusal {
  readonly file: string;
  readonly line: number;
}

/**
 * Lints texts as if they were files of the project, in a copy of its folders that holds nothing else, and gives what the
 * rules about imports and about the console refuse.
 */
function lint(files: Readonly<Record<string, string>>): readonly Refusal[] {
  const folder = mkdtempSync(path.join(tmpdir(), "layers-"));
  try {
    const config = JSON.parse(readFileSync(path.join(root, "biome.json"), "utf8"));
    writeFileSync(path.join(folder, "biome.json"), JSON.stringify({ ...config, vcs: { enabled: false } }));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
    const args = [biome, "lint", "--reporter=github", "--max-diagnostics=none", "."];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    return [
      ...`${stdout}${stderr}`.matchAll(
        /title=lint\/(?:style\/noRestrictedImports|suspicious\/noConsole),file=([^,]+),line=(\d+)/g,
      ),
    ].map(([, file = "", line]) => ({
      file: path.relative(folder, path.resolve(folder, file)).replaceAll("\\", "/"),
      line: Number(line),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One import per line, each used so that nothing else is reported. */
function imports(names: readonly string[]): string {
  return names.map((name, index) => `export type * as a${index} from "${name}";\n`).join("");
}

/** For each module a file in it, imports that it may have, and imports that it may not have. */
const modules: Readonly<Record<string, { file: string; allowed: readonly string[]; forbidden: readonly string[] }>> = {
  core: {
    file: "server/src/core/rules/planted.ts",
    allowed: ["./x.ts", "../model.ts", "smol-toml", "ignore", "vscode-uri", "vscode-languageserver-types"],
    forbidden: [
      "node:fs",
      "fs",
      "yaml",
      "vscode",
      "vscode-languageserver/node",
      "#lsp/x.ts",
      "../../lsp/x.ts",
      "@aws-sdk/client-lambda",
    ],
  },
  workspaceFiles: {
    file: "server/src/workspaceFiles/planted.ts",
    allowed: ["./x.ts", "#core", "node:fs", "node:timers/promises", "ignore"],
    forbidden: ["#core/model.ts", "../core/model.ts", "#lsp", "vscode", "vscode-languageserver/node"],
  },
  aws: {
    file: "server/src/aws/planted.ts",
    allowed: ["./x.ts", "#core", "node:fs", "@aws-sdk/client-lambda"],
    forbidden: ["#core/model.ts", "#lsp", "#demo", "vscode", "vscode-languageclient/node"],
  },
  demo: {
    file: "server/src/demo/planted.ts",
    allowed: ["./x.ts", "node:http"],
    forbidden: ["#core", "#aws", "../core/ledger/ledger.ts", "@aws-sdk/client-lambda", "vscode"],
  },
  operations: {
    file: "server/src/operations/planted.ts",
    allowed: ["./x.ts", "#core", "#aws"],
    forbidden: ["#core/model.ts", "#aws/session.ts", "../aws/session.ts", "#cli/x.ts", "node:fs", "vscode"],
  },
  load: {
    file: "server/src/load/planted.ts",
    allowed: ["./x.ts", "#core", "node:http", "undici", "hdr-histogram-js"],
    forbidden: ["#aws", "#demo", "@aws-sdk/client-lambda", "autocannon", "vscode"],
  },
  protocol: {
    file: "server/src/protocol.ts",
    allowed: ["#core", "vscode-languageserver-protocol"],
    forbidden: ["node:fs", "#lsp", "./lsp/server.ts", "vscode", "vscode-languageserver/node"],
  },
  lsp: {
    file: "server/src/lsp/features/planted.ts",
    allowed: ["./x.ts", "../x.ts", "#core", "#protocol", "#workspaceFiles", "node:path", "vscode-languageserver/node"],
    forbidden: [
      "#core/model.ts",
      "../../core/model.ts",
      "#aws",
      "@aws-sdk/client-lambda",
      "#cli/x.ts",
      "vscode",
      "yaml",
    ],
  },
  cli: {
    file: "server/src/cli/commands/planted.ts",
    allowed: ["./x.ts", "../x.ts", "#core", "#workspaceFiles", "#aws", "#operations", "#demo", "#load", "node:process"],
    forbidden: ["#core/model.ts", "../../core/model.ts", "vscode", "@aws-sdk/client-lambda", "#client/ids.ts"],
  },
  client: {
    file: "client/src/commands/planted.ts",
    allowed: [
      "./x.ts",
      "../x.ts",
      "#core",
      "#protocol",
      "#aws",
      "#operations",
      "#webview/poolMessages.ts",
      "vscode",
      "vscode-languageclient/node",
    ],
    forbidden: [
      "#core/model.ts",
      "../../../server/src/core/model.ts",
      "#lsp",
      "#demo",
      "#load",
      "@aws-sdk/client-lambda",
      "yaml",
      "#webview/dom.ts",
    ],
  },
  webview: {
    file: "client/webview/src/planted.ts",
    allowed: ["./x.ts", "#core", "d3-scale", "d3-shape"],
    forbidden: ["../../src/ids.ts", "#client/ids.ts", "#protocol", "node:fs", "vscode", "d3-selection"],
  },
};

for (const [module, { file, allowed, forbidden }] of Object.entries(modules)) {
  describe(`the linter guards ${module}`, () => {
    test("allowed imports pass", () => assert.deepEqual(lint({ [file]: imports(allowed) }), []));
    test(`${forbidden.join(", ")} are refused`, () => {
      const expected = forbidden.map((_, index) => ({ file, line: index + 1 }));
      const refused = lint({ [file]: imports(forbidden) });
      assert.deepEqual(
        expected.filter(({ line }) => !refused.some((refusal) => refusal.line === line)),
        [],
      );
    });
  });
}

test("imports at run time are refused like any other", () => {
  const file = "server/src/core/planted.ts";
  assert.deepEqual(lint({ [file]: 'export const a = await import("node:fs");\n' }), [{ file, line: 1 }]);
});

test("imports inside types, which the linter does not see, stay in their module", () => {
  const files = globSync("{server,client}/src/**/*.ts", { cwd: root });
  const foreign = files.flatMap((file) =>
    [...readFileSync(path.join(root, file), "utf8").matchAll(/(?<!await )\bimport\("([^"]+)"\)/g)]
      .map(([, name = ""]) => name)
      .filter((name) => !name.startsWith("./"))
      .map((name) => `${file}: ${name}`),
  );
  assert.deepEqual(foreign, []);
});

/** Names that core exports of its planning and its arithmetic; types, which compute nothing, are not among them. */
function computing(): ReadonlySet<string> {
  const index = readFileSync(path.join(root, "server/src/core/index.ts"), "utf8");
  const exported = [...index.matchAll(/export \{([^}]*)\} from "\.\/(?:plan|ledger)\//g)].flatMap(([, names = ""]) =>
    names.split(",").map((name) => name.trim()),
  );
  return new Set(exported.filter((name) => name !== "" && !name.startsWith("type ")));
}

/** What a file imports from core to plan or to count with. */
function computes(text: string): readonly string[] {
  const imported = [...text.matchAll(/import \{([^}]*)\} from "#core"/g)].flatMap(([, names = ""]) =>
    names.split(",").map((name) => name.trim().split(" as ")[0] ?? ""),
  );
  const names = computing();
  return imported.filter((name) => names.has(name));
}

/** Where the editor and the command line lead to operations: they show, ask and tell, and leave planning and counting to them. */
const adapters = "{client/src/{changes,kills,operations},server/src/cli/{account,commands}}/**/*.ts";

test("adapters of operations neither plan nor count", () => {
  assert.ok(computing().has("planChanges") && computing().has("accountPool"));
  assert.deepEqual(computes('import { many, planChanges, type Plan } from "#core";\n'), ["planChanges"]);
  const found = globSync(adapters, { cwd: root }).flatMap((file) =>
    computes(readFileSync(path.join(root, file), "utf8")).map((name) => `${file.replaceAll("\\", "/")}: ${name}`),
  );
  assert.deepEqual(found, []);
});

test("the console is refused where standard output belongs to the protocol", () => {
  const files = ["server/src/core/planted.ts", "server/src/lsp/planted.ts", "client/src/planted.ts"];
  const refused = lint(Object.fromEntries(files.map((file) => [file, 'console.log("x");\n'])));
  assert.deepEqual(refused.map(({ file }) => file).sort(), [...files].sort());
});

/** Compiles a text with the options of core, and gives the numbers of the errors. */
function compileInCore(text: string): readonly string[] {
  mkdirSync(path.join(root, ".cache"), { recursive: true });
  const folder = mkdtempSync(path.join(root, ".cache/planted-"));
  try {
    writeFileSync(path.join(folder, "planted.ts"), text);
    const options = {
      noEmit: true,
      composite: false,
      incremental: false,
      emitDeclarationOnly: false,
      tsBuildInfoFile: null,
    };
    const project = {
      extends: "../../server/src/core/tsconfig.json",
      compilerOptions: options,
      include: ["planted.ts"],
    };
    writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(project));
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { cwd: root, encoding: "utf8" });
    return [...stdout.matchAll(/error (TS\d+)/g)].map(([, code]) => code ?? "");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("the compiler guards core", () => {
  test("plain TypeScript passes", () =>
    assert.deepEqual(compileInCore("export const a: number = Math.max(1, 2);\n"), []));
  test("Node's modules are unknown", () => {
    assert.deepEqual(compileInCore('export { readFileSync } from "node:fs";\n'), ["TS2591"]);
  });
  for (const name of [
    "process.cwd()",
    "Buffer.from([])",
    "console.log(1)",
    "setTimeout(() => {}, 1)",
    "window.name",
    'fetch("x")',
  ]) {
    test(`${name} is unknown`, () => {
      const [code] = compileInCore(`export const a: unknown = ${name};\n`);
      assert.match(String(code), /^TS(2304|2580|2584|2591)$/);
    });
  }
});
