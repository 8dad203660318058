import { GetEventSourceMappingCommand, UpdateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { AccountError } from "../accountError.ts";
import type { Session } from "../session.ts";
import { type ChangeOptions, compareAndSet } from "./compareAndSet.ts";
import type { Outcome } from "./outcome.ts";

/** What Lambda says of an event source mapping. */
export interface MappingFound {
  /** Enabled, Enabling, Disabled, Disabling, Creating, Updating, Deleting. */
  readonly state: string;
  /** What the state leads to; absent while that cannot be told. */
  readonly enabled?: boolean;
}

/**
 * Enables or disables an event source mapping of the function with this name where it is still `from`; one of another
 * function is left alone, whoever says that it belongs here. It is `done` as soon as Lambda works on it: disabling takes
 * up to a minute. While another change of it is under way Lambda refuses, so that is waited for.
 */
export function setMappingEnabled(
  { lambda, rateLimiter }: Session,
  name: string,
  uuid: string,
  { from, to }: { readonly from: boolean; readonly to: boolean },
  options?: ChangeOptions,
): Promise<Outcome<MappingFound>> {
  const update = new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: to });
  return compareAndSet<MappingFound>(
    {
      what: `the event source mapping ${uuid}`,
      action: "lambda:UpdateEventSourceMapping",
      check: `Look at it with: aws lambda get-event-source-mapping --uuid ${uuid}`,
      read: async () => {
        const command = new GetEventSourceMappingCommand({ UUID: uuid });
        const { State = "unknown", FunctionArn } = await rateLimiter.run("other", () => lambda.send(command));
        const owner = FunctionArn?.split(":")[6];
        if (owner !== name) throw notOwned(uuid, name, owner);
        return mappingFound(State);
      },
      write: () => rateLimiter.run("other", () => lambda.send(update)),
      isFrom: ({ enabled }) => enabled === from,
      isTo: ({ enabled }) => enabled === to,
      isPassing: ({ state }) => passing.has(state),
      describe: ({ state }) => state,
    },
    options,
  );
}

function notOwned(uuid: string, name: string, owner: string | undefined): AccountError {
  const where = owner === undefined ? "to no function" : `to ${owner}`;
  return new AccountError("refused", `The event source mapping ${uuid} belongs ${where}, not to ${name}.`);
}

/** `Updating` and `Creating` do not say whether it will be enabled. */
function mappingFound(state: string): MappingFound {
  if (state === "Enabled" || state === "Enabling") return { state, enabled: true };
  if (state === "Disabled" || state === "Disabling") return { state, enabled: false };
  return { state };
}

const passing = new Set(["Enabling", "Disabling", "Creating", "Updating"]);
