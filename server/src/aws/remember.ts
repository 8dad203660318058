import type { AwsCredentialIdentity } from "@smithy/types";

const MINUTE = 60_000;

/** Milliseconds since 1970. */
export type Now = () => number;

/**
 * Credentials for all clients of a session: asked for once at a time, again five minutes before they expire, and after a failure not again for ten
 * seconds, so that a thousand waiting calls do not mean a thousand logins. Those at hand are used until they have really expired.
 */
export function rememberCredentials(
  resolve: () => Promise<AwsCredentialIdentity>,
  now: Now = Date.now,
): () => Promise<AwsCredentialIdentity> {
  let known: AwsCredentialIdentity | undefined;
  let failure: { readonly error: unknown; readonly until: number } | undefined;
  let pending: Promise<AwsCredentialIdentity> | undefined;
  const lastsFor = (ms: number) =>
    known !== undefined && (known.expiration?.getTime() ?? Number.POSITIVE_INFINITY) > now() + ms;

  async function ask(): Promise<AwsCredentialIdentity> {
    try {
      known = await resolve();
      failure = undefined;
      return known;
    } catch (error) {
      failure = { error, until: now() + MINUTE / 6 };
      throw error;
    } finally {
      pending = undefined;
    }
  }

  return async () => {
    if (known !== undefined && lastsFor(5 * MINUTE)) return known;
    try {
      if (failure !== undefined && failure.until > now()) throw failure.error;
      pending ??= ask();
      return await pending;
    } catch (error) {
      if (known !== undefined && lastsFor(0)) return known;
      throw error;
    }
  };
}
