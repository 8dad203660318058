import { Disposable, commands as registry } from "vscode";
import { registerHandlers } from "../commands/register.ts";
import { type ViewCommandId, viewCommands } from "../ids.ts";
import { openPlaceCommand } from "./budgetRow.ts";
import { copyArns, copyNames, openInConsole, refreshFunctions } from "./functionCommands.ts";
import { filterFunctionsBy, sortFunctionsBy } from "./listCommands.ts";
import { goTo, openPlace, revealInTree } from "./placeCommands.ts";
import type { ViewCommandContext } from "./viewCommandContext.ts";

/** Registers the commands of the views; an error of any of them is shown. */
export function registerViewCommands(context: ViewCommandContext): Disposable {
  const handlers: Readonly<Record<ViewCommandId, (node?: unknown, selected?: unknown) => unknown>> = {
    [viewCommands.copyName]: (node, selected) => copyNames(context, { node, selected }),
    [viewCommands.copyArn]: (node, selected) => copyArns(context, { node, selected }),
    [viewCommands.openInConsole]: (node, selected) => openInConsole(context, { node, selected }),
    [viewCommands.goToTemplate]: (node, selected) => goTo(context, { node, selected }, "template"),
    [viewCommands.goToBudget]: (node, selected) => goTo(context, { node, selected }, "budget"),
    [viewCommands.revealInTree]: () => revealInTree(context),
    [viewCommands.refreshFunction]: (node, selected) => refreshFunctions(context, { node, selected }),
    [viewCommands.sortFunctions]: () => sortFunctionsBy(context),
    [viewCommands.filterFunctions]: () => filterFunctionsBy(context),
    [viewCommands.clearFilter]: () => context.view.filterBy(""),
  };
  return Disposable.from(
    registerHandlers(handlers, context.log),
    registry.registerCommand(openPlaceCommand, openPlace),
  );
}
