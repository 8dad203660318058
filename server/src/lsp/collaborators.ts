import type { Connection } from "vscode-languageserver/node";
import type { Workspace } from "#core";
import type { AccountFacts } from "./accountFacts.ts";
import type { Analyser } from "./analyser.ts";
import type { Client } from "./client.ts";
import type { Documents } from "./documents.ts";
import type { Faults } from "./faults.ts";
import type { FollowUp } from "./followUp.ts";
import type { Project } from "./project.ts";
import type { Reports } from "./reports.ts";
import type { Settings } from "./settings.ts";

/** Everything a handler may need; made in `server.ts`. */
export interface Collaborators {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents: Documents;
  readonly workspace: Workspace;
  readonly project: Project;
  readonly analyser: Analyser;
  readonly reports: Reports;
  readonly followUp: FollowUp;
  readonly settings: { current: Settings };
  /** What the client last said about the account. */
  readonly account: { current: AccountFacts };
  readonly faults: Faults;
  /** Resolves when settings are known and the folders have been searched: nothing is answered before, because it would be wrong. */
  readonly ready: Promise<void>;
}
