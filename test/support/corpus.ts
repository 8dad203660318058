import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type TestContext, test } from "node:test";

/** The folder of real templates; only the environment variable `CORPUS_DIR` says where it is. */
export function corpusDir(): string {
  const dir = process.env.CORPUS_DIR;
  if (!dir) throw new Error("CORPUS_DIR is not set");
  return dir;
}

/** A test over the corpus: skipped, by name, when the corpus is not there. */
export function corpusTest(name: string, body: (t: TestContext) => void | Promise<void>): void {
  const options = process.env.CORPUS_DIR ? {} : { skip: "CORPUS_DIR is not set" };
  test(`corpus: ${name}`, options, body);
}

/** All YAML, JSON and `.template` files of a folder of the corpus, sorted by path. */
export function corpusFiles(under = "."): { readonly path: string; readonly text: string }[] {
  const root = corpusDir();
  return readdirSync(join(root, under), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ya?ml|json|template)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: relative(root, file), text: readFileSync(file, "utf8") }));
}
