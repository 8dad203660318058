import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver/node";
import { type Finding, type Related, type RuleId, ruleDocumentation, type Severity } from "#core";
import type { Client } from "./client.ts";
import type { Positions } from "./positions.ts";

/** More related places than this are cut; rules already say how many there are. */
const MAX_RELATED = 20;

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const satisfies Record<Severity, DiagnosticSeverity>;

/** What these rules report can be deleted without any effect. */
const unnecessary: ReadonlySet<RuleId> = new Set<RuleId>(["unused-suppression"]);

/** A finding as this client can show it. */
export function toDiagnostic(finding: Finding, positions: Positions, client: Client): Diagnostic {
  const { rule, severity, message, place, related, data } = finding;
  const asInformation = ({ place, message }: Related) => {
    const range = positions.range(place);
    return range ? [{ location: { uri: positions.clientUri(place.uri), range }, message }] : [];
  };
  return {
    // A file without text has one place only.
    range: positions.range(place) ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    severity: severities[severity],
    code: rule,
    source: "lambda-concurrency",
    message,
    ...(client.codeDescription && { codeDescription: { href: ruleDocumentation(rule) } }),
    ...(client.diagnosticTags && unnecessary.has(rule) && { tags: [DiagnosticTag.Unnecessary] }),
    ...(client.diagnosticData && data && { data }),
    ...(client.relatedInformation &&
      related.length > 0 && { relatedInformation: related.slice(0, MAX_RELATED).flatMap(asInformation) }),
  };
}
