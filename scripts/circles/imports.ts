import { globSync, readFileSync } from "node:fs";
import path from "node:path";

/** One import of a file by another: paths from the root of the repository, with `/`. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

/** Every import between the product's sources, those of types and those at run time included. */
export function readImports(root: string): readonly Import[] {
  const { imports } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const files = globSync("{server,client,client/webview}/src/**/*.ts", { cwd: root }).map((file) =>
    file.replaceAll("\\", "/"),
  );
  return files.sort().flatMap((from) =>
    specifiers(readFileSync(path.join(root, from), "utf8")).flatMap((name) => {
      const to = resolve(from, name, imports);
      return to === undefined ? [] : [{ from, to }];
    }),
  );
}

/** The two that lie side by side in the deepest folder that holds both ends of an import: files, or folders that hold them. */
export function sideBySide({ from, to }: Import): Import {
  const [a, b] = [from.split("/"), to.split("/")];
  const differs = a.findIndex((part, index) => part !== b[index]);
  if (differs === -1) return { from, to };
  const upTo = (parts: readonly string[]) => parts.slice(0, differs + 1).join("/");
  return { from: upTo(a), to: upTo(b) };
}

/** What a text imports and exports from elsewhere, also inside types and at run time. */
function specifiers(text: string): readonly string[] {
  const found = text.matchAll(/^(?:import|export)\b[^"';]*?\bfrom "([^"]+)"|\bimport\("([^"]+)"\)|^import "([^"]+)"/gm);
  return [...found].map(([, declared, called, bare]) => declared ?? called ?? bare ?? "");
}

/** The file that a specifier names; undefined for packages. */
function resolve(from: string, name: string, imports: Readonly<Record<string, string>>): string | undefined {
  if (name.startsWith(".")) return path.posix.join(path.posix.dirname(from), name);
  const exact = imports[name];
  if (exact !== undefined) return path.posix.normalize(exact);
  const pattern = Object.keys(imports).find((key) => key.endsWith("/*") && name.startsWith(key.slice(0, -1)));
  if (pattern === undefined) return undefined;
  return path.posix.normalize(String(imports[pattern]).replace("*", name.slice(pattern.length - 1)));
}
