import { accountKey } from "#core";
import type { OpenAccount } from "../account/accountState.ts";
import { uiParts } from "../operations/editor.ts";
import { followAllocations } from "./followAllocations.ts";
import type { KillContext } from "./killContext.ts";
import type { KillUiParts } from "./workingUi.ts";

/** More functions than this are read with everything else. */
const mostAlone = 10;

/** Reads again what a kill or a restore has changed, without keeping anybody waiting. */
function readAgain({ account, store }: Pick<KillContext, "account" | "store">, names: readonly string[]): void {
  void (async () => {
    await store.look();
    if (names.length > mostAlone) await account.refresh();
    else for (const name of names) await account.refreshFunction(name);
  })();
}

/** What asking about the open account needs. */
export function killUiParts(context: KillContext, open: OpenAccount): KillUiParts {
  const { editor, store, document } = context;
  const key = accountKey(open.session.identity);
  return {
    ...uiParts(editor, open),
    document,
    whileMarked: (action, names, work) => store.whileMarked(action, key, names, work),
    readAgain: (names) => readAgain(context, names),
    follow: (restored) => void followAllocations(context, key, restored),
  };
}
