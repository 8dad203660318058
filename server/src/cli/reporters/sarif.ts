import { type RuleId, ruleDocumentation, rules, rulesDocumentation, type Severity, type Uri } from "#core";
import type { Output } from "../io.ts";
import type { Range } from "../locate.ts";
import { folderUri } from "../names.ts";
import type { FileSummary, LocatedFinding, ReportContext, Reporter } from "../report.ts";
import { jsonText } from "./jsonText.ts";

const levels = { error: "error", warning: "warning", information: "note" } as const satisfies Record<Severity, string>;
const ruleIds = Object.keys(rules) as RuleId[];
const ROOT = "SRCROOT";

/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), as code scanning reads it. Files that could not be read are notifications of the tool. */
export function sarifReporter(output: Output, { names, cwd, version }: ReportContext): Reporter {
  const physicalLocation = (uri: Uri, range?: Range) => ({
    physicalLocation: { artifactLocation: artifact(uri), ...(range && { region: region(range) }) },
  });
  const artifact = (uri: Uri) => {
    const below = names.below(cwd, uri);
    return below === undefined ? { uri } : { uri: below.split("/").map(encodeURIComponent).join("/"), uriBaseId: ROOT };
  };
  const result = (finding: LocatedFinding) => ({
    ruleId: finding.rule,
    ruleIndex: ruleIds.indexOf(finding.rule),
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [{ ...physicalLocation(finding.uri, finding.range), ...logicalLocation(finding) }],
    ...(finding.related.length > 0 && {
      relatedLocations: finding.related.map((other, id) => ({
        id,
        ...physicalLocation(other.uri, other.range),
        message: { text: other.message },
      })),
    }),
    ...(finding.suppressed && { suppressions: [{ kind: "inSource", justification: finding.suppressed.reason }] }),
  });
  const notification = ({ uri, error, errorRange }: FileSummary) => ({
    level: "error",
    message: { text: error },
    locations: [physicalLocation(uri, errorRange)],
  });
  return {
    report(report) {
      const unread = report.files.filter((file) => file.error !== undefined);
      const log = {
        $schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [
          {
            tool: {
              driver: {
                name: "lambda-concurrency",
                version,
                informationUri: rulesDocumentation,
                rules: ruleIds.map(descriptor),
              },
            },
            originalUriBaseIds: { [ROOT]: { uri: folderUri(cwd) } },
            columnKind: "utf16CodeUnits",
            invocations: [
              { executionSuccessful: unread.length === 0, toolExecutionNotifications: unread.map(notification) },
            ],
            results: report.findings.map(result),
          },
        ],
      };
      output.write(jsonText(log));
    },
  };
}

function descriptor(id: RuleId) {
  const { severity, summary, help } = rules[id];
  return {
    id,
    shortDescription: { text: summary },
    helpUri: ruleDocumentation(id),
    help: { text: help.replaceAll("`", ""), markdown: help },
    defaultConfiguration: { level: levels[severity] },
  };
}

function logicalLocation({ data }: LocatedFinding) {
  if (data?.logicalId === undefined) return {};
  const { logicalId: name, budgetKey } = data;
  return {
    logicalLocations: [{ name, kind: "resource", ...(budgetKey !== undefined && { fullyQualifiedName: budgetKey }) }],
  };
}

/** 1-based; the end column is the one behind the last character. */
function region({ start, end }: Range) {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
