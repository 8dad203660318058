import { commands, Disposable, EventEmitter, type TextDocumentContentProvider, Uri, window, workspace } from "vscode";

/** Scheme of documents that the extension writes and nobody edits. */
export const documentScheme = "lambda-concurrency";

/** More documents than this are not kept: the oldest are forgotten. */
const kept = 30;

/** Previews, plans and reports: documents that can be read, searched and copied, but not edited. */
export class ReadonlyDocuments implements TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #registered = workspace.registerTextDocumentContentProvider(documentScheme, this);
  readonly onDidChange = this.#changed.event;

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.path) ?? "This document is no longer kept. Run the command again.\n";
  }

  /** Shows Markdown as a preview. A document of the same name is replaced where it stands. */
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
    Disposable.from(this.#registered, this.#changed).dispose();
  }

  #put(fileName: string, text: string): Uri {
    const uri = Uri.from({ scheme: documentScheme, path: `/${fileName.replaceAll(/[\\/:?#%]/g, " ")}` });
    this.#texts.delete(uri.path);
    this.#texts.set(uri.path, text);
    for (const path of [...this.#texts.keys()].slice(0, -kept)) this.#texts.delete(path);
    this.#changed.fire(uri);
    return uri;
  }
}
