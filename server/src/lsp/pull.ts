import { setImmediate } from "node:timers/promises";
import {
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  ErrorCodes,
  ResponseError,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver/node";
import { canonicalUri } from "#workspaceFiles";
import { stopIfCancelled } from "./cancellation.ts";
import type { Collaborators } from "./collaborators.ts";
import type { Report } from "./reports.ts";

/** Files per part of a streamed answer; the event loop gets its turn between two parts. */
const PART = 50;

/** Answers pulled diagnostics, of one document and of the workspace; only for clients that pull, so that nothing is shown twice. */
export function registerPull({ connection, client, documents, reports, faults, ready }: Collaborators): void {
  if (!client.pullsDiagnostics) return;

  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
    await ready;
    stopIfCancelled(token);
    update();
    const uri = canonicalUri(textDocument.uri);
    const report = reports.get(uri);
    reports.handedOut(uri);
    return answer(report, previousResultId);
  });

  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token, _progress, stream) => {
    await ready;
    update();
    const known = new Map(previousResultIds.map(({ uri, value }) => [canonicalUri(uri), value]));
    const uris = [...new Set([...[...reports.all()].map(({ uri }) => uri), ...known.keys()])];
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    for (let from = 0; from < uris.length; from += PART) {
      stopIfCancelled(token);
      // Changes can come between two parts; each part is as of now.
      update();
      const part = uris.slice(from, from + PART).map((uri) => workspaceAnswer(uri, known.get(uri)));
      if (stream) stream.report({ items: part });
      else items.push(...part);
      await setImmediate();
    }
    stopIfCancelled(token);
    return { items };
  });

  /** After a failure the client keeps what it has, and the fault is visible: an empty answer would look like "no problems". */
  function update(): void {
    const updated = faults.guard("Reporting the findings", () => {
      reports.update();
      return true;
    });
    if (!updated) throw new ResponseError(ErrorCodes.InternalError, "The findings cannot be reported; see the log.");
  }

  function workspaceAnswer(uri: string, previous: string | undefined): WorkspaceDocumentDiagnosticReport {
    const document = documents.get(uri);
    reports.handedOut(uri);
    return {
      ...answer(reports.get(uri), previous),
      uri: document?.clientUri ?? uri,
      version: document?.text.version ?? null,
    };
  }
}

function answer({ resultId, diagnostics }: Report, previous: string | undefined): DocumentDiagnosticReport {
  if (previous === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...diagnostics] };
}
