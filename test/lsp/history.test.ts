import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import fc from "fast-check";
import type { FullDocumentDiagnosticReport, WorkspaceDiagnosticReport } from "vscode-languageserver/node";
import { pulling, startTestClient, type TestClient, TestFolder } from "#support/testConnection.ts";
import { budget, template } from "./shared.ts";

const names = [
  "concurrency-budget.yaml",
  "orders/template.yaml",
  "payments/template.yaml",
  "alone/template.yaml",
] as const;

/** Texts that a file can have; undefined is a file that is not there. */
const texts: Readonly<Record<(typeof names)[number], readonly (string | undefined)[]>> = {
  "concurrency-budget.yaml": [
    budget,
    budget.replace("500", "450"),
    budget.replace("limit: 1000", "limit: 9OO"),
    undefined,
  ],
  "orders/template.yaml": [template(500), template(650), template(0), "a: 1\n", undefined],
  "payments/template.yaml": [template(400), template(401), template("!Ref Gone"), "Resources: [", undefined],
  "alone/template.yaml": [template(10), template(950), template(950, "Other"), "", undefined],
};

/** Something that happens to one file: `text` picks one of its texts. */
interface Event {
  readonly what: "open" | "replace" | "type" | "close" | "write";
  readonly name: (typeof names)[number];
  readonly text: number;
}

const event: fc.Arbitrary<Event> = fc.record({
  what: fc.constantFrom("open", "replace", "type", "close", "write"),
  name: fc.constantFrom(...names),
  text: fc.nat(4),
});

/** The editor's side: what is open, and with which text. */
class Editor {
  readonly open = new Map<string, { version: number; text: string }>();
  readonly client: TestClient;
  readonly folder: TestFolder;

  constructor(client: TestClient, folder: TestFolder) {
    this.client = client;
    this.folder = folder;
  }

  async happens({ what, name, text: pick }: Event): Promise<void> {
    const uri = this.folder.uri(name);
    const text = texts[name][pick % texts[name].length];
    const document = this.open.get(uri);
    if (what === "write") return this.#write(name, text);
    if (what === "close") return document && this.#close(uri);
    if (!document) return this.#openDocument(uri, text ?? "");
    document.version++;
    const range = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
    const content = what === "type" ? { range, text: text ?? "" } : { text: text ?? "" };
    document.text = text ?? "";
    await this.client.notify("textDocument/didChange", {
      textDocument: { uri, version: document.version },
      contentChanges: [content],
    });
  }

  async #write(name: (typeof names)[number], text: string | undefined): Promise<void> {
    if (text === undefined) this.folder.removeIfThere(name);
    else this.folder.write(name, text);
    await this.client.watched({ uri: this.folder.uri(name), type: text === undefined ? 3 : 2 });
  }

  async #openDocument(uri: string, text: string): Promise<void> {
    this.open.set(uri, { version: 1, text });
    await this.client.open(uri, text);
  }

  async #close(uri: string): Promise<void> {
    this.open.delete(uri);
    await this.client.close(uri);
  }
}

async function findings(client: TestClient) {
  const { items } = await client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds: [] });
  return items
    .map((item) => ({ uri: item.uri, diagnostics: (item as FullDocumentDiagnosticReport).items }))
    .sort((a, b) => (a.uri < b.uri ? -1 : 1));
}

async function compare(t: TestContext, events: readonly Event[]): Promise<void> {
  const folder = new TestFolder(t, Object.fromEntries(names.map((name) => [name, texts[name][0] ?? ""])));
  const start = () => startTestClient(t, { capabilities: pulling, folders: [folder.uri()] });
  const editor = new Editor(await start(), folder);
  for (const each of events) await editor.happens(each);
  const fresh = await start();
  for (const [uri, { text }] of editor.open) await fresh.open(uri, text);
  assert.deepEqual(await findings(editor.client), await findings(fresh));
}

test("after any history of edits and changes on disk, the server knows what a fresh one would know", async (t) => {
  const histories = fc.array(event, { minLength: 1, maxLength: 15 });
  await fc.assert(
    fc.asyncProperty(histories, (events) => compare(t, events)),
    { numRuns: 60 },
  );
});
