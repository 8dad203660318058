import { createInterface } from "node:readline/promises";

/** Asks on the terminal: the question goes to stderr, so that stdout holds the result alone. Undefined after Ctrl+C or at the end of the input. */
export async function askAtTerminal(
  question: string,
  input: NodeJS.ReadableStream = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Promise<string | undefined> {
  const lines = createInterface({ input, output, terminal: true, historySize: 0 });
  const cancelled = new Promise<undefined>((resolve) => {
    // In a terminal's raw mode Ctrl+C is a key and no signal.
    lines.once("SIGINT", () => resolve(undefined));
    lines.once("close", () => resolve(undefined));
  });
  try {
    const answer = await Promise.race([lines.question(question), cancelled]);
    if (answer === undefined) output.write("\n");
    return answer;
  } finally {
    lines.close();
  }
}
