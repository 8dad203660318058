import { type LiveFunction, num, qualifierText, valueText } from "#core";
import { AccountError } from "../accountError.ts";
import { type AccountLists, createAccountLists } from "../reading/accountLists.ts";
import { ownTags } from "../reading/liveFunction.ts";
import { mappingOf } from "../reading/mapping.ts";
import { listProvisioned } from "../reading/provisioned.ts";
import { readFunction } from "../reading/readFunction.ts";
import { getFunction } from "../reading/reservations.ts";
import { scalingTargetOf } from "../reading/scalingTarget.ts";
import { decodeKillTags, killTagsOf } from "../record/killTags.ts";
import type { Session } from "../session.ts";
import type { Journal } from "../state/killJournal.ts";
import { isClosed } from "./closeKill.ts";
import type { PreviewedKill } from "./previewedKill.ts";

type ToKill = Extract<PreviewedKill, { readonly kind: "kill" }>;

/** Lists of the account that are read once for all functions of one kill. */
export function listsOfOneKill(session: Session): AccountLists {
  return createAccountLists(session, { maxAgeMs: 60 * 60_000 });
}

/** What a second look found. */
export interface SecondLook {
  /** What is not as in the preview: a sentence each. */
  readonly differences: readonly string[];
  /** Tags of a kill that are on the function. */
  readonly killTags: Readonly<Record<string, string>>;
}

/** Looks at a function again, immediately before it is killed. Throws an `AccountError`. */
export async function lookAgain(
  session: Session,
  previewed: ToKill,
  journal: Journal,
  lists: AccountLists,
): Promise<SecondLook> {
  const { name, arn, before, reserved, continues, replaces, earlier, closedTags } = previewed;
  const expected = [(continues ?? replaces)?.id, closedTags];
  const live = reserved === null ? await glance(session, name) : await readFunction(session, name);
  const differences: string[] = [];
  // Whoever went on with it in the meantime did what is wanted here.
  if (live.reserved !== reserved && (continues === undefined || live.reserved !== continues.killedTo))
    differences.push(`The reservation of ${name} was ${shown(reserved)} and is ${shown(live.reserved)}.`);
  const killTags = killTagsOf(live.killTags ?? {});
  const tags = decodeKillTags(killTags, arn);
  if (tags.kind === "record" && !expected.includes(tags.record.id) && !(await isClosed(journal, tags.record.id)))
    differences.push(`${name} was killed by ${tags.record.who} meanwhile.`);
  if (tags.kind === "none" && earlier?.tagged) differences.push(`Somebody has restored ${name} meanwhile.`);
  if (before.provisioned.length > 0) differences.push(...(await provisionedDifferences(session, previewed)));
  if (before.mappings.length > 0) differences.push(...(await mappingDifferences(previewed, lists)));
  if (before.targets.length > 0) differences.push(...(await targetDifferences(previewed, lists)));
  return { differences, killTags };
}

/**
 * One call of the large rate, where `readFunction` needs one of the small rate too when it sees no reservation. That it may take a 0 for
 * none does no harm here: the preview was certain that there was none, and 0 is what the kill wants.
 */
async function glance(session: Session, name: string): Promise<Pick<LiveFunction, "reserved" | "killTags">> {
  try {
    const { Concurrency, Tags } = await getFunction(session, name, undefined);
    return { reserved: Concurrency?.ReservedConcurrentExecutions ?? null, ...ownTags(Tags) };
  } catch (error) {
    if (error instanceof AccountError && error.kind === "denied") return await readFunction(session, name);
    throw error;
  }
}

async function mappingDifferences(
  { name, before, continues, replaces }: ToKill,
  lists: AccountLists,
): Promise<readonly string[]> {
  const now = (await lists.mappings()).flatMap((entry) => mappingOf(name, entry) ?? []);
  const old = [...(continues?.before.mappings ?? []), ...(replaces?.before.mappings ?? [])];
  return before.mappings.flatMap(({ uuid }) => {
    const mapping = now.find((other) => other.uuid === uuid);
    if (mapping === undefined) return [`The event source mapping ${uuid} of ${name} is gone.`];
    if (mapping.enabled || old.some((other) => other.uuid === uuid)) return [];
    return [`The event source mapping ${uuid} of ${name} was disabled meanwhile.`];
  });
}

async function targetDifferences({ name, before }: ToKill, lists: AccountLists): Promise<readonly string[]> {
  const now = (await lists.targets()).flatMap((entry) => scalingTargetOf(name, entry) ?? []);
  return before.targets
    .filter((target) => !now.some(({ qualifier }) => qualifier === target.qualifier))
    .map(({ qualifier }) => `The scaling target of ${name}, ${qualifierText(qualifier)}, is gone.`);
}

async function provisionedDifferences(session: Session, previewed: ToKill): Promise<readonly string[]> {
  const { name, before, continues, replaces } = previewed;
  const now = await listProvisioned(session, name, undefined);
  const old = [...(continues?.before.provisioned ?? []), ...(replaces?.before.provisioned ?? [])];
  const qualifiers = new Set([...now, ...before.provisioned].map(({ qualifier }) => qualifier));
  return [...qualifiers].flatMap((qualifier) => {
    const is = now.find((config) => config.qualifier === qualifier)?.requested;
    const was = before.provisioned.find((config) => config.qualifier === qualifier)?.requested;
    if (is === was || (is === undefined && old.some((config) => config.qualifier === qualifier))) return [];
    return [
      `The provisioned concurrency of ${name}, ${qualifierText(qualifier)}, was ${valueText(was ?? null)} and is ${valueText(is ?? null)}.`,
    ];
  });
}

function shown(reserved: unknown): string {
  if (typeof reserved === "number") return num(reserved);
  return reserved === null ? "none" : "not known";
}
