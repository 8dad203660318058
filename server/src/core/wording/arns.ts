/**
 * What an ARN names, as its owner calls it: a queue, a stream, the table of a stream, a cluster, a broker, a function
 * with its alias. What is no ARN, such as the addresses of a self-managed Kafka, is its own name.
 */
export function resourceName(arn: string): string {
  const [prefix, , service, , , ...rest] = arn.split(":");
  const resource = rest.join(":");
  if (prefix !== "arn" || resource === "") return arn;
  // stream/NAME/consumer/…, table/NAME/stream/LABEL, cluster/NAME/UUID, event-bus/NAME
  const [kind, name] = resource.split("/");
  if (name !== undefined && kind !== undefined && !kind.includes(":")) return name === "" ? resource : name;
  // function:NAME:ALIAS
  if (service === "lambda" && rest.length > 1) return rest.slice(1).join(":");
  // NAME, cluster:NAME, broker:NAME:ID
  return (rest.length > 1 ? rest[1] : rest[0]) || resource;
}

/** What a qualifier is: `alias live`, `version 3`. One made of digits is a version; no alias may be. */
export function qualifierText(qualifier: string): string {
  return isVersion(qualifier) ? `version ${qualifier}` : `alias ${qualifier}`;
}

/** Is this qualifier a published version? */
export function isVersion(qualifier: string): boolean {
  return /^\d+$/.test(qualifier);
}

/** Who made a call, without the parts of their ARN that are the same for all: `dev`, `Deploy/anna`. */
export function callerText(arn: string): string {
  const resource = arn.split(":").slice(5).join(":");
  const [kind = "", ...rest] = resource.split("/");
  if (kind === "assumed-role") return rest.join("/");
  return rest.at(-1) ?? (resource === "" ? arn : resource);
}
