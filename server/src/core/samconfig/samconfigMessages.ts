import { folderOf, nameOf, relativePath } from "../uris.ts";
import type { ConfigProblem } from "./configProblem.ts";
import type { FoundSamconfig, Target } from "./foundSamconfig.ts";
import { namingPlace } from "./namedTemplate.ts";
import { environmentsOf } from "./samconfig.ts";
import type { NamedEnvironment } from "./samconfigAnswer.ts";
import type { SamconfigChoice } from "./samconfigChoices.ts";
import type { SamconfigSearch } from "./samconfigsFor.ts";

/** Why an environment that somebody names cannot be used; nothing when nobody names one, or when a budget does not and there is no samconfig. */
export function missingEnvironment(
  { target, found, others }: SamconfigSearch,
  environment: string | undefined,
  named: NamedEnvironment | undefined,
): readonly ConfigProblem[] {
  if (environment === undefined) return [];
  // In the budget a path tells which samconfig is meant; in the samconfig itself its name does.
  const from = named?.place && folderOf(named.place.uri);
  const called = ({ config }: FoundSamconfig) => (from ? relativePath(from, config.uri) : nameOf(config.uri));
  const placed = (message: string) => {
    const place = named?.place ?? { uri: found[0]?.config.uri ?? target.uri, start: 0, end: 0 };
    return [{ place, message }];
  };
  const elsewhere = [...found, ...others].find(({ config }) => environmentsOf(config).includes(environment));
  if (elsewhere && (named || found.length > 0))
    return placed(
      `${called(elsewhere)} has the environment \`${environment}\`, but not for this template (template_file).`,
    );
  const lacking = found.map((each) => `${called(each)} has no environment \`${environment}\`. ${having(each)}`);
  if (found.length > 0) return placed(lacking.join(" "));
  if (!named) return [];
  return placed(
    `No samconfig.toml, .yaml or .yml is beside the template, and none above it or in the workspace names it as template_file, so its environment \`${environment}\` cannot be used.`,
  );
}

function having({ config }: FoundSamconfig): string {
  const known = environmentsOf(config);
  return known.length > 0 ? `It has ${known.slice(0, 10).join(", ")}.` : "It has none.";
}

/** A farther samconfig that names a template which has its own beside it. */
export function shadowed(
  { found, environment }: SamconfigChoice,
  beside: SamconfigChoice,
  target: Target,
): ConfigProblem {
  const { config } = found;
  const naming = namingPlace(found, environment, target);
  const folder = folderOf(config.uri);
  const message = `Environment ${environment} is not used for ${relativePath(folder, target.uri)}: ${relativePath(folder, beside.found.config.uri)} is beside it and counts. Keep the parameters in one of the two.`;
  return { place: naming?.place ?? { uri: config.uri, start: 0, end: 0 }, message, rule: "samconfig-shadowed" };
}
