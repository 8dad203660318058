/** Wraps text in terminal colours, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

export type Style = "red" | "yellow" | "blue" | "green" | "bold" | "dim";

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  red: [31, 39],
  yellow: [33, 39],
  blue: [34, 39],
  green: [32, 39],
  bold: [1, 22],
  dim: [2, 22],
};

/** Colours when they are wanted, plain text otherwise. */
export function painter(colour: boolean): Paint {
  if (!colour) return (_, text) => text;
  return (style, text) => `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m`;
}

/** Are colours wanted? As Node decides: `FORCE_COLOR`, then `NO_COLOR` (https://no-color.org), then whether it is a terminal. */
export function wantsColour(env: Readonly<Record<string, string | undefined>>, isTTY: boolean): boolean {
  const force = env.FORCE_COLOR;
  if (force !== undefined) return force !== "0" && force !== "false";
  if (env.NO_COLOR) return false;
  return isTTY && env.TERM !== "dumb";
}
