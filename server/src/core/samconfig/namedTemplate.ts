import type { Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import { fileIn, folderOf, resolvePath } from "../uris.ts";
import type { ConfigText } from "./configValue.ts";
import type { FoundSamconfig, Target } from "./foundSamconfig.ts";
import type { NamedTemplate } from "./templateIndex.ts";

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
  return { uri, home: built < 0 ? folder : uri.slice(0, built), spellings };
}

/** Where an environment of a samconfig names the template, or what `sam build` makes of it. */
export function namingPlace(found: FoundSamconfig, environment: string, { spellings }: Target): ConfigText | undefined {
  const { byEnvironment, byUri } = found.config.templates;
  const isMeant = (named: NamedTemplate) => named.environment === environment;
  const near = spellings.flatMap((uri) => byUri.get(uri) ?? []).find(isMeant);
  if (near || found.elsewhere.length === 0) return near?.path;
  const fromElsewhere = ({ path }: NamedTemplate) =>
    found.elsewhere.some((base) => spellings.includes(resolvePath(base, path.text)));
  return byEnvironment.get(environment)?.find(fromElsewhere)?.path;
}

/** Does a samconfig name the template as seen from its own folder? */
export function isNamedBy({ config }: FoundSamconfig, { spellings }: Target): boolean {
  return spellings.some((uri) => config.templates.byUri.has(uri));
}

/** The environments that name the template. */
export function namingEnvironments(found: FoundSamconfig, target: Target): readonly string[] {
  const { byEnvironment, byUri } = found.config.templates;
  const near = target.spellings.flatMap((uri) => byUri.get(uri) ?? []).map(({ environment }) => environment);
  if (found.elsewhere.length === 0) return [...new Set(near)];
  return [...byEnvironment.keys()].filter((environment) => namingPlace(found, environment, target));
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
  const bases = [folderOf(found.config.uri), ...found.elsewhere];
  const named = found.config.templates.byEnvironment.get(environment) ?? [];
  return named.some(
    ({ command, path: { text } }) =>
      DEPLOYING.includes(command) &&
      !WRITTEN_BY_SAM.test(text) &&
      bases.some((base) => isTemplate(resolvePath(base, text), sources, reads)),
  );
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
