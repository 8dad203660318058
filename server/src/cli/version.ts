import { readFileSync } from "node:fs";

/** Name and version of this package, from the package.json next to the bundle or above the sources. */
export function packageVersion(): string {
  for (const above of ["../package.json", "../../../package.json"]) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(new URL(above, import.meta.url), "utf8"));
      if (isOurs(manifest)) return manifest.version;
    } catch {
      // Not there: the sources lie deeper than the bundle.
    }
  }
  return "unknown";
}

function isOurs(manifest: unknown): manifest is { readonly version: string } {
  const { name, version } = manifest as { name?: unknown; version?: unknown };
  return name === "lambda-concurrency" && typeof version === "string";
}
