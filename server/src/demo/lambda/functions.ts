import { createHash } from "node:crypto";
import { type FunctionState, unreserved } from "../account/state.ts";
import { type Call, type Reply, whole } from "../wire/call.ts";
import { page } from "../wire/paging.ts";
import { notFound } from "../wire/serviceError.ts";
import { findFunction, functionName, hasQualifier } from "./names.ts";
import { lambdaTime } from "./provisioned.ts";

const LARGEST_PAGE = 50;
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
        UnreservedConcurrentExecutions: unreserved(state),
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
    return ["$LATEST", ...versions].map((version) => listed(call, subject, version, all));
  });
  return listReply(call, "Functions", entries);
}

/** `ListVersionsByFunction` */
export function listVersions(call: Call): Reply {
  const subject = findFunction(call, functionName(call).name);
  const versions = ["$LATEST", ...subject.versions.map(({ version }) => version)];
  return listReply(
    call,
    "Versions",
    versions.map((version) => listed(call, subject, version, true)),
  );
}

/** `ListAliases` */
export function listAliases(call: Call): Reply {
  const subject = findFunction(call, functionName(call).name);
  const wanted = call.query.get("FunctionVersion");
  const aliases = subject.aliases.filter(({ version }) => wanted === null || version === wanted);
  const described = aliases.map(({ name, version }) => ({
    AliasArn: call.region.arn(subject.name, name),
    Name: name,
    FunctionVersion: version,
    Description: "",
    RevisionId: uuidOf(`${subject.name}:${name}:${version}`),
  }));
  return listReply(call, "Aliases", described);
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

/** One page of a list of the Lambda API. */
export function listReply(call: Call, key: string, entries: readonly unknown[], largest = LARGEST_PAGE): Reply {
  const size = Math.max(1, Math.min(whole(call.query.get("MaxItems")) ?? largest, largest));
  const { items, next } = page(entries, call.query.get("Marker") ?? undefined, size, call.emptyPage);
  return { body: { [key]: items, ...(next === undefined ? {} : { NextMarker: next }) } };
}

/** A UUID that is always the same for the same text. */
export function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
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
  };
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
