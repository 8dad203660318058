/** A command that a sentence tells the user to run. */
export interface LoginCommand {
  readonly command: string;
  /** Nothing in it means anything to a shell: it may be sent to a terminal. */
  readonly safe: boolean;
}

/** The `aws …` command between quotation marks or backticks that an error's sentence names, if it names exactly one. */
export function loginCommand(message: string): LoginCommand | undefined {
  const found = [...message.matchAll(/["`](aws [^"`]+)["`]/g)].map(([, command = ""]) => command);
  const [command] = found;
  if (command === undefined || found.length > 1) return undefined;
  return { command, safe: /^[\w @:./,=+-]+$/.test(command) };
}
