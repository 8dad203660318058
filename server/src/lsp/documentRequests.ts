import type { CancellationToken } from "vscode-languageserver/node";
import type { FeatureContext, Uri } from "#core";
import { canonicalUri } from "#workspaceFiles";
import { stopIfCancelled } from "./cancellation.ts";
import type { Collaborators } from "./collaborators.ts";

/** What all requests about a document share: they wait for the start, stop when cancelled, and a bug in one of them is a visible fault and an empty answer. */
export function documentRequests({
  documents,
  workspace,
  project,
  analyser,
  client,
  settings,
  account,
  faults,
  ready,
}: Collaborators) {
  const { showPlacesCommand, setReservationCommand, throwLoadCommand } = client.options;
  const options = {
    versionOf: (uri: Uri) => documents.get(uri)?.text.version ?? null,
    documentChanges: client.documentChanges,
    ...(showPlacesCommand !== undefined && { showPlacesCommand }),
    ...(setReservationCommand !== undefined && { setReservationCommand }),
    ...(throwLoadCommand !== undefined && { throwLoadCommand }),
  };
  return <P extends { readonly textDocument: { readonly uri: string } }, R>(
    what: string,
    empty: R,
    run: (context: FeatureContext, uri: Uri, params: P) => R,
  ) => {
    return async (params: P, token: CancellationToken): Promise<R> => {
      await ready;
      stopIfCancelled(token);
      const uri = canonicalUri(params.textDocument.uri);
      if (!settings.current.enable || project.kindOf(uri) === "other") return empty;
      const { outdated } = account.current;
      const context = { sources: workspace, analysis: analyser.analysis(), options: { ...options, outdated } };
      return faults.guard(what, () => run(context, uri, params)) ?? empty;
    };
  };
}
