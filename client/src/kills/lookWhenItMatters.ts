import { Disposable, window, workspace } from "vscode";
import type { KillContext } from "./killContext.ts";
import { killedIn } from "./killedIn.ts";

/** The journal is read when the view is opened and when the window comes back; tags when an account is connected and its kills differ. */
export function lookWhenItMatters({ account, store, view }: KillContext): Disposable {
  let tags = "";
  const followAccount = () => {
    const { state } = account;
    if (state.kind === "disconnected") {
      tags = "";
      store.forgetAccount();
    }
    if (state.kind !== "connected" || state.snapshot.reading.state === "reading") return;
    const now = killedIn(state.snapshot);
    if (now === tags) return;
    tags = now;
    void store.look();
  };
  const lookHere = () => {
    // Records name accounts; an untrusted folder has no part in them.
    if (workspace.isTrusted && (view.visible || store.known !== undefined)) void store.lookHere();
  };
  lookHere();
  followAccount();
  return Disposable.from(
    account.onDidChange(followAccount),
    view.onDidChangeVisibility(lookHere),
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) lookHere();
    }),
  );
}
