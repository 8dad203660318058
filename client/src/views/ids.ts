/** Names that the views share with the manifest (package.json). */

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
