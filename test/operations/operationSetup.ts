import type { TestContext } from "node:test";
import type { AccountFile } from "#demo";
import type { Operation, OperationState } from "#operations";
import { type ApplySetup, applySetup } from "../aws/apply/applySetup.ts";
import { type Script, type ScriptedUi, scriptedUi } from "./scriptedUi.ts";

/** An operation on a demo account whose questions a script answers. */
export interface OperationSetup<Preview, Outcome> extends ApplySetup, ScriptedUi<Preview, Outcome> {
  readonly operation: Operation<Preview, Outcome>;
  /** Calls that reached the account and may have changed it: `PUT a`. */
  writes(): readonly string[];
}

/** The account of `applySetup` with a script; `production`: why the account asks for more care. */
export async function operationSetup<Preview, Outcome extends { readonly kind: string }>(
  test: TestContext,
  script: Script = {},
  { account, production }: { readonly account?: AccountFile; readonly production?: string } = {},
): Promise<OperationSetup<Preview, Outcome>> {
  const setup = await applySetup(test, account);
  const scripted = scriptedUi<Preview, Outcome>(script);
  const { folder, session, options, proxy } = setup;
  const state: OperationState = {
    folder,
    production: async () => production,
    ...(options.retryPolicy !== undefined && { retryPolicy: options.retryPolicy }),
    ...(options.now !== undefined && { now: options.now }),
  };
  return {
    ...setup,
    ...scripted,
    operation: { session, state, ui: scripted.ui },
    writes: () =>
      proxy.calls.flatMap((call) => {
        const [, method, name] = /^(PUT|DELETE) \/\d{4}-\d\d-\d\d\/functions\/([^/]+)\//.exec(call) ?? [];
        return method === undefined ? [] : [`${method} ${name}`];
      }),
  };
}
