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

/** Names of the commands of the pool view. */
export const poolViewCommands = {
  showPool: "lambdaConcurrency.showPool",
} as const;

/** Names of the commands of load tests. */
export const loadCommands = {
  throwLoad: "lambdaConcurrency.throwLoad",
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
  loadMaxima: "loadMaxima",
} as const;

/** Ids of the views in the container `lambdaConcurrency`. */
export const viewIds = {
  account: "lambdaConcurrency.account",
  budget: "lambdaConcurrency.budget",
  kills: "lambdaConcurrency.kills",
} as const;

/** Names of the commands that the views register. */
export const viewCommands = {
  copyName: "lambdaConcurrency.copyName",
  copyArn: "lambdaConcurrency.copyArn",
  openInConsole: "lambdaConcurrency.openInConsole",
  goToTemplate: "lambdaConcurrency.goToTemplate",
  goToBudget: "lambdaConcurrency.goToBudget",
  revealInTree: "lambdaConcurrency.revealInTree",
  refreshFunction: "lambdaConcurrency.refreshFunction",
  sortFunctions: "lambdaConcurrency.sortFunctions",
  filterFunctions: "lambdaConcurrency.filterFunctions",
  clearFilter: "lambdaConcurrency.clearFilter",
} as const;

export type ViewCommandId = (typeof viewCommands)[keyof typeof viewCommands];

/** Context keys that the manifest's `when` clauses ask for. */
export const contextKeys = {
  /** `disconnected`, `connecting`, `connected`, `failed`. */
  state: "lambdaConcurrency.state",
  /** The kind of the account error while `state` is `failed`. */
  failure: "lambdaConcurrency.failure",
  /** An account is there: connected, or it was and a reading failed. */
  connected: "lambdaConcurrency.connected",
  /** The user waits for a reading. */
  reading: "lambdaConcurrency.reading",
  /** The connected account has a web console: it is one of AWS, in a partition with a public one. */
  console: "lambdaConcurrency.console",
  /** The account tree shows functions, also those of an earlier session. */
  listed: "lambdaConcurrency.listed",
  /** A filter hides functions of the account. */
  filtered: "lambdaConcurrency.filtered",
  /** `stopped`, `starting`, `running`, `failed`: the language server. */
  server: "lambdaConcurrency.server",
} as const;
