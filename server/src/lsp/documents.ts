import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  Range,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Uri } from "#core";
import { canonicalUri } from "#workspaceFiles";

/** A document that the editor holds. */
export interface OpenDocument {
  readonly uri: Uri;
  /** The URI as this client spells it: answers about the document carry it. */
  readonly clientUri: string;
  readonly text: TextDocument;
}

/** One replacement in a document: `text` for the UTF-16 offsets `start` to `end` of what stood there before. */
export interface DocumentChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The open documents, kept in step with the editor by incremental changes. */
export class Documents {
  readonly #open = new Map<Uri, OpenDocument>();

  get(uri: string): OpenDocument | undefined {
    return this.#open.get(uri) ?? this.#open.get(canonicalUri(uri));
  }

  all(): Iterable<OpenDocument> {
    return this.#open.values();
  }

  get size(): number {
    return this.#open.size;
  }

  open({ textDocument: { uri, languageId, version, text } }: DidOpenTextDocumentParams): OpenDocument {
    const document = {
      uri: canonicalUri(uri),
      clientUri: uri,
      text: TextDocument.create(uri, languageId, version, text),
    };
    this.#open.set(document.uri, document);
    return document;
  }

  /**
   * Applies the changes of one notification in order and tells each, as offsets, to `onChange`: `undefined` for one that replaces everything.
   * Undefined when the document is not open, or when the change is older than what we have.
   */
  change(
    { textDocument, contentChanges }: DidChangeTextDocumentParams,
    onChange: (document: OpenDocument, change: DocumentChange | undefined) => void,
  ): OpenDocument | undefined {
    const document = this.get(textDocument.uri);
    if (!document || textDocument.version < document.text.version) return undefined;
    for (const content of contentChanges) {
      const change = "range" in content ? this.#offsets(document.text, content) : undefined;
      TextDocument.update(document.text, [content], textDocument.version);
      onChange(document, change);
    }
    return document;
  }

  #offsets(text: TextDocument, { range, text: replacement }: { range: Range; text: string }): DocumentChange {
    const [a, b] = [text.offsetAt(range.start), text.offsetAt(range.end)];
    return { start: Math.min(a, b), end: Math.max(a, b), text: replacement };
  }

  close({ textDocument }: DidCloseTextDocumentParams): OpenDocument | undefined {
    const document = this.get(textDocument.uri);
    if (document) this.#open.delete(document.uri);
    return document;
  }
}
