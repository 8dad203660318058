import type { ParameterValue, Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import { nameOf } from "../uris.ts";
import type { ConfigValue } from "./configValue.ts";
import { leftOpen } from "./leftOpen.ts";
import { readOverrides } from "./readOverrides.ts";
import { checkSamconfig, deployOptions, textOption } from "./samconfig.ts";
import type { SamconfigAnswer, SamconfigPick, SamconfigQuestion } from "./samconfigAnswer.ts";
import { type SamconfigChoice, samconfigChoices } from "./samconfigChoices.ts";
import { missingEnvironment, shadowed } from "./samconfigMessages.ts";
import { samconfigsFor } from "./samconfigsFor.ts";

/** What the samconfigs of a template say about it: the one beside it, else those that name it as `template_file`. */
export function samconfigOf(templateUri: Uri, question: SamconfigQuestion, sources: Sources): SamconfigAnswer {
  const { named, configEnv, configFile, pick } = question;
  const reads: Uri[] = [];
  const environment = named?.value ?? configEnv;
  const search = samconfigsFor(templateUri, configFile, sources, reads);
  const picked = pick && search.found.find(({ config }) => config.uri === pick.samconfig);
  if (picked) return answerOf({ found: picked, environment: pick.environment }, sources, reads);
  const { chosen, passedOver } = samconfigChoices(search, environment, named !== undefined, sources, reads);
  const answer = (choice: SamconfigChoice) => answerOf(choice, sources, reads);
  const isCertain = chosen[0]?.found.where === "beside" && chosen.length === 1;
  if (search.broken && !isCertain) {
    const { place } = search.broken;
    return { parameters: new Map(), problems: [search.broken], reads, undecided: place.uri };
  }
  const [only, ...others] = chosen;
  if (!only) {
    const refused = search.found.flatMap(({ config }) => checkSamconfig(config) ?? []);
    const problems = refused.length > 0 ? refused : missingEnvironment(search, environment, named);
    return { parameters: new Map(), problems, reads };
  }
  if (others.length > 0) {
    const picks = picksOf(chosen);
    return leftOpen(chosen.map((choice, i) => ({ ...answer(choice), pick: picks[i] as SamconfigPick })));
  }
  const found = answer(only);
  const notes = passedOver.map((choice) => shadowed(choice, only, search.target));
  return { ...found, problems: [...found.problems, ...notes] };
}

/** Environments by their name, those of one name with their file. */
function picksOf(all: readonly SamconfigChoice[]): readonly SamconfigPick[] {
  const count = new Map<string, number>();
  for (const { environment } of all) count.set(environment, (count.get(environment) ?? 0) + 1);
  return all.map(({ found, environment }) => ({
    samconfig: found.config.uri,
    environment,
    label: count.get(environment) === 1 ? environment : `${found.label} [${environment}]`,
  }));
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
