import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import {
  accountCommands,
  budgetLanguage,
  changeCommands,
  commands,
  contextKeys,
  loadCommands,
  poolViewCommands,
  section,
  settings,
  viewCommands,
  viewIds,
} from "#client/ids.ts";
import { killCommands, killContextKeys } from "#client/kills/ids.ts";
import { rules } from "#core";

const root = path.join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const manifest = JSON.parse(read("package.json"));
const { contributes } = manifest;
const properties: Record<string, { default?: unknown; markdownDescription?: string }> =
  contributes.configuration.properties;

const groups = {
  "client/src/commands/register.ts": { name: "commands", ids: commands },
  "client/src/account/commands/register.ts": { name: "accountCommands", ids: accountCommands },
  "client/src/changes/register.ts": { name: "changeCommands", ids: changeCommands },
  "client/src/load/register.ts": { name: "loadCommands", ids: loadCommands },
  "client/src/kills/register.ts": { name: "killCommands", ids: killCommands },
  "client/src/poolView/register.ts": { name: "poolViewCommands", ids: poolViewCommands },
  "client/src/views/viewCommands.ts": { name: "viewCommands", ids: viewCommands },
};

test("every command of the manifest is registered, and the other way round", () => {
  const declared = contributes.commands.map(({ command }: { command: string }) => command).sort();
  assert.deepEqual(
    declared,
    Object.values(groups)
      .flatMap(({ ids }) => Object.values<string>(ids))
      .sort(),
  );
  for (const [file, { name, ids }] of Object.entries(groups)) {
    const registered = [...read(file).matchAll(new RegExp(`\\[${name}\\.(\\w+)\\]`, "g"))].map(([, key]) => key);
    assert.deepEqual(registered.sort(), Object.keys(ids).sort(), file);
  }
});

test("menus, key bindings and buttons run commands that exist", () => {
  const declared = new Set(contributes.commands.map(({ command }: { command: string }) => command));
  const menus: readonly (readonly { command: string }[])[] = Object.values(contributes.menus);
  const strings: readonly string[] = Object.values(JSON.parse(read("package.nls.json")));
  const used = [
    ...[...menus.flat(), ...contributes.keybindings].map(({ command }) => command),
    ...strings.flatMap((text) => [...text.matchAll(/\(command:([\w.]+)/g)].map(([, command]) => command ?? "")),
  ].filter((command) => command.startsWith(`${section}.`));
  assert.deepEqual(
    used.filter((command) => !declared.has(command)),
    [],
  );
});

test("views and their container are those of the code", () => {
  const [container] = contributes.viewsContainers.activitybar;
  const views: readonly { id: string; icon: string }[] = contributes.views[container.id];
  assert.deepEqual(
    views.map(({ id }) => id),
    Object.values(viewIds),
  );
  for (const { icon } of [container, ...views]) assert.ok(existsSync(path.join(root, icon)), icon);
});

test("when clauses ask for context keys that the code sets", () => {
  const known = new Set<string>([...Object.values(contextKeys), ...Object.values(killContextKeys)]);
  const declared = new Set([
    ...Object.values<string>(viewIds),
    ...contributes.commands.map(({ command }: { command: string }) => command),
  ]);
  const clauses = [...read("package.json").matchAll(/"(?:when|enablement)": "([^"]*)"/g)].map(
    ([, clause = ""]) => clause,
  );
  const keys = clauses.flatMap((clause) =>
    [...clause.matchAll(/(?<!== )\blambdaConcurrency(?:\.\w+)+/g)].map(([key]) => key),
  );
  assert.deepEqual(
    [...new Set(keys)].filter((key) => !known.has(key) && !declared.has(key)),
    [],
  );
});

test("a console is offered where there is one, and copying by key leaves a text field its own", () => {
  const palette: readonly { command: string; when: string }[] = contributes.menus.commandPalette;
  const { when } = palette.find(({ command }) => command === viewCommands.openInConsole) ?? {};
  assert.match(when ?? "", /\blambdaConcurrency\.console\b/);
  const keys: readonly { key: string; when: string }[] = contributes.keybindings;
  assert.match(keys.find(({ key }) => key === "ctrl+c")?.when ?? "", /!inputFocus/);
});

test("what switches off, removes or applies is never the first entry of a menu", () => {
  const destructive = new Set<string>([
    killCommands.killSwitch,
    killCommands.restoreAll,
    killCommands.forgetKill,
    changeCommands.removeReservation,
    changeCommands.applyBudget,
  ]);
  const shown: Record<string, readonly string[]> = {
    account: ["group.attention", "group.reserved", "function.reserved.connected", "function.off.connected.inBudget"],
    budget: ["row", "row.live", "row.inBudget.inTemplate.live", "pool.live", "pool.live.linked"],
  };
  const entries: readonly { command: string; when: string; group: string }[] = contributes.menus["view/item/context"];
  for (const [view, items] of Object.entries(shown)) {
    for (const item of items) {
      const [first] = entries
        .filter(({ when, group }) => !group.startsWith("inline") && shows(when, `lambdaConcurrency.${view}`, item))
        .sort((a, b) => (a.group < b.group ? -1 : 1));
      assert.notEqual(first, undefined, item);
      assert.equal(destructive.has(first?.command ?? ""), false, `${first?.command} on ${item}`);
    }
  }
});

