import type { Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import { folderOf } from "../uris.ts";
import type { FoundSamconfig } from "./foundSamconfig.ts";
import { hasDefaultTemplate, isForAnother, namingEnvironments, namingPlace } from "./namedTemplate.ts";
import { DEFAULT_ENVIRONMENT, deployOptions } from "./samconfig.ts";
import type { SamconfigSearch } from "./samconfigsFor.ts";

/** An environment of a samconfig that says something about a template. */
export interface SamconfigChoice {
  readonly found: FoundSamconfig;
  readonly environment: string;
}

/** Which environments count. */
export interface SamconfigChoices {
  /** Several when nothing ranks them: they are alternatives, never merged. */
  readonly chosen: readonly SamconfigChoice[];
  /** Farther ones that do not count because the one beside the template does. */
  readonly passedOver: readonly SamconfigChoice[];
}

/**
 * Chooses among the samconfigs of a template: the environment of the one beside it, else of the farther ones. When nobody names an environment
 * and none is called `default`, those that name the template are meant: it is deployed under one of them.
 * `asked`: a stack of a budget names the environment and has decided that it is meant.
 */
export function samconfigChoices(
  search: SamconfigSearch,
  environment: string | undefined,
  asked: boolean,
  sources: Sources,
  reads: Uri[],
): SamconfigChoices {
  const name = environment ?? DEFAULT_ENVIRONMENT;
  const usable = search.found.filter((found) => isUsable(found, name, search, asked, sources, reads));
  const chosen = usable.map((found) => ({ found, environment: name }));
  if (chosen.length > 0 || environment !== undefined) return ranked(chosen);
  return ranked(
    search.found.flatMap((found) =>
      namingEnvironments(found, search.target).map((each) => ({ found, environment: each })),
    ),
  );
}

function ranked(choices: readonly SamconfigChoice[]): SamconfigChoices {
  const near = choices.filter(({ found }) => found.where !== "farther");
  if (near.length === 0) return { chosen: choices, passedOver: [] };
  return { chosen: near, passedOver: choices.filter((choice) => !near.includes(choice)) };
}

function isUsable(
  found: FoundSamconfig,
  environment: string,
  { target }: SamconfigSearch,
  asked: boolean,
  sources: Sources,
  reads: Uri[],
): boolean {
  if (!deployOptions(found.config, environment)) return false;
  if (asked && found.where !== "farther") return true;
  if (isForAnother(found, environment, target, sources, reads)) return false;
  if (found.where !== "farther" || namingPlace(found, environment, target)) return true;
  // Another environment names the template. This one is about it as well, unless a template of its own is meant.
  return !hasDefaultTemplate(folderOf(found.config.uri), sources, reads);
}
