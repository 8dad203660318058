import type { AccountIdentity, KilledState, LiveMapping } from "#core";
import { count, markdown, shortArn } from "../views/text.ts";

const mappingKinds: Readonly<Record<LiveMapping["kind"], string>> = {
  sqs: "Queue",
  kinesis: "Stream",
  dynamodb: "Table stream",
  kafka: "Kafka topic",
  mq: "Broker",
  documentdb: "Change stream",
  other: "Event source",
};

/** What event sources are called in a list of them. */
export const sourceWords: Readonly<Record<LiveMapping["kind"], string>> = {
  sqs: "SQS",
  kinesis: "Kinesis",
  dynamodb: "DynamoDB",
  kafka: "Kafka",
  mq: "Amazon MQ",
  documentdb: "DocumentDB",
  other: "Other",
};

/** What an event source mapping reads from: `Queue blog-pictures`. */
export function mappingName({ kind, source }: Pick<LiveMapping, "kind" | "source">): string {
  return `${mappingKinds[kind]} ${shortArn(source)}`;
}

/** What a restore brings back, in a few words: `reservation 150, provisioned 20 on live, scaling of live, 1 event source mapping`. */
export function stateText({ reserved, provisioned, targets, mappings }: KilledState): string {
  const many = mappings.length === 1 ? "1 event source mapping" : `${count(mappings.length)} event source mappings`;
  return [
    reserved === null ? "no reservation" : `reservation ${count(reserved)}`,
    ...provisioned.map(({ qualifier, requested }) => `provisioned ${count(requested)} on ${qualifier}`),
    ...targets.map(({ qualifier }) => `scaling of ${qualifier}`),
    ...(mappings.length === 0 ? [] : [many]),
  ].join(", ");
}

/** The field of a step in words: `reservation`, `provisioned concurrency of live`, `Queue blog-pictures`. */
export function fieldText(field: string, mappings: readonly LiveMapping[] = []): string {
  const at = field.indexOf(":");
  const kind = at < 0 ? field : field.slice(0, at);
  const which = field.slice(at + 1);
  if (kind === "reserved") return "reservation";
  if (kind === "provisioned") return `provisioned concurrency of ${which}`;
  if (kind === "target") return `scaling of ${which}`;
  if (kind === "tags") return "record in its tags";
  const mapping = mappings.find(({ uuid }) => uuid === which);
  return mapping === undefined ? `event source mapping ${which}` : mappingName(mapping);
}

/** Who made a call, without the parts of their ARN that are the same for all: `dev`, `Deploy/anna`. */
export function callerText(arn: string): string {
  const resource = arn.split(":").slice(5).join(":");
  const [kind = "", ...rest] = resource.split("/");
  if (kind === "assumed-role") return rest.join("/");
  return rest.at(-1) ?? (resource === "" ? arn : resource);
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function namesText(names: readonly string[], most = 3): string {
  if (names.length > most) {
    return `${names.slice(0, most - 1).join(", ")} and ${count(names.length - most + 1)} more`;
  }
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** The account as a line of Markdown; an address is code, so that no preview makes half a link of it. */
export function accountMarkdown({ alias, account, region, endpoint }: AccountIdentity): string {
  const who = alias === undefined ? `**${account}**` : `**${markdown(alias)}** (${account})`;
  return [who, markdown(region), ...(endpoint === undefined ? [] : [`\`${endpoint.replaceAll("`", "")}\``])].join(
    " · ",
  );
}
