import {
  type Connection,
  createConnection,
  type InitializeParams,
  type InitializeResult,
} from "vscode-languageserver/node";
import { Workspace } from "#core";
import { nodeFiles } from "#workspaceFiles";
import { registerAccount } from "./account.ts";
import { noAccount } from "./accountFacts.ts";
import { Analyser } from "./analyser.ts";
import { capabilitiesFor } from "./capabilities.ts";
import { type Client, readClient } from "./client.ts";
import type { Collaborators } from "./collaborators.ts";
import { registerCreateBudget } from "./createBudget.ts";
import { toDiagnostic } from "./diagnostics.ts";
import { Documents } from "./documents.ts";
import { registerEnvironments } from "./environments.ts";
import { Faults } from "./faults.ts";
import { registerFeatures } from "./features.ts";
import { foldersOf, registerFolders } from "./folders.ts";
import { loadSettings, registerSettings } from "./followSettings.ts";
import { FollowUp } from "./followUp.ts";
import { registerPlans } from "./plans.ts";
import { PoolsChanged } from "./poolsChanged.ts";
import { Positions } from "./positions.ts";
import { Project } from "./project.ts";
import { registerPull } from "./pull.ts";
import { Reports } from "./reports.ts";
import { sendQuietly } from "./sendQuietly.ts";
import { readSettings } from "./settings.ts";
import { Status } from "./status.ts";
import { registerSync } from "./sync.ts";
import { registerWatchedFiles } from "./watchedFiles.ts";

/** Serves on this process's standard input and output (or whatever its arguments name: `--stdio`, `--node-ipc`). The process ends when the client says `exit`. */
export function serve(): Promise<never> {
  // The server reads no account: nothing that it runs finds keys, wherever an editor had them from.
  for (const name of Object.keys(process.env)) if (/^AWS_/i.test(name)) delete process.env[name];
  startServer(createConnection());
  return new Promise(() => {});
}

/** Serves one client over a connection: answers `initialize`, puts everything together and listens. */
export function startServer(connection: Connection): void {
  connection.onInitialize((params): InitializeResult => {
    const client = readClient(params);
    start(connection, client, params);
    return { capabilities: capabilitiesFor(client), serverInfo: { name: "lambda-concurrency" } };
  });
  connection.listen();
}

/** The composition root: every collaborator is made here and nowhere else. */
function start(connection: Connection, client: Client, params: InitializeParams): void {
  const files = nodeFiles([]);
  const workspace = new Workspace(files);
  const documents = new Documents();
  const settings = { current: readSettings(client.options.settings) };
  const account = { current: noAccount };
  const faults = new Faults(
    (text) => sendQuietly(() => connection.console.error(text)),
    () => followUp.schedule(),
  );
  const project = new Project(documents, workspace, {
    files,
    options: () => {
      const { snapshots, links } = account.current;
      return { ...settings.current.analysis, snapshots, links };
    },
    faults,
    log: (text) => sendQuietly(() => connection.console.log(text)),
  });
  const analyser = new Analyser(workspace, () => project.input(), faults);
  const latest = () => (settings.current.enable ? analyser.analysis() : undefined);
  const positions = new Positions(documents, workspace);
  const reports = new Reports(positions, latest, (finding) => toDiagnostic(finding, positions, client));
  const status = new Status(connection, { project, faults, settings, latest });
  const poolsChanged = new PoolsChanged(connection, { latest, account });
  const followUp = new FollowUp(connection, client, {
    documents,
    project,
    reports,
    status,
    poolsChanged,
    faults,
    latest,
  });
  const ready = new Promise<void>((resolve) => {
    connection.onInitialized(() => begin().then(resolve));
  });
  const all: Collaborators = {
    connection,
    client,
    documents,
    workspace,
    project,
    analyser,
    reports,
    followUp,
    settings,
    account,
    faults,
    ready,
  };

  async function begin(): Promise<void> {
    status.send();
    registerWatchedFiles(all);
    await loadSettings(all);
    await faults.watch("Searching the folders", project.setFolders(foldersOf(params)));
    analyser.invalidate();
    followUp.begin();
  }

  registerSync(all);
  registerPull(all);
  registerFeatures(all);
  registerSettings(all);
  registerFolders(all);
  registerCreateBudget(all);
  registerAccount(all);
  registerEnvironments(all);
  registerPlans(all);
  connection.onShutdown(() => {
    project.dispose();
    followUp.dispose();
  });
}
