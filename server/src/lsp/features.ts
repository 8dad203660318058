import {
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
  hover,
  inlayHints,
  prepareRename,
  type Refused,
  references,
  rename,
} from "#core";
import type { Client } from "./client.ts";
import type { Collaborators } from "./collaborators.ts";
import { documentRequests } from "./documentRequests.ts";

/** Registers the language features: each handler hands over to one function of core. */
export function registerFeatures(all: Collaborators): void {
  const { connection, client, settings } = all;
  const answer = documentRequests(all);

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
    answer("The start of a rename", undefined, (context, uri, { position }) =>
      accepted(prepareRename(context, uri, position)),
    ),
  );
  connection.onRenameRequest(
    answer("The rename", undefined, (context, uri, { position, newName }) =>
      accepted(rename(context, uri, position, newName)),
    ),
  );
  connection.onDocumentLinks(answer("The links", [], documentLinks));
}

/** A refusal is an error whose sentence the editor shows. */
function accepted<T extends object>(answer: T | Refused | undefined): T | ResponseError<void> | undefined {
  if (!answer || !("refused" in answer)) return answer;
  return new ResponseError(LSPErrorCodes.RequestFailed, answer.refused);
}

function asSupported(answer: Hover | undefined, { markdownHover }: Client): Hover | undefined {
  if (!answer || markdownHover || !MarkupContent.is(answer.contents)) return answer;
  return { ...answer, contents: { kind: MarkupKind.PlainText, value: answer.contents.value } };
}

function asLocation({ targetUri, targetSelectionRange }: LocationLink) {
  return { uri: targetUri, range: targetSelectionRange };
}
