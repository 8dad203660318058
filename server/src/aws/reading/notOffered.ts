import type { AccountError } from "../accountError.ts";
import { readFailure } from "../failure.ts";

/** May this caller not make the call, or does the endpoint not know it? Then what it would tell stays unknown, and the rest can go on. */
export function isNotOffered(error: AccountError): boolean {
  if (error.kind === "denied") return true;
  const { status } = readFailure(error.cause);
  // Of an emulator 404 is a page that no client can read; AWS itself answers neither so for these calls.
  return (status === 404 || status === 501) && (error.kind === "failed" || error.kind === "notFound");
}

/** The sentence of an error; of a page that no client can read, where other calls are answered, what that means. */
export function partProblem(error: AccountError, action: string): string {
  if (error.kind !== "failed" || !isNotOffered(error)) return error.message;
  return `This endpoint does not offer ${action.split(":").at(-1)}, so what it would tell is not known.`;
}
