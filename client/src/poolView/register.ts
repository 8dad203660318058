import { Disposable, type ExtensionContext, type LogOutputChannel } from "vscode";
import { registerHandlers } from "../commands/register.ts";
import { showError } from "../errors.ts";
import { poolViewCommands } from "../ids.ts";
import type { ViewNode } from "../tree/node.ts";
import { PoolPanel } from "./poolPanel.ts";
import type { PoolViewContext } from "./poolViewContext.ts";

/** Registers the pool view: a panel that opens with its command, on the pool of a tree node or on the first one. */
export function registerPoolView(
  context: Omit<PoolViewContext, "failed"> & { readonly log: LogOutputChannel },
  extension: Pick<ExtensionContext, "extensionUri">,
): Disposable {
  let panel: PoolPanel | undefined;
  const failed = (error: unknown) => void showError(error, context.log);
  const showPool = (node: unknown) => {
    panel ??= new PoolPanel({ ...context, failed }, extension, () => {
      panel = undefined;
    });
    panel.reveal(poolOf(node));
  };
  const handlers = { [poolViewCommands.showPool]: showPool };
  return Disposable.from(registerHandlers(handlers, context.log), { dispose: () => panel?.dispose() });
}

/** The id of the pool that a tree node stands for. */
function poolOf(node: unknown): string | undefined {
  if (typeof node !== "object" || node === null || !("node" in node)) return undefined;
  const { subject } = node.node as ViewNode;
  return subject?.kind === "pool" || subject?.kind === "row" ? subject.pool.id : undefined;
}
