import type { Command } from "./commands/command.ts";
import type { OptionSpecs } from "./options.ts";

/** What every terminal shows in one line. */
const WIDTH = 80;

/** Lines of at most 80 columns; lines that are indented, such as examples, and empty ones stay as they are. */
function wrapParagraphs(text: string): string {
  const blocks: { text: string; fixed: boolean }[] = [];
  for (const line of text.split("\n")) {
    const last = blocks.at(-1);
    const fixed = line === "" || line.startsWith(" ");
    if (last === undefined || fixed || last.fixed) blocks.push({ text: line, fixed });
    else last.text += ` ${line}`;
  }
  return blocks.map((block) => (block.fixed ? block.text : wrapped(block.text, WIDTH).join("\n"))).join("\n");
}

/** Rows of a term and its explanation, which is wrapped in a column of its own. */
function wrapRows(rows: readonly (readonly [string, string])[]): string {
  const column = Math.max(...rows.map(([term]) => term.length)) + 2;
  return rows
    .flatMap(([term, text]) =>
      wrapped(text, WIDTH - column).map((line, index) => (index === 0 ? term : "").padEnd(column) + line),
    )
    .join("\n");
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

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