/** Does a clause of a context menu, in the forms that the manifest uses, hold for an item of a view? */
function shows(when: string, view: string, item: string): boolean {
  return when.split(" && ").every((part) => {
    const [, key, operator, operand = ""] = /^(view|viewItem) (==|=~) (.*)$/.exec(part) ?? [];
    if (key === undefined) return true;
    const value = key === "view" ? view : item;
    return operator === "==" ? value === operand : new RegExp(operand.slice(1, -1)).test(value);
  });
}

test("a title of the palette says what it is about, without the view around it", () => {
  const palette: readonly { command: string; when: string }[] = contributes.menus.commandPalette;
  const strings = JSON.parse(read("package.nls.json"));
  const titles = contributes.commands
    .filter(
      ({ command }: { command: string }) => !palette.some((each) => each.command === command && each.when === "false"),
    )
    .map(({ title }: { title: string }) => strings[title.slice(1, -1)]);
  assert.ok(titles.length > 20);
  assert.deepEqual(
    titles.filter((title: string) => !/\w+ \w+/.test(title)),
    [],
  );
});

test("every string of the manifest exists and every string is used", () => {
  const used = new Set([...read("package.json").matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key));
  assert.deepEqual([...used].sort(), Object.keys(JSON.parse(read("package.nls.json"))).sort());
});

test("titles, descriptions and labels are strings of package.nls.json", () => {
  const plain = [
    ...read("package.json").matchAll(/"(?:title|category|markdownDescription|description)": "(?!%)([^"]*)"/g),
  ];
  assert.deepEqual(
    plain.map(([, text]) => text),
    [],
  );
});

test("every rule has a setting with its default severity", () => {
  const setting = contributes.configuration.properties[`${section}.rules`];
  assert.deepEqual(
    Object.entries<{ default: string }>(setting.properties).map(([id, { default: severity }]) => [id, severity]),
    Object.entries(rules).map(([id, { severity }]) => [id, severity]),
  );
  assert.equal(setting.additionalProperties, false);
});

test("every setting is in the section, has a default and a description", () => {
  for (const [name, setting] of Object.entries(properties)) {
    assert.ok(name.startsWith(`${section}.`), name);
    assert.notEqual(setting.default, undefined, name);
    assert.notEqual(setting.markdownDescription, undefined, name);
  }
  for (const name of Object.values(settings)) assert.ok(properties[`${section}.${name}`], name);
});

test("the server reads every setting that it acts on", () => {
  const source = read("server/src/lsp/settings.ts");
  const own = new Set(["trace", ...Object.values(settings).map((name) => name.split(".")[0])]);
  for (const name of Object.keys(properties)) {
    const [key = ""] = name.slice(section.length + 1).split(".");
    assert.ok(own.has(key) || source.includes(`.${key}`), `${name} is read nowhere`);
  }
});

test("the extension wakes up for template languages, budget files and *.template", () => {
  assert.deepEqual(manifest.activationEvents, [
    "onLanguage:yaml",
    "onLanguage:json",
    "onLanguage:jsonc",
    `onLanguage:${budgetLanguage}`,
    "workspaceContains:**/concurrency-budget.{yaml,yml}",
    "workspaceContains:**/*.concurrency-budget.{yaml,yml}",
    "workspaceContains:**/*.template",
  ]);
});

test("the language, its grammar and its configuration belong together", () => {
  const [language] = contributes.languages;
  const [grammar] = contributes.grammars;
  assert.equal(language.id, budgetLanguage);
  assert.equal(grammar.language, budgetLanguage);
  assert.equal(JSON.parse(read(grammar.path)).scopeName, grammar.scopeName);
  assert.ok(existsSync(path.join(root, language.configuration)));
});

test("what ships is listed by name and exists in the repository or is built", () => {
  const lines = read(".vscodeignore").trim().split("\n");
  assert.equal(lines[0], "**");
  for (const line of lines.slice(1)) {
    assert.ok(line.startsWith("!"), line);
    const pattern = line.slice(1);
    const found = pattern.startsWith("dist/") || globSync(pattern, { cwd: root }).length > 0;
    assert.ok(found, `${pattern} matches nothing`);
  }
});

test("the oldest supported VS Code and the types agree", () => {
  assert.equal(manifest.engines.vscode, `^${manifest.devDependencies["@types/vscode"]}`);
});

test("actions of the workflows are pinned to a commit, with its version beside it", () => {
  const files = globSync(".github/**/*.{yml,yaml}", { cwd: root });
  const used = files.flatMap((file) => [...read(file).matchAll(/\buses:\s*(.*)/g)].map(([, action = ""]) => action));
  assert.equal(used.length, 9);
  assert.deepEqual(
    used.filter((action) => !/^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action)),
    [],
  );
});

test("dependencies are pinned", () => {
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  assert.deepEqual(
    versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version))),
    [],
  );
});
