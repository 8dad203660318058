import { GetFunctionCommand } from "@aws-sdk/client-lambda";
import type { KillRecord } from "#core";
import { readProvisioned } from "../change/setProvisioned.ts";
import { inParallel } from "../inParallel.ts";
import type { Session } from "../session.ts";
import type { FreshFunction } from "./readKillFacts.ts";

/** What a version or an alias is now: the version behind it, `gone`, or undefined where nobody may know. */
export type Qualifiers = ReadonlyMap<string, { readonly version: string } | "gone" | undefined>;

const WIDTH = 4;

/**
 * Reads the versions and aliases on which a restore would request provisioned concurrency, and those that somebody
 * else has some on. One call of GetFunction each; where that is not allowed, GetProvisionedConcurrencyConfig still
 * tells which are gone. Never throws: what cannot be read stays unknown.
 */
export async function readQualifiers(
  session: Session,
  { before }: Pick<KillRecord, "before">,
  { live, details }: FreshFunction,
): Promise<Qualifiers> {
  const present = details.provisioned.map(({ qualifier }) => qualifier);
  const missing = before.provisioned.map(({ qualifier }) => qualifier).filter((name) => !present.includes(name));
  // A version stands for itself; what an alias stands for counts only beside what is to come back.
  const beside = missing.length === 0 ? [] : present.filter((name) => !/^\d+$/.test(name));
  const read = await inParallel(
    [...missing, ...beside],
    WIDTH,
    async (qualifier) => [qualifier, await readQualifier(session, live.name, qualifier)] as const,
  );
  return new Map([...present.map((name) => [name, { version: name }] as const), ...read]);
}

async function readQualifier(session: Session, name: string, qualifier: string) {
  try {
    const command = new GetFunctionCommand({ FunctionName: name, Qualifier: qualifier });
    const { Configuration } = await session.rateLimiter.run("getFunction", () => session.lambda.send(command));
    return Configuration?.Version === undefined ? undefined : { version: Configuration.Version };
  } catch (error) {
    if (isNotFound(error)) return "gone" as const;
    return await readProvisioned(session, name, qualifier).then(
      () => undefined,
      (other: unknown) => (isNotFound(other) ? ("gone" as const) : undefined),
    );
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && error.name === "ResourceNotFoundException";
}
