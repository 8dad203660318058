import type { InitializeParams } from "vscode-languageserver/node";
import type { InitializationOptions } from "#protocol";

/** What the client can do, as far as the server acts on it. */
export interface Client {
  /** Diagnostics are pulled; then none are pushed. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesInlayHints: boolean;
  readonly refreshesCodeLenses: boolean;
  /** Answers `workspace/configuration`. */
  readonly configuration: boolean;
  /** Takes a registration for `didChangeConfiguration`. */
  readonly registersConfiguration: boolean;
  /** Takes a registration for watched files. */
  readonly registersWatchers: boolean;
  readonly documentChanges: boolean;
  readonly codeActionLiterals: boolean;
  readonly prepareRename: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticData: boolean;
  readonly diagnosticTags: boolean;
  readonly markdownHover: boolean;
  /** Takes `LocationLink`s as definitions. */
  readonly definitionLinks: boolean;
  readonly options: InitializationOptions;
}

/** Reads the client's capabilities; what is not said is not there. */
export function readClient({ capabilities, initializationOptions }: InitializeParams): Client {
  const { textDocument, workspace } = capabilities;
  const diagnostics = { ...textDocument?.publishDiagnostics, ...textDocument?.diagnostic };
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    prepareRename: textDocument?.rename?.prepareSupport === true,
    relatedInformation: diagnostics.relatedInformation === true,
    codeDescription: diagnostics.codeDescriptionSupport === true,
    diagnosticData: diagnostics.dataSupport === true,
    diagnosticTags: diagnostics.tagSupport !== undefined,
    markdownHover: textDocument?.hover?.contentFormat?.includes("markdown") === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    options: isRecord(initializationOptions) ? initializationOptions : {},
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
