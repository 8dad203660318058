import { URI } from "vscode-uri";
import type { Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import type { ConfigText } from "./configValue.ts";
import type { FoundSamconfig, Target } from "./foundSamconfig.ts";
import { environmentsOf, templatesNamed } from "./samconfig.ts";
import { fileIn, folderOf, resolvePath } from "./uris.ts";

/** What `sam deploy`, `build` and `sync` take when nobody names a template. */
const DEFAULT_NAMES = ["template.yaml", "template.yml", "template.json"];

/** The commands whose `template_file` says what an environment deploys. */
const DEPLOYING = ["global", "deploy", "build", "package", "sync"];

/** Written by `sam build` and `sam package`: it stands for the template that it was made from. */
const WRITTEN_BY_SAM = /(?:^|[/\\])\.aws-sam[/\\]|packaged|output/i;

/** Works out once how a template can be named. */
export function targetOf(uri: Uri): Target {
  const built = uri.lastIndexOf("/.aws-sam/");
  const folder = folderOf(uri);
  const isDefault = built < 0 && DEFAULT_NAMES.some((name) => uri === fileIn(folder, name));
  const spellings = isDefault ? [uri, fileIn(folder, ".aws-sam/build/template.yaml")] : [uri];
  return {
    uri,
    home: built < 0 ? folder : uri.slice(0, built),
    spellings: spellings.map((each) => ({ uri: each, path: URI.parse(each).path })),
  };
}

/** Where an environment of a samconfig names the template, or what `sam build` makes of it. */
export function namingPlace(found: FoundSamconfig, environment: string, { spellings }: Target): ConfigText | undefined {
  return templatesNamed(found.config, environment).find(({ text }) => {
    const tail = tailOf(text);
    return spellings.some(
      ({ uri, path }) => path.endsWith(tail) && found.bases.some((base) => resolvePath(base, text) === uri),
    );
  });
}

/** Does any environment name the template? */
export function namesTemplate(found: FoundSamconfig, target: Target): boolean {
  return environmentsOf(found.config).some((name) => namingPlace(found, name, target) !== undefined);
}

/**
 * Does an environment belong to another template: does it name one that exists, and this one nowhere? SAM CLI would apply it to
 * any template given on the command line; here nobody gave one, so it is taken at its word.
 */
export function isForAnother(
  found: FoundSamconfig,
  environment: string,
  target: Target,
  sources: Sources,
  reads: Uri[],
): boolean {
  const isBuilt = folderOf(target.uri) !== target.home;
  if (isBuilt || namingPlace(found, environment, target)) return false;
  const named = templatesNamed(found.config, environment, DEPLOYING).filter(({ text }) => !WRITTEN_BY_SAM.test(text));
  return named.some(({ text }) => found.bases.some((base) => isTemplate(resolvePath(base, text), sources, reads)));
}

/** Is there a template beside a samconfig that SAM CLI takes by itself? */
export function hasDefaultTemplate(folder: Uri, sources: Sources, reads: Uri[]): boolean {
  return DEFAULT_NAMES.some((name) => isTemplate(fileIn(folder, name), sources, reads));
}

function isTemplate(uri: Uri, sources: Sources, reads: Uri[]): boolean {
  reads.push(uri);
  const file = sources.get(uri);
  return !("error" in file) && (file.kind === "sam" || file.kind === "cloudformation");
}

/** The end of a path that the file's own has to have: paths are resolved only when they can fit. */
function tailOf(path: string): string {
  const parts = path.replaceAll("\\", "/").split("/");
  return parts
    .slice(parts.lastIndexOf("..") + 1)
    .filter((part) => part !== "." && part !== "")
    .join("/");
}
