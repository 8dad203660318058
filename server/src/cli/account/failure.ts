import type { AccountChoice, AccountError } from "#aws";
import { complain } from "../complain.ts";
import { exitCodes } from "../exitCodes.ts";
import type { Io } from "../io.ts";

/** Says on stderr why an account could not be used, and gives the exit code. Throws whatever is no `AccountError`. */
export function accountFailure(error: unknown, choice: AccountChoice, io: Io): number {
  if (!isAccountError(error)) throw error;
  if (error.kind === "cancelled") return exitCodes.cancelled;
  if (error.kind === "noRegion" && (choice.region || io.env.AWS_REGION || io.env.AWS_DEFAULT_REGION)) {
    complain(error.message, io);
    return exitCodes.usage;
  }
  if (error.kind === "noRegion") {
    complain("No Region is set: add --region NAME, or set AWS_REGION.", io);
    // With a profile the answer depends on the config files. Without one, nothing on this command line could have worked: it is the usage.
    const chosen = choice.profile ?? io.env.AWS_PROFILE;
    return chosen === undefined ? exitCodes.usage : exitCodes.account;
  }
  complain(error.message, io);
  return exitCodes.account;
}

/** Told by its name: the module of the class is loaded late. */
export function isAccountError(error: unknown): error is AccountError {
  return error instanceof Error && error.name === "AccountError";
}
