import type { AccountIdentity } from "#core";

/** Host of the web console of each partition that has a public one. */
const hosts: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
  "aws-eusc": "console.amazonaws-eusc.eu",
};

/** Where a function is configured in the web console; undefined when its account is not one of AWS or has no public console. */
export function consoleUrl({ partition, region, endpoint }: AccountIdentity, name: string): string | undefined {
  const host = hosts[partition];
  if (host === undefined || endpoint !== undefined) return undefined;
  const path = `lambda/home?region=${region}#/functions/${encodeURIComponent(name)}?tab=configure`;
  return `https://${region}.${host}/${path}`;
}
