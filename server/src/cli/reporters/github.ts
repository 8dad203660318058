import type { Severity, Uri } from "#core";
import type { Output } from "../io.ts";
import type { Range } from "../locate.ts";
import { type ReportContext, type Reporter, shown } from "../report.ts";
import { summaryLine } from "./summary.ts";

const commands = { error: "error", warning: "warning", information: "notice" } as const satisfies Record<
  Severity,
  string
>;

/**
 * Workflow commands that GitHub Actions turns into annotations
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). Paths are relative to the checkout.
 */
export function githubReporter(output: Output, { names, env }: ReportContext): Reporter {
  const nameOf = (uri: Uri) => {
    const checkout = env.GITHUB_WORKSPACE;
    return (checkout ? names.below(checkout, uri) : undefined) ?? names.of(uri);
  };
  const annotate = (command: string, properties: Readonly<Record<string, string | number>>, message: string) => {
    const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
    output.write(`::${command} ${list.join(",")}::${escapeData(message)}\n`);
  };
  return {
    report(report) {
      for (const finding of shown(report)) {
        const related = finding.related.map(
          (other) => `\n${nameOf(other.uri)}:${other.range.start.line + 1}: ${other.message}`,
        );
        const properties = { file: nameOf(finding.uri), ...lines(finding.range), title: finding.rule };
        annotate(commands[finding.severity], properties, finding.message + related.join(""));
      }
      for (const { uri, error, errorRange } of report.files) {
        if (error === undefined) continue;
        annotate("error", { file: nameOf(uri), ...(errorRange && lines(errorRange)), title: "not checked" }, error);
      }
      output.write(`${summaryLine(report)}\n`);
    },
  };
}

/** 1-based; GitHub takes columns only within one line, the last one included. */
function lines({ start, end }: Range): Record<string, number> {
  const line = start.line + 1;
  if (end.line !== start.line) return { line, endLine: end.character === 0 ? end.line : end.line + 1 };
  return { line, endLine: line, col: start.character + 1, endColumn: Math.max(end.character, start.character + 1) };
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
