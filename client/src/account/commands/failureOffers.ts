import type { AccountState } from "../accountState.ts";
import { type LoginCommand, loginCommand } from "../loginCommand.ts";

/** What the buttons of a message about a failed connection do. */
export const offers = {
  runInTerminal: "Run in Terminal",
  copyCommand: "Copy Command",
  chooseRegion: "Choose Region",
  showOutput: "Show Output",
} as const;

/** The next steps that a failure has, as buttons; with the command that signs in, when its sentence names one. */
export interface FailureOffers {
  readonly buttons: readonly string[];
  readonly login?: LoginCommand;
}

/** What is offered for a failed connection: the sign-in that its sentence names, a Region where none is chosen, else the log. */
export function failureOffers({ kind, message }: Extract<AccountState, { kind: "failed" }>["error"]): FailureOffers {
  const login = loginCommand(message);
  if (login === undefined) return { buttons: [kind === "noRegion" ? offers.chooseRegion : offers.showOutput] };
  // What a shell might read as more than one command is only copied.
  return { buttons: [...(login.safe ? [offers.runInTerminal] : []), offers.copyCommand], login };
}
