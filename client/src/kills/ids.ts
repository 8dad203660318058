/** Names that the kill switch shares with the manifest (package.json). */

/** Names of the commands. */
export const killCommands = {
  killSwitch: "lambdaConcurrency.killSwitch",
  restore: "lambdaConcurrency.restore",
  restoreAll: "lambdaConcurrency.restoreAll",
  finishKill: "lambdaConcurrency.finishKill",
  undoKill: "lambdaConcurrency.undoKill",
  forgetKill: "lambdaConcurrency.forgetKill",
  stopFollowing: "lambdaConcurrency.stopFollowing",
  refreshKills: "lambdaConcurrency.refreshKills",
  copyKill: "lambdaConcurrency.copyKill",
} as const;

export type KillCommandId = (typeof killCommands)[keyof typeof killCommands];

/** Context keys that the manifest's `when` clauses ask for. */
export const killContextKeys = {
  /** Something of the connected account is off and can be restored. */
  restorable: "lambdaConcurrency.kills.restorable",
} as const;
