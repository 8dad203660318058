import type { AwsCredentialIdentity } from "@smithy/types";

const MINUTE = 60_000;

/** Milliseconds since 1970. */
export type Now = () => number;

/**
 * Credentials for all clients of a session: asked for by one at a time, again five minutes before they expire, but at most every ten seconds, so
 * that a thousand waiting calls do not mean a thousand logins. Those at hand are used until they have really expired.
 */
export function rememberCredentials(
  resolve: () => Promise<AwsCredentialIdentity>,
  now: Now = () => Date.now(),
): () => Promise<AwsCredentialIdentity> {
  let known: AwsCredentialIdentity | undefined;
  let failure: unknown;
  let quietUntil = Number.NEGATIVE_INFINITY;
  let pending: Promise<void> | undefined;
  const lastsFor = ({ expiration }: AwsCredentialIdentity, ms: number) =>
    expiration === undefined || expiration.getTime() > now() + ms;

  async function ask(): Promise<void> {
    try {
      known = await resolve();
      failure = undefined;
    } catch (error) {
      failure = error;
    } finally {
      quietUntil = now() + MINUTE / 6;
      pending = undefined;
    }
  }

  return async () => {
    const enough = known !== undefined && lastsFor(known, 5 * MINUTE);
    if (!enough && (pending !== undefined || now() >= quietUntil)) {
      pending ??= ask();
      await pending;
    }
    if (known !== undefined && (failure === undefined || lastsFor(known, 0))) return known;
    throw failure;
  };
}
