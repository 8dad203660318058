import { createHash } from "node:crypto";
import { type FunctionState, unreserved } from "../account/state.ts";
import { notFound } from "../serviceError.ts";
import { uuidOf } from "../uuid.ts";
import type { Call, Reply } from "../wire/call.ts";
import { lambdaTime, listReply } from "./listing.ts";
import { findFunction, functionName, hasQualifier } from "./names.ts";

const CODE_SIZE = 1234;

/** `GetAccountSettings` */
export function getAccountSettings(call: Call): Reply {
  const { state } = call.region;
  return {
    body: {
      AccountLimit: {
        TotalCodeSize: 80_530_636_800,
        CodeSizeUnzipped: 262_144_000,
        CodeSizeZipped: 52_428_800,
        ConcurrentExecutions: state.limit,
        // Never below 0, although an account file may describe more reservations than the limit.
        UnreservedConcurrentExecutions: Math.max(0, unreserved(state)),
      },
      AccountUsage: { TotalCodeSize: state.functions.length * CODE_SIZE, FunctionCount: state.functions.length },
    },
  };
}

/** `ListFunctions`: at most 50 in a page, and nothing about concurrency. */
export function listFunctions(call: Call): Reply {
  const all = call.query.get("FunctionVersion") === "ALL";
  const entries = call.region.state.functions.flatMap((subject) => {
    const versions = all ? subject.versions.map(({ version }) => version) : [];
    return ["$LATEST", ...versions].map((version) => ({ subject, version }));
  });
  return listReply(call, "Functions", entries, ({ subject, version }) => listed(call, subject, version, all));
}

/** `ListVersionsByFunction` */
export function listVersions(call: Call): Reply {
  const subject = findFunction(call, functionName(call).name);
  const versions = ["$LATEST", ...subject.versions.map(({ version }) => version)];
  return listReply(call, "Versions", versions, (version) => listed(call, subject, version, true));
}

/** `ListAliases` */
export function listAliases(call: Call): Reply {
  const subject = findFunction(call, functionName(call).name);
  const wanted = call.query.get("FunctionVersion");
  const aliases = subject.aliases.filter(({ version }) => wanted === null || version === wanted);
  return listReply(call, "Aliases", aliases, ({ name, version }) => ({
    AliasArn: call.region.arn(subject.name, name),
    Name: name,
    FunctionVersion: version,
    Description: "",
    RevisionId: uuidOf(`${subject.name}:${name}:${version}`),
  }));
}

/** `GetFunctionConfiguration` */
export function getFunctionConfiguration(call: Call): Reply {
  const { subject, qualifier } = qualified(call);
  return { body: configuration(call, subject, qualifier) };
}

/** `GetFunction`: the reservation stands in it, also when it is 0, unless a qualifier is given. */
export function getFunction(call: Call): Reply {
  const { subject, qualifier } = qualified(call);
  const whole = qualifier === undefined && subject.reserved !== null;
  const location = `${call.origin}/demo/code/${subject.name}`;
  return {
    body: {
      Configuration: configuration(call, subject, qualifier),
      Code: { RepositoryType: "S3", Location: location },
      ...(Object.keys(subject.tags).length > 0 ? { Tags: subject.tags } : {}),
      ...(whole ? { Concurrency: { ReservedConcurrentExecutions: subject.reserved } } : {}),
    },
  };
}

function qualified(call: Call): { readonly subject: FunctionState; readonly qualifier: string | undefined } {
  const { name, qualifier } = functionName(call);
  const subject = findFunction(call, name, qualifier === undefined ? "" : `:${qualifier}`);
  if (qualifier !== undefined && !hasQualifier(subject, qualifier))
    throw notFound(`Function not found: ${call.region.arn(name, qualifier)}`);
  return { subject, qualifier };
}

/** What a list says about a function; the state is missing in it. */
function listed(call: Call, subject: FunctionState, version: string, qualifiedArn: boolean): Record<string, unknown> {
  const { name, modified } = subject;
  return {
    FunctionName: name,
    FunctionArn: call.region.arn(name, qualifiedArn ? version : undefined),
    Runtime: subject.runtime,
    Role: `arn:aws:iam::${call.identity.account}:role/${name}-role`,
    Handler: "index.handler",
    CodeSize: CODE_SIZE,
    Description: "",
    Timeout: subject.timeout,
    MemorySize: subject.memory,
    LastModified: lambdaTime(modified).replace("+0000", ".000+0000"),
    CodeSha256: createHash("sha256").update(name).digest("base64"),
    Version: version,
    ...(subject.deadLetter === undefined ? {} : { DeadLetterConfig: { TargetArn: subject.deadLetter } }),
    ...(Object.keys(subject.environment).length > 0 ? { Environment: { Variables: subject.environment } } : {}),
    TracingConfig: { Mode: "PassThrough" },
    RevisionId: uuidOf(`${name}:${version}`),
    PackageType: "Zip",
    Architectures: ["x86_64"],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
    ...managed(subject),
  };
}

function managed({ capacityProvider }: FunctionState): Record<string, unknown> {
  if (capacityProvider === undefined) return {};
  const LambdaManagedInstancesCapacityProviderConfig = { CapacityProviderArn: capacityProvider };
  return { CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig } };
}

function configuration(call: Call, subject: FunctionState, qualifier: string | undefined): Record<string, unknown> {
  const alias = subject.aliases.find(({ name }) => name === qualifier);
  const version = alias?.version ?? qualifier ?? "$LATEST";
  return {
    ...listed(call, subject, version, false),
    FunctionArn: call.region.arn(subject.name, qualifier),
    State: "Active",
    LastUpdateStatus: "Successful",
  };
}
