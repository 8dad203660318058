import type { AccountChoice } from "#aws";
import type { OptionSpecs, Options } from "../options.ts";

/** Options that say which account and Region. The endpoint is chosen by `AWS_ENDPOINT_URL`, as for every other tool. */
export const connectionOptions = {
  profile: {
    value: "NAME",
    help: "profile of the AWS config files (default: AWS_PROFILE, else the credentials found)",
  },
  region: { value: "NAME", help: "Region (default: AWS_REGION, AWS_DEFAULT_REGION, else that of the profile)" },
} as const satisfies OptionSpecs;

/** Options of every command that changes an account. */
export const changeOptions = {
  yes: { help: "change the account without asking; a production account needs --account beside it" },
  account: {
    value: "ID",
    accountId: true,
    help: "the account that is to be changed, 12 digits; another one is refused",
  },
  "dry-run": { help: "show what would be done, and change nothing" },
} as const satisfies OptionSpecs;

/** Options that select functions beside those that are named. */
export const selectionOptions = {
  stack: { value: "NAME", multiple: true, help: "the functions of a CloudFormation stack, by their tags" },
  tag: { value: "KEY=VALUE", multiple: true, help: "the functions with this tag; KEY alone: with any value" },
  group: { value: "NAME", multiple: true, help: "a kill group of the budget in the current folder" },
} as const satisfies OptionSpecs;

/** The `--format` of commands that know these two. */
export const formatOption = {
  format: { value: "FORMAT", choices: ["json", "text"], help: "json or text (default: text)" },
} as const satisfies OptionSpecs;

/** The account that the command line chose; what is left out is decided by the environment. */
export function choiceOf(options: Options): AccountChoice {
  const profile = options.text("profile");
  const region = options.text("region");
  return { ...(profile !== undefined && { profile }), ...(region !== undefined && { region }) };
}
