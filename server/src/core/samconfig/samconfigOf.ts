import type { ParameterValue, Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import type { ConfigValue } from "./configValue.ts";
import { leftOpen } from "./leftOpen.ts";
import { readOverrides } from "./readOverrides.ts";
import { checkSamconfig, deployOptions, textOption } from "./samconfig.ts";
import type { SamconfigAnswer, SamconfigPick, SamconfigQuestion } from "./samconfigAnswer.ts";
import { type SamconfigChoice, samconfigChoices } from "./samconfigChoices.ts";
import { missingEnvironment, shadowed } from "./samconfigMessages.ts";
import { samconfigsFor } from "./samconfigsFor.ts";
import { nameOf } from "./uris.ts";

/** What the samconfigs of a template say about it: the one beside it, else those that name it as `template_file`. */
export function samconfigOf(templateUri: Uri, question: SamconfigQuestion, sources: Sources): SamconfigAnswer {
  const { named, configEnv, configFile, pick } = question;
  const reads: Uri[] = [];
  const environment = named?.value ?? configEnv;
  const search = samconfigsFor(templateUri, configFile, sources, reads);
  const { chosen, passedOver } = samconfigChoices(search, environment, named !== undefined, sources, reads);
  const answer = (choice: SamconfigChoice) => answerOf(choice, sources, reads);
  const isCertain = chosen[0]?.found.where === "beside" && chosen.length === 1;
  if (search.broken && !isCertain) {
    const { place } = search.broken;
    return { parameters: new Map(), problems: [search.broken], reads, undecided: place.uri };
  }
  const picked = pick && chosen.find((choice) => isPicked(choice, pick));
  if (picked) return answer(picked);
  const [only, ...others] = chosen;
  if (!only) {
    const refused = search.found.flatMap(({ config }) => checkSamconfig(config) ?? []);
    const problems = refused.length > 0 ? refused : missingEnvironment(search, environment, named);
    return { parameters: new Map(), problems, reads };
  }
  if (others.length > 0) return leftOpen(chosen.map((choice) => ({ ...answer(choice), pick: pickOf(choice, chosen) })));
  const found = answer(only);
  const notes = passedOver.map((choice) => shadowed(choice, only, search.target));
  return { ...found, problems: [...found.problems, ...notes] };
}

function isPicked({ found, environment }: SamconfigChoice, pick: SamconfigPick): boolean {
  return found.config.uri === pick.samconfig && environment === pick.environment;
}

function pickOf({ found, environment }: SamconfigChoice, all: readonly SamconfigChoice[]): SamconfigPick {
  const same = all.filter((choice) => choice.environment === environment);
  const label = same.length === 1 ? environment : `${found.label} [${environment}]`;
  return { samconfig: found.config.uri, environment, label };
}

function answerOf({ found, environment }: SamconfigChoice, sources: Sources, reads: Uri[]): SamconfigAnswer {
  const { config } = found;
  const options = deployOptions(config, environment) ?? new Map<string, ConfigValue>();
  const refused = checkSamconfig(config);
  const { parameters, problems, undecided } = overridesOf(
    { found, environment },
    options.get("parameter_overrides"),
    sources,
    reads,
  );
  const stackName = textOption(options, "stack_name");
  const region = textOption(options, "region");
  return {
    parameters,
    ...(stackName === undefined ? {} : { stackName }),
    ...(region === undefined ? {} : { region }),
    environment,
    problems: refused ? [refused, ...problems] : problems,
    reads,
    ...(undecided === undefined ? {} : { undecided }),
  };
}

function overridesOf(
  { found: { config, label }, environment }: SamconfigChoice,
  value: ConfigValue | undefined,
  sources: Sources,
  reads: Uri[],
): Pick<SamconfigAnswer, "parameters" | "problems" | "undecided"> {
  if (!value) return { parameters: new Map(), problems: [] };
  const read = readOverrides(value, config, sources);
  reads.push(...read.reads);
  const samconfig = `${label} [${environment}]`;
  const parameters = new Map<string, ParameterValue>();
  for (const [name, { value: text, place }] of read.overrides) {
    const what = place.uri === config.uri ? samconfig : `${nameOf(place.uri)}, included by ${samconfig}`;
    parameters.set(name, { value: text, source: { what, place } });
  }
  const { problems } = read;
  return { parameters, problems, ...(problems.length > 0 ? { undecided: config.uri } : {}) };
}
