import { commands, type TextDocumentContentProvider, Uri, window, workspace } from "vscode";

/** Scheme of documents that the extension writes and nobody edits. */
export const documentScheme = "lambda-concurrency";

/** More documents than this are not kept: the oldest are forgotten. */
const kept = 30;

/** Previews, plans and reports: documents that can be read, searched and copied, but not edited. */
export class ReadonlyDocuments implements TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  #count = 0;
  readonly #registered = workspace.registerTextDocumentContentProvider(documentScheme, this);

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? "This document is no longer kept. Run the command again.\n";
  }

  /** Shows Markdown as a preview, in the place of the one before. */
  async showMarkdown(name: string, text: string): Promise<void> {
    const uri = this.#put(`${name}.md`, text);
    await commands.executeCommand("markdown.showPreview", uri);
  }

  /** Shows a text as it is, in an editor that cannot be edited. */
  async showText(fileName: string, text: string): Promise<void> {
    const document = await workspace.openTextDocument(this.#put(fileName, text));
    await window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.#registered.dispose();
  }

  #put(fileName: string, text: string): Uri {
    // A preview does not reliably notice that a document has changed; it does notice that it is another one.
    const query = String(++this.#count);
    const path = `/${fileName.replaceAll(/[\\/:?#%]/g, " ")}`;
    const uri = Uri.from({ scheme: documentScheme, path, query });
    this.#texts.set(uri.toString(), text);
    for (const old of [...this.#texts.keys()].slice(0, -kept)) this.#texts.delete(old);
    return uri;
  }
}
