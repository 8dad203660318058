import { URI } from "vscode-uri";
import type { Uri } from "#core";

/** The path behind a `file:` URI; undefined for any other scheme (`untitled:`, `git:`). */
export function toPath(uri: Uri): string | undefined {
  const parsed = parseUri(uri);
  return parsed?.scheme === "file" ? parsed.fsPath : undefined;
}

/** The URI of an absolute path, spelled as every module of the product spells it. */
export function toUri(path: string): Uri {
  return URI.file(path).toString();
}

/** One spelling per file: editors differ in how they escape a URI (`c:` and `c%3A`, `ü` and `%C3%BC`). */
export function canonicalUri(uri: string): Uri {
  return parseUri(uri)?.toString() ?? uri;
}

/** Undefined for what is no URI, which a client may send all the same. */
function parseUri(uri: string): URI | undefined {
  try {
    return URI.parse(uri);
  } catch {
    return undefined;
  }
}
