import type { AnalysisOptions } from "#core";
import { snapshot } from "#support/snapshot.ts";

/** A fixture of one quick fix: files, the finding and the fix to take, and the files as they are afterwards. */
export interface FixFixture {
  readonly options: AnalysisOptions;
  readonly files: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  readonly file: string;
  /** 0-based line of the finding. */
  readonly line: number;
  readonly rule: string;
  readonly fix: string;
}

const marker = /want(\^?) ([a-z-]+) fix="((?:[^"\\]|\\.)*)"/;

/**
 * Reads a fixture. `### name` starts a file, `### name.golden` what it becomes; a first line `# options: {…}` gives the limit.
 * `# want RULE fix="title"` stands on the line of the finding, `# want^ …` one line below it. JSON cannot hold comments, so
 * `### name.want` says `"text of the line" want RULE fix="title"`. `### account.json` is what was read of an account, in the few words of `snapshot`.
 */
export function readFixFixture(text: string): FixFixture {
  const given: AnalysisOptions = JSON.parse(/^# options: (\{.*\})$/m.exec(text)?.[1] ?? "{}");
  const parts = text.split(/^### (.+)\r?\n/m);
  const all = new Map<string, string>();
  for (let i = 1; i < parts.length; i += 2) all.set((parts[i] as string).trim(), parts[i + 1] as string);
  const account = all.get("account.json");
  all.delete("account.json");
  const options =
    account === undefined ? given : { ...given, snapshots: [snapshot(JSON.parse(account))], linkAll: true };
  const files = new Map([...all].filter(([name]) => !/\.(?:golden|want)$/.test(name)));
  const after = new Map([...all].filter(([name]) => name.endsWith(".golden")));
  for (const [name, content] of all) {
    const [, up = "", rule = "", fix = ""] = marker.exec(content) ?? [];
    if (!rule || name.endsWith(".golden")) continue;
    const file = name.replace(/\.want$/, "");
    const lines = (files.get(file) ?? "").split("\n");
    const anchor = name.endsWith(".want") ? JSON.parse(content.slice(0, content.indexOf(" want "))) : `${rule} fix=`;
    const line = lines.findIndex((each) => each.includes(anchor)) - up.length;
    return {
      options,
      files,
      after: new Map([...after].map(([golden, expected]) => [golden.replace(/\.golden$/, ""), expected])),
      file,
      line,
      rule,
      fix: fix.replaceAll('\\"', '"'),
    };
  }
  throw new Error("The fixture has no marker.");
}
