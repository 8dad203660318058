import type { Operation } from "./operation.ts";
import type { Confirmation } from "./ui.ts";

/**
 * Has what was shown confirmed. For a production account a yes counts only with its alias or ID beside it, whatever the
 * ui makes of it.
 */
export async function confirm<Other extends string = never>(
  { session, state, ui }: Pick<Operation<never, never>, "session" | "state" | "ui">,
  asked: Omit<Confirmation<Other>, "identity" | "production">,
): Promise<"yes" | "no" | Other> {
  const { identity } = session;
  const production = await state.production(identity);
  const { kind, account } = await ui.confirm<Other>({
    ...asked,
    identity,
    ...(production !== undefined && { production }),
  });
  if (kind !== "yes" || production === undefined) return kind;
  const isNamed = account !== undefined && (account === identity.account || account === identity.alias);
  return isNamed ? "yes" : "no";
}
