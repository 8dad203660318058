import type { AccountSnapshot } from "#core";
import { isKilled } from "#core";
import { wantedOf } from "../pools/poolFacts.ts";
import type { ViewNode } from "../tree/node.ts";
import { UserError } from "../userError.ts";

/** A function that somebody pointed at. */
export interface SelectedFunction {
  readonly name: string;
  /** What the files want it to have, when they agree; null: no reservation. */
  readonly suggested?: number | null;
}

/**
 * The functions that a tree view hands to a command: the node under the mouse, or all selected ones when it is among them. Throws a `UserError`
 * for a row of another account than the one that is connected.
 */
export function selectedFunctions(
  node: unknown,
  selected: unknown,
  { identity }: Pick<AccountSnapshot, "identity">,
): readonly SelectedFunction[] {
  const handles = Array.isArray(selected) && selected.length > 0 ? selected : [node];
  const found = new Map<string, SelectedFunction>();
  for (const handle of handles) {
    const { subject } = nodeOf(handle) ?? {};
    if (subject?.kind === "function") found.set(subject.fn.name, ofArn(subject.fn.arn, identity));
    if (subject?.kind !== "row" || subject.row.arn === undefined) continue;
    const fn = ofArn(subject.row.arn, identity);
    const suggested = wantedOf(subject.pool, subject.row) ?? subject.row.granted ?? undefined;
    found.set(fn.name, suggested === undefined ? fn : { ...fn, suggested });
  }
  return [...found.values()];
}

/** The function of an unqualified ARN. Throws a `UserError` when it belongs to another account or Region than the one that is connected. */
export function ofArn(arn: string, { account, region }: AccountSnapshot["identity"]): SelectedFunction {
  const [, , , itsRegion = "", itsAccount = "", , name = ""] = arn.split(":");
  if (itsAccount === account && itsRegion === region) return { name };
  throw new UserError(
    `${name} belongs to account ${itsAccount} in ${itsRegion}; connected is ${account} in ${region}. Connect there first.`,
  );
}

/** Refuses what has no reservation to set, before anybody types a number. The plan checks it again. */
export function checkSettable({ functions }: AccountSnapshot, names: readonly string[]): void {
  for (const name of names) {
    const fn = functions.find((each) => each.name === name);
    if (fn?.outsidePool !== undefined)
      throw new UserError(`${name} takes nothing from the pool (${fn.outsidePool}): it has no reservation to set.`);
    if (fn !== undefined && isKilled(fn))
      throw new UserError(`${name} was switched off by the kill switch. Restore it first.`);
  }
}

function nodeOf(handle: unknown): ViewNode | undefined {
  if (typeof handle !== "object" || handle === null || !("node" in handle)) return undefined;
  return handle.node as ViewNode;
}
