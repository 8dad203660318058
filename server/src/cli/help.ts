import type { Command } from "./commands/command.ts";
import type { OptionSpecs } from "./options.ts";
import { wrapParagraphs, wrapRows } from "./wrap.ts";

/** The text of `--help` without a command. */
export function overview(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }) => [`  ${name}`, summary] as const);
  return `Usage: lambda-concurrency <command> [options]

${wrapParagraphs("Keeps the Lambda reservations of SAM and CloudFormation templates within the account's concurrency.")}

Commands:
${wrapRows(rows)}

Options:
${optionLines({})}

lambda-concurrency <command> --help explains a command.
`;
}

/** The text of `--help` of one command. */
export function commandHelp({ name, usage, summary, details, options }: Command): string {
  return `Usage: lambda-concurrency ${name} ${usage}

${wrapParagraphs(summary)}

${wrapParagraphs(details)}

Options:
${optionLines(options)}
`;
}

function optionLines(options: OptionSpecs): string {
  const rows = Object.entries(options).flatMap(([name, { value, short, help, hidden }]) =>
    hidden
      ? []
      : [
          [
            `  ${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`,
            help,
          ] as const,
        ],
  );
  return wrapRows([...rows, ["  -h, --help", "show this help"], ["  -v, --version", "show the version"]]);
}
