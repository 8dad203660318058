import {
  type CancellationToken,
  type Hover,
  type LocationLink,
  LSPErrorCodes,
  MarkupContent,
  MarkupKind,
  ResponseError,
} from "vscode-languageserver/node";
import {
  codeActions,
  codeLenses,
  complete,
  definition,
  documentLinks,
  documentSymbols,
  type FeatureContext,
  hover,
  inlayHints,
  prepareRename,
  references,
  rename,
  type Uri,
} from "#core";
import { canonicalUri } from "#workspaceFiles";
import type { Client } from "./client.ts";
import type { Collaborators } from "./collaborators.ts";

/** Registers the language features: each handler hands over to one function of core. */
export function registerFeatures(all: Collaborators): void {
  const { connection, client, settings } = all;
  const answer = answerer(all);

  connection.onHover(
    answer("The hover", undefined, (context, uri, { position }) => asSupported(hover(context, uri, position), client)),
  );
  connection.onCompletion(
    answer("The completion", [], (context, uri, { position }) => complete(context, uri, position)),
  );
  connection.onCodeAction(
    answer("The quick fixes", [], (context, uri, { range, context: { diagnostics, only } }) =>
      codeActions(context, uri, range, diagnostics, only),
    ),
  );
  connection.languages.inlayHint.on(
    answer("The inlay hints", [], (context, uri, { range }) =>
      settings.current.inlayHints ? inlayHints(context, uri, range) : [],
    ),
  );
  connection.onCodeLens(
    answer("The code lenses", [], (context, uri) => (settings.current.codeLens ? codeLenses(context, uri) : [])),
  );
  connection.onDocumentSymbol(answer("The outline", [], documentSymbols));
  connection.onDefinition(
    answer("The definition", [], (context, uri, { position }) => {
      const links = definition(context, uri, position);
      return client.definitionLinks ? links : links.map(asLocation);
    }),
  );
  connection.onReferences(
    answer("The references", [], (context, uri, { position, context: { includeDeclaration } }) =>
      references(context, uri, position, includeDeclaration),
    ),
  );
  connection.onPrepareRename(
    answer("The rename", undefined, (context, uri, { position }) => accepted(prepareRename(context, uri, position))),
  );
  connection.onRenameRequest(
    answer("The rename", undefined, (context, uri, { position, newName }) =>
      accepted(rename(context, uri, position, newName)),
    ),
  );
  connection.onDocumentLinks(answer("The links", [], documentLinks));
}

/** What all requests about a document share: they wait for the start, stop when cancelled, and a bug in one of them is a visible fault and an empty answer. */
function answerer({ documents, workspace, project, analyser, client, settings, faults, ready }: Collaborators) {
  const options = {
    versionOf: (uri: Uri) => documents.get(uri)?.text.version ?? null,
    documentChanges: client.documentChanges,
    ...(client.options.showPlacesCommand !== undefined && { showPlacesCommand: client.options.showPlacesCommand }),
  };
  return <P extends { readonly textDocument: { readonly uri: string } }, R>(
    what: string,
    empty: R,
    run: (context: FeatureContext, uri: Uri, params: P) => R,
  ) => {
    return async (params: P, token: CancellationToken): Promise<R> => {
      await ready;
      if (token.isCancellationRequested)
        throw new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
      const uri = canonicalUri(params.textDocument.uri);
      if (!settings.current.enable || project.kindOf(uri) === "other") return empty;
      try {
        const result = run({ sources: workspace, analysis: analyser.analysis(), options }, uri, params);
        faults.settle(what);
        return result;
      } catch (error) {
        if (error instanceof ResponseError) throw error;
        faults.report(what, error);
        return empty;
      }
    };
  };
}

/** A refusal is an error whose sentence the editor shows. */
function accepted<T extends object>(answer: T | { readonly refused: string } | undefined): T | undefined {
  if (answer && "refused" in answer) throw new ResponseError(LSPErrorCodes.RequestFailed, answer.refused);
  return answer;
}

function asSupported(answer: Hover | undefined, { markdownHover }: Client): Hover | undefined {
  if (!answer || markdownHover || !MarkupContent.is(answer.contents)) return answer;
  return { ...answer, contents: { kind: MarkupKind.PlainText, value: answer.contents.value } };
}

function asLocation({ targetUri, targetSelectionRange }: LocationLink) {
  return { uri: targetUri, range: targetSelectionRange };
}
