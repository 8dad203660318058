import type { Session } from "#aws";
import type { RestoredLoad } from "#operations";
import { terminalState } from "../account/changeUi.ts";
import { loadOperations } from "../account/openAccount.ts";
import { terminalUi } from "../account/terminalUi.ts";
import { complain } from "../complain.ts";
import { exitCodes } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { printable } from "../reporters/terminal.ts";

/** What became of load tests that were ended half way. */
export interface RestoredLoads {
  readonly code: number;
  /** Functions about which nothing else is to be said: their test is settled. */
  readonly settled: ReadonlySet<string>;
  readonly results: readonly RestoredLoad[];
}

/** `restore` of reservations that load tests have left: of these functions, or of all. */
export async function restoreLoads(
  session: Session,
  names: readonly string[] | undefined,
  options: Options,
  io: Io,
  signal: AbortSignal,
): Promise<RestoredLoads> {
  const { restoreLoad } = await loadOperations();
  const isText = options.text("format") !== "json";
  const {
    kind,
    names: found,
    results,
    broken,
  } = await restoreLoad(
    {
      session,
      state: await terminalState(io),
      ui: {
        ...terminalUi(options, io, signal),
        async preview({ lines }) {
          if (isText) io.stdout.write(`${lines.map(printable).join("\n")}\n\n`);
        },
        async report() {},
      },
    },
    {
      ...(names !== undefined && { names }),
      forget: options.has("forget"),
      dryRun: options.has("dry-run"),
    },
  );
  for (const problem of broken) complain(problem, io);
  for (const { name, outcome, message = "" } of results) {
    if (isText) io.stdout.write(`${outcome}  ${printable(name)}\n`);
    if (message !== "") complain(message, io);
  }
  if (kind === "cancelled" && isText) io.stdout.write("Nothing was changed.\n");
  const kept = results.some(({ outcome }) => outcome === "kept" || outcome === "changed");
  const code =
    kind === "cancelled" ? exitCodes.cancelled : kept || broken.length > 0 ? exitCodes.account : exitCodes.done;
  const done = results.flatMap(({ name, outcome }) => (outcome === "kept" ? [] : [name]));
  return { code, settled: new Set(kind === "done" ? done : found), results };
}
