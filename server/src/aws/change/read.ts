import {
  GetFunctionCommand,
  type GetFunctionCommandOutput,
  GetFunctionConcurrencyCommand,
  ListTagsCommand,
} from "@aws-sdk/client-lambda";
import type { Session } from "../session.ts";

/**
 * Reads the reservation of a function; null: none. GetFunction has a rate of its own, so it is asked first; it has been seen to leave
 * out a reservation of 0, so what it does not say is asked of GetFunctionConcurrency; with `certain` false it counts as none.
 */
export async function readReserved(session: Session, name: string, certain = true): Promise<number | null> {
  const found = await getFunction(session, name);
  const reserved = found?.Concurrency?.ReservedConcurrentExecutions;
  if (reserved !== undefined) return reserved;
  if (found !== undefined && !certain) return null;
  const command = new GetFunctionConcurrencyCommand({ FunctionName: name });
  const confirmed = await session.rateLimiter.run("other", () => session.lambda.send(command));
  return confirmed.ReservedConcurrentExecutions ?? null;
}

/** Reads all tags of a function. */
export async function readTags(session: Session, arn: string): Promise<Readonly<Record<string, string>>> {
  const { Tags } = (await getFunction(session, arn)) ?? {};
  // Without the permission to list tags GetFunction has none, as if there were none.
  if (Tags !== undefined) return Tags;
  const command = new ListTagsCommand({ Resource: arn });
  return (await session.rateLimiter.run("other", () => session.lambda.send(command))).Tags ?? {};
}

/** Undefined when it may not be read: it also gives access to the code, so that some may only read the parts. */
async function getFunction(session: Session, name: string): Promise<GetFunctionCommandOutput | undefined> {
  try {
    const command = new GetFunctionCommand({ FunctionName: name });
    return await session.rateLimiter.run("getFunction", () => session.lambda.send(command));
  } catch (error) {
    if (error instanceof Error && error.name.startsWith("AccessDenied")) return undefined;
    throw error;
  }
}
