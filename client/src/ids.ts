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

/** Names of the commands that connect an account. */
export const accountCommands = {
  connect: "lambdaConcurrency.connect",
  switchProfile: "lambdaConcurrency.switchProfile",
  switchRegion: "lambdaConcurrency.switchRegion",
  refresh: "lambdaConcurrency.refresh",
  cancelRefresh: "lambdaConcurrency.cancelRefresh",
  disconnect: "lambdaConcurrency.disconnect",
  openDemoAccount: "lambdaConcurrency.openDemoAccount",
  copySnapshot: "lambdaConcurrency.copySnapshot",
  linkPool: "lambdaConcurrency.linkPool",
  unlinkPool: "lambdaConcurrency.unlinkPool",
} as const;

export type AccountCommandId = (typeof accountCommands)[keyof typeof accountCommands];

/** Names of the commands that change an account, or show how. */
export const changeCommands = {
  setReservation: "lambdaConcurrency.setReservation",
  removeReservation: "lambdaConcurrency.removeReservation",
  showPlan: "lambdaConcurrency.showPlan",
  applyBudget: "lambdaConcurrency.applyBudget",
  finishApply: "lambdaConcurrency.finishApply",
  undoChange: "lambdaConcurrency.undoChange",
  createBudgetFromAccount: "lambdaConcurrency.createBudgetFromAccount",
  updateBudgetFromAccount: "lambdaConcurrency.updateBudgetFromAccount",
  openAuditLog: "lambdaConcurrency.openAuditLog",
  openRawLog: "lambdaConcurrency.openRawLog",
} as const;

/** The kill switch, with the names of functions as its argument, or without for a choice. */
export const killCommand = "lambdaConcurrency.killSwitch";

export type ChangeCommandId = (typeof changeCommands)[keyof typeof changeCommands];

export type CommandId = (typeof commands)[keyof typeof commands];

/** What the server's code lenses call. Not in the manifest: it needs arguments. */
export const showPlacesCommand = "lambdaConcurrency.showPlaces";

/** Names of the settings that the client itself reads, below `section`. */
export const settings = {
  enable: "enable",
  connectAtStart: "connectAtStart",
  profile: "profile",
  region: "region",
  endpoint: "endpoint",
  demoAddress: "demoAddress",
  refreshMinutes: "refreshMinutes",
  usageEnabled: "usage.enabled",
  usageFunctions: "usage.functions",
  allowChanges: "allowChanges",
  productionAccounts: "productionAccounts",
} as const;
