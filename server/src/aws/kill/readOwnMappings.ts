import { GetEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import type { KillRecord, LiveMapping } from "#core";
import { inParallel } from "../inParallel.ts";
import { mappingOf } from "../reading/mapping.ts";
import type { Session } from "../session.ts";
import type { FreshFunction } from "./readKillFacts.ts";

const list = "lambda:ListEventSourceMappings";
/** What IAM has to allow to read one mapping. */
export const mappingAction = "lambda:GetEventSourceMapping";

const WIDTH = 4;

/**
 * Where the list of event source mappings could not be read, reads those of a record one by one, so that a restore
 * enables only what belongs to the function. Where that fails too, the problem of the list becomes one of
 * `lambda:GetEventSourceMapping`. Never throws.
 */
export async function readOwnMappings(
  session: Session,
  { before }: Pick<KillRecord, "before">,
  fresh: FreshFunction,
): Promise<FreshFunction> {
  const { live, details } = fresh;
  if (!details.problems.some(({ action }) => action === list)) return fresh;
  const read = await inParallel(before.mappings, WIDTH, async ({ uuid }) => await readOne(session, live.name, uuid));
  const others = details.problems.filter(({ action }) => action !== list);
  const unread = { action: mappingAction, message: "Event source mappings cannot be read." };
  const problems = read.includes("unread") ? [...others, unread] : others;
  return { ...fresh, details: { ...details, problems, mappings: read.flatMap((one) => (isMapping(one) ? one : [])) } };
}

async function readOne(session: Session, name: string, uuid: string): Promise<LiveMapping | "unread" | "none"> {
  try {
    const command = new GetEventSourceMappingCommand({ UUID: uuid });
    return mappingOf(name, await session.rateLimiter.run("other", () => session.lambda.send(command))) ?? "none";
  } catch (error) {
    return error instanceof Error && error.name === "ResourceNotFoundException" ? "none" : "unread";
  }
}

function isMapping(read: LiveMapping | "unread" | "none"): read is LiveMapping {
  return typeof read === "object";
}
