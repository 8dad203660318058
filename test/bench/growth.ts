import { Workspace } from "#core";
import { MemoryFiles, uriOf } from "#support/memoryFiles.ts";
import { type Files, places, structures } from "../core/linear/subjects.ts";

/** What grew faster than its input before it was mended, each large enough for a clock. */
const subjects: readonly (readonly [what: string, size: number, make: (size: number) => Files])[] = [
  ["a Fn::Sub of so many parts", 50_000, (size) => repeated("a quoted Fn::Sub", `\${${"a"}}`, size)],
  ["so many ignores in one comment", 20_000, (size) => repeated("an ignore", "[a, ", size)],
  ["a TOML key of so many parts", 100_000, (size) => repeated("a TOML key", "a.", size)],
  ["so many brackets that close nothing", 200_000, (size) => repeated("a bracket", "]", size)],
  ["so many overrides", 30_000, (size) => structure("overrides", size)],
  ["so many stacks of a budget", 5_000, (size) => structure("stacks of a budget", size)],
  ["so many reservations", 20_000, (size) => structure("reservations", size)],
  ["so many keys of a mapping, each looked up", 2_000, (size) => structure("keys of a mapping", size)],
];

function repeated(place: string, token: string, size: number): Files {
  return places[place]?.(token.repeat(size)) ?? {};
}

function structure(what: string, size: number): Files {
  return structures[what]?.(size) ?? {};
}

function analysisTime(files: Files): number {
  const budgets = Object.keys(files).filter((name) => name.includes("budget"));
  const once = () => {
    const start = performance.now();
    new Workspace(new MemoryFiles(files)).analyse({
      budgets: budgets.map(uriOf),
      templates: budgets.length > 0 ? [] : [uriOf("t.yaml")],
      options: {},
    });
    return performance.now() - start;
  };
  // The fastest: the machine may have other work.
  return Math.min(...Array.from({ length: 5 }, once));
}

/** Milliseconds at a size and at twice the size. */
export function growths(): readonly { readonly what: string; readonly once: number; readonly twice: number }[] {
  return subjects.map(([what, size, make]) => ({
    what: `${what}: ${2 * size} against ${size}`,
    once: analysisTime(make(size)),
    twice: analysisTime(make(2 * size)),
  }));
}
