import { functionPath, type SourceDemand } from "../demand/demand.ts";
import { valueText } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { code, plain } from "./markdown.ts";
import type { Use } from "./uses.ts";

/** More sources than this are counted, not shown. */
const MAX_SOURCES = 10;

/** What pushes events at a function, line by line; undefined when nothing is known to. */
export function demandText({ claim: { stack, nesting, function: declared } }: Use): string | undefined {
  const sources = stack.template.demand.get(functionPath(nesting, declared.logicalId))?.sources ?? [];
  if (sources.length === 0) return undefined;
  const lines = sources.slice(0, MAX_SOURCES).map(sourceLine);
  if (sources.length > MAX_SOURCES) lines.push(`- … and ${num(sources.length - MAX_SOURCES)} more`);
  return ["Pushed at it at once, at most:", ...lines].join("\n");
}

function sourceLine({ source, maximum, arithmetic, unbounded }: SourceDemand): string {
  return `- ${code(source)}: **${unbounded ? "unbounded" : valueText(maximum)}** (${plain(arithmetic)})`;
}
