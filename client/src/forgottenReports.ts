import { Uri } from "vscode";
import type { Middleware } from "vscode-languageclient/node";

/**
 * Keeps findings from outliving their cause. When an editor closes, the language client forgets which report of that
 * file it shows; if the problems then go away, the server has no reason to mention a file without findings, and the
 * old ones would stay. So files that show findings and that the client forgot are asked for by name.
 */
export function rememberReports(): Pick<Middleware, "provideDiagnostics" | "provideWorkspaceDiagnostics"> {
  const shown = new Set<string>();
  const note = (uri: Uri, items: readonly unknown[]) => {
    if (items.length > 0) shown.add(uri.toString());
    else shown.delete(uri.toString());
  };
  return {
    async provideDiagnostics(document, previousResultId, token, next) {
      const report = await next(document, previousResultId, token);
      if (report && "items" in report) note(document instanceof Uri ? document : document.uri, report.items);
      return report;
    },
    provideWorkspaceDiagnostics(resultIds, token, reporter, next) {
      const known = new Set(resultIds.map(({ uri }) => uri.toString()));
      const forgotten = [...shown].filter((uri) => !known.has(uri)).map((uri) => ({ uri: Uri.parse(uri), value: "" }));
      return next([...resultIds, ...forgotten], token, (chunk) => {
        for (const item of chunk?.items ?? []) if ("items" in item) note(item.uri, item.items);
        reporter(chunk);
      });
    },
  };
}
