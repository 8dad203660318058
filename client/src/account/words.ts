/** Sentences that more than one place shows. */

/** Why nothing is connected in a workspace that is not trusted. */
export const untrusted =
  "This workspace is not trusted, so no account is connected: its files could choose which credentials are used. Trust the workspace first.";
