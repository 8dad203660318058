import type { AnalysisOptions } from "#core/analysis.ts";
import { snapshot } from "#support/snapshot.ts";

/** A finding that a fixture asks for. */
export interface Wanted {
  /** File and 1-based line in it. */
  readonly at: string;
  readonly rule: string;
  /** Only where the fixture names one. */
  readonly severity?: string;
  readonly message: string;
  readonly suppressed: boolean;
}

/** A fixture: options, files, and the findings that its markers ask for. */
export interface Marked {
  readonly options: AnalysisOptions;
  readonly files: ReadonlyMap<string, string>;
  readonly wanted: readonly Wanted[];
}

const marker = /\b(want|suppressed)(\^*) ([a-z-]+)(?:\((\w+)\))? "((?:[^"\\]|\\.)*)"/g;

/**
 * Reads a fixture. Its first line may be `# options: {…}` (JSON); `### name` starts a file, without it everything is `template.yaml`.
 * `# want RULE "message"` stands on the line of the finding, `# want^ RULE "message"` one line below it (each `^` one more), and
 * `RULE(severity)` asks for a severity. JSON cannot hold comments, so `### name.want` lists `"text of the line" want RULE "message"`.
 * `### account.json` is what was read of an account, in the few words of `snapshot`: the pools take it.
 * `…` in a message stands for any text. `suppressed` instead of `want` asks for a suppressed finding.
 */
export function readMarked(text: string, name: string): Marked {
  const options = /^# options: (\{.*\})$/m.exec(text)?.[1];
  const parts = text.split(/^### (.+)\n/m);
  const files = new Map<string, string>();
  if (parts.length === 1) files.set(name.endsWith(".json") ? "template.json" : "template.yaml", text);
  for (let i = 1; i < parts.length; i += 2) files.set((parts[i] as string).trim(), parts[i + 1] as string);
  const wanted = [...files].flatMap(([file, content]) => {
    if (!file.endsWith(".want")) return wantedIn(file, content);
    const target = file.slice(0, -".want".length);
    return wantedBeside(target, files.get(target) ?? "", content);
  });
  for (const file of [...files.keys()]) if (file.endsWith(".want")) files.delete(file);
  const account = files.get("account.json");
  files.delete("account.json");
  const live = account === undefined ? {} : { snapshots: [snapshot(JSON.parse(account))], linkAll: true };
  return { options: { ...live, ...(options === undefined ? {} : readOptions(options)) }, files, wanted };
}

function readOptions(json: string): AnalysisOptions {
  const { parameters, ...rest } = JSON.parse(json);
  return { ...rest, ...(parameters && { parameters: new Map(Object.entries(parameters)) }) };
}

function wantedIn(file: string, content: string): Wanted[] {
  return content.split(/\r?\n/).flatMap((line, index) => {
    const comment = line.indexOf("# ");
    if (comment < 0) return [];
    return [...line.slice(comment).matchAll(marker)].map((match) =>
      toWanted(match, `${file}:${index + 1 - (match[2] as string).length}`),
    );
  });
}

function wantedBeside(file: string, content: string, list: string): Wanted[] {
  const lines = content.split(/\r?\n/);
  return list
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const match = [...line.matchAll(marker)][0];
      const anchor = JSON.parse(line.slice(0, match?.index).trim()) as string;
      const index = lines.findIndex((candidate) => candidate.includes(anchor));
      if (!match || index < 0) throw new Error(`Cannot place: ${line}`);
      return toWanted(match, `${file}:${index + 1}`);
    });
}

function toWanted(match: RegExpMatchArray, at: string): Wanted {
  const [, kind, , rule = "", severity, message = ""] = match;
  return {
    at,
    rule,
    ...(severity !== undefined && { severity }),
    message: message.replaceAll('\\"', '"'),
    suppressed: kind === "suppressed",
  };
}
