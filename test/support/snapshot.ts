import type { AccountSnapshot, LiveFunction, Value } from "#core";

/** A function of an account in few words: its reservation, or that and more. */
export type ShortFunction = Value | (Partial<LiveFunction> & { readonly in?: string });

/** A snapshot in few words; what is left out is that of a small account that was read completely. */
export interface ShortSnapshot extends Partial<Omit<AccountSnapshot, "functions" | "identity" | "reading">> {
  readonly account?: string;
  readonly alias?: string;
  readonly region?: string;
  readonly state?: AccountSnapshot["reading"]["state"];
  readonly accounted?: true;
  /** The account does not say limit and unreserved. */
  readonly totals?: "denied";
  /** By name. `in`: `stack/LogicalId` from the tags. */
  readonly functions?: Readonly<Record<string, ShortFunction>>;
}

/** The snapshot of account 123456789012 in us-east-1 with a limit of 1,000, unless the few words say otherwise. */
export function snapshot(short: ShortSnapshot = {}): AccountSnapshot {
  const {
    account = "123456789012",
    alias,
    region = "us-east-1",
    state = "complete",
    accounted,
    totals,
    functions = {},
    ...rest
  } = short;
  const all = Object.entries(functions).map(([name, each]) => liveFunction(name, each, `${region}:${account}`));
  const known = all.filter(({ reserved }) => typeof reserved !== "object" || reserved === null);
  const taken = known.reduce((sum, { reserved }) => sum + (typeof reserved === "number" ? reserved : 0), 0);
  const limit = rest.limit ?? 1000;
  const read = {
    version: 1 as const,
    identity: {
      account,
      ...(alias !== undefined && { alias }),
      arn: `arn:aws:iam::${account}:user/tester`,
      partition: "aws",
      region,
    },
    readAt: "2026-11-22T14:05:00.000Z",
    functionCount: all.length,
    reading: { state, known: known.length, listed: all.length, ...(accounted && { accounted }) },
    problems: [],
    functions: all,
  };
  return totals === "denied" ? { ...read, ...rest } : { ...read, unreserved: limit - taken, ...rest, limit };
}

function liveFunction(name: string, short: ShortFunction, where: string): LiveFunction {
  const isValue = short === null || typeof short === "number" || "unknown" in short;
  const { in: path, ...more }: Exclude<ShortFunction, Value> = isValue ? { reserved: short } : short;
  const [stack, logicalId] = path?.split("/") ?? [];
  return {
    name,
    arn: `arn:aws:lambda:${where}:function:${name}`,
    reserved: null,
    ...(stack !== undefined && logicalId !== undefined && { stack: { name: stack, logicalId } }),
    readAt: "2026-11-22T14:05:00.000Z",
    ...more,
  };
}
