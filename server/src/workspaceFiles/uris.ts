import { URI } from "vscode-uri";
import type { Uri } from "#core";

/** The path behind a `file:` URI; undefined for any other scheme (`untitled:`, `git:`). */
export function toPath(uri: Uri): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === "file" ? parsed.fsPath : undefined;
}

/** The URI of an absolute path, spelled as every room of the product spells it. */
export function toUri(path: string): Uri {
  return URI.file(path).toString();
}

/** One spelling per file: editors differ in how they escape a URI (`c:` and `c%3A`, `ü` and `%C3%BC`). */
export function canonicalUri(uri: string): Uri {
  return URI.parse(uri).toString();
}
