import type { Operation } from "./operation.ts";
import type { Confirmation } from "./ui.ts";

/**
 * Has what was shown confirmed. For a production account a yes counts only with its alias or ID beside it, whatever the
 * ui makes of it.
 * @param production why the account asks for more care, from `state.production`: an operation asks for it at its start, also when it only
 * shows, so that what is seen of production is remembered
 */
export async function confirm<Other extends string = never>(
  { session, ui }: Pick<Operation<never, never>, "session" | "ui">,
  production: string | undefined,
  asked: Omit<Confirmation<Other>, "identity" | "production">,
): Promise<"yes" | "no" | Other> {
  const { identity } = session;
  const { kind, account } = await ui.confirm<Other>({
    ...asked,
    identity,
    ...(production !== undefined && { production }),
  });
  if (kind !== "yes" || production === undefined) return kind;
  const isNamed = account !== undefined && (account === identity.account || account === identity.alias);
  return isNamed ? "yes" : "no";
}
