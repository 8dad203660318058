import { accountKey } from "#core";
import type { OpenAccount } from "../account/accountState.ts";
import { uiParts } from "../operations/editor.ts";
import { followAllocations } from "./followAllocations.ts";
import type { KillContext } from "./killContext.ts";
import { readAgain } from "./readAgain.ts";
import type { KillUiParts } from "./workingUi.ts";

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
