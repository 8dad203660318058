import type { Uri } from "#core";
import type { Output } from "../io.ts";
import type { Range } from "../locate.ts";
import { type LocatedFinding, type ReportContext, type Reporter, shown } from "../report.ts";
import { jsonText } from "./jsonText.ts";

/** Version 1 of the documented JSON: one object, two spaces of indentation, a line break at its end. */
export function jsonReporter(output: Output, { names }: ReportContext): Reporter {
  const place = (at: { readonly uri: Uri; readonly range: Range }) => ({ file: names.of(at.uri), range: at.range });
  const findingOf = (finding: LocatedFinding) => ({
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    ...place(finding),
    ...(finding.pool !== undefined && { pool: finding.pool }),
    ...(finding.stack !== undefined && { stack: finding.stack }),
    related: finding.related.map((other) => ({ ...place(other), message: other.message })),
    ...(finding.data !== undefined && { data: finding.data }),
  });
  return {
    report(report) {
      const document = {
        version: 1,
        pools: report.pools.map(({ bounds: _, assumptions: __, alone: ___, ...pool }) => pool),
        findings: shown(report).map(findingOf),
        files: report.files.map(({ uri, errorRange: _, cut: __, ...file }) => ({ file: names.of(uri), ...file })),
        ...(report.skipped.length > 0 && {
          skipped: report.skipped.map(({ uri, message }) => ({ file: names.of(uri), message })),
        }),
        summary: report.summary,
      };
      output.write(jsonText(document));
    },
  };
}
