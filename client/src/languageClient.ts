import type { LogOutputChannel } from "vscode";
import { LanguageClient, RevealOutputChannelOn, State, TransportKind } from "vscode-languageclient/node";
import type { InitializationOptions, PoolsChangedParams, Status } from "#protocol";
import { poolsChangedNotification, statusNotification } from "#protocol";
import { servedDocuments } from "./documents.ts";
import { rememberReports } from "./forgottenReports.ts";
import { changeCommands, loadCommands, section, showPlacesCommand } from "./ids.ts";
import { noAwsVariables } from "./noAwsVariables.ts";
import { ruleUriConverters } from "./ruleLinks.ts";

export {
  accountNotification,
  budgetPlanRequest,
  createBudgetRequest,
  environmentsRequest,
  functionAtRequest,
  poolGrantsRequest,
  poolsRequest,
  takeOverRequest,
} from "#protocol";

/** Port on which the server listens for a debugger when the extension itself is debugged. */
const inspectPort = 6011;

/** What a client tells about its server. */
export interface ClientEvents {
  readonly status: (status: Status) => void;
  readonly poolsChanged: (params: PoolsChangedParams) => void;
  /** The server crashed, is being started again, or runs again. */
  readonly state: (state: "starting" | "running" | "failed") => void;
}

/**
 * A client for the server in `module`, over IPC. This file is loaded when the first server is started: the library
 * behind it takes most of the time that loading the extension would take.
 */
export function createClient(module: string, log: LogOutputChannel, events: ClientEvents): LanguageClient {
  // The library adds it to the environment of this process.
  const env = noAwsVariables();
  const run = { module, transport: TransportKind.ipc, options: { env } };
  const debug = { ...run, options: { env, execArgv: ["--nolazy", `--inspect=${inspectPort}`] } };
  const client = new LanguageClient(
    section,
    "Lambda Concurrency",
    { run, debug },
    {
      documentSelector: [...servedDocuments],
      initializationOptions: {
        showPlacesCommand,
        setReservationCommand: changeCommands.setReservation,
        throwLoadCommand: loadCommands.throwLoad,
      } satisfies InitializationOptions,
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      uriConverters: ruleUriConverters,
      // Text that is typed is checked at once, also when it is not in the active editor.
      diagnosticPullOptions: { onChange: true, onSave: true },
      initializationFailedHandler: () => false,
      middleware: rememberReports(),
    },
  );
  client.onNotification(statusNotification, events.status);
  client.onNotification(poolsChangedNotification, events.poolsChanged);
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) events.state("running");
    else events.state(newState === State.Starting ? "starting" : "failed");
  });
  return client;
}
