/** Names that the manifest (package.json) shares with the code. */

/** Section of the settings, and the language client's id. */
export const section = "lambdaConcurrency";

/** Language id of budget files. */
export const budgetLanguage = "concurrency-budget";

/** Names of the commands. */
export const commands = {
  createBudgetFile: "lambdaConcurrency.createBudgetFile",
  openRuleDocumentation: "lambdaConcurrency.openRuleDocumentation",
  restartServer: "lambdaConcurrency.restartServer",
  stopServer: "lambdaConcurrency.stopServer",
  showOutput: "lambdaConcurrency.showOutput",
} as const;

export type CommandId = (typeof commands)[keyof typeof commands];

/** What the server's code lenses call. Not in the manifest: it needs arguments. */
export const showPlacesCommand = "lambdaConcurrency.showPlaces";

/** Names of the settings that the client itself reads, below `section`. */
export const settings = { enable: "enable" } as const;
