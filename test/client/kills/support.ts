import type { KillList, KillPreview, ListedKill, PreviewedKill } from "#aws";
import { type FunctionDetails, type KilledState, type KillRecord, killConsequences, type LiveMapping } from "#core";
import { arnOf, identity, key } from "../views/support.ts";

/** 14:00 of 2026-11-23, wherever the test runs. */
export const now = new Date(2026, 10, 23, 14, 0);

/** A moment of that day, as a record holds it. */
export function today(hours: number, minutes = 0): string {
  return new Date(2026, 10, 23, hours, minutes).toISOString();
}

/** A state before a kill. */
export function state(more: Partial<KilledState> = {}): KilledState {
  return { reserved: 100, provisioned: [], targets: [], mappings: [], ...more };
}

/** A record of the account of the other tests. */
export function record(name: string, more: Partial<KillRecord> = {}): KillRecord {
  return {
    version: 1,
    id: `${name}-id`,
    account: identity.account,
    region: identity.region,
    partition: identity.partition,
    name,
    arn: arnOf(name),
    who: identity.arn,
    reason: "on fire",
    at: today(12, 30),
    killedTo: 0,
    before: state(),
    ...more,
  };
}

/** A kill in the list. */
export function listed(name: string, more: Partial<ListedKill> = {}, of: Partial<KillRecord> = {}): ListedKill {
  return { record: record(name, of), key, stage: "killed", source: "both", tagged: true, expired: false, ...more };
}

/** A list of kills. */
export function list(kills: readonly ListedKill[], more: Partial<KillList> = {}): KillList {
  return { kills, broken: [], problems: [], mayLag: false, loads: [], ...more };
}

/** An event source mapping that is enabled. */
export function mapping(uuid: string, more: Partial<LiveMapping> = {}): LiveMapping {
  const source = "arn:aws:sqs:us-east-1:123456789012:pictures";
  return { uuid, source, kind: "sqs", state: "Enabled", enabled: true, ...more };
}

/** What hangs on a function. */
export function details(more: Partial<FunctionDetails> = {}): FunctionDetails {
  return { readAt: today(13), provisioned: [], targets: [], mappings: [], problems: [], ...more };
}

/** A preview of functions. */
export function preview(functions: readonly PreviewedKill[], killedTo: 0 | 1 = 0): KillPreview {
  return { identity, readAt: today(13, 59), killedTo, functions };
}

/** A function that will be killed, with the consequences that follow from its facts. */
export function toKill(
  name: string,
  facts: Partial<FunctionDetails>,
  before: Partial<KilledState> = {},
  more: { readonly onlyHere?: string; readonly stack?: string } = {},
): Extract<PreviewedKill, { readonly kind: "kill" }> {
  const mappings = (facts.mappings ?? []).map((each) => ({ ...each, disable: each.kind === "sqs" }));
  const disabled = new Set(mappings.filter(({ disable }) => disable).map(({ uuid }) => uuid));
  return {
    name,
    kind: "kill",
    arn: arnOf(name),
    before: state(before),
    reserved: state(before).reserved,
    killedTo: 0,
    mappings,
    consequences: killConsequences({ details: details(facts), killedTo: 0, disabled }),
    ...more,
  };
}
