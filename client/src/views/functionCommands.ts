import { env, Uri, window } from "vscode";
import { shownSnapshot } from "../account/accountState.ts";
import { UserError } from "../errors.ts";
import { viewIds } from "../ids.ts";
import { consoleUrl } from "./consoleUrl.ts";
import { functionsOf, type TreeArguments, targetNodes } from "./targets.ts";
import type { ViewCommandContext } from "./viewCommandContext.ts";

const selectFirst = "Select a function in the view “Account” of Lambda Concurrency first.";

/** Copies the names of the selected functions, one per line. */
export async function copyNames(context: ViewCommandContext, args: TreeArguments): Promise<void> {
  await copy(functionsOf(targetNodes(args, context.view.selection)).map(({ name }) => name));
}

/** Copies the ARNs of the selected functions, one per line. */
export async function copyArns(context: ViewCommandContext, args: TreeArguments): Promise<void> {
  await copy(functionsOf(targetNodes(args, context.view.selection)).flatMap(({ arn }) => arn ?? []));
}

async function copy(lines: readonly string[]): Promise<void> {
  if (lines.length === 0) throw new UserError(selectFirst);
  await env.clipboard.writeText(lines.join("\n"));
}

/** Opens a function in the web console of its account's partition and Region. */
export async function openInConsole(context: ViewCommandContext, args: TreeArguments): Promise<void> {
  const [fn] = functionsOf(targetNodes({ ...args, selected: undefined }, context.view.selection));
  const snapshot = shownSnapshot(context.account.state);
  if (fn === undefined || snapshot === undefined) throw new UserError(selectFirst);
  const url = consoleUrl(snapshot.identity, fn.name);
  if (url === undefined) throw new UserError(`There is no AWS console for ${snapshot.identity.account} here.`);
  await env.openExternal(Uri.parse(url, true));
}

/** Reads the selected functions again, with what hangs on them; stops at the first that fails, because the tree then says why. */
export async function refreshFunctions(context: ViewCommandContext, args: TreeArguments): Promise<void> {
  const functions = functionsOf(targetNodes(args, context.view.selection));
  if (functions.length === 0) throw new UserError(selectFirst);
  const { account } = context;
  await window.withProgress({ location: { viewId: viewIds.account } }, async () => {
    for (const { name } of functions) {
      await account.refreshFunction(name);
      if (account.state.kind !== "connected") return;
    }
  });
}
