import { commands, type Tab, TabInputCustom, type TextDocumentContentProvider, Uri, window, workspace } from "vscode";

/** Scheme of documents that the extension writes and nobody edits. */
export const documentScheme = "lambda-concurrency";

/** Name of the document with the log of changes; the manifest offers the raw lines above it. */
export const logName = "Log of Changes";

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

  /** Shows Markdown as a preview, in the place of the one of the same name; with `onlyOpen` nothing where none is open. */
  async showMarkdown(
    name: string,
    text: string,
    { onlyOpen, ...options }: { readonly preserveFocus?: boolean; readonly onlyOpen?: boolean } = {},
  ): Promise<void> {
    const uri = this.#put(`${name}.md`, text);
    if (onlyOpen && earlierThan(uri).length === 0) return;
    // As an editor: `markdown.showPreview` takes the focus when it has loaded, also from whoever is typing by then.
    await commands.executeCommand("vscode.openWith", uri, "vscode.markdown.preview.editor", {
      preview: true,
      ...options,
    });
    try {
      await window.tabGroups.close(earlierThan(uri), true);
    } catch {
      // The editor has replaced it by itself meanwhile, as it does with previews.
    }
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

/** Earlier versions of a document that are still shown. */
function earlierThan(uri: Uri): readonly Tab[] {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(
    ({ input }) =>
      input instanceof TabInputCustom &&
      input.uri.scheme === documentScheme &&
      input.uri.path === uri.path &&
      input.uri.query !== uri.query,
  );
}
