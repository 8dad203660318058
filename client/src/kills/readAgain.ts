import type { KillContext } from "./killContext.ts";

/** More functions than this are read with everything else. */
const mostAlone = 10;

/** Reads again what a kill or a restore has changed, without keeping anybody waiting. */
export function readAgain({ account, store }: Pick<KillContext, "account" | "store">, names: readonly string[]): void {
  void (async () => {
    await store.look();
    if (names.length > mostAlone) await account.refresh();
    else for (const name of names) await account.refreshFunction(name);
  })();
}
