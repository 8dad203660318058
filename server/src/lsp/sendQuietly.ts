/** For what is sent to the client without waiting: a refusal, or a connection that is closed, changes nothing for us. */
export function sendQuietly(send: () => unknown): void {
  (async () => await send())().catch(() => undefined);
}
