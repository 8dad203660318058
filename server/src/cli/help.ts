import type { Command } from "./commands/command.ts";
import type { OptionSpecs } from "./options.ts";
import { alignColumns } from "./reporters/terminal.ts";

/** The text of `--help` without a command. */
export function overview(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }) => [`  ${name}`, summary]);
  return `Usage: lambda-concurrency <command> [options]

Keeps the Lambda reservations of SAM and CloudFormation templates within the account's concurrency.

Commands:
${alignColumns(rows, new Set()).join("\n")}

Options:
${optionLines({})}

lambda-concurrency <command> --help explains a command.
`;
}

/** The text of `--help` of one command. */
export function commandHelp({ name, usage, summary, details, options }: Command): string {
  return `Usage: lambda-concurrency ${name} ${usage}

${summary}

${details}

Options:
${optionLines(options)}
`;
}

function optionLines(options: OptionSpecs): string {
  const rows = Object.entries(options).flatMap(([name, { value, help, hidden }]) =>
    hidden ? [] : [[`  --${name}${value === undefined ? "" : ` ${value}`}`, help]],
  );
  rows.push(["  -h, --help", "show this help"], ["  -v, --version", "show the version"]);
  return alignColumns(rows, new Set()).join("\n");
}
