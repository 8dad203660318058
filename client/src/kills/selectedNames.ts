import { Uri, window } from "vscode";
import type { AccountSnapshot } from "#core";
import { ofArn } from "../changes/selectedFunctions.ts";
import type { ViewNode } from "../tree/node.ts";
import { UserError } from "../userError.ts";
import { type KillArguments, nodesOf } from "./killArguments.ts";
import type { KillContext } from "./killContext.ts";

/**
 * The functions that a command is meant for: names that somebody hands over, functions and groups of a tree, the function at the cursor of a
 * file. Undefined: nobody said, so the user is asked. Throws a `UserError` for what belongs to another account.
 */
export async function selectedNames(
  context: Pick<KillContext, "account" | "server">,
  args: KillArguments,
): Promise<readonly string[] | undefined> {
  const { node } = args;
  if (Array.isArray(node)) return node.filter((name) => typeof name === "string");
  if (typeof node === "string") return [node];
  if (node instanceof Uri) return nameAtCursor(context, node);
  const nodes = nodesOf(args);
  if (nodes.length === 0) return undefined;
  const { state } = context.account;
  const snapshot = state.kind === "connected" ? state.snapshot : undefined;
  if (snapshot === undefined) return undefined;
  const names = nodes.flatMap((each) => namesOf(each, snapshot));
  return [...new Set(names)];
}

/** A group stands for the functions below it, as the filter shows them. */
function namesOf({ subject, children = [], context }: ViewNode, snapshot: AccountSnapshot): readonly string[] {
  if (subject?.kind === "function") return [ofArn(subject.fn.arn, snapshot.identity).name];
  if (subject?.kind === "kill") return [subject.kill.record.name];
  if (subject?.kind === "row") {
    return subject.row.arn === undefined ? [] : [ofArn(subject.row.arn, snapshot.identity).name];
  }
  return context.startsWith("group.") ? children.flatMap((child) => namesOf(child, snapshot)) : [];
}

async function nameAtCursor(
  { server, account }: Pick<KillContext, "account" | "server">,
  uri: Uri,
): Promise<readonly string[] | undefined> {
  const editor = window.activeTextEditor;
  if (editor?.document.uri.toString() !== uri.toString() || server.client === undefined) return undefined;
  const { functionAtRequest } = await import("../languageClient.ts");
  const { line, character } = editor.selection.active;
  const found = await server.client.sendRequest(functionAtRequest, {
    uri: uri.toString(),
    position: { line, character },
  });
  if (found?.arn === undefined) return undefined;
  const { state } = account;
  if (state.kind !== "connected") throw new UserError("Connect to an account first.");
  return [ofArn(found.arn, state.snapshot.identity).name];
}
