import type { Pool } from "../analysis.ts";
import type { Uri } from "../model.ts";
import { fileAt, folderOf, isPathGlob } from "../pools/paths.ts";
import { environmentsOf } from "../samconfig/samconfig.ts";
import { samconfigsFor } from "../samconfig/samconfigsFor.ts";
import type { SourceFile } from "../sources.ts";
import { asMap, asScalar, deref, get, keyText, rootOf } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";
import { many } from "../wording/words.ts";
import type { BudgetSpot } from "./budgetSpot.ts";
import { type Choice, words } from "./completion.ts";
import type { FeatureContext } from "./context.ts";
import { fileOf } from "./edge.ts";
import { type DeclaredParameters, parameterFileChoices } from "./parameterFileChoices.ts";
import { templatePaths } from "./templatePaths.ts";
import { yamlScalar } from "./yamlText.ts";

/** A budget file with the cursor in it. */
export interface BudgetScene {
  readonly context: FeatureContext;
  readonly file: SourceFile;
  readonly spot: BudgetSpot;
  /** The analysed pool of the document. */
  readonly pool: Pool | undefined;
}

/** Values for a field of a stack entry; undefined where nothing is known about it. */
export function stackChoices(scene: BudgetScene, field: string | number | undefined): readonly Choice[] | undefined {
  const parameter = scene.spot.parents[3];
  if (field === "parameters" && parameter !== undefined) return allowedValues(scene, String(parameter));
  if (field === "parameters") return parameterFileChoices(scene.context, scene.file.uri, declared(scene));
  if (field === "template") return templateChoices(scene);
  if (field === "name") return words(stackNames(scene));
  return field === "config" ? words(environments(scene)) : undefined;
}

/** The parameters that the entry's templates declare. */
export function parameterNames(scene: BudgetScene): readonly string[] {
  const names = parametersOf(scene).flatMap((parameters) => asMap(parameters)?.written.map(keyText) ?? []);
  return [...new Set(names.flatMap((name) => name ?? []))];
}

/** What decides which files set parameters of the entry: its templates and the names that they declare. */
function declared(scene: BudgetScene): DeclaredParameters {
  return { templates: templatesOfEntry(scene), names: new Set(parameterNames(scene)) };
}

/** What the template allows for a parameter, else its default. */
function allowedValues(scene: BudgetScene, parameter: string): readonly Choice[] {
  return parametersOf(scene).flatMap((parameters) => {
    const declared = get(parameters, parameter);
    const allowed = deref(get(declared, "AllowedValues"));
    const items = allowed?.kind === "seq" ? allowed.items : [get(declared, "Default")];
    return words(items.flatMap((item) => asScalar(item)?.text ?? []));
  });
}

function templateChoices({ context, file }: BudgetScene): readonly Choice[] {
  return templatePaths(context.analysis, file.uri).map(({ path, functions }) => ({
    label: path,
    text: yamlScalar(path),
    kind: "file",
    detail: many(functions, "function"),
  }));
}

/** What the entry's stacks are called now. */
function stackNames(scene: BudgetScene): readonly string[] {
  const uris = new Set(templatesOfEntry(scene));
  return (scene.pool?.stacks ?? []).filter(({ template }) => uris.has(template.uri)).map(({ name }) => name);
}

/** Environments of the samconfigs of the entry's templates. */
function environments({ context, ...scene }: BudgetScene): readonly string[] {
  const names = templatesOfEntry({ context, ...scene }).flatMap((uri) =>
    samconfigsFor(uri, undefined, context.sources, []).found.flatMap(({ config }) => environmentsOf(config)),
  );
  return [...new Set(names)];
}

function parametersOf(scene: BudgetScene): readonly Node[] {
  return templatesOfEntry(scene).flatMap((uri) => {
    const template = fileOf(scene.context, uri);
    return (template && get(rootOf(template.tree), "Parameters")) ?? [];
  });
}

/** More templates of one entry than this are not looked into. */
const MAX_TEMPLATES = 50;

/** The templates that the entry at the cursor names. */
function templatesOfEntry({ context, spot, file }: BudgetScene): readonly Uri[] {
  const path = asScalar(get(spot.entry, "template"))?.text;
  if (!path) return [];
  const folder = folderOf(file.uri);
  return isPathGlob(path) ? context.sources.list(folder, path).slice(0, MAX_TEMPLATES) : [fileAt(folder, path)];
}
