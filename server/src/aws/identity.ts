import { type IAMClient, ListAccountAliasesCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import type { AccountIdentity } from "#core";
import { AccountError } from "./accountError.ts";
import { abortError, toAccountError } from "./toAccountError.ts";

/** Who STS says we are. */
export type Caller = Pick<AccountIdentity, "account" | "arn" | "partition">;

/** Asks STS who we are. Throws an `AccountError`; at once when the signal is aborted, also while new credentials are being waited for. */
export async function readCaller(sts: STSClient, signal?: AbortSignal): Promise<Caller> {
  const asked = sts.send(new GetCallerIdentityCommand({}), signal === undefined ? {} : { abortSignal: signal });
  const { Account: account, Arn: arn } = await unlessAborted(asked, signal).catch((error: unknown) => {
    throw toAccountError(error, "sts:GetCallerIdentity");
  });
  // Both are shown, and name files of what is kept.
  const partition = /^arn:([\w-]+):[\x21-\x7e]+$/.exec(arn ?? "")?.[1];
  if (account === undefined || !/^\d{12}$/.test(account) || arn === undefined || partition === undefined)
    throw new AccountError("failed", "STS did not say whose credentials these are. Check the endpoint.", {
      action: "sts:GetCallerIdentity",
    });
  return { account, arn, partition };
}

const ALIAS_LIMIT = 3_000;

/** The account's alias, if there is one, it may be read and IAM answers within 3 s; whoever may not read it works without. */
export async function readAlias(iam: IAMClient, signal?: AbortSignal): Promise<string | undefined> {
  const limit = AbortSignal.timeout(ALIAS_LIMIT);
  const abortSignal = signal === undefined ? limit : AbortSignal.any([limit, signal]);
  try {
    const { AccountAliases } = await iam.send(new ListAccountAliasesCommand({}), { abortSignal });
    return AccountAliases?.[0];
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

/** Throws an `AccountError` of kind `changed` that names both, unless the two are the same caller in the same account. */
export function checkSameCaller(before: Caller, now: Caller): void {
  const { account, arn, partition } = before;
  if (now.account === account && now.partition === partition && now.arn === arn) return;
  throw new AccountError(
    "changed",
    now.account === account && now.partition === partition
      ? `The credentials are now those of ${now.arn}; this session was opened by ${arn}. Connect again.`
      : `The credentials now belong to account ${now.account} (${now.arn}); this session was opened for account ${account} (${arn}). Nothing was sent there. Connect again.`,
    { action: "sts:GetCallerIdentity" },
  );
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await work;
  let abort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(abortError(signal));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
