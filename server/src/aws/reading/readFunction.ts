import type { LiveFunction } from "#core";
import { AccountError, type AccountErrorKind } from "../accountError.ts";
import type { Session } from "../session.ts";
import { createReservationReader } from "./reservations.ts";
import { type OwnTags, tagsByArn, tagsOf } from "./tags.ts";

/**
 * Reads one function afresh: reservation, stack and the product's tags; no details and no use. One call of GetFunction; when that shows no
 * reservation, one of GetFunctionConcurrency to confirm it. Throws an `AccountError`: `notFound` when there is no such function,
 * `denied` when neither call is allowed, `refused` for a name with a version or alias.
 */
export async function readFunction(session: Session, name: string, signal?: AbortSignal): Promise<LiveFunction> {
  if (!/^[\w-]+$/.test(name)) {
    const message = `"${name}" is not the name of a function. Give it without account, version or alias.`;
    throw new AccountError("refused", message);
  }
  const { partition, region, account } = session.identity;
  const arn = `arn:${partition}:lambda:${region}:${account}:function:${name}`;
  const reader = createReservationReader(session, { confirm: true });
  const { function: found, tagged } = await reader.read({ name, arn, reserved: null }, signal);
  const [denial] = reader.denials;
  if (denial !== undefined) throw denial;
  return tagged ? found : { ...found, ...(await tagsAnyhow(session, found.arn, signal)) };
}

/** Failures after which no other call can succeed. */
const final: ReadonlySet<AccountErrorKind> = new Set(["cancelled", "changed", "expired", "noCredentials"]);

/** Tags by whichever way works; without any the stack stays unknown, which is no reason to fail. */
async function tagsAnyhow(session: Session, arn: string, signal: AbortSignal | undefined): Promise<OwnTags> {
  const ways = [() => tagsOf(session, arn, signal), async () => (await tagsByArn(session, signal, arn)).get(arn) ?? {}];
  for (const way of ways) {
    try {
      return await way();
    } catch (error) {
      if (!(error instanceof AccountError) || final.has(error.kind)) throw error;
    }
  }
  return {};
}
