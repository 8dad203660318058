import type { PoolView } from "#protocol";
import type { Action, PictureSource, PoolPicture, ToView } from "#webview/poolMessages.ts";
import { type AccountState, shownSnapshot } from "../account/accountState.ts";
import type { ServerState } from "../languageServer.ts";
import { poolFacts } from "../pools/poolFacts.ts";
import { accountPicture } from "./accountPicture.ts";
import { filesPicture } from "./filesPicture.ts";
import type { WhatIf } from "./pictureInput.ts";

/** The source that is the connected account, not a pool of the files. */
export const accountSource = "account";

/** What the pool view draws from. */
export interface PoolViewInput {
  /** Undefined while the language server has not answered. */
  readonly pools: readonly PoolView[] | undefined;
  readonly server: ServerState;
  readonly account: AccountState;
  /** What was chosen before; another one is taken when it is gone. */
  readonly chosen: string | undefined;
  readonly whatIf: WhatIf;
}

const connect: Action = { id: "connect", label: "Connect" };
const createBudget: Action = { id: "createBudget", label: "Create Budget File" };

/** What the pool view is told: a picture, or why there is none and what to do. */
export function poolViewState(input: PoolViewInput): ToView {
  const { pools = [], account } = input;
  const hasAccount = shownSnapshot(account) !== undefined;
  const sources: readonly PictureSource[] = [
    ...pools.map(({ id, name, budget }) => ({ id, label: budget === undefined ? `${name} (no budget)` : name })),
    ...(hasAccount ? [{ id: accountSource, label: "In AWS" }] : []),
  ];
  const chosen = sources.find(({ id }) => id === input.chosen)?.id ?? sources[0]?.id;
  if (chosen === undefined) return { sources, shown: nothingToShow(input) };
  const picture = pictureOf(input, chosen);
  if (picture !== undefined) return { sources, chosen, shown: { kind: "picture", picture } };
  const text = "The account does not say its limit: lambda:GetAccountSettings is denied. Allow it and refresh.";
  return {
    sources,
    chosen,
    shown: { kind: "message", error: true, text, actions: [{ id: "retry", label: "Refresh" }] },
  };
}

/** The picture of one source. */
export function pictureOf({ pools = [], account, whatIf }: PoolViewInput, id: string): PoolPicture | undefined {
  const snapshot = shownSnapshot(account);
  const pool = pools.find((each) => each.id === id);
  if (pool !== undefined) {
    return filesPicture(pool, new Map(snapshot?.functions.map((fn) => [fn.arn, fn])), whatIf);
  }
  return snapshot && accountPicture(snapshot, poolFacts(pools).configuredFloor, whatIf);
}

function nothingToShow({ pools, server, account }: PoolViewInput): ToView["shown"] {
  const message = (text: string, actions: readonly Action[], error = false) =>
    ({ kind: "message", error, text, actions }) as const;
  if (account.kind === "failed") {
    return message(
      `The account could not be read. ${account.error.message}`,
      [{ ...connect, label: "Connect Again" }],
      true,
    );
  }
  if (account.kind === "connecting") return message("Connecting to the account…", []);
  if (server === "failed") {
    return message(
      "The language server does not run, so the files are not known. Run “Lambda Concurrency: Restart Language Server”.",
      [connect],
      true,
    );
  }
  if (server === "starting" || (server === "running" && pools === undefined)) {
    return message("Reading the templates and budgets of this workspace…", []);
  }
  return message("There is no pool yet: no budget and no template with functions here, and no account connected.", [
    createBudget,
    connect,
  ]);
}

/** The functions of a picture that the account has, largest claim first: their use is what a picture shows. */
export function liveNames(
  { pools = [], account }: PoolViewInput,
  id: string,
  { slices }: PoolPicture,
): readonly string[] {
  const arns = new Map(pools.find((each) => each.id === id)?.rows.map(({ key, arn }) => [key, arn]));
  const names = new Map(shownSnapshot(account)?.functions.map(({ arn, name }) => [arn, name]));
  return slices.flatMap(({ key, size }) => (size === 0 ? [] : (names.get(arns.get(key) ?? key) ?? [])));
}
